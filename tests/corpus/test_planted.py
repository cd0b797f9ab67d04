"""The measures themselves find in demo articles what was planted in them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from presslens.corpus import counting, demo
from presslens.corpus.analysing import Settings, analyse
from presslens.corpus.entries import Entry
from presslens.framing.codebook import load

ARTICLES = [one for one in demo.articles(40, seed=8) if not one["planted"]["copy_of"]]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    entries = [Entry(one["id"], one["text"], outlet=one["outlet"], date=one["date"]) for one in ARTICLES]
    found = analyse(entries, Settings((load("policy_frames"),), draws=10))
    assert found.faults == []
    return {name: table.to_pandas() for name, table in found.tables.items()}


def share_equal(found: pd.Series[float], planted: dict[str, Any]) -> float:
    expected = pd.Series(planted)
    return float((found.reindex(expected.index).fillna(0) == expected).mean())


def test_sentences_with_feeling_are_counted_as_they_were_planted(tables: dict[str, pd.DataFrame]) -> None:
    body = tables["sentences"][tables["sentences"]["section"] == "body"]
    for side, sign in (("positive", 1), ("negative", -1)):
        clear = body[body["score"] * sign >= counting.CLEAR].groupby("article").size()
        assert share_equal(clear, {one["id"]: one["planted"][side] for one in ARTICLES}) >= 0.95


def test_sentences_with_a_frame_are_counted_as_they_were_planted(tables: dict[str, pd.DataFrame]) -> None:
    for frame in ARTICLES[0]["planted"]["frames"]:
        rows = tables["frames"][tables["frames"]["frame"] == frame].set_index("article")["sentences"]
        assert share_equal(rows, {one["id"]: one["planted"]["frames"][frame] for one in ARTICLES}) >= 0.95


def test_tone_toward_actors_is_counted_as_it_was_planted(tables: dict[str, pd.DataFrame]) -> None:
    for actor in ("Elena Markovic", "Thomas Brennan", "Northwind Foundation"):
        rows = tables["actors"][tables["actors"]["actor"] == actor].groupby("article")[["positive", "negative"]].sum()
        for place, side in ((0, "positive"), (2, "negative")):
            planted = {one["id"]: one["planted"]["actors"].get(actor, [0, 0, 0])[place] for one in ARTICLES}
            assert share_equal(rows[side], planted) >= 0.97
