"""Who is named in an article, where, and how often: the tables `mentions` and `actors`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from presslens.actors.gazetteer import Gazetteer, load
from presslens.actors.naming import Name, names_in
from presslens.actors.resolving import Resolved, resolve
from presslens.language.chunks import coded, different, listed, one_of, typed

MENTION_COLUMNS = {
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "actor": "str",
    "kind": "str",
    "how": "str",
    "ambiguous": "bool",
    "candidates": "str",
}
ACTOR_COLUMNS = {
    "article": "str",
    "actor": "str",
    "kind": "str",
    "mentions": "int64",
    "forms": "str",
    "ambiguous": "bool",
    "first_sentence": "str",
    "first_start": "int64",
}

# A title is written in Title Case when this share of its longer words has a capital.
_TITLE_CASE = 0.7
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")


def mentions(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    actors: Path | str | Gazetteer | None = None,
    entities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every place where an article names a person, country, organisation, party, international body or place.

    Rules and lists only, no model: known names from `data/`, unknown ones by capital letters, titles, first names and
    the words beside them; short forms are then resolved to the full names of the same article.

    Args:
        sentences: one row a sentence: `article`, `sentence`, `section`, `start`, `text`.
        tokens: one row a token: `article`, `token`, `norm`, `kind`; tells which words the article writes in lower case.
        actors: a YAML file of more actors, or a `Gazetteer`; the shipped actors otherwise.
        entities: names that a model found, as `presslens.actors.model.entities` gives them; where the rules cannot tell what
            a name is, they take its word.

    Returns:
        One row a mention, in order of the text: `article`, `sentence`, `start`, `end` (offsets into the article, title
        words and possessive left out), `text`, `actor` (one name for all forms), `kind` (`person`, `country`,
        `organisation`, `party`, `body`, `place`), `how` (`name`, `alias`, `demonym`, `capital`, `metonym`,
        `short form`, `acronym`), `ambiguous` (True when two actors of
        the article share the form; `actor` is then the form itself) and `candidates` (their names, joined by `|`).
    """
    gazetteer = actors if isinstance(actors, Gazetteer) else load(actors)
    lower = _lower_words(tokens)
    hints = _hints(entities)
    rows: list[tuple[object, ...]] = []
    for article, ids, sections, starts, texts in ordered_articles(sentences, ("sentence", "section", "start", "text")):
        found, headlines = _names(texts, sections, gazetteer)
        if hints:
            _hint(found, article, ids, starts, hints)
        resolved = resolve(
            found, texts, lower=lower.get(article, frozenset()), headlines=headlines, gazetteer=gazetteer
        )
        rows += [_row(article, ids, starts, texts, one) for one in resolved]
    return typed(rows, MENTION_COLUMNS)


def actors(mentions: pd.DataFrame) -> pd.DataFrame:
    """The actors of each article, most mentioned first (ties by first mention).

    Returns:
        `article`, `actor`, `kind`, `mentions` (count), `forms` (distinct forms joined by `|`, commonest first),
        `ambiguous` (the actor stands for a form that could not be told apart), `first_sentence`, `first_start`.
    """
    counted: dict[tuple[str, str], _Count] = {}
    columns = (
        mentions[name].tolist() for name in ("article", "actor", "kind", "text", "ambiguous", "sentence", "start")
    )
    for article, actor, kind, text, ambiguous, sentence, start in zip(*columns, strict=True):
        one = counted.setdefault((article, actor), _Count(kind, sentence, start))
        one.mentions += 1
        one.forms[text] = one.forms.get(text, 0) + 1
        one.ambiguous &= ambiguous
    order = {article: number for number, (article, _) in enumerate(counted)}
    ranked = sorted(counted.items(), key=lambda item: (order[item[0][0]], -item[1].mentions, item[1].start))
    rows = [
        (*key, one.kind, one.mentions, "|".join(one.ranked()), one.ambiguous, one.sentence, one.start)
        for key, one in ranked
    ]
    return typed(rows, ACTOR_COLUMNS)


