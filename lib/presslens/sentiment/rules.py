"""VADER, exactly and fast.

The rule set of Hutto and Gilbert (2014, ICWSM) exists in two implementations that differ in details: NLTK's and the
authors' own package. Both are reproduced here, quirks included, with the lexicon file that the vaderSentiment package
ships, so that a published figure made with either can be had again. What a word means to the rules is worked out once
for each distinct token; the rules then run over the words of all texts at once, and nothing is searched for again in a
text, so the time grows in step with its length.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.sentiment.spelling import spans, spelled_out
from presslens.sentiment.vocabulary import Role, Rules, Variant, Vocabulary, lexicon, rules
from presslens.sentiment.vocabulary import vocabulary as vocabulary_of

__all__ = ["Variant", "compound", "evidence", "lexicon"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# The constants of the published rules.
CAPITALS = 0.733
NEGATION = -0.74
DAMPENER = -0.293
DISTANCE = (1.0, 0.95, 0.9)
ALPHA = 15

_CHUNK = 20_000
_VOCABULARY_LIMIT = 500_000


@dataclass(slots=True)
class _Carriers:
    """The words that carry valence in a batch of texts, in order, and what the rules made of them."""

    text: Ints
    """Index of the text in the batch."""
    token: Ints
    """Index of the token in its text, as split at white space."""
    number: Ints
    """Row in the vocabulary."""
    valence: Floats
    """After all rules for words."""
    why: list[list[str]] | None


def _carriers(texts: Sequence[str], vocabulary: Vocabulary, *, explain: bool = False) -> _Carriers:
    """Every rule but those for a whole sum, over all texts at once."""
    numbers: list[int] = []
    sizes = []
    look_up = vocabulary.__getitem__
    for text in texts:
        tokens = text.split()
        numbers.extend(map(look_up, tokens))
        sizes.append(len(tokens))
    ids = np.array(numbers, dtype=np.int64)
    ends = np.cumsum(np.array(sizes, dtype=np.int64))
    owner = np.repeat(np.arange(len(texts)), sizes)
    starts = ends - np.array(sizes, dtype=np.int64)
    ordinal = np.arange(len(ids)) - starts[owner] if len(ids) else ids
    columns = list(zip(*vocabulary.rows, strict=True)) or [(), (), (), ()]
    roles = np.array(columns[0], dtype=np.int64)[ids]
    kept = np.flatnonzero((roles & Role.DROPPED) == 0)
    if len(kept) < len(ids):
        ids, owner, ordinal, roles = ids[kept], owner[kept], ordinal[kept], roles[kept]
    counts = np.bincount(owner, minlength=len(texts))
    first = np.cumsum(counts) - counts
    uppers = np.bincount(owner, weights=(roles & Role.UPPER) != 0, minlength=len(texts))
    batch = _Batch(
        ids=ids,
        roles=roles,
        owner=owner,
        first=first,
        last=first + counts - 1,
        shouting=(uppers > 0) & (uppers < counts),
        vocabulary=vocabulary,
        lexicon=np.array(columns[1], dtype=np.float64),
        booster=np.array(columns[2], dtype=np.float64),
        spelling=np.array(columns[3], dtype=np.int64),
    )
    places = np.flatnonzero((roles & Role.CARRIES) != 0)
    contexts, back = batch.contexts(places)
    valence, why = batch.judge(contexts, explain=explain)
    valence = batch.contrast(places, valence[back])
    reasons = [why[index] for index in back] if why is not None else None
    return _Carriers(owner[places], ordinal[places], ids[places], valence, reasons)


@dataclass(slots=True)
class _Batch:
    """The words of many texts in one row of arrays."""

    ids: Ints
    roles: Ints
    owner: Ints
    first: Ints
    last: Ints
    shouting: Flags
    vocabulary: Vocabulary
    lexicon: Floats
    booster: Floats
    spelling: Ints

    def contexts(self, places: Ints) -> tuple[Ints, Ints]:
        """The places whose context counts, and which of them each place takes.

        NLTK judges every repetition of a word by its first place in the text.
        """
        if self.vocabulary.lists.variant != "nltk" or not len(places):
            return places, np.arange(len(places))
        keys = self.owner[places] * (int(self.spelling.max()) + 1) + self.spelling[self.ids[places]]
        _, firsts, inverse = np.unique(keys, return_index=True, return_inverse=True)
        return places[firsts], inverse.reshape(-1)

    def judge(self, places: Ints, *, explain: bool) -> tuple[Floats, list[list[str]] | None]:
        """The valence of the words at these places in their context, and why it is not the lexicon's."""
        nltk = self.vocabulary.lists.variant == "nltk"
        roles, owner = self.roles, self.owner[places]
        position = places - self.first[owner]
        room = self.last[owner] - places
        near = [np.where(position >= step, places - step, places) for step in (1, 2, 3)]
        before = [np.where(position >= step + 1, roles[near[step]], 0) for step in range(3)]
        after = np.where(room > 0, roles[np.minimum(places + 1, len(roles) - 1)], 0)
        own, shouting = roles[places], self.shouting[owner]
        why: list[list[str]] | None = [[] for _ in places] if explain else None

        valence = self.lexicon[self.ids[places]]
        if not nltk:
            valence = self._refusal(valence, own, before, after, why)
        loud = ((own & Role.UPPER) != 0) & shouting
        valence = np.where(loud, np.where(valence > 0, valence + CAPITALS, valence - CAPITALS), valence)
        _note(why, loud, "in capitals")
        for step in range(3):
            counts = (position > step) & ((before[step] & Role.KNOWN) == 0)
            boost = np.where(counts, self.booster[self.ids[near[step]]], 0.0)
            boosted = boost != 0
            change = np.where(valence < 0, -boost, boost)
            shout = boosted & ((before[step] & Role.UPPER) != 0) & shouting
            change = np.where(shout, np.where(valence > 0, change + CAPITALS, change - CAPITALS), change)
            valence = valence + change * DISTANCE[step]
            factor = np.where(counts, _negation(before, step, nltk=nltk), 1.0)
            valence = valence * factor
            if why is not None:
                named = self.vocabulary.words
                for index in np.flatnonzero(boosted | (factor != 1.0)):
                    word = named[self.ids[near[step][index]]].lower()
                    if boosted[index]:
                        why[index].append(f"{'intensified' if boost[index] > 0 else 'weakened'}: {word}")
                    if factor[index] != 1.0:
                        why[index].append(f"negated: {word}" if factor[index] < 0 else "intensified: so/this")
            if step == 2:
                valence = self._idioms(places, valence, counts, why)
        least = ((before[0] & Role.LEAST) != 0) & ((before[0] & Role.KNOWN) == 0) & ((before[1] & Role.AT) == 0)
        valence = np.where(least, valence * NEGATION, valence)
        _note(why, least, "negated: least")
        hedge = ((own & Role.KIND) != 0) & ((after & Role.OF) != 0)
        valence = np.where(hedge, 0.0, valence)
        _note(why, hedge, "no feeling: kind of")
        return valence, why

    @staticmethod
    def _refusal(valence: Floats, own: Ints, before: list[Ints], after: Ints, why: list[list[str]] | None) -> Floats:
        """vaderSentiment's rule for 'no', which NLTK lacks."""
        idle = ((own & Role.NO) != 0) & ((after & Role.KNOWN) != 0)
        denied = ((before[0] & Role.NO) != 0) | ((before[1] & Role.NO) != 0)
        denied |= ((before[2] & Role.NO) != 0) & ((before[0] & Role.OR) != 0)
        _note(why, idle, "no feeling: negates the next word")
        _note(why, denied, "negated: no")
        return np.where(denied, valence * NEGATION, np.where(idle, 0.0, valence))

    def _idioms(self, places: Ints, valence: Floats, counts: Flags, why: list[list[str]] | None) -> Floats:
        """Idioms around a word that has three words before it."""
        hinted = np.zeros(len(places), dtype=bool)
        flags = np.concatenate([(self.roles & Role.IDIOM) != 0, np.zeros(3, dtype=bool)])
        for step in range(-3, 3):
            hinted |= flags[np.maximum(places + step, 0)]
        valence = valence.copy()
        for index in np.flatnonzero(hinted & counts):
            place = int(places[index])
            end = min(place + 3, int(self.last[self.owner[place]]) + 1)
            span = [self.vocabulary.words[number] for number in self.ids[place - 3 : end]]
            changed = _idiom(span, float(valence[index]), self.vocabulary.lists)
            if changed != valence[index] and why is not None:
                why[index].append("idiom")
            valence[index] = changed
        return valence

    def contrast(self, places: Ints, valence: Floats) -> Floats:
        """The rule for the first 'but' of a text: half before it, half as much again after it."""
        buts = np.flatnonzero((self.roles & Role.BUT) != 0)
        if not len(buts) or not len(places):
            return valence
        holders, firsts = np.unique(self.owner[buts], return_index=True)
        turn = np.full(len(self.first), -1)
        turn[holders] = buts[firsts]
        here = turn[self.owner[places]]
        if self.vocabulary.lists.variant == "nltk":
            factor = np.where(here < 0, 1.0, np.where(places < here, 0.5, np.where(places > here, 1.5, 1.0)))
            return valence * factor
        valence = valence.copy()
        bounds = np.searchsorted(self.owner[places], holders), np.searchsorted(self.owner[places], holders, "right")
        for low, high, but in zip(*bounds, buts[firsts], strict=True):
            valence[low:high] = _contrast_by_value(valence[low:high].tolist(), places[low:high].tolist(), int(but))
        return valence


