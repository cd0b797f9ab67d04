"""The measure of tone toward mentions on a small coded set."""

import json
from pathlib import Path

import pytest

from presslens.validation.targets import COLUMNS, measure


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    folder = tmp_path / "targets"
    folder.mkdir()
    kinds = [("praised the brilliant", 1), ("condemned the corrupt", -1), ("met the tall", 0)]
    lines = []
    for number in range(20):
        for words, polarity in kinds:
            start = 6 + len(words)
            row = {"id": f"s_{number}_1_0_x", "text": f"They {words} Ada Dell.", "mention": "Ada Dell"}
            lines.append(json.dumps(row | {"start": start, "end": start + 8, "polarity": polarity}))
    (folder / "newsmtsc_train.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_ours_and_the_peer_are_measured_on_the_same_rows_with_intervals(coded: Path) -> None:
    table = measure(coded, draws=50)
    assert list(table.columns) == COLUMNS
    assert table["system"].tolist() == ["presslens", "vaderSentiment"]
    assert table["n"].tolist() == [60, 60]
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    # Plain words of praise and blame: what is learnt from 16 such sentences a class serves for the other four.
    assert table["value"].tolist() == [1.0, 1.0]


def test_measuring_twice_gives_the_same_figures(coded: Path) -> None:
    assert measure(coded, draws=50).equals(measure(coded, draws=50))
