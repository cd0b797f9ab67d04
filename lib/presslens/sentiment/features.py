"""Words in their context: what the measure for news prose sees of a text.

One rule engine for all word lists. A word counts as negated with a negation among the three words before it in its
clause; a degree word right before it raises or lowers its weight (VADER's 0.293); what stands before the last
contrast of a text weighs 0.7, what stands after it 1.3. A text of n words divides by the square root of n, for
readers do not add feeling up word by word.

Some words do not tell how a thing is but name which thing it is: death in "death rate", united in "United States". What
such a word keeps of its feeling stands in `data/naming.csv`, which `naming` found in news. And a name says nothing of how
its bearer is: Mr. Strong, Grace Fuller. Nor does a word that has become part of a set expression: "best" in "as best they
can", "thanks" in "thanks to" (`data/expressions.csv`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from struct import Struct

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.language.abbreviations import abbreviations
from presslens.language.chunks import Chunks, chunks, spread

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

REACH = 3
"""Words after a negation that it turns."""
BEFORE_CONTRAST, AFTER_CONTRAST = 0.7, 1.3
PIECE = Struct("=qqqq")
KEPT = 100_000
"""Words as written that are remembered."""

# A word, without a possessive 's, or marks that end a clause.
WORD = re.compile(r"[^\W\d_]+(?:['’](?!s(?!\w))[^\W\d_]+)*")
_TOKEN = re.compile(rf"{WORD.pattern}|[.;:!?,(–—]")
_ENDS = frozenset(".;:!?")
_PAUSES = frozenset(",(–—")
"""They end no clause, but no name of a thing goes across them."""
_PAUSE, _END, _OUTSIDE = -3, -2, -1
_INITIALS = re.compile(r"\W*(?:[^\W\d_]\.)+\W*")
_OPENS = frozenset("\"'“‘([")
_CAPITAL, _OPENED, _LONG, _UPPER = 1, 2, 4, 8
"""How a word is written: as a name (Fuller), behind an opening mark, in four letters or more, with a capital first."""
HEADLINE = 0.5
"""Of the words of four letters or more but the first; where more have a capital, capitals tell no names."""


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of a list of texts, in order."""

    text: Ints
    """Index of its text."""
    start: Ints
    end: Ints
    id: Ints
    """Row in the vocabulary; -1 outside it."""
    negation: Ints
    """How many words back a negation stands; 0 for none in reach."""
    intensity: Floats
    """What the degree word before it adds to its weight."""
    intensifier: Flags
    """A degree word stands right before it."""
    contrast: Ints
    """-1 before the last contrast of its text, 1 after it, 0 where there is none."""
    kept: Floats
    """What the word keeps of its feeling where it only names a thing, 0..1; 1 elsewhere."""
    name: Flags
    """Written as a name: a capital first, within a sentence that is no headline."""
    told: Flags
    """Whether its writing tells: it would be a name with a capital first, and is none without."""
    length: Ints
    """Words in each text."""
    question: Flags
    """Texts that end in a question mark."""

    @property
    def negated(self) -> Flags:
        """A negation stands in reach before the word."""
        return self.negation > 0

    @property
    def keeps(self) -> Floats:
        """What each word keeps of its feeling, 0..1: nothing where it is written as a name."""
        return np.where(self.name, 0.0, self.kept)

    @property
    def weight(self) -> Floats:
        """Weight of each word by intensity and contrast, over the square root of the words in its text."""
        turn = np.choose(self.contrast + 1, [BEFORE_CONTRAST, 1.0, AFTER_CONTRAST])
        weight: Floats = (1 + self.intensity) * turn / np.sqrt(np.maximum(self.length, 1))[self.text]
        return weight


@cache
def roles() -> dict[str, dict[str, float]]:
    """Negations, degree words and contrasts with their values, from `news_rules.csv`."""
    found: dict[str, dict[str, float]] = {"negation": {}, "intensity": {}, "contrast": {}}
    path = resources.files("presslens.sentiment") / "data" / "news_rules.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["rule"]][row["term"]] = float(row["value"])
    return found


@cache
def naming() -> dict[str, dict[str, float]]:
    """What words keep of their feeling that name a thing, by kind of entry, from `naming.csv`."""
    with (resources.files("presslens.sentiment") / "data" / "naming.csv").open(encoding="utf-8") as file:
        return by_kind(pd.read_csv(file, keep_default_na=False))


