"""How far findings depend on choices."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from presslens.reports import stability
from presslens.reports.grids import Point, grid


@pytest.fixture
def points(tmp_path: Path) -> list[tuple[Point, Path]]:
    """Six runs: the frame follows `codebook` in one of three, the tone moves a little with `window`."""
    found = []
    for i, point in enumerate(grid({"window": [3, 5], "top": [5, 10, 15]}).points):
        folder = tmp_path / point.name
        (folder / "tables").mkdir(parents=True)
        score = -0.2 if point.chosen["window"] == 3 else -0.1
        tone = {"article": ["x"], "score": [score], "low": [score - 0.05], "high": [score + 0.05], "sentences": [9]}
        frame = "Economic" if i == 5 else "Health"
        frames = {"article": ["x"], "frame": [frame], "share": [0.5], "low": [0.3], "high": [0.7], "rank": [1]}
        phrases = ["aid", "virus"] if point.chosen["top"] == 5 else ["aid", "virus", "border", "north"]
        ranked = {"article": "x", "phrase": phrases, "rank": range(1, len(phrases) + 1)}
        for name, table in (("tone_article", tone), ("frames_article", frames), ("keyphrases", ranked)):
            pd.DataFrame(table).to_parquet(folder / "tables" / f"{name}.parquet", index=False)
        found.append((point, folder))
    return found


def test_each_run_is_read(points: list[tuple[Point, Path]]) -> None:
    table = stability.readings("x", points)
    assert list(table.columns[:4]) == ["article", "point", "window", "top"]
    first = table.iloc[0]
    assert (first["tone"], first["tone_sign"], first["frame"], first["keyphrase"]) == (
        -0.2,
        "negative",
        "Health",
        "aid",
    )
    assert table["overlap"].tolist() == [1.0, 0.5, 0.5, 1.0, 0.5, 0.5]
    assert table["actor"].isna().all()


def test_it_is_said_plainly_in_how_many_runs_a_finding_is_the_same(points: list[tuple[Point, Path]]) -> None:
    table = stability.readings("x", points)
    found = stability.stability(table, ["window", "top"]).set_index("finding")
    frame = found.loc["the dominant frame"]
    assert (frame["same_in"], frame["of"], frame["most"]) == (5, 6, "Health")
    assert frame["sentence"].startswith(
        "The dominant frame is the same in 5 of 6 runs (“Health”); it is “Economic” in one run."
    )
    tone = found.loc["the tone of the article"]
    assert (tone["low"], tone["high"], tone["same_in"]) == (-0.2, -0.1, 3)
    assert (
        tone["sentence"]
        == "The tone of the article is between −0.200 and −0.100 (−0.200 in the first). It changes with window."
    )
    assert found.loc["the first key phrase", "sentence"] == "The first key phrase is the same in all six runs: “aid”."
    assert "the actor named most" not in found.index


def test_what_moves_a_finding_is_what_changes_it_alone(points: list[tuple[Point, Path]]) -> None:
    found = stability.stability(stability.readings("x", points), ["window", "top"]).set_index("finding")
    assert found.loc["the tone of the article", "moved_by"] == "window"
    assert found.loc["the share of key phrases that a run has in common with the first", "moved_by"] == "top"
    assert found.loc["the first key phrase", "moved_by"] == ""


def test_the_lead_counts_what_is_steady(points: list[tuple[Point, Path]]) -> None:
    found = stability.stability(stability.readings("x", points), ["window", "top"])
    assert stability.lead(found, 6) == (
        "Two of four findings are the same in all six runs; the tone in words in 3 and the dominant frame in 5 of 6."
    )
    steady = found[found["same_in"] == found["of"]]
    assert stability.lead(steady, 6) == "All two findings are the same in all six runs, whatever the choices."


def test_runs_without_tables_have_no_findings(tmp_path: Path) -> None:
    points = [(point, tmp_path) for point in grid({"window": [3, 5]}).points]
    table = stability.readings("x", points)
    found = stability.stability(table, ["window"])
    assert len(table) == 2
    assert found.empty
    assert list(found.columns) == list(stability.STABILITY)
    assert "no finding was measured" in stability.lead(found, 2)
