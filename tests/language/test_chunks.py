"""Texts cut at blanks, and columns of strings as numbers."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from presslens.language.chunks import chunks, coded, different, keep, one_of, sentence_rows


@given(st.lists(st.text(alphabet=st.sampled_from("ab é“ \n\t\u00a0\ud800"), max_size=12), max_size=6))
def test_chunks_are_what_stands_between_blanks_with_their_places(texts: list[str]) -> None:
    found = chunks(texts)
    placed = [(t, s, found.distinct[c]) for c, t, s in zip(found.code, found.text, found.start, strict=True)]
    expected = [(n, m.start(), m.group()) for n, text in enumerate(texts) for m in re.finditer(r"\S+", text)]
    assert placed == expected
    assert len(set(found.distinct)) == len(found.distinct)


def test_a_column_is_numbered_by_first_place_and_what_is_known_of_it_is_kept() -> None:
    column = pd.Series(["b", "a", "b"], dtype="str")
    codes, distinct = coded(column)
    assert (codes.tolist(), distinct.tolist()) == ([0, 1, 0], ["b", "a"])
    assert coded(column)[0] is codes
    assert one_of(column, ("a", "c")).tolist() == [False, True, False]
    other = pd.Series(["x", "y"], dtype="str")
    keep(other, np.array([0, 0]), np.array(["x", "y"], dtype=object))  # not all are used: looked at again
    assert coded(other)[0].tolist() == [0, 1]


def test_another_column_at_the_same_place_in_memory_has_numbers_of_its_own() -> None:
    for word in ("a", "b", "c"):
        assert coded(pd.Series([word, word], dtype="str"))[1].tolist() == [word]


def test_rows_of_a_table_find_their_sentences() -> None:
    sentences = pd.DataFrame({"article": ["a", "a", "b"], "sentence": ["p01s01", "p01s02", "p01s01"]}, dtype="str")
    table = pd.DataFrame(
        {"article": ["b", "a", "b", "c"], "sentence": ["p01s01", "p01s02", "p01s02", "p01s01"]}, dtype="str"
    )
    assert sentence_rows(sentences, table).tolist() == [2, 1, -1, -1]


@given(st.lists(st.integers(-5, 5), max_size=20))
def test_different_numbers_are_each_there_once_in_order(values: list[int]) -> None:
    assert different(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))
