"""Whose voice speaks at a mention, who is set beside whom, and proposals and obstacles."""

from types import ModuleType

import pandas as pd
import pytest

from presslens.actors.mentions import mentions
from presslens.actors.pairs import PAIR_COLUMNS, cooccurrence
from presslens.actors.quotations import quotations
from presslens.actors.stances import STANCE_COLUMNS, stances
from presslens.actors.voices import voices


def heard(texts: ModuleType, text: str) -> list[tuple[str, str, str]]:
    """(form, voice, speaker) of every mention."""
    sentences, tokens = texts.tables_of(text)
    named = mentions(sentences, tokens)
    table = voices(named, quotations(sentences, tokens, named))
    return list(zip(table["text"], table["voice"], table["speaker"], strict=True))


def test_a_mention_inside_a_quotation_is_in_the_speaker_s_voice(texts: ModuleType) -> None:
    assert heard(texts, "Peru sat down. “Peru lied,” said Ada Dell.") == [
        ("Peru", "author", ""),
        ("Peru", "attributed", "Ada Dell"),
        ("Ada Dell", "author", ""),
    ]


def test_reported_speech_is_in_the_speaker_s_voice(texts: ModuleType) -> None:
    assert heard(texts, "Ada Dell said that Peru had lied.")[1] == ("Peru", "attributed", "Ada Dell")


@pytest.mark.parametrize(
    "text",
    [
        "Ada Dell spoke at length, calling Peru “senseless” for its plans.",
        "Ada Dell described Peru as “senseless”.",
        "Ada Dell called Peru’s plan a “disgrace”.",
    ],
)
def test_what_somebody_calls_an_actor_is_not_the_author_s_word(texts: ModuleType, text: str) -> None:
    assert heard(texts, text)[1] == ("Peru", "attributed", "Ada Dell")


def test_who_merely_stands_before_a_quotation_stays_with_the_author(texts: ModuleType) -> None:
    found = heard(texts, "Ada Dell, who had left Peru in the spring of that year, called the plan “senseless”.")
    assert found[1] == ("Peru", "author", "")


def test_other_places_in_the_text_have_voices_too(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("Taxes should rise. “They should fall,” said Ada Dell.")
    found = voices(stances(sentences), quotations(sentences, tokens, mentions(sentences, tokens)))
    assert found["voice"].tolist() == ["author", "attributed"]


def test_actors_of_one_sentence_are_paired_with_the_verbs_between_them(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("Ada Dell has accused Peru. Ada Dell slept.")
    table = cooccurrence(mentions(sentences, tokens), tokens)
    assert table[["actor", "other", "sentences", "verbs", "where"]].to_numpy().tolist() == [
        ["Ada Dell", "Peru", 1, "accused", "p01s01"]
    ]


def test_proposals_and_obstacles_are_found_with_their_words(texts: ModuleType) -> None:
    sentences, _ = texts.tables_of(
        "Peru should lift the tax. It could be cut. It should not have risen. It could lead to war. A deal is unlikely."
    )
    table = stances(sentences)
    assert list(zip(table["stance"], table["cue"], table["weight"], strict=True)) == [
        ("proposal", "should", 2),
        ("proposal", "could", 1),
        ("obstacle", "unlikely", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nor could she say when it began.",
        "Dust could even spread to the lungs.",
        "The evidence suggests that the disease is rare.",
        "The opposition met on Monday.",
    ],
)
def test_what_befalls_what_is_shown_and_who_opposes_is_neither_proposal_nor_obstacle(
    texts: ModuleType, text: str
) -> None:
    sentences, _ = texts.tables_of(text)
    assert stances(sentences).empty


def test_an_empty_article_gives_typed_empty_tables(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("")
    named = mentions(sentences, tokens)
    found = voices(named, quotations(sentences, tokens, named))
    assert list(found.columns[-3:]) == ["quoted", "voice", "speaker"]
    assert found["quoted"].dtype == bool
    assert list(cooccurrence(named, tokens).columns) == list(PAIR_COLUMNS)
    assert list(stances(sentences).columns) == list(STANCE_COLUMNS)
    assert isinstance(found, pd.DataFrame)