def _note(why: list[list[str]] | None, where: Flags, reason: str) -> None:
    if why is not None:
        for index in np.flatnonzero(where):
            why[index].append(reason)


def _negation(before: list[Ints], step: int, *, nltk: bool) -> Floats:
    """The factor that the word `step` + 1 places before gives."""
    factor = np.where((before[step] & Role.NEGATES) != 0, NEGATION, 1.0)
    never = [(roles & Role.NEVER) != 0 for roles in before]
    near = [(roles & Role.SO) != 0 for roles in before]
    if step == 1:
        if not nltk:
            factor = np.where(((before[1] & Role.WITHOUT) != 0) & ((before[0] & Role.DOUBT) != 0), 1.0, factor)
        factor = np.where(never[1] & near[0], 1.5 if nltk else 1.25, factor)
    if step == 2:
        if not nltk:
            doubted = ((before[0] | before[1]) & Role.DOUBT) != 0
            factor = np.where(((before[2] & Role.WITHOUT) != 0) & doubted, 1.0, factor)
        factor = np.where(near[0] | (never[2] & near[1]), 1.25, factor)
    return factor


def _idiom(span: list[str], valence: float, lists: Rules) -> float:
    """The valence of the fourth word of a span of four to six, after the idioms about it."""
    nltk = lists.variant == "nltk"
    if not nltk:
        span = [word.lower() for word in span]
    three, two, one, zero = span[:4]
    for phrase in (f"{one} {zero}", f"{two} {one} {zero}", f"{two} {one}", f"{three} {two} {one}", f"{three} {two}"):
        if phrase in lists.idioms:
            valence = lists.idioms[phrase]
            break
    for end in range(5, len(span) + 1):
        valence = lists.idioms.get(" ".join(span[3:end]), valence)
    if nltk:
        if f"{three} {two}" in lists.boosters or f"{two} {one}" in lists.boosters:
            valence += DAMPENER
    else:
        for phrase in (f"{three} {two} {one}", f"{three} {two}", f"{two} {one}"):
            valence += lists.boosters.get(phrase, 0.0)
    return valence


