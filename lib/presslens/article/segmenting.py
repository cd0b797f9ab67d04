"""Sentences: Punkt with abbreviations of news prose, each sentence with its id and its place in the text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from string import ascii_letters, digits
from typing import NamedTuple

import numpy as np
import pandas as pd
from nupunkt import PunktParameters, PunktSentenceTokenizer

from presslens.language.abbreviations import abbreviations
from presslens.language.chunks import strings

COLUMNS = ("article", "sentence", "section", "paragraph", "start", "end", "text")
CLOSING = "\"')]}”’»"
CLOSERS = re.escape(CLOSING)
NUMBER_NEXT = re.compile(r"[(#]?\d")
OPENS_SMALL = re.compile(r"[\"'“‘(\[]*[a-z]")
MARKED_END = re.compile(rf"[.?!][{CLOSERS}]*\s+(?=[\"'“‘(\[`]*[A-Z])")
LONE_LETTER = re.compile(r" [B-Z]\. ")
SENTENCE_END = re.compile(r"[.?!…]\W")
LONGEST = 10_000  # characters; what has no sentence end for so long is a list or a dump, and is cut at a blank
LAST_WORD = re.compile(r"([^\W\d_][\w.]{,20})\.$")
INITIALS = re.compile(r"\b(?:[A-Z]\.){2,3}$")
SINGLE_LETTER = re.compile(r"(?<![\w.])([\w.,]{1,20}) [B-Z]\. (?=([A-Z][a-z]{1,12})\b)")


class Block(NamedTuple):
    """A stretch of cleaned text: the title, the dek or one body paragraph (counted from 1)."""

    section: str
    paragraph: int
    start: int
    end: int


@cache
def _starters() -> frozenset[str]:
    lines = (files("presslens.language") / "data/sentence_starters.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _punkt() -> PunktSentenceTokenizer:
    groups = abbreviations()
    parameters = PunktParameters(
        abbrev_types=set(groups["title"] | groups["plain"]),
        sent_starters=set(_starters()),
    )
    return PunktSentenceTokenizer(parameters, include_common_abbrevs=False)


def _joined(left: str, right: str) -> bool:
    """Whether what Punkt cut in two is one sentence: "No. 5", "Mr. So", "J.K. Rowling", “Is it over?” she asked."""
    bare = left.rstrip(CLOSING)
    if bare.endswith(("?", "!", "…", "..")) or (bare.endswith(".") and bare != left):
        return bool(OPENS_SMALL.match(right))
    word = LAST_WORD.search(left, max(0, len(left) - 23))
    if not word:
        return False
    groups = abbreviations()
    norm = word.group(1).lower()
    if norm in groups["number"]:
        return bool(NUMBER_NEXT.match(right))
    if norm in groups["lower"]:
        return bool(OPENS_SMALL.match(right))
    if norm in groups["title"]:
        return word.group(1)[0].isupper()
    opener = right.split(maxsplit=1)[0].strip("\"'“‘(,").lower()
    return bool(INITIALS.search(left)) and norm not in groups["plain"] and opener not in _starters()


def _cuts(text: str) -> list[int]:
    """Where a sentence opens after a single letter that is no initial: "vitamin B. It is safe."."""
    found = SINGLE_LETTER.finditer(text) if LONE_LETTER.search(text) else ()
    return [m.end() for m in found if not m.group(1)[0].isupper() and m.group(2).lower() in _starters()]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The text cut where a sentence surely ends, so that Punkt is asked about the doubtful places alone."""
    start = 0
    for match in MARKED_END.finditer(text):
        word = _plain_word(text, max(start, match.start() - 31), match.start())
        if word and word.lower() not in _abbreviated():
            yield from _short(text, start, match.end())
            start = match.end()
    yield from _short(text, start, len(text))


@cache
def _abbreviated() -> frozenset[str]:
    return abbreviations()["title"] | abbreviations()["plain"]


def _plain_word(text: str, start: int, end: int) -> str:
    """The word of 3 to 30 letters, or the number of at most four digits, that ends at `end`, or nothing."""
    near = text[start:end]
    size = len(near) - len(near.rstrip(ascii_letters if near[-1:].isalpha() else digits))
    before = text[max(end - size - 1, 0) : end - size]
    plain = 3 <= size <= 30 if near[-1:].isalpha() else 1 <= size <= 4 and before == " "
    return near[-size:] if plain and not (before.isalnum() or before in ("_", ".")) else ""


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _doubtful(text: str) -> list[tuple[int, int]]:
    """The sentences of a piece by Punkt, with its cuts inside "Mr. So" or "No. 5" taken back."""
    spans: list[tuple[int, int]] = []
    for start, end in _punkt().span_tokenize(text):
        if spans and _joined(text[max(spans[-1][0], spans[-1][1] - 60) : spans[-1][1]], text[start : start + 20]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [
        piece
        for first, last in spans
        for piece in pairwise((first, *(first + cut for cut in _cuts(text[first:last])), last))
    ]


def split(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph, as (start, end) offsets without surrounding blanks.

    Punkt (Kiss and Strunk 2006, Computational Linguistics 32:4; by nupunkt, with our abbreviations) decides; a cut
    after a title, before the number of "No. 5", or between a quoted question and its small-lettered "she asked" is
    taken back. No sentence is longer than 10,000 characters.
    """
    sentences: list[tuple[int, int]] = []
    for first, last in _pieces(text):
        piece = text[first:last]
        spans = _doubtful(piece) if SENTENCE_END.search(piece.rstrip().rstrip(CLOSING)) else [(0, len(piece))]
        for start, end in spans:
            sentence = piece[start:end]
            if sentence.strip():
                lead = len(sentence) - len(sentence.lstrip())
                sentences.append((first + start + lead, first + start + len(sentence.rstrip())))
    return sentences


def _ids(block: Block) -> Iterator[str]:
    if block.section == "body":
        yield from (f"p{block.paragraph:02d}s{number:02d}" for number in range(1, 10**9))
    yield block.section
    yield from (f"{block.section}s{number:02d}" for number in range(2, 10**9))


def segment(article: str, text: str, blocks: Iterable[Block]) -> pd.DataFrame:
    """The sentences of one article.

    Args:
        article: the article's id.
        text: its cleaned text.
        blocks: where title, dek and paragraphs stand in it.

    Returns:
        One row a sentence, in order: `article`, `sentence` (`title`, `dek`, then `deks02` ..., `p03s02`), `section`
        (`title`, `dek`, `body`), `paragraph` (0 outside the body), `start`, `end` (so that `text[start:end]` is the
        sentence), `text`.
    """
    return sentence_table(list(sentence_rows(article, text, blocks)))


def sentence_rows(article: str, text: str, blocks: Iterable[Block]) -> Iterator[tuple[object, ...]]:
    """The rows of `segment`, for those who gather many articles into one table."""
    for block in blocks:
        body = text[block.start : block.end]
        for name, (start, end) in zip(_ids(block), split(body), strict=False):
            yield article, name, block.section, block.paragraph, block.start + start, block.start + end, body[start:end]


def sentence_table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """A table of sentences with the right types, also when it has no rows."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    numbers = ("paragraph", "start", "end")
    return pd.DataFrame(
        {
            name: np.array(column, dtype=np.int64) if name in numbers else strings(column)
            for name, column in zip(COLUMNS, columns, strict=True)
        }
    )
