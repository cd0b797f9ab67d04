"""Everything that the notebooks measure of a short text, for reading what the findings say of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace

import pytest

from presslens.actors.mentions import actors, mentions
from presslens.actors.pairs import cooccurrence
from presslens.actors.quotations import quotations, sources
from presslens.actors.stances import stances
from presslens.actors.timeline import timeline
from presslens.actors.voices import voices
from presslens.article.reading import from_text
from presslens.framing import aggregating, coding
from presslens.framing.codebook import load
from presslens.keywords import ranking
from presslens.keywords.collocations import collocations
from presslens.language.diversity import diversity
from presslens.language.hedges import hedge_rates, hedges
from presslens.language.readability import readability
from presslens.sentiment import scoring, targets
from presslens.sentiment.targets_actors import actor_tones

TEXTS = {
    "empty": "",
    "no letters": "… 1 2 3 !!!",
    "one sentence": "The minister resigned.",
    "quotation": (
        "“Peru lied on May 3, 2019,” said Ada Dell, calling Peru “shameful” and Chile “a disgrace”. “Never again,” she said."
    ),
    "two sentences": "The attack was terrible. The rescue was wonderful.",
    "news": (
        "Seoul may send drugs to Pyongyang\n\n"
        "South Korea could perhaps send drugs to North Korea, Moon Jae-in said on Monday. The sanctions are a disaster "
        "for hospitals, and many patients died.\n\n"
        "Moon wants peace. He must ask the United Nations Security Council, which will certainly refuse.\n\n"
        "The sanctions hurt trade. The economy collapsed, and the army of North Korea fired a missile.\n\n"
        "Doctors were happy about the generous help. It was a great success for the hospitals of Pyongyang."
    ),
}


@cache
def measured(name: str) -> SimpleNamespace:
    read = from_text(TEXTS[name], id="x")
    sentences, tokens = read.sentences, read.tokens
    named = mentions(sentences, tokens)
    said = quotations(sentences, tokens, named)
    toned = targets.tone(sentences, tokens, voices(named, said))
    scores = scoring.score(sentences)
    phrases = ranking.keyphrases(sentences, tokens, top=5)
    coded = coding.analyse(sentences, tokens, load("policy_frames"))
    return SimpleNamespace(
        article=read,
        readability=readability(tokens),
        diversity=diversity(tokens),
        hedges=hedges(tokens),
        rates=hedge_rates(tokens),
        mentions=named,
        actors=actors(named),
        quotations=said,
        sources=sources(said),
        toned=toned,
        actor_tones=actor_tones(toned, seed=1, draws=200),
        actor_words=targets.evidence(sentences, tokens, toned, top=8),
        actor_pairs=cooccurrence(named, tokens),
        timeline=voices(timeline(sentences), said),
        stances=voices(stances(sentences), said),
        scores=scores,
        words=scoring.words(sentences),
        tone=scoring.articles(scores, seed=1, draws=200),
        sections=scoring.sections(scores, seed=1, draws=200),
        paragraphs=scoring.paragraphs(scores, seed=1, draws=200),
        arc=scoring.arc(scores, seed=1, draws=200),
        phrases=phrases,
        places=ranking.occurrences(phrases, tokens),
        pairs=collocations(tokens, top=3),
        codings=coded.codings,
        evidence=coded.evidence,
        frames=aggregating.articles(coded.codings, resamples=200, seed=1),
        framed=aggregating.paragraphs(coded.codings),
    )


@pytest.fixture(scope="session")
def measure() -> Callable[[str], SimpleNamespace]:
    return measured


@pytest.fixture(params=list(TEXTS), ids=list(TEXTS))
def of(request: pytest.FixtureRequest) -> SimpleNamespace:
    """What is measured of each of the texts in turn."""
    return measured(request.param)