def _contrast_by_value(valences: list[float], places: list[int], but: int) -> list[float]:
    """vaderSentiment's reading of 'but': each value in turn changes the first place that holds an equal value.

    A heap of places for each value finds that place, so that a long text costs no more than a sort.
    """
    heaps: dict[float, list[int]] = {}
    for index, value in enumerate(valences):
        heaps.setdefault(value, []).append(index)  # already in order, so a heap
    for turn in range(len(valences)):
        value = valences[turn]
        if value == 0:
            continue
        heap = heaps[value]
        while valences[heap[0]] != value:
            heappop(heap)
        index = heappop(heap)
        valences[index] = value * 0.5 if places[index] < but else value * 1.5
        heappush(heaps.setdefault(valences[index], []), index)
    return valences


def _emphasis(text: str) -> float:
    """What exclamation and question marks add to the size of the sum."""
    marks = text.count("?")
    question = 0.0 if marks < 2 else marks * 0.18 if marks <= 3 else 0.96
    return min(text.count("!"), 4) * 0.292 + question


def _batches(texts: Sequence[str], lists: Rules, *, explain: bool) -> Iterator[tuple[int, list[str], _Carriers]]:
    """Texts as read, some thousand at a time, with the words that carry valence in them."""
    for start in range(0, len(texts), _CHUNK):
        vocabulary = vocabulary_of(lists.variant)
        if len(vocabulary) > _VOCABULARY_LIMIT:
            vocabulary_of.cache_clear()
        batch = [spelled_out(text, lists) for text in texts[start : start + _CHUNK]]
        yield start, batch, _carriers(batch, vocabulary, explain=explain)


