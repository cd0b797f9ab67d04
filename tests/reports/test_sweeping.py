"""Sweeps as they are left on disk."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from presslens.reports import grids, publishing, running, sweeping
from presslens.reports.grids import Grid

pytestmark = pytest.mark.notebooks


@pytest.fixture(scope="module")
def grid() -> Grid:
    return grids.grid(grids.from_options(["top=3,5", "window=3,5"]))


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sweep") / "note.txt"
    path.write_text("A short note\n\nThe minister praised the aid. The crisis is over, she said on Tuesday in Paris.\n")
    return path


@pytest.fixture(scope="module")
def swept(document: Path, grid: Grid) -> sweeping.Sweep:
    """A sweep of one cheap notebook, which names `top` but not `window`."""
    return sweeping.sweep(document, grid=grid, out=document.parent / "out", only=["3"])


def test_every_point_is_a_report_and_no_run_key_runs_twice(swept: sweeping.Sweep, grid: Grid) -> None:
    assert swept.ok
    assert swept.ran == 2
    for point in grid.points:
        folder = swept.folder / point.name
        record = running.last_record(folder)
        assert record["parameters"]["top"] == point.chosen["top"]
        assert record["parameters"]["window"] == point.chosen["window"]
        assert (folder / "3_keywords.html").is_file()
        assert len(pd.read_parquet(folder / "tables" / "keyphrases.parquet")) <= point.chosen["top"]
        assert [entry["notebook"] for entry in record["notebooks"]] == ["3_keywords"]
    assert not [p.name for p in swept.folder.parent.iterdir() if p.name.endswith(".building")]


def test_nothing_changed_is_nothing_to_do_and_the_same_bytes(swept: sweeping.Sweep, document: Path, grid: Grid) -> None:
    files = [p for p in swept.folder.rglob("*") if p.is_file()]
    before = {p: (p.read_bytes(), p.stat().st_ino) for p in files if p.parent != swept.folder}
    overview = {p: p.read_bytes() for p in files if p.parent == swept.folder}
    again = sweeping.sweep(document, grid=grid, out=swept.folder.parent, only=["3"])
    assert again.unchanged
    assert {p: (p.read_bytes(), p.stat().st_ino) for p in before} == before
    assert {p: p.read_bytes() for p in overview} == overview
    assert set(sweeping.plans(document, grid=grid, out=swept.folder.parent, only=["3"], with_code=False).values()) == {
        None
    }


def test_a_larger_grid_runs_only_what_no_other_point_has(swept: sweeping.Sweep, document: Path) -> None:
    larger = grids.grid({"top": [3, 5, 7], "window": [3, 5, 9]})
    planned = sweeping.plans(document, grid=larger, out=swept.folder.parent, only=["3"], with_code=False)
    assert planned["top=3,window=3"] is None
    assert planned["top=3,window=9"] == []
    assert planned["top=7,window=3"] == ["3_keywords"]
    assert planned["top=7,window=5"] == []


def test_the_overview_tells_and_links_every_run(swept: sweeping.Sweep, grid: Grid) -> None:
    page = (swept.folder / "index.html").read_text("utf-8")
    links = re.findall(r'href="([^"#]+)"', page)
    assert len(links) == 4
    assert page.count("<script") == 1  # our own
    assert "&lt;a" not in page
    points = pd.read_parquet(swept.folder / "points.parquet")
    assert points["point"].tolist() == [point.name for point in grid.points]
    steady = pd.read_parquet(swept.folder / "stability.parquet")
    assert all(sentence.replace("“", "") and sentence in page for sentence in steady["sentence"])
    record = json.loads((swept.folder / "sweep.json").read_text("utf-8"))
    assert record["varied"] == {"top": [3, 5], "window": [3, 5]}
    assert 'href="note.sweep/index.html"' in (swept.folder.parent / "index.html").read_text("utf-8")


def test_what_is_missing_in_another_report_is_not_taken_from_it(
    swept: sweeping.Sweep, document: Path, tmp_path: Path
) -> None:
    source = Path(shutil.copytree(swept.folder / "top=3,window=3", tmp_path / "source"))
    assert sweeping._copy("3_keywords", source, tmp_path / "whole")
    (source / "tables" / "keyphrases.parquet").unlink()
    assert not sweeping._copy("3_keywords", source, tmp_path / "part")
    assert not (tmp_path / "part").exists()
    publishing.index_all(tmp_path)
