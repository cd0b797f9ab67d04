"""What an explorer shows of each notebook: its choices, and its figures and tables as they follow from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from presslens.actors import mentions
from presslens.actors.quotations import sources
from presslens.figures import actors as actor_figures
from presslens.figures import article as article_figures
from presslens.figures import brief as brief_figures
from presslens.figures import framing as framing_figures
from presslens.figures import keywords as keyword_figures
from presslens.figures import phrases as phrase_figures
from presslens.figures import sentiment as tone_figures
from presslens.figures.figure import Figure
from presslens.findings import actors as who
from presslens.findings import article, brief, framing, highlights, keywords, sentiment, statements
from presslens.findings import keyness as apart
from presslens.keywords import structure
from presslens.language.hedges import hedge_rates, hedges
from presslens.reports import elements
from presslens.sentiment import feeling
from presslens.widgets.made import Made


class View(NamedTuple):
    """One thing to look at: its name on the button, and how it is made."""

    name: str
    show: Callable[[Made], Markup]


CHOICES = {
    "1_article": ("document", "keep", "actors"),
    "2_sentiment": ("document", "keep", "lexicon", "tier", "window", "draws", "actors"),
    "3_keywords": ("document", "keep", "top", "actors"),
    "4_framing": ("document", "keep", "codebook", "second_codebook", "threshold"),
    "5_brief": ("document", "keep", "codebook", "window", "threshold"),
}
"""What can be chosen in the explorer of each notebook: parameters, and the `threshold` of the codebook."""


def drawn(figure: Figure) -> Markup:
    """A figure; where there is nothing to draw, its title."""
    return elements.note(f"{figure.title}.") if figure.data.empty else figure.html()


def _said(*sentences: str | Markup) -> Markup:
    return Markup("").join(elements.finding(sentence) for sentence in sentences)


def _structure(made: Made) -> Markup:
    whole = made.article()
    return _said(article.overview(whole)) + drawn(article_figures.structure(article.paragraph_table(whole)))


def _ledger(made: Made) -> Markup:
    lines = made.article().ledger
    shown = elements.table(lines, caption="Lines that cleaning set apart, and why", headers=article.LEDGER_HEADERS)
    return _said(article.ledger(lines)) + shown


def _hedges(made: Made) -> Markup:
    rates = hedge_rates(made.article().tokens)
    return _said(article.sureness(rates)) + drawn(article_figures.hedges(rates))


def _cast(made: Made) -> Markup:
    named = made.mentions()
    people = mentions.actors(named)
    return _said(who.cast(people)) + drawn(article_figures.actors(people, named, made.article().sentences))


def _speakers(made: Made) -> Markup:
    said = made.quotations()
    speakers = sources(said)
    return _said(statements.sources(speakers, said)) + drawn(actor_figures.sources(speakers))


def _text(made: Made) -> Markup:
    whole = made.article()
    return article.text(whole, hedges(whole.tokens))


def _arc(made: Made) -> Markup:
    arc, window = made.arc(), made.value("window")
    turning = feeling.at_turns(arc, made.tone_words(), window=window)
    said = _said(sentiment.overview(made.tone_article(), made.tone()))
    return said + drawn(tone_figures.arc(arc, window=window, turning=turning))


def _tone_paragraphs(made: Made) -> Markup:
    return drawn(tone_figures.paragraphs(made.tone_paragraphs()))


def _toward(made: Made) -> Markup:
    tones = made.actor_tones()
    said = _said(who.toward(tones, made.mention_tones(), made.quotations()))
    return said + drawn(actor_figures.tones(tones))


def _tone_words(made: Made) -> Markup:
    words = made.tone_words()
    return _said(sentiment.drivers(words)) + drawn(tone_figures.words(words))


def _lexicons(made: Made) -> Markup:
    opinions = made.lexicon_scores()
    table = elements.table(
        sentiment.lexicon_table(opinions), caption="The lexicons on this text", headers=sentiment.LEXICON_HEADERS
    )
    return drawn(tone_figures.lexicons(opinions)) + table


def _phrases(made: Made) -> Markup:
    found = made.phrases()
    shown = elements.table(found, caption="Key phrases, and what put them there", headers=keywords.PHRASE_HEADERS)
    return _said(keywords.overview(found)) + drawn(keyword_figures.phrases(found)) + shown


def _spread(made: Made) -> Markup:
    found, places, sentences = made.phrases(), made.places(), made.article().sentences
    return _said(keywords.spread(found, places, sentences)) + drawn(
        keyword_figures.dispersion(found, places, sentences)
    )


def _keyness(made: Made) -> Markup:
    key, text = made.keyness(), made.article().text
    shown = elements.table(apart.written(apart.key(key), text), caption="Key words", headers=apart.HEADERS, most=30)
    return _said(apart.apart(key, text)) + drawn(phrase_figures.keyness(key, text)) + shown


def _network(made: Made) -> Markup:
    nodes, edges = structure.network(made.places(), made.article().sentences)
    return _said(apart.network(edges)) + drawn(phrase_figures.network(nodes, edges))


def _shares(made: Made) -> Markup:
    frames = made.frames()
    return _said(framing.overview(frames)) + drawn(framing_figures.shares(frames))


def _course(made: Made) -> Markup:
    table = made.frames_paragraphs()
    return _said(framing.course(made.frames(), table)) + drawn(framing_figures.course(table))


def _highlights(made: Made) -> Markup:
    coded = made.coded()
    return highlights.highlights(made.frames(), coded.codings, coded.evidence, made.article().sentences)


def _evidence(made: Made) -> Markup:
    coded = made.coded()
    best = framing.evidence(made.frames(), coded.codings, coded.evidence, made.article().sentences, top=4)
    return framing.cases(best, made.codebook())


def _second(made: Made) -> Markup:
    frames = made.frames_again()
    return _said(framing.second(frames, made.second_codebook().title)) + drawn(framing_figures.shares(frames))


def _lead(made: Made) -> Markup:
    said = brief.lead(made.stances(), made.article().sentences, made.tone_article(), made.phrases(), made.frames())
    return Markup('<p class="lead">{}</p>').format(said) + drawn(
        brief_figures.arc(made.arc(), window=made.value("window"))
    )


def _brief_toward(made: Made) -> Markup:
    tones = made.actor_tones()
    return _said(who.toward(tones, made.mention_tones(), made.quotations())) + drawn(brief_figures.tones(tones))


VIEWS: dict[str, tuple[View, ...]] = {
    "1_article": (
        View("Paragraphs", _structure),
        View("Left out", _ledger),
        View("Sureness", _hedges),
        View("Actors", _cast),
        View("Speakers", _speakers),
        View("Text", _text),
    ),
    "2_sentiment": (
        View("Course", _arc),
        View("Paragraphs", _tone_paragraphs),
        View("Toward actors", _toward),
        View("Words", _tone_words),
        View("Lexicons", _lexicons),
    ),
    "3_keywords": (
        View("Key phrases", _phrases),
        View("Where", _spread),
        View("Key words", _keyness),
        View("Together", _network),
    ),
    "4_framing": (
        View("Shares", _shares),
        View("Course", _course),
        View("In the text", _highlights),
        View("Evidence", _evidence),
        View("Second codebook", _second),
    ),
    "5_brief": (
        View("In short", _lead),
        View("Toward actors", _brief_toward),
        View("Frames", _shares),
        View("Subject", _phrases),
    ),
}