def _totals(batch: list[str], found: _Carriers) -> list[tuple[int, float, float]]:
    """Text, sum and emphasis of each text with a word of the lexicon; summed as the originals do, in order."""
    values = found.valence.tolist()
    holders, starts = np.unique(found.text, return_index=True)
    ends = np.append(starts, len(values))[1:].tolist()
    rows = []
    for text, start, end in zip(holders.tolist(), starts.tolist(), ends, strict=True):
        total = float(sum(values[start:end]))
        emphasis = 0.0 if total == 0 else math.copysign(_emphasis(batch[text]), total)
        rows.append((text, total, emphasis))
    return rows


def compound(texts: Sequence[str] | pd.Series[Any], *, variant: Variant = "nltk") -> Floats:
    """VADER's compound score of each text, as the named implementation gives it (rounded to four places).

    Args:
        texts: strings, each scored as one text.
        variant: `nltk` (NLTK's SentimentIntensityAnalyzer with vaderSentiment's lexicon) or `vadersentiment`.

    Returns:
        One value a text, -1..1; 0 where no word of the lexicon occurs.

    Source: Hutto and Gilbert 2014, ICWSM.
    """
    texts = list(texts)
    scores = np.zeros(len(texts))
    for start, batch, found in _batches(texts, rules(variant), explain=False):
        for text, total, emphasis in _totals(batch, found):
            whole = total + emphasis
            scores[start + text] = round(whole / math.sqrt(whole * whole + ALPHA), 4)
    return scores


def evidence(texts: Sequence[str] | pd.Series[Any], *, variant: Variant = "nltk") -> pd.DataFrame:
    """The words behind VADER's compound scores; their contributions sum to the score before it is rounded.

    VADER squashes the sum of valences x to x / sqrt(x^2 + 15); each word is given its part of the sum, squashed alike.

    Args:
        texts: strings, as given to `compound`.
        variant: `nltk` or `vadersentiment`.

    Returns:
        One row a word of the lexicon, in order: `text` (int, index into texts), `start`, `end` (character offsets,
        slicing to `word`), `word`, `valence` (of the lexicon, -4..4), `contribution` (to the compound, -1..1), `why`
        (the rules that changed it, `; ` between). Exclamation and question marks that add emphasis have their own row.
    """
    texts = list(texts)
    lists = rules(variant)
    rows: list[tuple[int, int, int, str, float, float, str]] = []
    for start, batch, found in _batches(texts, lists, explain=True):
        sums = {text: (total, emphasis) for text, total, emphasis in _totals(batch, found)}
        words = vocabulary_of(variant).words
        places: list[tuple[int, int]] = []
        seen = -1
        for index, text in enumerate(found.text.tolist()):
            total, emphasis = sums[text]
            size = math.sqrt((total + emphasis) ** 2 + ALPHA)
            if text != seen:
                places = spans(texts[start + text], lists)
                seen = text
            low, high = places[found.token[index]]
            word = words[found.number[index]]
            offset = max(texts[start + text].find(word, low, high), low)
            why = "; ".join(found.why[index]) if found.why else ""
            value = lists.lexicon[word.lower()]
            end = min(offset + len(word), high)
            share = float(found.valence[index]) / size
            rows.append((start + text, offset, end, texts[start + text][offset:end], value, share, why))
            if emphasis and (index + 1 == len(found.text) or found.text[index + 1] != text):
                place = min(mark for mark in map(texts[start + text].find, "!?") if mark >= 0)
                mark = texts[start + text][place]
                rows.append((start + text, place, place + 1, mark, 0.0, emphasis / size, "emphasis"))
    columns = ["text", "start", "end", "word", "valence", "contribution", "why"]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {"text": "int64", "start": "int64", "end": "int64", "valence": "float64", "contribution": "float64"}
    return table.astype({**kinds, "word": "str", "why": "str"})