@dataclass(slots=True)
class _Count:
    """What is known of one actor of one article while its mentions are counted."""

    kind: str
    sentence: str
    start: int
    mentions: int = 0
    ambiguous: bool = True
    forms: dict[str, int] = field(default_factory=dict)

    def ranked(self) -> list[str]:
        """The forms, commonest first, then in the order in which they were met."""
        return sorted(self.forms, key=lambda form: -self.forms[form])


def is_title_case(text: str) -> bool:
    """Whether nearly every longer word of a line begins with a capital."""
    longer = _LONGER_WORD.findall(text)
    return bool(longer) and sum(word[0].isupper() for word in longer) >= _TITLE_CASE * len(longer)


def _names(texts: Sequence[str], sections: Sequence[str], gazetteer: Gazetteer) -> tuple[list[Name], set[int]]:
    found: list[Name] = []
    headlines: set[int] = set()
    for number, (text, section) in enumerate(zip(texts, sections, strict=True)):
        heading = section != "body"
        if heading:
            headlines.add(number)
        title_case = (heading or text[-1:].isalnum()) and is_title_case(text)
        found += names_in(text, sentence=number, gazetteer=gazetteer, headline=title_case)
    return found, headlines


def _hints(entities: pd.DataFrame | None) -> dict[tuple[str, str], list[tuple[int, int, str]]]:
    hints: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    if entities is not None:
        wanted = ("article", "sentence", "start", "end", "kind")
        for article, sentence, *rest in zip(*(entities[name].tolist() for name in wanted), strict=True):
            hints.setdefault((article, sentence), []).append((rest[0], rest[1], rest[2]))
    return hints


def _hint(
    found: Sequence[Name],
    article: str,
    ids: Sequence[str],
    starts: Sequence[int],
    hints: dict[tuple[str, str], list[tuple[int, int, str]]],
) -> None:
    """Give names of several words and no known kind the kind that the model sees at just that place."""
    for name in found:
        if name.entry is None and not name.kind and len(name.parts) > 1:
            offset = starts[name.sentence]
            for start, end, kind in hints.get((article, ids[name.sentence]), ()):
                if start <= offset + name.start and offset + name.end <= end:
                    name.hint = kind


def _row(
    article: str, ids: Sequence[str], starts: Sequence[int], texts: Sequence[str], one: Resolved
) -> tuple[object, ...]:
    name = one.name
    offset, text = starts[name.sentence], texts[name.sentence]
    return (
        article,
        ids[name.sentence],
        offset + name.start,
        offset + name.end,
        text[name.start : name.end],
        one.actor,
        one.kind,
        one.how,
        one.ambiguous,
        "|".join(one.candidates),
    )


def ordered_articles(sentences: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """For each run of rows of one article, in order: the article, and the named columns as lists."""
    articles = listed(sentences["article"])
    columns = [listed(sentences[name]) for name in names]
    cuts = [0, *(i for i in range(1, len(articles)) if articles[i] != articles[i - 1]), len(articles)]
    return [(articles[a], *(column[a:b] for column in columns)) for a, b in pairwise(cuts) if b > a]


def _lower_words(tokens: pd.DataFrame) -> dict[str, frozenset[str]]:
    """By article, the words that it writes in lower case."""
    owner, articles = coded(tokens["article"])
    code, forms = coded(tokens["norm"])
    token, written = coded(tokens["token"])
    number = {form: place for place, form in enumerate(forms.tolist())}
    norm_of = np.array([number.get(word, -1) for word in written.tolist()] or [-1], dtype=np.int64)
    plain = one_of(tokens["kind"], ("word",)) & (norm_of[token] == code)
    pairs = different(owner[plain] * len(forms) + code[plain])
    words = forms[pairs % max(len(forms), 1)]
    edges = np.searchsorted(pairs // max(len(forms), 1), np.arange(len(articles) + 1))
    cuts = zip([str(one) for one in articles], edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    return {article: frozenset(words[low:high].tolist()) for article, low, high in cuts if high > low}
