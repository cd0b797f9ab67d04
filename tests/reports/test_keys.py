"""What a run key sees of a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presslens.reports import keys, layout

ROOT = Path(__file__).parents[2]


def names(notebook: str) -> set[str]:
    source = keys.notebook_source(ROOT / "notebooks" / f"{notebook}.ipynb")
    return {path.relative_to(keys.PACKAGE).as_posix() for path in keys.modules(source)}


def test_a_notebook_depends_on_what_it_imports_directly_or_not() -> None:
    found = names("2_sentiment")
    assert {
        "sentiment/scoring.py",
        "sentiment/rules.py",
        "article/reading.py",
        "errors.py",
        "figures/sentiment.py",
    } <= found


def test_only_the_notebooks_that_import_a_figure_module_depend_on_it() -> None:
    holders = {n for n in layout.NOTEBOOKS if "figures/keywords.py" in names(n)}
    assert holders == {"3_keywords"}
    assert {n for n in layout.NOTEBOOKS if "figures/framing.py" in names(n)} == {"4_framing", "5_brief"}


def test_imports_inside_functions_and_of_packages_count(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "a.py").write_text("def f():\n    from presslens.pack import b\n")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("import presslens.c")
    (tmp_path / "pack" / "b.py").write_text("import os")
    (tmp_path / "c.py").write_text("")
    found = keys.modules("import presslens.a", package=tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in found] == [
        "__init__.py",
        "a.py",
        "c.py",
        "pack/__init__.py",
        "pack/b.py",
    ]


def test_what_is_found_without_parsing_is_what_the_parser_finds() -> None:
    parsed = 0
    for path in sorted(keys.PACKAGE.rglob("*.py")):
        source = path.read_text("utf-8")
        expected = {name for name in keys.imported(source) if name.split(".")[0] == "presslens"}
        found = set(keys.own(source))
        assert expected <= found, path
        assert {f for f in map(keys.module_file, found) if f} <= {path, *filter(None, map(keys.module_file, expected))}
        parsed += bool(keys.UNUSUAL.search(source))
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
    assert "presslens.a" in keys.own(source)


def test_data_files_of_a_package_are_part_of_the_key() -> None:
    assert any(
        name.startswith("framing/codebooks/") for name in keys.lib_parts([keys.PACKAGE / "framing" / "coding.py"])
    )
    assert any(name.startswith("article/data/") for name in keys.lib_parts([keys.PACKAGE / "article" / "cleaning.py"]))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ({"framing/coding.py": "a"}, {"framing/coding.py": "b"}, ["framing/coding.py changed"]),
        ({"parameter seed": "1"}, {"parameter seed": "2"}, ["parameter seed changed from 1 to 2"]),
        ({}, {"x.py": "a"}, ["x.py is new"]),
        ({"x.py": "a"}, {}, ["x.py is gone"]),
        ({"x.py": "a"}, {"x.py": "a"}, []),
    ],
)
def test_changes_are_named(before: dict[str, str], now: dict[str, str], words: list[str]) -> None:
    assert keys.changes(before, now) == words


def test_the_key_depends_on_every_part_and_not_on_their_order() -> None:
    assert keys.key({"a": "1", "b": "2"}) == keys.key({"b": "2", "a": "1"}) != keys.key({"a": "1", "b": "3"})


def test_a_cell_that_is_no_python_does_not_hide_what_the_others_import(tmp_path: Path) -> None:
    cells = ["import presslens.errors", "%matplotlib inline\nx = (", "files = !ls"]
    notebook = {"cells": [{"cell_type": "code", "source": [source]} for source in cells]}
    (tmp_path / "n.ipynb").write_text(json.dumps(notebook))
    assert keys.imported(keys.notebook_source(tmp_path / "n.ipynb")) == ["presslens.errors"]
