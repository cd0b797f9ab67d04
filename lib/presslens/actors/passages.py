"""Where quotation marks open and close in an article, nested marks and quotations over several paragraphs included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from presslens.actors.mentions import ordered_articles
from presslens.language.chunks import listed

_MARKS = ("“", "”", '"', "„", "«", "»", "‟", "``", "''")
_MARK = re.compile("|".join(_MARKS))
_SINGLE_MARKS = ("'", "‘", "’")
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])['’](?![\w])")


class Line(NamedTuple):
    """One sentence of an article with the actors named in it, places counted from the start of the sentence."""

    sentence: str
    paragraph: int
    start: int
    text: str
    names: Sequence[Named]


class Named(NamedTuple):
    """A mention as the search for speakers needs it."""

    start: int
    end: int
    actor: str
    kind: str
    how: str


@dataclass(slots=True)
class Passage:
    """Words between quotation marks: from `start` in line `first` to `end` in line `last`, marks left out."""

    first: int
    start: int
    last: int
    end: int
    continues: bool  # opened anew in a paragraph while the quotation of the one before was never closed


def article_lines(sentences: pd.DataFrame, mentions: pd.DataFrame) -> Iterator[tuple[str, list[Line]]]:
    """Each article with its sentences and the actors named in them, places counted from the start of the sentence.

    Args:
        sentences: `article`, `sentence`, `paragraph`, `start`, `text`, in order.
        mentions: as `mentions` gives them.
    """
    named: dict[tuple[str, str], list[tuple[int, int, str, str, str]]] = {}
    wanted = ("article", "sentence", "start", "end", "actor", "kind", "how")
    for article, sentence, *rest in zip(*(listed(mentions[name]) for name in wanted), strict=True):
        named.setdefault((article, sentence), []).append(tuple(rest))
    for article, *columns in ordered_articles(sentences, ("sentence", "paragraph", "start", "text")):
        yield article, [
            Line(
                name, paragraph, start, text,
                [Named(a - start, b - start, *rest) for a, b, *rest in named.get((article, name), ())],
            )
            for name, paragraph, start, text in zip(*columns, strict=True)
        ]  # fmt: skip


def passages(lines: Sequence[Line]) -> list[Passage]:
    """The quoted passages of an article, in order. A mark that never closes ends with its paragraph."""
    whole = "\n".join([line.text for line in lines])
    single = not any(mark in whole for mark in _MARKS)
    present = [mark for mark in (_SINGLE_MARKS if single else _MARKS) if mark in whole]
    found: list[Passage] = []
    if not present:
        return found
    open_at: tuple[int, int] | None = None
    unclosed, continues = False, False
    for number, line in enumerate(lines):
        if number and line.paragraph != lines[number - 1].paragraph:
            unclosed = open_at is not None
            if open_at is not None:
                found.append(_close(lines, open_at, number - 1, len(lines[number - 1].text), continues))
                open_at = None
        for start, end, opens in _marks(line.text, single=single, among=present):
            if open_at is None and opens is not False:
                continues = unclosed and not line.text[:start].strip() and line.sentence.endswith("s01")
                open_at, unclosed = (number, end), False
            elif open_at is not None and opens is not True:
                found.append(_close(lines, open_at, number, start, continues))
                open_at = None
    if open_at is not None and lines:
        found.append(_close(lines, open_at, len(lines) - 1, len(lines[-1].text), continues))
    return [one for one in found if (one.first, one.start) < (one.last, one.end)]


def masked(lines: Sequence[Line], found: Sequence[Passage]) -> list[str]:
    """The lines with all that is quoted, marks included, replaced by `~`, so that places stay the same."""
    texts = [line.text for line in lines]
    for one in found:
        for number in range(one.first, one.last + 1):
            text = texts[number]
            start = max(one.start - 1, 0) if number == one.first else 0
            end = min(one.end + 1, len(text)) if number == one.last else len(text)
            texts[number] = text[:start] + "~" * (end - start) + text[end:]
    return texts


def _close(lines: Sequence[Line], opened: tuple[int, int], last: int, end: int, continues: bool) -> Passage:
    first, start = opened
    if first < last and start >= len(lines[first].text):
        first, start = first + 1, 0
    return Passage(first, start, last, end, continues)


def _marks(text: str, *, single: bool, among: Sequence[str]) -> list[tuple[int, int, bool | None]]:
    """The quotation marks of a line: start, end, and whether each opens (None: it may do either).

    `among` holds the marks of the article, which are quicker to look for than by the pattern.
    """
    if not any(mark in text for mark in among):
        return []
    if single:
        opening = [(m.start(), m.end(), True) for m in _SINGLE_OPEN.finditer(text)]
        closing = [(m.start(), m.end(), False) for m in _SINGLE_CLOSE.finditer(text)] if opening or "’" in text else []
        return sorted([*opening, *closing])
    marks: list[tuple[int, int, bool | None]] = []
    for match in _MARK.finditer(text):
        mark = match.group()
        opens = True if mark in ("“", "„", "«", "``") else False if mark in ("”", "»", "''") else None
        if mark == '"':
            opens = _side(text, match.start(), match.end())
        marks.append((match.start(), match.end(), opens))
    return marks


def _side(text: str, start: int, end: int) -> bool | None:
    """Whether a straight mark opens, by the characters beside it; None when they do not tell."""
    before, after = text[start - 1 : start], text[end : end + 1]
    free_before = not before or before.isspace() or before in "([—–-"
    free_after = not after or not (after.isalnum() or after in "$£€‘'.…[")
    if free_before == free_after:
        return None
    return free_before
