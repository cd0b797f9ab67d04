"""Eight odd articles, and what must hold of everything that is said of them.

The notebooks' findings are made here from the same functions, without kernels: quick enough to run for every article.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from presslens.actors.judgements import judgements
from presslens.actors.mentions import actors, mentions
from presslens.actors.pairs import cooccurrence
from presslens.actors.quotations import quotations, sources
from presslens.actors.stances import stances
from presslens.actors.timeline import timeline
from presslens.actors.voices import voices
from presslens.article.reading import Article, read
from presslens.findings import actors as who
from presslens.findings import article as of_article
from presslens.findings import brief, framing, keywords, sentiment, statements
from presslens.framing import aggregating, coding, relating
from presslens.framing.codebook import load
from presslens.keywords import ranking
from presslens.language.hedges import hedge_rates
from presslens.language.readability import readability
from presslens.sentiment import feeling, scoring, targets
from presslens.sentiment.targets_actors import actor_tones

FOLDER = Path(__file__).parents[1] / "data" / "odd"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
SHORT = [name for name in NAMES if name != "very-long"]
BROKEN = re.compile(
    r"\bNone\b(?! of)|\bnan\b|\bNaN\b|\bNaT\b|<NA>|\{|\}|\bTrue\b|\bFalse\b|\[\]|““|””|\(\)|  |, ,|,\.|\.\.(?!\.)|:\s*\.|; \.|“”"
)
PLURAL = re.compile(
    r"\bone (?:sentences|words|paragraphs|actors|passages|dates|voices|lines|mentions|pairs|articles|times)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d*[02-9]) "
    r"(?:sentence|word|paragraph|actor|passage|date|voice|line|mention|pair|article|year)\b(?!-)"
    r"|\bin no of\b|\bone .{0,12} are\b|\bofficials has\b|\band 0 of\b|\bno words? .{0,3}has\b",
    re.IGNORECASE,
)


@cache
def article(name: str) -> Article:
    return read(FOLDER / f"{name}.txt")


@cache
def said(name: str) -> dict[str, str]:
    """Every finding of the five notebooks about an article that needs no figure, by what it is about."""
    one = article(name)
    text, tokens = one.sentences, one.tokens
    named = mentions(text, tokens)
    people, spoken = actors(named), quotations(text, tokens, named)
    tone, words = scoring.score(text), scoring.words(text)
    whole, arc = scoring.articles(tone, draws=200), scoring.arc(tone, draws=200)
    turning = feeling.at_turns(arc, words, window=5)
    toned = targets.tone(text, tokens, voices(named, spoken, judgements(text, named)))
    toward = actor_tones(toned, draws=200)
    phrases = ranking.keyphrases(text, tokens, mentions=named)
    places = ranking.occurrences(phrases, tokens)
    coded, again = (coding.analyse(text, tokens, load(book)) for book in ("policy_frames", "entman"))
    frames = aggregating.articles(coded.codings, resamples=200)
    second = aggregating.articles(again.codings, resamples=200)
    rates, positions = hedge_rates(tokens), voices(stances(text), spoken)
    dates = timeline(text, published=one.metadata.date)
    found: dict[str, object] = {
        "read": of_article.overview(one),
        "built": of_article.structure(of_article.paragraph_table(one)),
        "hard": of_article.difficulty(readability(tokens)),
        "sure": of_article.sureness(rates),
        "cast": who.cast(people),
        "toward": who.toward(toward, toned, spoken),
        "pairs": who.pairs(cooccurrence(named, tokens)),
        "sources": statements.sources(sources(spoken), spoken),
        "dates": statements.dates(dates, one.metadata.date),
        "chronicle": statements.chronicle(dates, one.metadata.date),
        "positions": statements.positions(positions),
        "tone": sentiment.overview(whole, tone),
        "brief tone": brief.tone(whole, arc, words),
        "turns": " ".join(map(str, sentiment.turns(arc, text, turning))),
        "drivers": sentiment.drivers(words),
        "noise": sentiment.noise(whole, whole),
        "phrases": keywords.overview(phrases),
        "spread": keywords.spread(phrases, places, text),
        "framed": framing.overview(frames),
        "course": framing.course(frames, aggregating.paragraphs(coded.codings)),
        "together": framing.together(aggregating.cooccurrence(coded.codings)),
        "actors in frames": " ".join(framing.actors(relating.by_actor(coded.codings, named))),
        "voices": framing.voices(relating.by_voice(coded.codings, coded.evidence, spoken)),
        "second": framing.second(second, "Entman"),
        "crossed": framing.crossings(relating.crossed(coded.codings, again.codings), frames),
        "uncoded": " ".join(framing.uncoded(coded.codings, text)),
        "lead": brief.lead(positions, text, whole, phrases, frames).striptags(),
        "doubts": " ".join(brief.doubts(whole, frames, tone, one.ledger)),
    }
    return {name: str(value) for name, value in found.items()}


def test_there_are_eight_kinds() -> None:
    assert len(NAMES) == 8


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_a_whole_sentence_without_the_marks_of_a_program(name: str) -> None:
    for about, sentence in said(name).items():
        assert sentence, about
        assert BROKEN.search(sentence) is None, (about, sentence)
        assert PLURAL.search(sentence) is None, (about, sentence)
        assert sentence[0].isupper() or sentence[0] in "“‘0123456789", (about, sentence)
        assert sentence.rstrip().endswith((".", ".”", "?”", "…”")), (about, sentence)
        assert sentence.count("“") == sentence.count("”"), (about, sentence)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("all-quotes", {"Greta Lund", "Omar Haddad", "Lotte Weiss", "Anna Meyer"}),
        ("interview", {"Starline"}),
        ("news-report", {"Victor Adeyemi"}),
        ("two-languages", {"Lindenau", "Karl Hofer", "Ellen Price"}),
        ("very-long", {"Igor Valdez", "Nora Quill", "Agnes Pohl", "Daniel Osei", "Leon Carver"}),
    ],
)
def test_the_main_actors_are_those_that_a_reader_would_name(name: str, first: set[str]) -> None:
    one = article(name)
    found = actors(mentions(one.sentences, one.tokens))["actor"].tolist()
    assert first <= set(found[: len(first) + 1])


@pytest.mark.parametrize("name", ["no-actors", "list"])
def test_where_nobody_is_named_nothing_is_said_of_anyone(name: str) -> None:
    assert said(name)["cast"].startswith("The article names nobody")
    assert said(name)["toward"] == "The article names nobody, so there is no tone toward anyone."
    assert said(name)["sources"] == "Nobody is quoted or reported: every word is the author's."


def test_organisations_that_only_open_sentences_are_found() -> None:
    one = article("news-report")
    found = actors(mentions(one.sentences, one.tokens)).set_index("actor")["mentions"].to_dict()
    assert (found["Northway Rail"], found["Aldershaw Water"]) == (2, 2)


def test_both_parts_of_an_interrupted_quotation_have_their_speaker() -> None:
    one = article("all-quotes")
    spoken = quotations(one.sentences, one.tokens, mentions(one.sentences, one.tokens))
    assert spoken.loc[spoken["speaker"] == "Peter Hughes", "text"].tolist() == [
        "My bees have not changed at all,",
        "whatever you may have read.",
    ]
    assert "title" not in set(spoken["sentence"])  # what the neighbours said about it is no report of what they said


def test_the_answers_of_an_interview_are_not_the_words_of_its_author() -> None:
    assert said("interview")["sources"].startswith(
        "Two voices are heard beside the author's, in nine passages: Ruth Okafor and Starline."
    )
    assert said("interview")["positions"].startswith("Two sentences propose something, both in somebody else's words")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("interview", "In its own summary: “Astronomer Ruth Okafor"),
        ("news-report", "It opens: “ALDERSHAW, 3 October 2023 – A burst reservoir wall"),
        ("list", "It opens: “"),
        ("very-long", "It opens: “The quay at Hartwell"),
    ],
)
def test_a_lead_begins_with_what_the_article_says_of_itself(name: str, first: str) -> None:
    assert said(name)["lead"].startswith(first)
    assert "garden desk” (p" not in said(name)["lead"]


def test_an_opinion_piece_without_a_dek_is_led_by_its_plainest_proposal(seed: Article) -> None:
    own = seed.sentences[seed.sentences["section"] != "dek"]
    spoken = quotations(own, seed.tokens, mentions(own, seed.tokens))
    first = str(brief.argument(voices(stances(own), spoken), own).striptags())
    assert first.startswith("It proposes, most plainly: “A less tricky starting point could be setting up")


def test_the_day_of_a_dateline_places_the_dates_of_the_text() -> None:
    assert article("news-report").metadata.date is not None
    assert "cannot be placed" not in said("news-report")["dates"]


def test_paragraphs_in_another_language_are_named() -> None:
    assert article("two-languages").notes == (
        "Paragraphs 5 and 7 are not in English (language de); tone, key phrases and frames are measured with English words "
        "and cannot be trusted there.",
    )
    assert [article(name).notes for name in SHORT if name not in {"two-languages", "two-sentences"}] == [()] * 5


@pytest.mark.parametrize("name", ["all-quotes", "interview", "list", "no-actors"])
def test_no_frame_is_said_to_come_first_whose_interval_reaches_zero(name: str) -> None:
    assert said(name)["framed"].startswith("No frame is certain: the most evidence is for")
    assert "framed first as" not in said(name)["lead"]


def test_two_sentences_are_too_few_for_most_findings() -> None:
    found = said("two-sentences")
    assert "too short to speak of turns" in found["brief tone"]
    assert found["framed"] == "No sentence gives enough evidence for any frame; all are Other."
    assert "No sentence gives enough evidence for any frame." in found["doubts"]
    assert "every share and mean rests on few cases" in found["doubts"]
    assert found["spread"].startswith(
        "No key phrase runs through the article: “Bridge” recurs most, in two sentences of 3."
    )


def test_the_letters_before_questions_and_answers_are_no_key_phrases() -> None:
    assert "“Q”" not in said("interview")["phrases"] + said("interview")["spread"]


def test_a_comparison_proposes_nothing() -> None:
    positions = stances(article("no-actors").sentences)
    assert "proposal" not in set(positions["stance"])


def test_a_sentence_without_feeling_is_no_extreme() -> None:
    one = article("two-sentences")
    found = sentiment.extremes(scoring.score(one.sentences), scoring.words(one.sentences), one.sentences)
    assert found == {"Most negative": [], "Most positive": []}
