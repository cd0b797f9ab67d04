"""Lexical diversity."""

from __future__ import annotations

import math

import pytest

from presslens.article.reading import from_text
from presslens.errors import BadInput
from presslens.language.diversity import diversity, mattr, mtld


def test_mattr_is_the_mean_over_all_windows() -> None:
    # windows of 3 in a b a a: {a,b} 2/3, {a,b} 2/3
    assert mattr(["a", "b", "a", "a"], window=3) == pytest.approx(2 / 3)
    assert mattr(["a", "b"], window=50) == 1


def test_mtld_counts_words_per_used_up_factor() -> None:
    # a a: after two words 1/2 < .72, one factor of 2 words; so in both directions: 4 words, 2 factors
    assert mtld(["a", "a", "a", "a"]) == pytest.approx(2)
    # a b c c: 3/4 at the end, never below .72: (1 - 3/4)/(1 - .72) of a factor forwards;
    # backwards c c is a factor at once, then b a is none: 4 words in 1 factor
    assert mtld(["a", "b", "c", "c"]) == pytest.approx((4 / (0.25 / 0.28) + 4) / 2)


def test_mtld_has_no_value_where_no_word_comes_twice() -> None:
    assert math.isnan(mtld(["a", "b", "c"]))
    assert math.isnan(mtld([]))


def test_one_row_an_article_with_words_and_types() -> None:
    found = diversity(from_text("The cat saw the dog.", id="x").tokens).iloc[0]
    assert (found["words"], found["types"], found["ttr"]) == (5, 4, 0.8)


def test_text_without_words() -> None:
    found = diversity(from_text("... 12", id="x").tokens)
    assert found["words"].tolist() == [0]
    assert found["mattr"].isna().all()
    with pytest.raises(BadInput):
        diversity(from_text("a", id="x").tokens, window=0)
