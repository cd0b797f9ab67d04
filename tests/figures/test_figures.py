"""Figures of nothing, of an article and of very much: drawn without a warning, the same each time, told in words."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from presslens.actors.mentions import actors, mentions
from presslens.actors.pairs import cooccurrence
from presslens.actors.quotations import quotations, sources
from presslens.actors.voices import voices
from presslens.article.reading import from_text
from presslens.figures import actors as actor_figures
from presslens.figures import article, framing, keywords, sentiment, style
from presslens.figures.figure import Figure
from presslens.findings.article import paragraph_table
from presslens.framing import aggregating, coding
from presslens.framing.codebook import load
from presslens.keywords import ranking
from presslens.language.hedges import hedge_rates
from presslens.sentiment import scoring, targets
from presslens.sentiment.targets_actors import actor_tones

NEWS = (
    "South Korea could perhaps send drugs to North Korea, Moon said. The sanctions are a disaster, and patients died.\n\n"
    "He must ask the Security Council. The economy collapsed, and the army of North Korea fired a missile.\n\n"
    "Doctors were happy about the generous help. It was a great success for the hospitals of Pyongyang.\n\n"
)
TEXTS = {"empty": "", "one": "The minister resigned.", "news": NEWS, "huge": "A headline\n\n" + NEWS * 12}
NAMES = (
    "structure",
    "hedges",
    "actors",
    "actor-tones",
    "actor-course",
    "actor-network",
    "sources",
    "tone-arc",
    "tone-paragraphs",
    "tone-words",
    "keyphrases",
    "phrase-dispersion",
    "frame-shares",
    "frame-course",
)


@cache
def figures(text: str) -> dict[str, Figure]:
    read = from_text(TEXTS[text], id="x")
    sentences, tokens = read.sentences, read.tokens
    named, scores = mentions(sentences, tokens), scoring.score(sentences)
    said = quotations(sentences, tokens, named)
    toned = targets.tone(sentences, tokens, voices(named, said))
    phrases = ranking.keyphrases(sentences, tokens, top=15)
    places = ranking.occurrences(phrases, tokens)
    codings = coding.analyse(sentences, tokens, load("policy_frames")).codings
    drawn = [
        article.structure(paragraph_table(read)),
        article.hedges(hedge_rates(tokens)),
        article.actors(actors(named), named, sentences),
        actor_figures.tones(actor_tones(toned, seed=1, draws=100)),
        actor_figures.course(toned, sentences),
        actor_figures.network(cooccurrence(named, tokens), actors(named)),
        actor_figures.sources(sources(said)),
        sentiment.arc(scoring.arc(scores, seed=1, draws=100), window=5),
        sentiment.paragraphs(scoring.paragraphs(scores, seed=1, draws=100)),
        sentiment.words(scoring.words(sentences)),
        keywords.phrases(phrases),
        keywords.dispersion(phrases, places, sentences),
        framing.shares(aggregating.articles(codings, resamples=100, seed=1)),
        framing.course(aggregating.paragraphs(codings)),
    ]
    return {figure.name: figure for figure in drawn}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", TEXTS)
def test_a_figure_is_drawn_with_words_beside_it(text: str, name: str) -> None:
    figure = figures(text)[name]
    html = str(figure.html())
    assert html.count("<svg") == 2
    assert figure.title
    assert not figure.title.endswith(".")
    assert figure.caption.endswith(".")
    assert not re.search(r"\bnan\b|None|inf\b", f"{figure.title} {figure.caption} {figure.alt}")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', html)) <= set(ids)
    colours = set(re.findall(r"#[0-9a-f]{6}\b", re.sub(r"var\([^)]*\)", "", html)))
    assert not colours & set(style.ROLES)


@pytest.mark.parametrize("name", NAMES)
def test_the_alternative_text_says_what_is_shown(name: str) -> None:
    figure = figures("news")[name]
    assert len(figure.alt) > 40
    assert f'aria-label="{figure.alt[:12]}' in figure.html()
    assert not figure.data.empty


def test_the_same_figure_is_the_same_bytes() -> None:
    figure = figures("news")["tone-arc"]
    assert figure.html() == figure.html()


def test_the_narrow_drawing_is_hidden_where_no_stylesheet_says_otherwise() -> None:
    html = figures("news")["structure"].html()
    assert '<div class="drawing wide">' in html
    assert '<div class="drawing narrow" hidden>' in html


def test_a_saved_figure_is_svg_and_png(tmp_path: Path) -> None:
    figure = figures("news")["frame-shares"]
    figure.save(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    figure.save(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert first["frame-shares.svg"].startswith(b"<svg")
    assert first["frame-shares.png"].startswith(b"\x89PNG")


def test_words_from_outside_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    phrases = pd.DataFrame({"rank": [1], "phrase": [hostile], "score": [0.5]})
    html = str(keywords.phrases(phrases).html())
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_dollars_in_words_are_no_formula() -> None:
    phrases = pd.DataFrame({"rank": [1], "phrase": [r"$\frac{x$ and $y"], "score": [0.5]})
    assert "<svg" in keywords.phrases(phrases).html()


def test_a_title_says_that_frames_are_too_close_to_tell_apart() -> None:
    def titled(low: float) -> str:
        table = pd.DataFrame(
            {"frame": ["Health and Safety", "Economic"], "share": [0.5, 0.3], "low": [low, 0.2], "high": [0.6, 0.38]}
        )
        return framing.shares(table.assign(rank=[1, 2], of=20, sentences=9)).title

    assert titled(0.3) == "“Health and Safety” and Economic come first, too close to tell apart"
    assert titled(0.4) == "Health and Safety leads with 50 %"


def test_a_figure_says_in_one_line_what_it_is() -> None:
    figure = Figure("arc", "It rises", "c", "a", pd.DataFrame({"x": [1, 2]}), lambda _: None)
    assert repr(figure) == "Figure('arc', 'It rises', 2 rows of data)"
