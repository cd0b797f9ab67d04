"""Key phrases of whole articles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.actors.mentions import mentions
from presslens.article.reading import from_table, from_text, read
from presslens.errors import BadInput
from presslens.keywords.ranking import COLUMNS, OCCURRENCE_COLUMNS, PROFILES, keyphrases, occurrences, texts
from presslens.keywords.scorecard import scorecard
from presslens.language.tokens import tokenize

STORY = (
    "A total eclipse of the sun darkened Indonesia on Friday, and thousands of tourists watched the total eclipse. "
    "The Supreme People's Assembly met in Pyongyang. President Corazon Aquino saw the eclipse from a plane. "
    "Scientists studied the total eclipse with old telescopes."
)


def phrases_of(text: str, **options: object) -> list[str]:
    article = from_text(text, id="x")
    return keyphrases(article.sentences, article.tokens, **options)["phrase"].tolist()  # type: ignore[arg-type]


def test_the_subject_of_a_story_comes_first() -> None:
    assert phrases_of(STORY)[0].lower() == "total eclipse"


def test_every_evidence_sentence_holds_the_phrase() -> None:
    article = from_text(STORY, id="x")
    text = dict(zip(article.sentences["sentence"], article.sentences["text"], strict=True))
    found = keyphrases(article.sentences, article.tokens)
    total = found.loc[found["phrase"].str.lower() == "total eclipse"].iloc[0]
    assert total["count"] == 3
    assert [sentence for sentence, words in text.items() if "total eclipse" in words] == total["sentences"].split()


def test_places_of_a_phrase_slice_to_it_in_the_text_of_the_article() -> None:
    article = from_text(STORY, id="x")
    found = keyphrases(article.sentences, article.tokens, top=50)
    places = occurrences(found, article.tokens)
    assert set(places["phrase"]) == set(found["phrase"])
    for phrase, start, end in zip(places["phrase"], places["start"], places["end"], strict=True):
        assert article.text[start:end].lower().startswith(phrase[:4].lower())


def test_a_table_of_texts_gives_ranked_phrases_for_each_id() -> None:
    table = pd.DataFrame({"id": ["a", "b", "c"], "text": [STORY, "", "Oil prices rose. Oil prices fell."]})
    found = texts(table, top=3)
    assert list(found.columns) == ["id", "rank", "phrase", "score"]
    assert found.groupby("id")["rank"].apply(list).to_dict() == {
        "a": [1, 2, 3],
        "c": found[found["id"] == "c"]["rank"].tolist(),
    }
    assert found.loc[found["id"] == "c", "phrase"].iloc[0].lower() == "oil prices"


def test_articles_together_give_the_same_as_each_alone() -> None:
    table = pd.DataFrame(
        {"id": ["a", "b"], "text": [STORY, "Oil prices rose in Texas. The oil price shock hurt banks."]}
    )
    together = texts(table)
    alone = pd.concat([texts(table.iloc[[0]]), texts(table.iloc[[1]])], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)


def test_batches_of_any_size_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame({"id": range(6), "text": [STORY, "", "Oil prices rose.", STORY[:90], "One", STORY[::-1]]})
    together = texts(table)
    monkeypatch.setattr("presslens.keywords.words.BATCH", 10)
    pd.testing.assert_frame_equal(together, texts(table))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("text", ["", "Oil", "...", "12 34", "😀 😀", "שלום עולם", "a\x00b", "the of and"])
def test_odd_texts_give_a_table_with_the_right_columns(text: str, profile: str) -> None:
    sentences = from_table(pd.DataFrame({"id": ["x"], "text": [text]}))
    found = keyphrases(sentences, tokenize(sentences), profile=profile)
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == COLUMNS
    places = occurrences(found, tokenize(sentences))
    assert {name: str(dtype) for name, dtype in places.dtypes.items()} == OCCURRENCE_COLUMNS


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_scores_between_0_and_1_that_fall_with_the_rank(text: str) -> None:
    found = texts(pd.DataFrame({"id": ["x"], "text": [text]}))
    assert found["score"].between(0, 1).all()
    assert found["score"].is_monotonic_decreasing
    assert found["phrase"].str.strip().ne("").all()
    assert found["rank"].tolist() == list(range(1, len(found) + 1))


@pytest.mark.parametrize("options", [{"profile": "nonsense"}, {"top": 0}])
def test_wrong_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        phrases_of(STORY, **options)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_points_of_a_feature_are_a_line_over_rising_values(profile: str) -> None:
    card = scorecard(profile)
    assert card.lines
    for at, points in card.lines.values():
        assert (at[1:] > at[:-1]).all()
        assert len(at) == len(points)


HEADED = (
    "Seoul offers Pyongyang medicine\n\nSouth Korea offered drugs on Monday. North Korea did not answer.\n\n"
    "Pyongyang has closed its border. The South Korean government waits. Moon Jae-in hopes; Moon is patient.\n"
)


def test_all_names_of_an_actor_are_one_phrase_with_all_its_places() -> None:
    article = from_text(HEADED, id="x")
    named = mentions(article.sentences, article.tokens)
    found = keyphrases(article.sentences, article.tokens, top=50, mentions=named).set_index("phrase")
    assert {"North Korea", "South Korea", "Moon Jae-in"} <= set(found.index)
    assert not {"Pyongyang", "Seoul", "Moon", "South Korean government"} & set(found.index)
    assert found.loc["North Korea", "count"] == 3
    places = occurrences(found.reset_index(), article.tokens)
    assert (places["phrase"] == "North Korea").sum() == 3


def test_actors_are_optional() -> None:
    article = from_text(HEADED, id="x")
    assert "Pyongyang" in keyphrases(article.sentences, article.tokens, top=50)["phrase"].tolist()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_headline_has_a_scorecard_that_does_not_ask_how_early_a_phrase_comes(profile: str) -> None:
    assert not {"first", "first_sentence"} & set(scorecard(profile, headed=True).lines)
    assert {"first", "lead"} <= set(scorecard(profile).lines)


def test_the_seed_lists_what_a_reader_would_and_nothing_twice() -> None:
    article = read(Path(__file__).parents[2] / "seeds" / "pyongyang-helping-hand.txt")
    named = mentions(article.sentences, article.tokens)
    found = keyphrases(article.sentences, article.tokens, mentions=named)["phrase"].tolist()
    listed = " | ".join(found).lower()
    wanted = ("north korea", "south korea", "cooperation", "liaison office", "sanctions", "pandemic", "coronavirus")
    assert [subject for subject in wanted if subject not in listed] == []
    assert {"personal protection equipment", "Moon Jae-in", "Kim Jong Un"} <= set(found)
    actors = (
        {"North Korea", "Pyongyang"},
        {"South Korea", "Seoul", "South Korean government"},
        {"Moon Jae-in", "Moon"},
    )
    assert all(len(names & set(found)) == 1 for names in actors)
