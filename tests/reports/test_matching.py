"""Tables of two runs, row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.reports.matching import Alignment, identifying, match


def frames(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"article": ["x"] * len(next(iter(columns.values()))), **columns})


def sentences(*rows: tuple[str, int, str]) -> pd.DataFrame:
    start, found = 0, []
    for name, paragraph, text in rows:
        found.append(("x", name, "body", paragraph, start, start + len(text), text))
        start += len(text) + 1
    return pd.DataFrame(found, columns=["article", "sentence", "section", "paragraph", "start", "end", "text"])


def test_rows_are_matched_on_what_identifies_them_not_on_their_order() -> None:
    a = frames(frame=["Economic", "Morality", "Other"], share=[0.5, 0.25, 0.25])
    b = frames(frame=["Other", "Economic", "Legality"], share=[0.25, 0.75, 0.0])
    found = match("frames", a, b)
    assert (found.rows, found.only_a, found.only_b) == (2, ["Morality"], ["Legality"])
    (row,) = found.numbers.to_dict("records")
    assert (row["column"], row["changed"], row["where"], row["before"], row["after"]) == (
        "share",
        1,
        "Economic",
        0.5,
        0.75,
    )
    assert row["greatest"] == row["median"] == 0.25


def test_a_row_without_what_identifies_it_has_a_label() -> None:
    a = frames(frame=["Economic", None], share=[0.5, 0.5])
    b = frames(frame=["Economic", "Legality"], share=[0.5, 0.5])
    found = match("frames", a, b)
    assert (found.only_a, found.only_b) == (["none"], ["Legality"])


def test_the_greatest_and_the_median_are_of_the_rows_that_changed() -> None:
    a = frames(sentence=["a", "b", "c", "d"], score=[0.0, 0.0, 0.0, 9.0])
    b = frames(sentence=["a", "b", "c", "d"], score=[1.0, -4.0, 2.0, 9.0])
    row = match("tone", a, b).numbers.iloc[0]
    assert (row["changed"], row["rows"], row["greatest"], row["median"], row["where"]) == (3, 4, 4.0, 2.0, "b")


def test_a_number_that_comes_or_goes_is_a_change_without_a_size_and_absent_twice_is_none() -> None:
    a = frames(sentence=["a", "b"], score=[np.nan, np.nan])
    b = frames(sentence=["a", "b"], score=[np.nan, 0.5])
    row = match("tone", a, b).numbers.iloc[0]
    assert (row["changed"], row["where"], row["after"]) == (1, "b", 0.5)
    assert np.isnan(row["greatest"])
    assert match("tone", a, a.copy()).same


def test_words_and_columns_that_differ_are_named() -> None:
    a = frames(sentence=["a", "b"], label=["negative", "positive"], old=[1, 2])
    b = frames(sentence=["a", "b"], label=["negative", None], new=[1, 2])
    found = match("tone", a, b)
    (row,) = found.words.to_dict("records")
    assert (row["where"], row["before"], row["after"]) == ("b", "positive", "")
    assert found.columns == ["old", "new"]


def test_rows_that_nothing_tells_apart_are_counted() -> None:
    a = frames(word=["big", "big", "war"], score=[1.0, 2.0, 5.0])
    found = match("words", a, frames(word=["big", "big", "war", "big"], score=[1.0, 3.0, 5.0, 4.0]))
    assert (found.rows, found.only_b) == (3, ["big (3)"])
    assert found.numbers.iloc[0]["where"] == "big (2)"


def test_empty_tables_are_the_same() -> None:
    empty = frames(sentence=[], score=[]).astype({"score": "float64"})
    assert match("tone", empty, empty.copy()).same


def test_what_identifies_a_row_is_as_little_as_needed() -> None:
    table = frames(sentence=["a", "a", "b"], section=["body"] * 3, frame=["E", "M", "E"], start=[1, 2, 3])
    assert identifying(table, table) == ["sentence", "frame"]
    assert identifying(table.head(1), table.head(1)) == ["article"]


def test_a_sentence_that_stands_elsewhere_is_compared_with_itself() -> None:
    a = sentences(("p01s01", 1, "One."), ("p02s01", 2, "Two."))
    b = sentences(("p01s01", 1, "An advert."), ("p02s01", 2, "One."), ("p03s01", 3, "Two."))
    aligned = Alignment(a, b)
    tone = [t[["article", "sentence", "section", "paragraph"]].assign(score=[1.0, 2.0, 3.0][-len(t) :]) for t in (a, b)]
    tone[0]["score"] = [2.0, 3.0]
    found = match("tone", aligned.settle(tone[0], 0), aligned.settle(tone[1], 1), moved=True)
    assert aligned.moved
    assert (found.rows, found.only_a, found.only_b) == (2, [], ["p01s01 in B"])
    assert found.numbers.empty
    assert found.words.empty
    words = [t[["article", "sentence", "start"]].assign(start=t["start"] + 1, valence=1.0) for t in (a, b)]
    assert match("words", aligned.settle(words[0], 0), aligned.settle(words[1], 1), moved=True).rows == 2


def test_paragraphs_follow_their_sentences() -> None:
    a = sentences(("p01s01", 1, "One."), ("p02s01", 2, "Two."))
    b = sentences(("p01s01", 1, "An advert."), ("p02s01", 2, "One."), ("p03s01", 3, "Two."))
    counts = [
        pd.DataFrame({"article": "x", "section": "body", "paragraph": sorted(set(t["paragraph"])), "words": 1})
        for t in (a, b)
    ]
    aligned = Alignment(a, b)
    found = match("paragraphs", aligned.settle(counts[0], 0), aligned.settle(counts[1], 1), moved=True)
    assert (found.rows, found.only_b) == (2, ["1 in B"])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(-1, 1) | st.just(float("nan"))), max_size=12))
def test_a_table_is_the_same_as_itself_and_every_row_is_accounted_for(rows: list[tuple[str, float]]) -> None:
    table = pd.DataFrame({"article": "x", "word": [w for w, _ in rows], "score": [s for _, s in rows]})
    table = table.astype({"article": "str", "word": "str", "score": "float64"})
    assert match("words", table, table.copy()).same
    half = table.head(len(table) // 2)
    found = match("words", table, half)
    assert found.rows + len(found.only_a) == len(table)
    assert pytest.approx(found.rows) == len(half)
