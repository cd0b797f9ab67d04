"""Candidates for key phrases: complete noun phrases and names of one to four words, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from presslens.keywords.words import Flags, Ints, Words, batches, word_list
from presslens.language.chunks import coded
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS

__all__ = ["LONGEST", "Candidates", "Named", "Places", "gather", "names_of", "occurrences", "word_list"]

LONGEST = 4
Named = dict[tuple[int, int], str]  # the actor that words from one to another (past the end) name
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_PARTICIPLES = frozenset({"VBN", "VBG"})
_MODIFIERS = ADJECTIVES | _PARTICIPLES | {"CD"}
_BEFORE_PARTICIPLE = ADJECTIVES | {"DT", "PRP$", "POS", "CD"}


@dataclass(slots=True)
class Places:
    """Noun phrases and parts of them, a row a place, in order of the text: words `first` to `last` (past the end).

    They stand inside the noun phrase from `opens` to `closes`.
    """

    first: Ints
    last: Ints
    opens: Ints
    closes: Ints
    cuts: Flags  # cuts a name in two

    def __len__(self) -> int:
        return len(self.first)

    def take(self, which: Ints | Flags) -> Places:
        """Some of the places."""
        return Places(self.first[which], self.last[which], self.opens[which], self.closes[which], self.cuts[which])

    @property
    def whole(self) -> Flags:
        """Whether each is the longest noun phrase at its place."""
        return np.asarray((self.first == self.opens) & (self.last == self.closes))


@dataclass(slots=True)
class Candidates:
    """The candidates of some articles, those of an article together, in order of first place."""

    places: Places  # the places of a candidate together, in order of the text
    of: Ints  # which candidate each place belongs to
    at: Ints  # one a candidate: its first place
    form: Ints  # one a candidate: the place where it has the form that counts, the first one if all are alike
    actor: list[str]  # one a candidate: the actor that it names, or nothing
    code: Ints  # one a candidate: the number of its words' stems in `runs`
    runs: list[
        Ints
    ]  # for 1 to 4 words: the number of the run of stems that begins at each word, in its article; 0 where
    # no candidate holds the run

    def __len__(self) -> int:
        return len(self.at)

    @property
    def count(self) -> Ints:
        """The places of each candidate."""
        return np.bincount(self.of, minlength=len(self))

    @property
    def opening(self) -> Places:
        """The first place of each candidate."""
        return self.places.take(self.at)

    @property
    def shape(self) -> Places:
        """Each candidate where it has the form that counts."""
        return self.places.take(self.form)


def _before(flags: Flags) -> Flags:
    """What holds of the word before; not of the first."""
    return np.concatenate([[False], flags[:-1]])


def _after(flags: Flags) -> Flags:
    """What holds of the word after; not of the last."""
    return np.concatenate([flags[1:], [False]])


def chunks(words: Words) -> tuple[Ints, Ints]:
    """The longest noun phrases, without article or number words before them: first and past-the-last word of each."""
    fits = _fits(words)
    begins = fits & (~_before(fits) | _parts(words))
    ends = fits & (~_after(fits) | _after(begins))
    first, last = np.flatnonzero(begins), np.flatnonzero(ends)
    n = len(words)
    noun_before = np.maximum.accumulate(np.where(words.tagged(*NOUNS), np.arange(n), -1))
    open_after = np.minimum.accumulate(np.where(_may_open(words), np.arange(n), n)[::-1])[::-1]
    first, last = open_after[first], noun_before[last] + 1
    kept = first < last
    return first[kept], last[kept]


def _parts(words: Words) -> Flags:
    """Whether a new noun phrase begins at each word, though the word before could belong to it."""
    noun, name = words.tagged(*NOUNS), words.tagged(*NAMES)
    number, plural = words.tagged("CD"), words.tagged("NNS")
    participle, adjective = words.tagged(*_PARTICIPLES), words.tagged(*ADJECTIVES)
    rest = _before(plural) & (adjective | (name & _before(words.lower)))
    told = np.select(
        [participle, number, name & _before(words.fact("time"))], [_before(noun), ~_before(name), True], default=rest
    )
    return np.asarray(words.opens() | _before(words.possessive & ~_joins(words)) | told.astype(bool))


def _may_open(words: Words) -> Flags:
    """Whether a noun phrase can begin with each word: not with a number, nor with a verb form that governs what follows."""
    inside = ~words.opens()
    governs = _before(words.tagged(*NOUNS, "PRP", "WP", "WDT", "EX")) & inside
    active = words.tagged("VBG") & ~(_before(words.tagged(*_BEFORE_PARTICIPLE)) & inside)
    governs |= _before(words.fact("having")) & inside
    passive = words.tagged("VBN") & (governs | _after(words.tagged(*NAMES)))
    return ~(words.tagged("CD") | active | passive)


def _fits(words: Words) -> Flags:
    """Whether each word can be part of a noun phrase."""
    ordinal = words.fact("ordinal")
    allowed = np.where(ordinal, words.upper & ~words.opens(), ~words.fact("never"))
    return np.asarray(words.tagged(*NOUNS, *_MODIFIERS) & allowed)


def _joins(words: Words) -> Flags:
    """Whether a possessive stands inside a name: People's Assembly, St. John's Hospital, but not Moon's Party."""
    names = words.upper & _after(words.upper)
    return np.asarray(names & (words.fact("group") | (_before(words.fact("saint")))))


