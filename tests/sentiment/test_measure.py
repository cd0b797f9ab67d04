"""The measure for news prose: its rules, its evidence, a user's overlay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article.reading import from_text
from presslens.sentiment import features, measure, scoring


def words_of(text: str, terms: list[str]) -> features.Words:
    return features.parse([text], features.Numbering(terms))


def test_a_negation_reaches_three_words_and_not_past_the_end_of_a_clause() -> None:
    words = words_of("not a very long good day; good", ["good", "long", "day"])
    assert words.negation[words.id >= 0].tolist() == [3, 0, 0, 0]  # long, good, day, good
    assert words_of("never. good", ["good"]).negation.tolist() == [0, 0]


def test_a_degree_word_changes_the_weight_of_the_next_word_only() -> None:
    words = words_of("very good day", ["good", "day"])
    assert words.weight.tolist() == pytest.approx([1 / 3**0.5, 1.293 / 3**0.5, 1 / 3**0.5])


def test_what_follows_the_last_contrast_weighs_more_than_what_stands_before_it() -> None:
    words = words_of("good but bad but fine", ["good", "bad", "fine"])
    assert words.contrast.tolist() == [-1, -1, -1, 1, 1]


def test_a_possessive_is_no_part_of_a_word_and_a_contraction_is() -> None:
    assert features.WORD.findall("the nation’s can't o'clock rock'n'roll") == [
        "the", "nation", "s", "can't", "o'clock", "rock'n'roll"
    ]  # fmt: skip


def test_good_news_scores_above_plain_news_above_bad_news() -> None:
    good, plain, bad = measure.predict(
        [
            "The rescue was a wonderful success and everyone rejoiced.",
            "The committee meets on Tuesday in the third room.",
            "The massacre was a horrible crime and thousands died in misery.",
        ]
    )
    assert good > 0.1 > plain > -0.1 > bad


def test_negation_turns_a_word() -> None:
    with_it, without = measure.predict(["The plan is not honest.", "The plan is honest."])
    assert with_it < without
    assert "negated" in measure.evidence(["The plan is not honest."]).set_index("word").loc["honest", "why"]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["good", "bad", "not", "very", "but", "war", "peace", ".", "?", "table"])).map(" ".join)
)
def test_base_and_contributions_sum_to_the_score_before_the_limits(text: str) -> None:
    reading, evidence = measure.read([text]), measure.evidence([text])
    expected = reading.base[0] + evidence["contribution"].sum() if reading.words.length[0] else 0.0
    assert reading.raw[0] == pytest.approx(expected)
    assert measure.predict([text])[0] == pytest.approx(np.clip(expected, -1, 1))
    assert [text[start:end] for start, end in zip(evidence["start"], evidence["end"], strict=True)] == list(
        evidence["word"]
    )


@pytest.mark.parametrize("text", ["", " ", "1234 !?", "\x00", "🙂🙂", "...", "—"])
def test_a_text_without_words_scores_nothing(text: str) -> None:
    assert measure.predict([text]).tolist() == [0.0]
    assert measure.evidence([text]).empty


def test_other_scripts_are_read_and_carry_no_feeling_of_their_own() -> None:
    reading = measure.read(["هذا نص عربي قصير", "今天天气很好"])
    assert reading.adds.tolist() == [0.0] * len(reading.adds)


def test_an_overlay_replaces_a_word_and_a_phrase_counts_once() -> None:
    text = "A positive test closed the school."
    overlay = {"positive test": -2.0, "school": 4.0, "positive": 3.0}
    evidence = measure.evidence([text], overlay=overlay).set_index("word")
    assert evidence.loc["positive test", "why"] == "phrase"
    assert evidence.loc["positive test", "contribution"] < 0
    assert evidence.loc["school", "valence"] == pytest.approx(4 * measure.settings()["valence"], abs=1e-3)
    assert not {"positive", "test"} & set(evidence.index)


def test_of_two_phrases_that_overlap_the_longer_wins() -> None:
    overlay = {"death rate": 0.0, "record low death rate": 3.0}
    evidence = measure.evidence(["A record low death rate."], overlay=overlay)
    assert evidence.loc[evidence["why"] == "phrase", "word"].tolist() == ["record low death rate"]


def test_an_overlay_does_not_stay_for_the_next_text() -> None:
    before = measure.predict(["A dull table."])
    measure.predict(["A dull table."], overlay={"table": 4.0})
    assert measure.predict(["A dull table."]).tolist() == before.tolist()


def test_a_score_does_not_depend_on_the_other_texts() -> None:
    texts = ["War came.", "", "Peace, but not yet!", "War came."]
    together = measure.predict(texts)
    assert together.tolist() == [measure.predict([text])[0] for text in texts]


def test_neutral_is_what_says_nothing() -> None:
    low, high = measure.thresholds()
    assert low < 0 < high


@pytest.mark.parametrize("text", ["The clinic is less effective.", "They are less able to help.", "He is less happy."])
def test_less_of_something_good_is_not_good(text: str) -> None:
    assert scoring.score(from_text(text).sentences)["score"].iloc[0] < 0
