"""Finding every term of several codebooks in one pass over the tokens.

All terms are compiled once: single words into a table, phrases into a trie over words. Each distinct word of the
text is looked at once, whatever the number of terms and of its occurrences; only where a phrase can begin is the trie
walked. Time grows with the text, not with the number of terms.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from presslens.framing.inflection import bases, spelling
from presslens.framing.schema import Codebook
from presslens.framing.units import Units
from presslens.language.chunks import numbered, strings

Ints = npt.NDArray[np.int64]
NUMBER = "<number>"
BETWEEN_NUMBERS = re.compile(r"(?<=\d)/(?=\d)")  # 9/11 is a day, not the number nine or the number eleven
KEPT = 100_000  # words of the text whose keys are remembered
NEGATOR_REACH = 3  # words before an indicator in which a negator undoes it


class Pattern(NamedTuple):
    """A compiled term: whose it is (`frame` counts through all codebooks; -1 for a negator) and what it weighs."""

    codebook: int
    frame: int
    term: str
    weight: float
    role: str  # indicator, unless or negator
    negatable: bool
    gapped: bool


class Terms(NamedTuple):
    """The patterns of a matcher as columns, an entry a pattern; `role` as in `ROLES`."""

    codebook: Ints
    frame: Ints
    term: Any
    weight: npt.NDArray[np.float64]
    role: Ints
    negatable: npt.NDArray[np.bool_]
    gapped: npt.NDArray[np.bool_]


class Found(NamedTuple):
    """Matches in order of place: `pattern` (index into the matcher's), `first` and `last` unit, both included."""

    pattern: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: its keys that some phrase has, the single-word terms that it is, whether a phrase can begin with
    it, and with which keys such a phrase goes on (None: any)."""

    keys: list[str]
    singles: list[int]
    opened: bool
    second: frozenset[str] | None

    def goes_on(self, other: "_Word") -> bool:
        """Whether a phrase that begins with this word can have the other one next."""
        return self.second is None or not self.second.isdisjoint(other.keys)


@dataclass
class _Node:
    """A place in the trie: where each next word leads, the terms complete here, and the gaps that open here."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    complete: list[int] = field(default_factory=list)
    gaps: dict[int, "_Node"] = field(default_factory=dict)


ROLES = ("indicator", "unless", "negator")
INDICATOR, UNLESS, NEGATOR = range(3)


class Matcher:
    """The terms of some codebooks, compiled. Build it with `matcher`, which keeps the last few."""

    def __init__(self, codebooks: Sequence[Codebook]) -> None:
        self.patterns: list[Pattern] = []
        self.singles: dict[str, list[int]] = {}
        self.root = _Node()
        self.glued: dict[str, list[int]] = {}
        frame_number = 0
        for number, codebook in enumerate(codebooks):
            for term in codebook.negators:
                self._add(Pattern(number, -1, term, 0.0, "negator", False, False), gap=0)
            for frame in codebook.coded_frames:
                for one in frame.indicators:
                    gapped = "…" in one.term or "..." in one.term
                    pattern = Pattern(number, frame_number, one.term, one.weight, "indicator", one.negatable, gapped)
                    self._add(pattern, gap=one.gap)
                for term in frame.unless:
                    self._add(Pattern(number, frame_number, term, 0.0, "unless", False, False), gap=3)
                frame_number += 1
        self._known: dict[str, _Word] = {}
        self._in_phrases = frozenset(_keys(self.root))
        self.prefix_lengths = sorted({len(k) - 1 for k in (*self.singles, *_keys(self.root)) if _is_prefix(k)})
        self.terms = _columns(self.patterns)

    def _add(self, pattern: Pattern, *, gap: int) -> None:
        index = len(self.patterns)
        self.patterns.append(pattern)
        written = BETWEEN_NUMBERS.sub(" ", pattern.term.replace("...", "…"))
        parts = [part.replace("-", " ").split() for part in written.split("…")]
        if len(parts) == 1 and len(parts[0]) == 1:
            for key in _alternatives(parts[0][0]):
                self.singles.setdefault(key, []).append(index)
            return
        if len(parts) == 1 and pattern.role == "indicator":
            for words in product(*(_alternatives(word) for word in parts[0])):
                self.glued.setdefault("".join(words), []).append(index)
        nodes = [self.root]
        for number, part in enumerate(parts):
            if number:
                nodes = [node.gaps.setdefault(gap, _Node()) for node in nodes]
            for word in part:
                nodes = [node.children.setdefault(key, _Node()) for node in nodes for key in _alternatives(word)]
        for node in nodes:
            node.complete.append(index)

    def keys(self, surface: str) -> list[str]:
        """What a word of the text can be called in a term: its base forms, itself, its beginnings, a number."""
        lower = surface.lower().replace("’", "'")
        found = [*bases(lower), "=" + lower]
        if surface != lower:
            found.append("=" + surface)
        if lower[:1].isdigit():
            found.append(NUMBER)
        found.extend(lower[:length] + "*" for length in self.prefix_lengths if length <= len(lower))
        return found

    def find(self, units: Units) -> Found:
        """Every match of every term, before any of the rules of coding."""
        words = [self._word(surface) for surface in units.vocabulary.tolist()]
        pattern, first = _spread([word.singles for word in words], units.code)
        opens = np.array([bool(word.opened) for word in words] or [False], dtype=bool)
        starts = np.flatnonzero(opens[units.code])
        following = np.minimum(starts + 1, max(len(units.code) - 1, 0))
        pair, places = numbered(units.code[starts] * len(words) + units.code[following])
        both = zip(units.code[starts][places].tolist(), units.code[following][places].tolist(), strict=True)
        goes_on = np.array([words[one].goes_on(words[other]) for one, other in both], dtype=bool)
        likely = starts[goes_on[pair]].tolist()
        known = [word.keys for word in words]
        text = _Text(known, *(one.tolist() for one in (units.code, units.sentence_end, units.commas, units.stops)))
        phrases = [(p, at, end) for at in likely for p, end in self._walk(at, text)]
        table = np.array(sorted(set(phrases)), dtype=np.int64).reshape(-1, 3)
        pattern = np.concatenate([pattern, table[:, 0]])
        first, last = np.concatenate([first, table[:, 1]]), np.concatenate([first, table[:, 2]])
        order = np.lexsort((pattern, last, first))
        return Found(pattern[order], first[order], last[order])

    def _word(self, surface: str) -> "_Word":
        """What is known of a word of the text; looked up once, for the same words come back in every article."""
        found = self._known.get(surface)
        if found is None:
            keys = self.keys(surface)
            if surface.startswith("#") and len(surface) > 1:
                found = _Word(self._leading(keys), self._hashtag(surface), False, None)
            else:
                nodes = [node for key in keys if (node := self.root.children.get(key)) is not None]
                # what completes at once, or after a gap, does not hang on the next word
                sure = any(node.complete or node.gaps for node in nodes)
                second = None if sure else frozenset(key for node in nodes for key in node.children)
                singles = sorted({p for key in keys for p in self.singles.get(key, ())})
                found = _Word(self._leading(keys), singles, bool(nodes), second)
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[surface] = found
        return found

    def _leading(self, keys: Sequence[str]) -> list[str]:
        """The keys that lead anywhere in the trie: most words have none, and to look for all of them takes long."""
        return [key for key in keys if key in self._in_phrases]

    def _hashtag(self, surface: str) -> list[int]:
        keys = self.keys(surface[1:])
        return sorted({p for key in keys for p in (*self.singles.get(key, ()), *self.glued.get(key, ()))})

    def _walk(self, at: int, text: "_Text") -> Iterator[tuple[int, int]]:
        known, code, ends, commas, stops = text
        end_of_sentence = ends[at]
        waiting = [(self.root, at)]
        while waiting:
            node, place = waiting.pop()
            if place >= end_of_sentence:
                continue
            for key in known[code[place]]:
                child = node.children.get(key)
                if child is None:
                    continue
                for pattern in child.complete:
                    yield pattern, place
                following = place + 1
                if child.children and following < end_of_sentence and commas[following] == commas[place]:
                    waiting.append((child, following))
                for gap, beyond in child.gaps.items():
                    stop = min(following + gap + 1, end_of_sentence)
                    reach = (later for later in range(following, stop) if stops[later] == stops[place])
                    waiting.extend((beyond, later) for later in reach)


class _Text(NamedTuple):
    """Units as lists, which are quicker than arrays where one value after the other is asked for."""

    keys: list[list[str]]
    code: list[int]
    sentence_end: list[int]
    commas: list[int]
    stops: list[int]


@lru_cache(maxsize=8)
def matcher(codebooks: tuple[Codebook, ...]) -> Matcher:
    """The compiled terms of these codebooks; the last few are kept."""
    return Matcher(codebooks)


def _columns(patterns: Sequence[Pattern]) -> Terms:
    codebook, frame, term, weight, role, negatable, gapped = zip(*patterns, strict=True) if patterns else ((),) * 7
    return Terms(
        np.array(codebook, dtype=np.int64),
        np.array(frame, dtype=np.int64),
        strings(term),
        np.array(weight, dtype=np.float64),
        np.array([ROLES.index(one) for one in role], dtype=np.int64),
        np.array(negatable, dtype=bool),
        np.array(gapped, dtype=bool),
    )


def evident(found: Found, units: Units, terms: Terms) -> Found:
    """The matches that count as evidence, by these rules.

    1. A match that touches an `unless` term of its frame is none, nor a negatable one close after a negator.
    2. A span speaks once for a frame, by its heaviest indicator.
    3. The longest term owns its words: what lies inside a longer match of the same codebook is none
       (`rights` inside `states' rights`); the words in a gap are free.
    """
    role, frame, codebook = (column[found.pattern] for column in (terms.role, terms.frame, terms.codebook))
    gapped, negatable = terms.gapped[found.pattern], terms.negatable[found.pattern]
    keep: npt.NDArray[np.bool_] = role == INDICATOR
    for number in np.unique(frame[role == UNLESS]).tolist():
        mine = frame == number
        keep &= ~(mine & _touched(found, mine & (role == UNLESS), found.first, found.last))
    for number in np.unique(codebook[role == NEGATOR]).tolist():
        mine = codebook == number
        since = np.maximum(found.first - NEGATOR_REACH, units.sentence_start[found.first])
        keep &= ~(mine & negatable & _touched(found, mine & (role == NEGATOR), since, found.first - 1))
    order = np.lexsort((found.pattern, -abs(terms.weight[found.pattern]), frame, found.last, found.first))
    order = order[keep[order]]
    again = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in (found.first[order], found.last[order], frame[order]):
        again &= column[1:] == column[:-1]
    keep[order[1:][again]] = False
    for number in np.unique(codebook[keep]).tolist():
        rows = np.flatnonzero(keep & (codebook == number))
        keep[rows[_inside(found.first[rows], found.last[rows], owner=~gapped[rows])]] = False
    return Found(found.pattern[keep], found.first[keep], found.last[keep])


def _touched(found: Found, mask: npt.NDArray[np.bool_], first: Ints, last: Ints) -> npt.NDArray[np.bool_]:
    """Which stretches of units, from `first` to `last`, hold a unit of one of the masked matches.

    Matches come in order of their first unit: of those that begin by the end of a stretch, the one that reaches furthest tells.
    """
    begins, reach = found.first[mask], np.append(np.maximum.accumulate(found.last[mask]), -1)
    furthest = reach[np.searchsorted(begins, last, side="right") - 1]
    return np.asarray((furthest >= first) & (last >= first))


def _inside(first: Ints, last: Ints, *, owner: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Which spans lie within a longer owning one."""
    if not len(first):
        return np.zeros(0, dtype=bool)
    most = int(last.max()) + 1
    spans, which = np.unique(first * most + (most - 1 - last), return_inverse=True)
    owns = np.zeros(len(spans), dtype=bool)
    owns[which[owner]] = True
    ends = most - 1 - spans % most
    # Sorted by start, the longer first: whatever could hold a span stands before it, and does if it ends no sooner.
    reach = np.maximum.accumulate(np.where(owns, ends, -1))
    inside = np.concatenate([[-1], reach[:-1]]) >= ends
    return np.asarray(inside[which], dtype=bool)


def _spread(lists: list[list[int]], code: Ints) -> tuple[Ints, Ints]:
    """Each occurrence of each word with each of the single-word terms it matches: (pattern, unit)."""
    sizes = np.array([len(one) for one in lists], dtype=np.int64)
    flat = np.array([p for one in lists for p in one], dtype=np.int64)
    if not len(flat):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    begins = np.cumsum(sizes) - sizes
    counts = sizes[code]
    places = np.flatnonzero(counts)
    counts = counts[places]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return flat[np.repeat(begins[code[places]], counts) + within], np.repeat(places, counts)


@lru_cache(maxsize=1 << 15)
def _alternatives(word: str) -> tuple[str, ...]:
    """The keys that a written word of a term stands for: tax/duty -> tax, duty."""
    return tuple(sorted({_key(one) for one in word.split("/") if one}))


def _key(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s").removesuffix("'")
    if word.startswith("=") and len(word) > 1:
        return word if any(c.isupper() for c in word) else word.lower()
    if word.endswith("*") and len(word) > 1:
        return word.lower()
    return spelling(word.lower())


def _is_prefix(key: str) -> bool:
    return len(key) > 1 and key.endswith("*") and not key.startswith("=")


def _keys(node: _Node) -> Iterator[str]:
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield from here.children
        waiting.extend((*here.children.values(), *here.gaps.values()))