@cache
def expressions() -> dict[tuple[str, ...], int]:
    """Set expressions, each with the place of the word in it that has lost its feeling, from `expressions.csv`."""
    with (resources.files("presslens.sentiment") / "data" / "expressions.csv").open(encoding="utf-8") as file:
        rows = [(tuple(row["expression"].split()), row["bleached"]) for row in csv.DictReader(file)]
    return {words: words.index(bleached) for words, bleached in rows}


def by_kind(entries: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Entries as `naming.table` gives them, as term to what it keeps, by kind."""
    found: dict[str, dict[str, float]] = {"modifier": {}, "head": {}, "name": {}}
    for kind, term, keeps in zip(entries["kind"], entries["term"], entries["keeps"], strict=True):
        found[kind][term] = float(keeps)
    return found


def norm(token: str) -> str:
    """A word as lists spell it: lower case, straight apostrophe."""
    return token.lower().replace("’", "'")


class Numbering(dict[str, int]):
    """Token as written to its number: the row of the vocabulary, from `size` on for words of a rule outside it."""

    def __init__(self, terms: Sequence[str], *, entries: pd.DataFrame | None = None) -> None:
        super().__init__()
        self.terms = list(terms)
        self._pieces: dict[str, bytes] = {}
        self.known: dict[str, int] = {}
        for term in terms:
            self.known.setdefault(term, len(self.known))
        lists = roles()
        size = len(self.known)
        names = naming() if entries is None else by_kind(entries)
        more = set().union(*lists.values(), names["modifier"], names["head"], *expressions())
        for term in sorted(more - self.known.keys()):
            self.known[term] = len(self.known)
        self.size = size
        self.intensity = np.zeros(len(self.known))
        self.negates = np.zeros(len(self.known))
        self.contrasts = np.zeros(len(self.known))
        for term, strength in lists["intensity"].items():
            self.intensity[self.known[term]] = strength
        for term in (*lists["negation"], *(term for term in self.known if term.endswith("n't"))):
            self.negates[self.known[term]] = 1.0
        for term in lists["contrast"]:
            self.contrasts[self.known[term]] = 1.0
        self.loses, self.head = np.zeros(len(self.known)), np.zeros(len(self.known))
        for term, keeps in names["modifier"].items():
            self.loses[self.known[term]] = 1 - keeps
        for term in names["head"]:
            self.head[self.known[term]] = 1.0
        self.expressions = [([self.known[word] for word in words], at) for words, at in expressions().items()]

    def kept(self, ids: Ints, follows: Flags) -> Floats:
        """What each word keeps of its feeling; `follows` says for all but the first whether it follows the one before."""
        kept = np.ones(len(ids))
        if len(ids) > 1:
            kept[:-1] -= np.where(follows, _at(self.loses, ids[:-1]) * _at(self.head, ids[1:]), 0.0)
        for words, bleached in self.expressions:
            begins = np.flatnonzero(ids[: max(len(ids) - len(words) + 1, 0)] == words[0])
            for step, word in enumerate(words[1:], start=1):
                begins = begins[(ids[begins + step] == word) & follows[begins + step - 1]]
            kept[begins + bleached] = 0.0
        return kept

    def __missing__(self, token: str) -> int:
        if token in _ENDS:
            number = _END
        elif token in _PAUSES:
            number = _PAUSE
        else:
            word = norm(token)
            number = self.known.get(word, self.known["not"] if word.endswith("n't") else _OUTSIDE)
        if len(self) >= KEPT:
            self.clear()
        self[token] = number
        return number

    def pieces(self, chunk: str) -> bytes:
        """Number, start, end and shape of each word, or end of a clause, in what stands between blanks; packed."""
        found = self._pieces.get(chunk)
        if found is None:
            short = _is_abbreviation(chunk)
            found = b"".join(
                [
                    PIECE.pack(self[match.group()], *match.span(), _shape(chunk, match))
                    for match in _TOKEN.finditer(chunk)
                    if not (short and match.group() == ".")
                ]
            )
            if len(self._pieces) >= KEPT:
                self._pieces.clear()
            self._pieces[chunk] = found
        return found


def _is_abbreviation(chunk: str) -> bool:
    """Whether the period ends no sentence: "Mr.", "J.K."."""
    return chunk.endswith(".") and (
        _INITIALS.fullmatch(chunk) is not None or chunk.strip("\"'“‘(.").lower() in abbreviations()["title"]
    )


def _shape(chunk: str, match: re.Match[str]) -> int:
    word, start = match.group(), match.start()
    upper = word[0].isupper()
    shape = _CAPITAL * (upper and not word.isupper()) | _UPPER * upper | _LONG * (len(word) >= 4)
    return shape | _OPENED * (start > 0 and chunk[start - 1] in _OPENS)


def parse(texts: Sequence[str], numbering: Numbering, *, offsets: bool = False, parted: Chunks | None = None) -> Words:
    """The words of texts with their context; `start` and `end` only with `offsets`, for they take a while.

    `parted` holds the chunks of the texts, where they are at hand.
    """
    found = parted or chunks(texts)
    pieces = [numbering.pieces(chunk) for chunk in found.distinct]
    inside, at = spread(np.array([len(one) for one in pieces], dtype=np.int64) // PIECE.size, found.code)
    flat = np.frombuffer(b"".join(pieces), dtype=np.int64).reshape(-1, 4)
    every, owner = flat[at, 0], found.text[inside]
    starts, ends = (found.start[inside] + flat[at, column] for column in (1, 2)) if offsets else (every, every)
    is_word = every >= _OUTSIDE
    clause = np.cumsum(every == _END)[is_word]
    text, ids = owner[is_word], every[is_word]
    negates, intensity = _at(numbering.negates, ids) > 0, _at(numbering.intensity, ids)
    negation = np.zeros(len(ids), dtype=np.int64)
    for back in range(REACH, 0, -1):
        if len(ids) > back:
            same = (clause[back:] == clause[:-back]) & (text[back:] == text[:-back])
            negation[back:][same & negates[:-back]] = back
    boost = np.zeros(len(ids))
    if len(ids) > 1:
        boost[1:] = np.where((clause[1:] == clause[:-1]) & (text[1:] == text[:-1]), intensity[:-1], 0.0)
    shape = flat[at, 3]
    told = _told(shape, every, owner, len(texts))
    follows = (np.diff(np.flatnonzero(is_word)) == 1) & (text[1:] == text[:-1])
    return Words(
        text=text,
        start=starts[is_word] if offsets else np.zeros(0, dtype=np.int64),
        end=ends[is_word] if offsets else np.zeros(0, dtype=np.int64),
        id=np.where(ids < numbering.size, ids, -1),
        negation=negation,
        intensity=boost,
        intensifier=boost != 0,
        kept=numbering.kept(ids, follows),
        name=told[is_word] & ((shape[is_word] & _CAPITAL) > 0),
        told=told[is_word],
        contrast=_turns(text, np.flatnonzero(_at(numbering.contrasts, ids)), len(texts)),
        length=np.bincount(text, minlength=len(texts)),
        question=np.array([piece.rstrip(" \n\t\"'”’)").endswith("?") for piece in texts], dtype=bool),
    )


def _told(shape: Ints, every: Ints, owner: Ints, count: int) -> Flags:
    """Which tokens a capital would tell to be names: not the first of a sentence or quotation, none in capitals throughout."""
    begins = np.ones(len(every), dtype=bool)
    begins[1:] = (owner[1:] != owner[:-1]) | (every[:-1] == _END)
    upper, long = (shape & _UPPER) > 0, ((shape & _LONG) > 0) & ~begins
    capitals = np.bincount(owner[long & upper], minlength=count)
    headline = capitals > HEADLINE * np.bincount(owner[long], minlength=count)
    told: Flags = ~begins & ((shape & _OPENED) == 0) & ~(upper & ((shape & _CAPITAL) == 0)) & ~headline[owner]
    return told


def _at(values: Floats, ids: Ints) -> Floats:
    """Values of words, zero outside the vocabulary."""
    found: Floats = np.where(ids >= 0, values[np.maximum(ids, 0)], 0.0)
    return found


def _turns(text: Ints, contrasts: Ints, count: int) -> Ints:
    last = np.full(count, -1)
    last[text[contrasts]] = contrasts
    here = last[text]
    return np.where(here < 0, 0, np.where(np.arange(len(text)) < here, -1, 1))


def values(table: Mapping[str, float], terms: Sequence[str]) -> Floats:
    """The valences of a lexicon in the order of a vocabulary; 0 for what it does not have."""
    return np.array([table.get(term, 0.0) for term in terms])
