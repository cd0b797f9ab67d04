"""Pairs of words."""

from __future__ import annotations

import math

import pytest

from presslens.article.reading import from_text
from presslens.errors import BadInput
from presslens.keywords.collocations import COLUMNS, MEASURES, collocations


def test_pmi_is_the_logarithm_of_observed_over_expected() -> None:
    tokens = from_text("Strong tea beats weak tea. Strong tea wins here.", id="x").tokens
    found = collocations(tokens, measure="pmi").set_index("pair")
    # 9 words; strong 2, tea 3, strong tea 2: log2(2 * 9 / (2 * 3)) by Church and Hanks
    assert found.loc["strong tea", "score"] == pytest.approx(math.log2(2 * 9 / (2 * 3)))
    assert found.loc["strong tea", ["count", "first_count", "second_count"]].tolist() == [2, 2, 3]


def test_pairs_do_not_cross_sentences_and_have_no_function_words() -> None:
    tokens = from_text("He likes old tea. Pots of tea. He likes old tea. Pots of tea.", id="x").tokens
    assert set(collocations(tokens)["pair"]) == {"likes old", "old tea"} - {"likes old"} | {"old tea"} | {"likes old"}


def test_a_wider_window_finds_pairs_with_a_word_between() -> None:
    tokens = from_text("Salt and pepper here. Salt and pepper there.", id="x").tokens
    assert collocations(tokens).empty
    assert collocations(tokens, window=3)["pair"].tolist() == ["salt pepper"]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_works_and_is_sorted(measure: str) -> None:
    tokens = from_text(
        "Oil prices rose. Oil prices fell. Gas prices rose. Gas tankers sank. Oil prices stood.", id="x"
    ).tokens
    found = collocations(tokens, measure=measure, least=1)
    assert found["score"].is_monotonic_decreasing


@pytest.mark.parametrize("text", ["", "one", "😀"])
def test_nothing_to_pair_gives_an_empty_table(text: str) -> None:
    found = collocations(from_text(text, id="x").tokens)
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == COLUMNS
    assert found.empty


@pytest.mark.parametrize("options", [{"measure": "luck"}, {"top": 0}, {"window": 1}])
def test_wrong_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        collocations(from_text("Oil prices.", id="x").tokens, **options)  # type: ignore[arg-type]
