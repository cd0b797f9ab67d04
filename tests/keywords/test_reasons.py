"""Why a phrase is a key phrase, in plain words."""

from __future__ import annotations

import numpy as np
import pytest

from presslens.article.reading import from_text
from presslens.keywords.features import CLASSES
from presslens.keywords.ranking import PROFILES, keyphrases
from presslens.keywords.reasons import reasons, say
from presslens.keywords.scorecard import Scorecard, scorecard


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("headed", [False, True])
def test_every_feature_of_every_scorecard_has_words(profile: str, headed: bool) -> None:
    for name in scorecard(profile, headed=headed).names:
        assert {"{", "}", "_"}.isdisjoint(say(name, "AN" if name in CLASSES else 2.0, 1.0))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("words", 1.0, "one word long"),
        ("words", 3.0, "three words long"),
        ("pattern", "ANN", "adjective and two nouns"),
        ("pattern", "PP", "a name"),
        ("pattern", "N", "a single noun"),
        ("ending", "tion", "ends in -tion"),
        ("first", 1.0, "comes early"),
        ("first", 9.0, "comes late"),
    ],
)
def test_a_value_in_words(name: str, value: float | str, said: str) -> None:
    assert say(name, value, 4.0) == said


def test_only_what_raises_a_phrase_above_the_typical_one_is_a_reason_and_none_twice() -> None:
    at, up = np.array([0.0, 10.0]), np.array([0.0, 5.0])
    card = Scorecard(0.0, {"first": (at, -up), "first_rel": (at, -up), "count": (at, up), "plural": (at, -up)}, {})
    features = {name: np.array([1.0, 5.0, 9.0]) for name in card.lines}
    found = reasons(card, card.points(features), features, np.array([0, 1]))
    assert found == [("first +2.0, plural +2.0", "comes early; singular"), ("", "")]


def test_the_table_of_key_phrases_says_why() -> None:
    article = from_text("A total eclipse darkened the coast. The total eclipse was long.", id="x")
    found = keyphrases(article.sentences, article.tokens)
    assert found["why"].str.len().gt(0).any()
    assert not found["why"].str.contains("_", regex=False).any()
