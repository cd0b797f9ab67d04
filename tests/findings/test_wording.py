from __future__ import annotations

import pandas as pd
import pytest

from presslens.findings.wording import capital, count, excerpt, interval, number, percent, place, rows, series, signed


@pytest.mark.parametrize(
    ("n", "words"), [(0, "no lines"), (1, "one line"), (2, "two lines"), (13, "13 lines"), (1234, "1,234 lines")]
)
def test_counts_agree_with_their_noun(n: int, words: str) -> None:
    assert count(n, "line") == words


def test_lists_read_as_english() -> None:
    assert [series(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(("value", "text"), [(0.0, "0.00"), (-0.001, "0.00"), (0.25, "+0.25"), (-0.25, "\u22120.25")])
def test_signed_numbers_have_a_true_minus_and_no_negative_zero(value: float, text: str) -> None:
    assert signed(value) == text


def test_other_words() -> None:
    assert number(1234567) == "1,234,567"
    assert percent(0.004) == "under 1 %"
    assert percent(0.5) == "50 %"
    assert interval(-0.1, 0.2) == "95 % interval \u22120.10 to +0.20"
    assert place("body", 3) == "paragraph 3"
    assert place("dek", 0) == "the dek"
    assert capital("moon") == "Moon"


def test_an_excerpt_is_cut_at_a_word() -> None:
    assert excerpt("one two\nthree") == "“one two three”"
    cut = excerpt("word " * 60, most=30)
    assert len(cut) <= 32
    assert cut.endswith("word …”")


def test_rows_are_those_that_pandas_gives() -> None:
    table = pd.DataFrame(
        {"a": [1, 2], "text": pd.Series(["x", None], dtype="str"), "class": [0.5, float("nan")], "on": [True, False]},
        index=[7, 9],
    )
    found, expected = rows(table), list(table.itertuples())
    assert [repr(list(row)) for row in found] == [repr(list(row)) for row in expected]
    assert [[type(value) for value in row] for row in found] == [[type(value) for value in row] for row in expected]
    assert [row.Index for row in found] == [7, 9]
    assert found[0]._fields == expected[0]._fields
    assert rows(table.iloc[:0]) == []
