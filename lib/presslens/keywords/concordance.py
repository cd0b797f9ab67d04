"""A concordance: every place where a word or phrase stands, in its context, aligned (keyword in context, KWIC)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import pandas as pd

from presslens.errors import BadInput
from presslens.language.stems import stem

COLUMNS = {
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "left": "str",
    "match": "str",
    "right": "str",
}
SORTS = ("text", "left", "right", "match")


def concordance(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    pattern: str,
    width: int = 60,
    sort: str = "text",
    stems: bool = False,
    mentions: pd.DataFrame | None = None,
    within: Collection[str] | None = None,
) -> pd.DataFrame:
    """Where a pattern stands, with what comes before and after it in the article.

    A pattern is one or more words, and alternatives are separated by `|`: `sanction*` (any ending), `?at` (one
    letter), `North Korea*`, `* equipment` (any one word before it), `virus | disease`. Case and the shape of
    apostrophes do not matter. With `mentions`, `@North Korea` finds every name of that actor.

    Args:
        sentences: the article's sentences; needs `article`, `sentence`, `start`, `end`, `text`.
        tokens: their tokens.
        pattern: what to look for.
        width: characters of context on each side; cut at a word where possible. Context runs over sentence ends.
        sort: `text` (order of the text), `left` (words before, from the nearest), `right` or `match`.
        stems: let words without a wildcard also match their inflections (`cooperation` finds `cooperating`).
        mentions: who is named where, as `actors.mentions.mentions` returns it.
        within: the sentences to keep, by id, such as those of one frame or tone; all by default.

    Returns:
        One row a match: `article`, `sentence`, `start`, `end` (offsets into the article's cleaned text), `left`,
        `match`, `right`.

    Raises:
        BadInput: for an empty pattern, an unknown sort or a width below 0.
    """
    if sort not in SORTS:
        raise BadInput(f"cannot sort a concordance by {sort!r}: give one of {', '.join(SORTS)}")
    if width < 0:
        raise BadInput(f"a concordance cannot be {width} characters wide: give 0 or more")
    asked = [part.strip() for part in pattern.lower().replace("’", "'").split("|")]
    wanted = [part.split() for part in asked if part and not _names(part, mentions)]
    actors = {part[1:].strip() for part in asked if _names(part, mentions)}
    if not wanted and not actors:
        raise BadInput("the pattern is empty: give a word, a phrase or a wildcard such as sanction*")
    texts = _texts(sentences)
    rows = []
    named = _named(mentions, actors)
    for article, group in _words(tokens).groupby("article", sort=False):
        text, origin = texts[str(article)]
        norms, starts, ends = group["norm"].tolist(), group["start"].tolist(), group["end"].tolist()
        places = group["sentence"].tolist()
        spans = [
            (starts[first], ends[last - 1], places[first])
            for first, last in _matches(norms, places, wanted, stems=stems)
        ]
        for start, end, sentence in sorted({*spans, *named.get(str(article), [])}):
            if within is not None and sentence not in within:
                continue
            left = _line(text[max(0, start - origin - width) : start - origin], width, cut_left=start - origin > width)
            right = _line(text[end - origin : end - origin + width], width, cut_right=len(text) > end - origin + width)
            rows.append(
                (article, sentence, start, end, left, " ".join(text[start - origin : end - origin].split()), right)
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return _sorted(table, sort)


def _names(part: str, mentions: pd.DataFrame | None) -> bool:
    """Whether a part of a pattern asks for an actor."""
    return mentions is not None and part.startswith("@") and bool(part[1:].strip())


def _named(mentions: pd.DataFrame | None, actors: Collection[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Where each article names one of the actors: start, end and sentence."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    if mentions is None or not actors:
        return found
    columns = (mentions[name].tolist() for name in ("article", "start", "end", "sentence", "actor"))
    for article, start, end, sentence, actor in zip(*columns, strict=True):
        if actor.lower().replace("’", "'") in actors:
            found.setdefault(article, []).append((start, end, sentence))
    return found


def _words(tokens: pd.DataFrame) -> pd.DataFrame:
    """The tokens that a pattern can match: a possessive ending or punctuation between two words does not part them."""
    return tokens.loc[
        tokens["kind"].isin(["word", "number", "symbol"]), ["article", "sentence", "start", "end", "norm"]
    ]


def _texts(sentences: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """Each article's text put together again from its sentences, and the offset at which it begins."""
    found: dict[str, tuple[str, int]] = {}
    for article, group in sentences.groupby("article", sort=False):
        ordered = group.sort_values("start", kind="stable")
        origin = int(ordered["start"].iloc[0])
        parts: list[str] = []
        at = origin
        for start, end, text in zip(ordered["start"], ordered["end"], ordered["text"], strict=True):
            parts.append(" " * max(0, start - at))
            parts.append(text)
            at = end
        found[str(article)] = ("".join(parts), origin)
    return found


def _matches(norms: list[str], places: list[str], wanted: list[list[str]], *, stems: bool) -> list[tuple[int, int]]:
    """First and past-the-last position of each match, none inside another that begins at the same word."""
    found: dict[int, int] = {}
    for parts in wanted:
        tests = [_test(part, stems) for part in parts]
        for i in range(len(norms) - len(parts) + 1):
            if places[i] == places[i + len(parts) - 1] and all(test(norms[i + k]) for k, test in enumerate(tests)):
                found[i] = max(found.get(i, 0), i + len(parts))
    return sorted(found.items())


class _Test:
    """Whether one word matches one part of a pattern."""

    def __init__(self, part: str, *, stems: bool) -> None:
        self.part = part
        self.stem = stem(part) if stems and not set(part) & {"*", "?"} else None
        pieces = [".*" if c == "*" else "." if c == "?" else re.escape(c) for c in re.sub(r"\*+", "*", part)]
        self.expression = re.compile("".join(pieces), re.DOTALL)

    def __call__(self, word: str) -> bool:
        if self.stem is not None and stem(word) == self.stem:
            return True
        return self.expression.fullmatch(word) is not None


@lru_cache(maxsize=1000)
def _test(part: str, stems: bool) -> _Test:
    return _Test(part, stems=stems)


def _line(text: str, width: int, *, cut_left: bool = False, cut_right: bool = False) -> str:
    """One line of context without the broken word at its far edge."""
    if width and cut_left and " " in text.strip():
        text = text.lstrip() if text[:1].isspace() else text[text.index(" ") + 1 :] if " " in text else text
    if width and cut_right and " " in text.strip():
        text = text[: text.rindex(" ")]
    return " ".join(text.split())


def _sorted(table: pd.DataFrame, sort: str) -> pd.DataFrame:
    """The lines in the order asked for; ties stay in the order of the text."""
    if sort == "text" or table.empty:
        return table
    if sort == "left":
        order = table["left"].map(lambda text: " ".join(reversed(re.findall(r"\w+", text.lower()))))
    elif sort == "right":
        order = table["right"].map(lambda text: " ".join(re.findall(r"\w+", text.lower())))
    else:
        order = table["match"].str.lower()
    return table.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
