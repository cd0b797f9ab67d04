"""What a run key sees of a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presslens import dependencies
from presslens.reports import keys, layout

ROOT = Path(__file__).parents[2]


def names(notebook: str) -> set[str]:
    source = keys.notebook_source(ROOT / "notebooks" / f"{notebook}.ipynb")
    return {path.relative_to(dependencies.PACKAGE).as_posix() for path in dependencies.modules(source)}


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


def test_a_cell_that_is_no_python_does_not_hide_what_the_others_import(tmp_path: Path) -> None:
    cells = ["import presslens.errors", "%matplotlib inline\nx = (", "files = !ls"]
    notebook = {"cells": [{"cell_type": "code", "source": [source]} for source in cells]}
    (tmp_path / "n.ipynb").write_text(json.dumps(notebook))
    assert dependencies.imported(keys.notebook_source(tmp_path / "n.ipynb")) == ["presslens.errors"]
