"""Packages imported without their costly parts."""

from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

from presslens.leaving_out import bare, later, without


def test_a_part_counts_as_missing_inside_the_block_and_is_there_again_after_it() -> None:
    import json.decoder

    with without("json.decoder", "nowhere"), pytest.raises(ImportError):
        import json.decoder as missing  # noqa: F401
    assert sys.modules["json.decoder"] is json.decoder
    assert "nowhere" not in sys.modules


@pytest.mark.parametrize(
    "module", ["presslens.language.stems", "presslens.sentiment.scoring", "presslens.keywords.ranking"]
)
def test_reading_words_does_not_load_statistics_that_nothing_uses(module: str) -> None:
    code = f"import sys, {module}; from presslens.language.stems import stem; stem('cities')"
    code += "; print([n for n in ('scipy', 'sklearn') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_module_that_may_come_later_loads_when_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "presslens_later.py").write_text("import sys\nsys.presslens_loaded = True\nANSWER = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    later("presslens_later")
    import presslens_later

    inspect.getmodule(inspect.currentframe())  # looks through all modules for the file
    assert not hasattr(sys, "presslens_loaded")
    assert presslens_later.ANSWER == 42
    assert hasattr(sys, "presslens_loaded")
    del sys.presslens_loaded
    assert sys.modules.pop("presslens_later").ANSWER == 42
    later("presslens_nowhere")
    with pytest.raises(ImportError):
        sys.modules["presslens_nowhere"].anything  # noqa: B018


def test_the_engine_needs_neither_the_web_nor_hadoop() -> None:
    code = (
        "import sys, presslens.reports.engine; print([n for n in ('urllib3', 'pyarrow', 'scipy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_command_that_looks_whether_anything_has_changed_loads_no_tables() -> None:
    code = "import sys, presslens.cli, presslens.reports.running; "
    code += "print([n for n in ('pandas', 'numpy', 'matplotlib', 'jupyter_client') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_kernels_are_forked_from_what_notebooks_need_and_nothing_more() -> None:
    code = "import sys, presslens.reports.warm as warm; assert warm.WARMED; print(sorted(n for n in sys.modules if '.' in n))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)
    packages = {name.split(".")[0] for name in ast.literal_eval(done.stdout)}
    assert {"pandas", "matplotlib", "nbconvert", "ipykernel"} <= packages
    assert not packages & {
        "langcodes",
        "ftfy",
        "scipy",
        "sklearn",
        "soupsieve",
        "dateparser",
        "py3langid",
        "trafilatura",
    }


def test_a_bare_package_gives_its_modules_and_is_whole_for_those_who_come_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "presslens_bare"
    package.mkdir()
    (package / "__init__.py").write_text("import sys\nsys.presslens_whole = True\nfrom .part import ANSWER\n")
    (package / "part.py").write_text("ANSWER = 42\n")
    monkeypatch.syspath_prepend(tmp_path)
    with bare("presslens_bare"):
        from presslens_bare import part
    assert part.ANSWER == 42
    assert not hasattr(sys, "presslens_whole")
    assert not [name for name in sys.modules if name.startswith("presslens_bare")]
    import presslens_bare

    assert hasattr(sys, "presslens_whole")
    with bare("presslens_bare"):
        from presslens_bare import part as again
    assert again is presslens_bare.part
    del sys.presslens_whole, sys.modules["presslens_bare"], sys.modules["presslens_bare.part"]


@pytest.mark.parametrize(
    "later",
    [
        "import nltk, wordfreq; nltk.bigrams('ab'); wordfreq.zipf_frequency('the', 'en')",
        "from nltk.sentiment.vader import SentimentIntensityAnalyzer",
        "from nltk.stem.snowball import SnowballStemmer; SnowballStemmer('english').stem('cities')",
        "import nltk.metrics; nltk.stem.porter.PorterStemmer()",
    ],
)
def test_packages_that_were_bare_are_whole_for_those_who_come_later(later: str) -> None:
    code = (
        "import presslens.keywords.collocations, presslens.language.frequency as f; f.zipf('2019');"
        f"from presslens.language.stems import stem; assert stem('cities') == 'citi'; {later}"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)


def test_matplotlib_draws_the_same_without_descriptions_of_its_classes() -> None:
    code = (
        "import io; from matplotlib.figure import Figure; f = Figure(); f.add_subplot().set(title='x'); b = io.BytesIO();"
        "f.savefig(b, format='svg', metadata={'Date': None}); print(hash(b.getvalue()), len(Figure.set.__doc__ or ''))"
    )
    first = "from presslens.leaving_out import undescribed\nwith undescribed():\n    import matplotlib.figure\n"
    drawn = [
        subprocess.run(
            [sys.executable, "-c", f"import matplotlib; matplotlib.rc('svg', hashsalt='x')\n{before}{code}"],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": "0"},
        ).stdout.split()
        for before in ("", first)
    ]
    assert drawn[0][0] == drawn[1][0]
    assert int(drawn[0][1]) > 1000
    assert int(drawn[1][1]) == 0
