"""What is told of the modules, data and versions behind a result."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from presslens import versions
from presslens.dependencies import PACKAGE, UNUSUAL, imported, key, library, module_file, modules, own

DECLARED = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
NO_PART = {  # of a number or a page
    *("filelock", "fsspec", "msgpack", "threadpoolctl"),  # files and processes, and how data is packed
    *("ipython", "ipywidgets", "jupyter-client", "jupyter-core", "jupyterlab", "traitlets"),  # what one works in
    *("rich", "typer"),  # the terminal
    *("striprtf", "warcio"),  # corpora, whose keys have what was read
    *("markupsafe", "nbformat", "pydantic", "rocrate"),  # checks and the form of what others compute
}


def test_imports_inside_functions_and_of_packages_count(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "a.py").write_text("def f():\n    from presslens.pack import b\n")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("import presslens.c")
    (tmp_path / "pack" / "b.py").write_text("import os")
    (tmp_path / "c.py").write_text("")
    found = modules("import presslens.a", package=tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [
        "__init__.py",
        "a.py",
        "c.py",
        "pack/__init__.py",
        "pack/b.py",
    ]


def test_what_is_found_without_parsing_is_what_the_parser_finds() -> None:
    parsed = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        expected = {name for name in imported(source) if name.split(".")[0] == "presslens"}
        found = set(own(source))
        assert expected <= found, path
        assert {f for f in map(module_file, found) if f} <= {
            path,
            *filter(None, map(module_file, expected)),
        }
        parsed += bool(UNUSUAL.search(source))
    assert parsed < 20  # of more than two hundred


@pytest.mark.parametrize(
    "source",
    [
        "import os, presslens.a",
        "import os; import presslens.a",
        "if True: from presslens import a",
        "from presslens import (  # (all of it)\n    a,\n)",
        "from presslens import (b,  # )\n    a)",
        "from presslens \\\n    import a",
        "from presslens import \\\n    a",
        "import presslens.a as other",
        "def f():\n\tfrom presslens import a as x, b",
        "from presslens import a  # noqa: F401",
        "from presslens import a; x = 1",
    ],
)
def test_an_import_is_found_however_it_is_written(source: str) -> None:
    assert "presslens.a" in own(source)


def test_data_files_of_a_package_are_part_of_the_key() -> None:
    assert any(name.startswith("framing/codebooks/") for name in library([PACKAGE / "framing" / "coding.py"]))
    assert any(name.startswith("article/data/") for name in library([PACKAGE / "article" / "cleaning.py"]))


def test_the_key_depends_on_every_part_and_not_on_their_order() -> None:
    assert key({"a": "1", "b": "2"}) == key({"b": "2", "a": "1"}) != key({"a": "1", "b": "3"})


def test_the_version_of_every_package_that_may_change_a_number_or_a_page_is_told() -> None:
    asked = [
        *DECLARED["dependencies"],
        *(one for name in ("ner", "neural") for one in DECLARED["optional-dependencies"][name]),
    ]
    names = {re.split("[<>=~! ;[]", one)[0].lower() for one in asked}
    told = {name.lower() for name in versions.versions()}
    assert names - told == NO_PART
    assert versions.versions()["pypdfium2"][0].isdigit()
