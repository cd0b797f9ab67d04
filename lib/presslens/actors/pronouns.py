"""Which person a pronoun stands for, said only where one person alone can be meant."""

from __future__ import annotations

import re

import pandas as pd

from presslens.actors.gazetteer import sexes
from presslens.actors.mentions import MENTION_COLUMNS, ordered_articles
from presslens.language.chunks import typed

_PRONOUN = re.compile(r"\b(?:(?P<m>he|him|his|himself)|(?P<f>she|her|hers|herself))\b", re.IGNORECASE)


def pronouns(sentences: pd.DataFrame, mentions: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """The pronouns he, she, him, her, his and hers whose person is plain.

    A pronoun is resolved only where exactly one person is named before it in its sentence or, with nobody named there, in
    the sentence before; where that person's first name does not speak against it; where nobody else is described in between
    (a farmer, his sister); and outside quotations. All others are left alone. Off in `mentions`: add these rows to them
    where more mentions matter more than a rare mistake.

    Args:
        sentences: `article`, `sentence`, `paragraph`, `start`, `text`.
        mentions: as `presslens.actors.mentions.mentions` gives them.
        quotations: as `presslens.actors.quotations.quotations` gives them; only direct ones matter.

    Returns:
        The columns of `mentions`, with `how` = `pronoun`, in order of the text.
    """
    people: dict[tuple[str, str], list[tuple[int, str]]] = {}
    persons = mentions[(mentions["kind"] == "person") & ~mentions["ambiguous"]]
    doubtful = set(zip(*(mentions.loc[mentions["ambiguous"], name] for name in ("article", "sentence")), strict=True))
    wanted = ("article", "sentence", "start", "actor")
    for article, sentence, start, actor in zip(*(persons[name].tolist() for name in wanted), strict=True):
        people.setdefault((article, sentence), []).append((start, actor))
    direct = quotations[quotations["kind"] == "direct"]
    spans: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(*(direct[name].tolist() for name in ("article", "start", "end")), strict=True):
        spans.setdefault(article, []).append((start, end))
    rows: list[tuple[object, ...]] = []
    for article, ids, paragraphs, starts, texts in ordered_articles(
        sentences, ("sentence", "paragraph", "start", "text")
    ):
        quoted = spans.get(article, [])
        for number, text in enumerate(texts):
            key = (article, ids[number])
            for match in _PRONOUN.finditer(text):
                at = starts[number] + match.start()
                if key in doubtful or any(a <= at < b for a, b in quoted):
                    continue
                before = [actor for start, actor in people.get(key, []) if start < at]
                between = text[: match.start()]
                if not before and number and paragraphs[number] == paragraphs[number - 1]:
                    earlier = (article, ids[number - 1])
                    before = [] if earlier in doubtful else [actor for _, actor in people.get(earlier, [])]
                    between = f"{texts[number - 1]} {between}"
                actors = set(before)
                sex = "m" if match.group("m") else "f"
                if len(actors) != 1 or _others(between):
                    continue
                (actor,) = actors
                if sexes().get(actor.split()[0], "") in ("", sex):
                    rows.append(
                        (
                            article,
                            ids[number],
                            at,
                            at + len(match.group()),
                            match.group(),
                            actor,
                            "person",
                            "pronoun",
                            False,
                            "",
                        )
                    )
    return typed(rows, MENTION_COLUMNS)


def _others(text: str) -> bool:
    return _DESCRIBED.search(text) is not None


_DESCRIBED = re.compile(
    r"\b(?:an?|the|his|her|their|another|one|some)\s+(?:[a-z-]+\s+){0,2}"
    r"(?:man|woman|boy|girl|father|mother|brother|sister|son|daughter|wife|husband|grandmother|cousin|farmer|driver|nurse|"
    r"teacher|neighbou?r|friend|client|colleague|resident|student|worker|official|spokesman|spokeswoman|guest|successor)\b"
)