def spans(words: Words, *, profile: str = "phrases") -> Places:
    """Every candidate at every place: parts of noun phrases that end in a noun, up to four words.

    The profile `terms` adds single verbs and adjectives that carry meaning: what an index may list beside noun phrases.
    """
    n = len(words)
    first, last = chunks(words)
    sizes = last - first
    inside = np.repeat(first, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    opens, closes = np.arange(n), np.zeros(n, dtype="int64")
    opens[inside], closes[inside] = np.repeat(first, sizes), np.repeat(last, sizes)
    noun, name = words.tagged(*NOUNS), words.tagged(*NAMES)
    # an adjective in lower case merely describes a name: responsive North Korea, but not southern California
    describes = words.lower & ~noun & ~words.fact("compass")
    begins = ~words.tagged("CD")
    letter = words.end - words.start < 2  # "Q:" of an interview
    grid = np.zeros((n, LONGEST), dtype=bool)
    for k in range(LONGEST):
        end = np.minimum(np.arange(n) + k, max(n - 1, 0))
        grid[:, k] = begins & (np.arange(n) + k < closes) & noun[end] & ~(describes & name[end])
    if profile == "terms":
        carries = words.tagged(*ADJECTIVES, *_VERBS) & ~words.fact("never") & ~words.fact("empty")
        alone = carries & ~grid[:, 0]
        grid[:, 0] |= alone
    grid[:, 0] &= ~letter
    at, size = np.nonzero(grid)
    end = at + size + 1
    named = name | (words.upper & ~words.opens())
    left = (at > opens[at]) & named[at] & _before(named)[at]
    right = (end < closes[at]) & named[end - 1] & _after(named)[end - 1]
    places = Places(at, end, opens[at], closes[at], left | right)
    if profile == "terms":
        single = alone[at] & (size == 0)
        places.opens[single], places.closes[single] = at[single], end[single]
        places.cuts[single] = False
    return places


def gather(words: Words, *, profile: str = "phrases", named: Named | None = None) -> Candidates:
    """The candidates of some articles; none that only ever cuts a name in two.

    Where `named` tells which words name which actor, all names of an actor are one candidate, in the form that is the
    actor's own name or else the longest.
    """
    places = spans(words, profile=profile)
    runs = _runs(words, places)
    code = np.zeros(len(places), dtype="int64")
    for k, run in enumerate(runs):
        long = places.last - places.first == k + 1
        code[long] = run[places.first[long]]
    actors: dict[int, str] = {}
    if named is not None:
        code, actors = _united(words, places, code, named)
    of, codes = pd.factorize(code)
    never_cut = np.bincount(of, weights=~places.cuts, minlength=len(codes)) > 0
    kept = never_cut[of]
    number = np.cumsum(never_cut) - 1
    of, places, code = number[of[kept]], places.take(kept), code[kept]
    order = np.argsort(of, kind="stable")
    of, places = of[order].astype("int64"), places.take(order)
    at = np.flatnonzero(np.diff(of, prepend=-1))
    form = at.copy()
    names = [actors.get(one, "") for one in np.asarray(codes)[never_cut].tolist()]
    ends = np.append(at, len(of))[1:].tolist()
    begins = at.tolist()
    firsts, lasts = places.first.tolist(), places.last.tolist()
    for i in [i for i, name in enumerate(names) if name]:
        name, begin, end = names[i], begins[i], ends[i]
        if end - begin > 1:
            surfaces = list(map(words.surface, firsts[begin:end], lasts[begin:end]))
            form[i] = begin + max(range(end - begin), key=lambda k: (_likeness(surfaces[k], name), -k))
    first, size = places.first[form], places.last[form] - places.first[form]
    own = np.zeros(len(at), dtype="int64")
    for k, run in enumerate(runs):
        own[size == k + 1] = run[first[size == k + 1]]
    return Candidates(places, of, at, form, names, own, runs)


def _likeness(surface: str, name: str) -> tuple[bool, int]:
    """How well some words show an actor's name: whether they are the name itself, and their length."""
    return surface == name, len(surface)


def _united(words: Words, places: Places, code: Ints, named: Named) -> tuple[Ints, dict[int, str]]:
    """The codes of the places, the same for all that name one actor of an article, and the actor of these codes."""
    code = code.copy()
    unused = int(code.max(initial=0)) + LONGEST * (len(words) + 1)
    numbers: dict[tuple[int, str], int] = {}
    short = [first * (LONGEST + 1) + last - first for first, last in named if last - first <= LONGEST]
    known = np.isin(places.first * (LONGEST + 1) + places.last - places.first, np.array(short, dtype="int64"))
    rows = np.flatnonzero(known)
    first, last = places.first[rows], places.last[rows]
    for i, one, other, owner in zip(
        rows.tolist(), first.tolist(), last.tolist(), words.owner[first].tolist(), strict=True
    ):
        actor = named[one, other]
        if actor:
            code[i] = numbers.setdefault((owner, actor), unused + len(numbers))
    return code, {number: actor for (_, actor), number in numbers.items()}


def names_of(words: Words, mentions: pd.DataFrame) -> Named:
    """Which words name which actor.

    Args:
        words: of some articles.
        mentions: one row a mention; needs `article`, `start`, `end`, `actor`, `ambiguous`. Those that could be one of two
            actors do not count.
    """
    if mentions.empty:
        return {}
    article, articles = coded(mentions["article"])
    numbers = {name: number for number, name in enumerate(words.articles)}
    owner = np.array([numbers.get(name, -1) for name in articles.tolist()], dtype=np.int64)[article]
    rows = np.flatnonzero((owner >= 0) & ~mentions["ambiguous"].to_numpy(dtype=bool))
    owner = owner[rows]
    start, end = (mentions[name].to_numpy(dtype=np.int64)[rows] for name in ("start", "end"))
    span = int(max(words.start.max(initial=0), end.max(initial=0))) + 1
    places = words.owner * span + words.start
    first, last = np.searchsorted(places, owner * span + start), np.searchsorted(places, owner * span + end)
    begins = (first < last) & (words.start[np.minimum(first, len(words) - 1)] == start)
    actor, actors = coded(mentions["actor"])
    pairs = zip(first[begins].tolist(), last[begins].tolist(), actors[actor[rows[begins]]].tolist(), strict=True)
    return {(one, other): name for one, other, name in pairs}


def _runs(words: Words, places: Places) -> list[Ints]:
    """A number for each run of one to four stems of an article, the same wherever it stands in it.

    Runs of two and more are numbered, from 1, inside the places alone.
    """
    n, kinds = len(words), len(words.stems)
    reach = np.zeros(n, dtype="int64")
    np.maximum.at(reach, places.first, places.last)
    left = np.maximum.accumulate(reach) - np.arange(n)  # words from each one to the end of the place that it stands in
    runs: list[Ints] = []
    base, at, least = words.owner, np.arange(n), 0
    for k in range(LONGEST):
        codes, different = pd.factorize(base * kinds + words.stem[at + k])
        runs.append(np.zeros(n, dtype="int64"))
        runs[-1][at] = codes + least
        least += len(different)
        further = left[at] > k + 1
        base, at = codes[further].astype("int64"), at[further]
    return runs


def occurrences(tokens: pd.DataFrame) -> pd.DataFrame:
    """Where each candidate stands.

    Args:
        tokens: one row a token, the rows of an article together.

    Returns:
        One row an occurrence: `article`, `key` (stems), `phrase` (as written), `sentence`, `paragraph`, `start`,
        `end` (offsets into the article's cleaned text), `whole` (the longest noun phrase at its place).
    """
    rows = []
    for w in batches(tokens):
        places = spans(w)
        for first, last, whole in zip(places.first.tolist(), places.last.tolist(), places.whole.tolist(), strict=True):
            where = (w.sentence[first], int(w.paragraph[first]), int(w.start[first]), int(w.end[last - 1]))
            rows.append((w.articles[w.owner[first]], w.key(first, last), w.surface(first, last), *where, whole))
    columns = ["article", "key", "phrase", "sentence", "paragraph", "start", "end", "whole"]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {"paragraph": "int64", "start": "int64", "end": "int64", "whole": "bool"}
    return table.astype({name: kinds.get(name, "str") for name in columns})
