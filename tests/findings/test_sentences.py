"""Findings read as English, and never say more than their tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest

from presslens.findings import actors, article, brief, framing, keywords, sentiment, statements

Measure = Callable[[str], SimpleNamespace]
FRAMES = ["frame", "share", "low", "high", "sentences", "rank", "opens", "closes", "of"]


def said(m: SimpleNamespace) -> list[str]:
    """Every sentence that the notebooks would say."""
    return [
        article.overview(m.article),
        article.ledger(m.article.ledger),
        article.stayed(m.article, m.article),
        article.structure(article.paragraph_table(m.article)),
        article.difficulty(m.readability),
        article.sureness(m.rates),
        actors.cast(m.actors),
        actors.toward(m.actor_tones, m.toned, m.quotations),
        actors.pairs(m.actor_pairs),
        statements.sources(m.sources, m.quotations),
        statements.dates(m.timeline, None),
        statements.chronicle(m.timeline, None),
        statements.positions(m.stances),
        sentiment.overview(m.tone, m.scores),
        sentiment.sections(m.sections),
        *sentiment.turns(m.arc, m.article.sentences),
        sentiment.drivers(m.words),
        sentiment.noise(m.tone, m.tone),
        keywords.overview(m.phrases),
        keywords.spread(m.phrases, m.places, m.article.sentences),
        keywords.pairs(m.pairs),
        framing.overview(m.frames),
        framing.course(m.frames, m.framed),
        framing.second(m.frames, "the book"),
        *framing.uncoded(m.codings, m.article.sentences),
        brief.lead(m.stances, m.article.sentences, m.tone, m.phrases, m.frames).striptags(),
        brief.tone(m.tone, m.arc, m.words),
        brief.sureness(m.rates),
        *brief.doubts(m.tone, m.frames, m.scores, m.article.ledger),
    ]


def test_every_text_gets_whole_sentences(of: SimpleNamespace) -> None:
    for sentence in said(of):
        assert re.match(r"[A-Z0-9“]", sentence), sentence
        assert sentence.endswith((".", ".”")), sentence
        assert not re.search(r"nan|None|NaT|inf\b|  |\.\.|,,|, ,|“”|\(\)", sentence), sentence


def test_every_quotation_is_of_the_text(of: SimpleNamespace) -> None:
    m = of
    quoted = [
        *sentiment.extremes(m.scores, m.words, m.article.sentences).values(),
        *keywords.evidence(m.phrases, m.places, m.article.sentences).values(),
        *framing.evidence(m.frames, m.codings, m.evidence, m.article.sentences).values(),
        *article.hedged(m.hedges, m.article.sentences).values(),
        *actors.telling(m.toned, m.actor_words, m.article.sentences, fewest=1).values(),
        *statements.stated(m.stances).values(),
        *brief.subject(m.places, m.phrases, m.article.sentences).values(),
    ]
    for quotation in [q for items in quoted for q in items]:
        assert m.article.text[quotation.start :].startswith(quotation.text)
        assert all(quotation.start <= a < b <= quotation.start + len(quotation.text) for a, b, *_ in quotation.marks)


def test_nothing_measured_is_said_plainly(measure: Measure) -> None:
    m = measure("empty")
    assert brief.tone(m.tone, m.arc, m.words) == "There is no sentence to score."
    assert sentiment.drivers(m.words) == "No word in this text carries feeling."
    assert framing.overview(m.frames) == "There is no sentence to look for frames in."
    assert framing.uncoded(m.codings, m.article.sentences) == ["There is no sentence to code."]
    assert article.overview(m.article).startswith("The text is empty.")
    assert "The text has no sentence, so that nothing here is measured." in brief.doubts(
        m.tone, m.frames, m.scores, m.article.ledger
    )
    assert actors.cast(m.actors).startswith("The article names nobody")
    assert article.reading(m.readability, m.diversity).empty
    assert keywords.evidence(m.phrases, m.places, m.article.sentences) == {}


def test_few_sentences_are_a_doubt(measure: Measure) -> None:
    m = measure("two sentences")
    doubts = brief.doubts(m.tone, m.frames, m.scores, m.article.ledger)
    assert any("only two sentences" in doubt for doubt in doubts)
    assert any("sign of the tone is not certain" in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.0, "close to neutral"),
        (-0.05, "close to neutral"),
        (-0.1, "slightly negative"),
        (0.25, "positive"),
        (-0.9, "strongly negative"),
    ],
)
def test_a_tone_has_a_word(score: float, words: str) -> None:
    assert sentiment.strength(score) == words


def frames(*rows: tuple[str, float, float, float, int, int, bool, bool]) -> pd.DataFrame:
    return pd.DataFrame([(*row, 20) for row in rows], columns=FRAMES)


def test_a_tie_of_frames_is_said_to_be_one() -> None:
    table = frames(("Economic", 0.5, 0.2, 0.8, 2, 1, True, False), ("Morality", 0.5, 0.2, 0.8, 2, 2, False, True))
    assert "the order of the first two is not certain" in framing.overview(table)
    doubts = brief.doubts(pd.DataFrame(), table, pd.DataFrame(index=range(20)), pd.DataFrame())
    assert doubts[0] == "Economic and Morality are too close for the first place to be certain."


def test_a_clear_lead_is_not_doubted() -> None:
    table = frames(("Economic", 0.8, 0.7, 0.9, 8, 1, True, True), ("Morality", 0.1, 0.0, 0.2, 1, 2, False, False))
    assert "not certain" not in framing.overview(table)
    paragraphs = pd.DataFrame(
        {"frame": ["Economic"], "rank": [1], "section": ["body"], "paragraph": [3], "share": [1.0]}
    )
    assert framing.course(table, paragraphs) == (
        "The first and the last paragraph are framed as Economic. Economic comes first in one of one paragraph (3)."
    )


def test_an_ambiguous_actor_is_named_as_such() -> None:
    table = pd.DataFrame(
        {"actor": ["Kim", "Georgia"], "mentions": [3, 1], "ambiguous": [False, True], "kind": ["person", "country"]}
    )
    assert actors.cast(table) == (
        "Two actors are named; most often Kim (3). “Georgia” could mean more than one actor and is counted apart."
    )


@pytest.mark.parametrize(
    ("doubt", "sure", "verdict"),
    [
        (8, 1, "weighs possibilities rather than asserts"),
        (3, 2, "hedges and asserts by turns"),
        (1, 8, "The text, quotations included, asserts:"),
        (2, 4, "hedges and asserts by turns"),  # chance alone would give as much
    ],
)
def test_sureness_weighs_doubt_against_certainty(doubt: int, sure: int, verdict: str) -> None:
    rates = pd.DataFrame(
        {"kind": ["possibility", "certainty"], "count": [doubt, sure], "per_1000": [float(doubt), float(sure)]}
    )
    assert verdict in article.sureness(rates)


def test_a_ledger_counts_by_rule_and_says_what_stayed() -> None:
    table = pd.DataFrame({"rule": ["promotion", "duplicate", "duplicate"], "kept": [False, False, True]})
    assert article.ledger(table) == (
        "Cleaning set apart two lines as duplicate and one line as promotion. One of them stayed, as a parameter asked."
    )


def test_a_turn_is_told_with_its_place_size_and_interval() -> None:
    sentences = pd.DataFrame({"sentence": ["p02s01"], "text": ["The army fired."]})
    arc = pd.DataFrame(
        {
            "section": "body",
            "paragraph": [1, 1, 2, 2],
            "sentence": ["p01s01", "p01s02", "p02s01", "p02s02"],
            "turn": [0, 0, 1, 0],
            "change": [0.0, 0.0, -0.4, 0.0],
            "change_low": [0.0, 0.0, -0.6, 0.0],
            "change_high": [0.0, 0.0, -0.2, 0.0],
        }
    )
    assert sentiment.turns(arc, sentences) == [
        "The mood falls from paragraph 2 on, by −0.40 (95 % interval −0.60 to −0.20), beginning with “The army fired.”."
    ]


def test_the_title_is_called_darker_only_where_intervals_are_apart() -> None:
    def sections(low: float, high: float) -> str:
        return sentiment.sections(
            pd.DataFrame({"section": ["title", "body"], "score": [-0.5, 0.1], "low": [low, 0.0], "high": [high, 0.2]})
        )

    assert "the title is clearly darker than the text below it" in sections(-0.6, -0.4)
    assert "too little to tell them apart" in sections(-0.9, 0.1)


def test_noise_names_the_change_that_cleaning_made() -> None:
    before, after = pd.DataFrame({"score": [-0.2]}), pd.DataFrame({"score": [0.1]})
    assert sentiment.noise(after, before).endswith("the mean tone would be −0.20 instead of +0.10.")
    assert sentiment.noise(after, after).endswith("the same, +0.10.")


def test_difficulty_is_not_told_of_a_few_words_and_never_below_zero() -> None:
    def told(words: int, grade: float) -> str:
        return article.difficulty(pd.DataFrame({"words": [words], "flesch": [80.0], "flesch_kincaid": [grade]}))

    assert told(3, -3.0) == "The text is too short to tell how hard it is to read: it has three words."
    assert "fewer than five years of schooling" in told(200, -3.0)
    assert "fewer than five years of schooling" in told(200, 1.2)


def test_two_sentences_do_not_turn(measure: Measure) -> None:
    m = measure("two sentences")
    assert "too short to speak of turns" in brief.tone(m.tone, m.arc, m.words)
    assert "by more than chance" not in brief.tone(m.tone, m.arc, m.words)


def test_one_sentence_has_no_interval_of_frames_and_no_leading_frame() -> None:
    table = frames(("Economic", 1.0, 1.0, 1.0, 1, 1, True, True)).assign(of=1)
    assert framing.overview(table) == (
        "The article is framed first as Economic (100 % of it). It rests on one sentence only."
    )
    lead = brief.matter(pd.DataFrame(), pd.DataFrame({"phrase": ["trade"]}), table)
    assert lead.endswith("No frame rests on more than one sentence.")


def test_a_lead_that_may_be_nothing_is_said_to_be_so() -> None:
    table = frames(("Economic", 0.2, 0.0, 0.4, 2, 1, True, True))
    assert "its interval reaches zero" in brief.matter(pd.DataFrame(), pd.DataFrame({"phrase": ["trade"]}), table)


def test_frames_with_an_and_of_their_own_are_quoted_in_a_list() -> None:
    table = frames(
        ("Security and Defense", 0.5, 0.2, 0.8, 9, 1, True, False),
        ("Health and Safety", 0.5, 0.2, 0.8, 9, 2, False, True),
    )
    doubts = brief.doubts(pd.DataFrame(), table, pd.DataFrame(index=range(20)), pd.DataFrame())
    assert doubts[0].startswith("“Security and Defense” and “Health and Safety” are too close")
    assert framing.second(table, "the book") == (
        "Read with “the book” instead, nine of the 20 sentences show “Security and Defense”; it finds “Health and Safety” "
        "in nine."
    )


def test_actors_who_are_all_named_once_are_not_called_frequent() -> None:
    def told(*names: str) -> str:
        return actors.cast(pd.DataFrame({"actor": names, "mentions": 1, "ambiguous": False}))

    assert told("Kim") == "One actor is named: Kim, once."
    assert told("Kim", "Moon") == "Two actors are named, each once: Kim and Moon."
    assert told("A", "B", "C", "D") == "Four actors are named, each once: A, B, C and one other."


def test_phrases_that_stand_once_do_not_run_through_the_article() -> None:
    sentences = pd.DataFrame({"sentence": ["a", "b", "c", "d"]})
    places = pd.DataFrame({"phrase": ["trade", "war"], "sentence": ["a", "d"]})
    assert keywords.spread(pd.DataFrame({"phrase": ["trade", "war"]}), places, sentences) == (
        "No key phrase recurs: each stands in one sentence only."
    )


def test_one_paragraph_is_not_the_longest() -> None:
    def told(*words: int, sentences: int = 2) -> str:
        return article.structure(
            pd.DataFrame(
                {"section": "body", "paragraph": range(1, len(words) + 1), "sentences": sentences, "words": words}
            )
        )

    assert told(40) == "A sentence has 20 words on average; the body is one paragraph of 40 words."
    assert told(1, sentences=1) == "The body is one sentence of one word."
    assert told(40, 20).endswith("the longest paragraph, number 1, has 40 words.")
    assert told(20, 20).endswith("no paragraph has more than 20 words.")
