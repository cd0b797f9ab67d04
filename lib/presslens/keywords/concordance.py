"""A concordance: every place where a word or phrase stands, in its context, aligned (keyword in context, KWIC)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

import pandas as pd

from presslens.errors import BadInput
from presslens.language.stems import stem
from presslens.language.tokens import TOKEN

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
_KINDS = frozenset({"word", "acronym", "number", "symbol"})  # that a pattern can match


def concordance(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    pattern: str,
    width: int = 60,
    sort: str = "text",
    stems: bool = False,
    mentions: pd.DataFrame | None = None,
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Where a pattern stands, with what comes before and after it in the article.

    A pattern is one or more words, and alternatives are separated by `|`: `sanction*` (any ending), `?at` (one
    letter), `North Korea*`, `* equipment` (any one word before it), `virus | disease`. Case, a possessive ending, the
    shape of apostrophes and punctuation between words do not matter. With `mentions`, `@North Korea` finds every name
    of that actor, and so does any of these names after the `@`.

    Args:
        sentences: the article's sentences; needs `article`, `sentence`, `start`, `end`, `text`.
        tokens: their tokens.
        pattern: what to look for.
        width: characters of context on each side; cut at a word where possible. Context runs over sentence ends.
        sort: `text` (order of the text), `left` (words before, from the nearest), `right` or `match`.
        stems: let words without a wildcard also match their inflections (`cooperation` finds `cooperating`).
        mentions: who is named where, as `actors.mentions.mentions` returns it.
        within: the sentences to keep (`article`, `sentence`), such as those of one frame or tone; all by default.

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
    asked = alternatives(pattern)
    wanted = [_parts(part) for part in asked if not _names(part, mentions)]
    actors = {_plain(part[1:]) for part in asked if _names(part, mentions)}
    if not wanted and not actors:
        raise BadInput("the pattern is empty: give a word, a phrase or a wildcard such as sanction*")
    texts = _texts(sentences)
    kept = None if within is None else set(zip(within["article"], within["sentence"], strict=True))
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
            if kept is not None and (article, sentence) not in kept:
                continue
            left = _line(text[max(0, start - origin - width) : start - origin], width, cut_left=start - origin > width)
            right = _line(text[end - origin : end - origin + width], width, cut_right=len(text) > end - origin + width)
            rows.append(
                (article, sentence, start, end, left, " ".join(text[start - origin : end - origin].split()), right)
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return _sorted(table, sort)


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between its bars, in lower case, none of them empty."""
    return [part.strip() for part in pattern.lower().replace("’", "'").split("|") if part.strip()]


def unnamed(pattern: str, mentions: pd.DataFrame) -> list[str]:
    """The actors that a pattern asks for (`@North Korea`) and that nothing in these articles names."""
    known = {_plain(name) for column in ("actor", "text") for name in mentions[column].unique().tolist()}
    return [
        part[1:].strip() for part in alternatives(pattern) if _names(part, mentions) and _plain(part[1:]) not in known
    ]


def _plain(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.lower().replace("’", "'").split())


def _parts(asked: str) -> list[str]:
    """The words that a part of a pattern asks for, cut as the text is; those with a wildcard as they are."""
    found: list[str] = []
    for piece in asked.split():
        if {"*", "?"} & set(piece):
            found.append(piece)
        else:
            found += [match.group() for match in TOKEN.finditer(piece) if match.lastgroup in _KINDS]
    return found or asked.split()


def _names(part: str, mentions: pd.DataFrame | None) -> bool:
    """Whether a part of a pattern asks for an actor."""
    return mentions is not None and part.startswith("@") and bool(part[1:].strip())


def _named(mentions: pd.DataFrame | None, actors: Collection[str]) -> dict[str, list[tuple[int, int, str]]]:
    """Where each article names one of the actors, asked for by any of their names: start, end and sentence."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    if mentions is None or not actors:
        return found
    columns = [mentions[name].tolist() for name in ("article", "actor", "text", "start", "end", "sentence")]
    rows = list(zip(*columns, strict=True))
    meant = {(article, actor) for article, actor, text, *_ in rows if {_plain(actor), _plain(text)} & set(actors)}
    for article, actor, _, start, end, sentence in rows:
        if (article, actor) in meant:
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
        self.expression = re.compile(_wildcards(part), re.DOTALL)

    def __call__(self, word: str) -> bool:
        if self.stem is not None and stem(word) == self.stem:
            return True
        return self.expression.fullmatch(word) is not None


def _wildcards(part: str) -> str:
    """The expression of a part with * and ?; each piece is taken where it first fits, so that no part takes long."""
    first, *rest = ("".join("." if c == "?" else re.escape(c) for c in piece) for piece in part.split("*"))
    middle = "".join(f"(?>.*?{piece})" for piece in rest[:-1] if piece)
    return first + middle + "".join(f".*{piece}" for piece in rest[-1:])


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
