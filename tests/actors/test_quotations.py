"""Quotations, their speakers, the tone toward actors, and proposals and obstacles."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.actors.mentions import mentions
from presslens.actors.quotations import QUOTATION_COLUMNS, quotations, sources
from presslens.actors.stances import STANCE_COLUMNS, stances
from presslens.actors.tones import (
    ACTOR_TONE_COLUMNS,
    PAIR_COLUMNS,
    TOO_FEW,
    actor_tones,
    cooccurrence,
    in_quotation,
)


def said(texts: ModuleType, text: str) -> list[tuple[str, str, str]]:
    """(kind, speaker or the words for it, what is said) of every quotation."""
    sentences, tokens = texts.tables_of(text)
    found = quotations(sentences, tokens, mentions(sentences, tokens))
    who = found["speaker"].where(found["speaker"] != "", found["speaker_text"])
    return list(zip(found["kind"], who, found["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” said Mayor Ada Dell.", [("direct", "Ada Dell", "We won,")]),
        ("Ada Dell said: “We won.”", [("direct", "Ada Dell", "We won.")]),
        (
            "“We won,” Ada Dell told reporters, “and they lost.”",
            [("direct", "Ada Dell", "We won,"), ("direct", "Ada Dell", "and they lost.")],
        ),
        (
            '"We won," said Ada Dell. "They lost."',
            [("direct", "Ada Dell", "We won,"), ("direct", "Ada Dell", "They lost.")],
        ),
        ("Ada Dell, who once led Oxfam, said that Peru had lied.", [("indirect", "Ada Dell", "Peru had lied")]),
        ("Peru claims to have no debts.", [("indirect", "Peru", "have no debts")]),
        ("Critics praised Peru’s claims to have no debts.", [("indirect", "Peru", "have no debts")]),
        ("According to Oxfam, the harvest failed.", [("indirect", "Oxfam", "the harvest failed")]),
        ("The harvest failed, according to Ada Dell.", [("indirect", "Ada Dell", "The harvest failed")]),
        ("The harvest failed, officials said.", [("indirect", "officials", "The harvest failed")]),
        ("“He said ‘never’ to me,” Ada Dell recalled.", [("direct", "Ada Dell", "He said ‘never’ to me,")]),
    ],
)
def test_words_are_given_to_whoever_says_them(
    texts: ModuleType, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(texts, text) == expected


def test_a_quotation_over_paragraphs_keeps_its_speaker(texts: ModuleType) -> None:
    text = "“We won,” said Ada Dell. “It was hard.\n“But we won.”"
    assert [who for _, who, _ in said(texts, text)] == ["Ada Dell"] * 3


def test_a_pronoun_goes_back_to_the_person_of_that_sex(texts: ModuleType) -> None:
    text = "Mary Dell met Peter Kess. “I am tired,” she said. He said that he was not."
    assert [(kind, who) for kind, who, _ in said(texts, text)] == [("direct", "Mary Dell"), ("indirect", "Peter Kess")]


def test_quoted_words_without_a_speaker_have_none(texts: ModuleType) -> None:
    assert said(texts, "The so-called “peace wall” still stands.") == [("direct", "", "peace wall")]


def test_a_mark_that_never_closes_ends_with_its_paragraph(texts: ModuleType) -> None:
    found = said(texts, "“We won, said Ada Dell.\nNothing else was quoted.")
    assert [text for _, _, text in found] == ["We won, said Ada Dell."]


def test_sources_are_counted_by_the_words_they_get(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("“We won the whole long race,” said Ada Dell. Peru said that it lost.")
    table = sources(quotations(sentences, tokens, mentions(sentences, tokens)))
    assert table[["speaker", "direct", "indirect", "words"]].to_numpy().tolist() == [
        ["Ada Dell", 1, 0, 6],
        ["Peru", 0, 1, 2],
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="“”\"'‘’ abAB.,said\n", max_size=200))
def test_quotations_of_any_text_slice_to_it(texts: ModuleType, text: str) -> None:
    sentences, tokens = texts.tables_of(text)
    found = quotations(sentences, tokens, mentions(sentences, tokens))
    for start, end, words in zip(found["start"], found["end"], found["text"], strict=True):
        assert text[start:end].split() == words.split()


def test_the_harsh_word_of_the_seed_is_its_speaker_s(texts: ModuleType) -> None:
    reading = pytest.importorskip("presslens.article.reading")
    article = reading.read(Path(__file__).parents[2] / "seeds" / "pyongyang-helping-hand.txt")
    named = mentions(article.sentences, article.tokens)
    found = quotations(article.sentences, article.tokens, named).set_index("text")
    assert found.loc["senseless", "speaker"] == "Kim Yo Jong"
    assert found.loc["have zero cases", "speaker"] == "North Korea"


def toned(*scores: float, actor: str = "Ada Dell", kind: str = "person") -> pd.DataFrame:
    return pd.DataFrame({"article": "a", "actor": actor, "kind": kind, "score": scores})


def test_an_actor_s_tone_has_an_interval_and_one_with_too_few_mentions_has_none() -> None:
    table = actor_tones(pd.concat([toned(-0.8, -0.6, -0.7, -0.9), toned(0.9, actor="Peru")], ignore_index=True))
    assert table["actor"].tolist() == ["Ada Dell", "Peru"]
    assert table["verdict"].tolist() == ["negative", TOO_FEW]
    assert table.loc[0, "score"] == pytest.approx(-0.75)
    assert -0.9 <= table.loc[0, "low"] < -0.75 < table.loc[0, "high"] <= -0.6
    assert np.isnan(table.loc[1, "low"])


def test_the_same_seed_gives_the_same_interval() -> None:
    scores = toned(-0.8, 0.2, 0.7, 0.1)
    assert actor_tones(scores, seed=3).equals(actor_tones(scores, seed=3))
    assert not actor_tones(scores, seed=3).equals(actor_tones(scores, seed=4))


def test_the_author_s_voice_is_kept_apart_from_quoted_words(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("Peru sat down. “Peru lied,” said Ada Dell.")
    named = mentions(sentences, tokens)
    marked = in_quotation(named, quotations(sentences, tokens, named))
    assert marked["quoted"].tolist() == [False, True, False]
    assert marked["speaker"].tolist() == ["", "Ada Dell", ""]
    tones = actor_tones(marked.assign(score=[0.5, -0.7, 0.0])).set_index("actor")
    assert tones.loc["Peru", "own"] == 0.5
    assert tones.loc["Peru", "quoted"] == 1


def test_actors_of_one_sentence_are_paired_with_the_verbs_between_them(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("Ada Dell has accused Peru. Ada Dell slept.")
    table = cooccurrence(mentions(sentences, tokens), tokens)
    assert table[["actor", "other", "sentences", "verbs", "where"]].to_numpy().tolist() == [
        ["Ada Dell", "Peru", 1, "accused", "p01s01"]
    ]


def test_proposals_and_obstacles_are_found_with_their_words(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of(
        "Peru should lift the tax. It could be cut. It should not have risen. It could lead to war. A deal is unlikely."
    )
    table = stances(sentences, quotations(sentences, tokens, mentions(sentences, tokens)))
    assert list(zip(table["stance"], table["cue"], strict=True)) == [
        ("proposal", "should"),
        ("proposal", "could"),
        ("obstacle", "unlikely"),
    ]


def test_empty_articles_give_typed_empty_tables(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("")
    named = mentions(sentences, tokens)
    quoted = quotations(sentences, tokens, named)
    assert list(quoted.columns) == list(QUOTATION_COLUMNS)
    assert list(in_quotation(named, quoted).columns[-2:]) == ["quoted", "speaker"]
    assert list(actor_tones(named.assign(score=0.0)).columns) == list(ACTOR_TONE_COLUMNS)
    assert list(cooccurrence(named, tokens).columns) == list(PAIR_COLUMNS)
    assert list(stances(sentences).columns) == list(STANCE_COLUMNS)
    assert sources(quoted).empty
