"""Sentence vectors and the tier that uses them; what needs the extra is skipped without it."""

import numpy as np
import pytest

from presslens.errors import BadInput
from presslens.sentiment import embedding, measure, scoring

needs_extra = pytest.mark.skipif(not embedding.available(), reason="the neural extra is not installed")


def test_word_pieces_are_the_longest_that_the_list_has() -> None:
    # [CLS] un ##aff ##able [SEP], as the paper of BERT cuts it; numbers are lines of its published list
    assert embedding.pieces("Unaffable") == [101, 14477, 20961, 3468, 102]


def test_accents_and_capitals_do_not_matter_to_word_pieces() -> None:
    assert embedding.pieces("CAFÉ!") == embedding.pieces("cafe!")


def test_a_word_of_unknown_signs_is_one_unknown_piece_and_long_texts_are_cut() -> None:
    assert embedding.pieces("\U0001f3f4") == [101, 100, 102]
    assert len(embedding.pieces("word " * 900)) == 256


def test_without_the_extra_the_neural_tier_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "available", lambda: False)
    measure.settings.cache_clear()
    with pytest.raises(BadInput, match=r"presslens\[neural\]"):
        measure.predict(["A good day."], tier="neural")


def test_an_unknown_tier_is_refused() -> None:
    with pytest.raises(BadInput, match="no sentiment tier"):
        measure.predict(["A good day."], tier="best")  # type: ignore[arg-type]


@needs_extra
def test_vectors_of_like_sentences_are_closer_than_of_unlike_ones() -> None:
    war, battle, cake = embedding.vectors(["The war began.", "Fighting broke out.", "She baked a lemon cake."])
    assert np.linalg.norm(war) == pytest.approx(1, abs=1e-3)
    assert war @ battle > war @ cake


@needs_extra
def test_the_neural_tier_scores_good_news_above_bad_news() -> None:
    good, bad = measure.predict(["The rescue was a joy.", "The massacre was a horror."], tier="neural")
    assert good > 0 > bad


@needs_extra
def test_contributions_sum_to_the_score_in_the_neural_tier_too() -> None:
    text = "The rescue was not a failure."
    reading = measure.read([text], tier="neural")
    evidence = measure.evidence([text], tier="neural")
    assert reading.raw[0] == pytest.approx(reading.base[0] + evidence["contribution"].sum(), abs=1e-3)
    assert scoring.label(reading.raw, tier="neural").iloc[0] in ("negative", "neutral", "positive")
