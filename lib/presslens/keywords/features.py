"""What is known about each candidate phrase, as named numbers, from which its rank is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from presslens.keywords.candidates import LONGEST, Candidates, Places
from presslens.keywords.words import Flags, Ints, Reals, Words
from presslens.language.chunks import different
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, VERBS

CLASSES = ("pattern", "ending")  # the features that are no numbers
RAREST = 1e-8  # the share of general English of a word that is not listed
FAR = 20  # sentences from the beginning after which it no longer matters how far
PLURALS = ("NNS", "NNPS")
SPECIFIERS = ("CD", "PRP$", "POS")
LEAST = 1e-4  # added before a logarithm


@dataclass(slots=True)
class Vocabulary:
    """What the features need to know of the words of each article; arrays of an entry a stem of an article."""

    of: Ints  # which stem of which article each word is
    count: Reals  # uses as a content word
    first: Reals  # the place of the first of them
    weight: Reals  # each use counts 1 / (10 + its place), so that early words weigh more; shares of the article
    company: Reals  # one a sentence: the mean weight of its content words
    most: Reals  # one an article: the count of its commonest stem
    size: Ints  # one an article: its words
    lead: Reals  # 1 for a stem that stands in the article's title or dek; without these, in its first sentence


def vocabulary(words: Words, of: Ints) -> Vocabulary:
    """The vocabulary of some articles; `of` numbers the stems of each article."""
    content = np.flatnonzero(words.tagged(*NOUNS, *ADJECTIVES, "VBN", "VBG"))
    stems, articles, lines = int(of.max()) + 1, len(words.articles), int(words.line[-1]) + 1
    size = np.diff(words.bounds)
    place = np.arange(len(words)) - words.bounds[words.owner]
    mine, owner, line = of[content], words.owner[content], words.line[content]
    count = np.bincount(mine, minlength=stems).astype(float)
    weight = np.bincount(mine, weights=1 / (10 + place[content]), minlength=stems)
    first = np.full(stems, np.inf)
    first[mine[::-1]] = place[content][::-1]  # the last one written is the first one in the text
    owner_of = np.zeros(stems, dtype="int64")
    owner_of[of] = words.owner
    total = np.bincount(owner_of, weights=weight, minlength=articles)
    share = weight / np.where(total > 0, total, 1.0)[owner_of]
    first = np.where(np.isfinite(first), first, size[owner_of])
    in_line = np.bincount(line, minlength=lines)
    company = np.bincount(line, weights=share[mine], minlength=lines) / np.maximum(in_line, 1)
    most = np.ones(articles)
    np.maximum.at(most, owner, count[mine])
    lead = np.zeros(stems)
    lead[of[_lead(words)]] = 1
    return Vocabulary(of, count, first, share, company, most, size, lead)


def _lead(words: Words) -> Flags:
    """The words of each article's title and dek; where it has none, of its first sentence."""
    headed = words.headed()[words.owner]
    return np.where(headed, ~words.body, words.line == words.line[words.bounds[words.owner]])


def pattern(words: Words, places: Places) -> np.ndarray:
    """The kinds of each phrase's words, one letter each: N noun, P name, A adjective, V verb form."""
    letters = ["P" if t in NAMES else "N" if t in NOUNS else "A" if t in ADJECTIVES else "V" for t in words.tags]
    line = np.array(letters, dtype="S1")[words.tag].tobytes().decode()
    return np.array(
        [line[first:last] for first, last in zip(places.first.tolist(), places.last.tolist(), strict=True)],
        dtype=object,
    )


def measure(words: Words, candidates: Candidates) -> dict[str, np.ndarray]:
    """The features of the candidates of some articles.

    Returns:
        For each feature an array with a value for each candidate, in order: numbers, and for `pattern` and `ending` the names of
        classes. `data/FEATURES.md` explains them.
    """
    if not len(candidates):
        return {}
    known = vocabulary(words, candidates.runs[0])
    opening, count = candidates.shape, candidates.count
    family = _family(candidates, opening, count)
    owner = words.owner[opening.first]
    columns = {
        **_place_features(words, candidates, known),
        **_word_features(words, candidates, known, family),
        **_span_features(words, candidates),
        "count": np.log2(count),
        "count_rel": count / known.most[owner],
        "nested": family.nested / count,
        "hosts": np.log2(1 + family.hosts),
        "length": np.log2(1 + known.size)[owner],
    }
    columns["pattern"] = pattern(words, opening)
    ending = words.fact("ending")[opening.first]
    columns["ending"] = np.where(opening.last - opening.first == 1, ending, "")
    return columns


@dataclass(slots=True)
class _Family:
    """How the candidates of an article contain each other and share their words; arrays of an entry a candidate."""

    hosts: Ints  # longer candidates that contain it
    nested: Reals  # the count of the commonest of them
    heads: Ints  # candidates with the same last word
    degree: Ints  # one a stem of an article: the stems that share a candidate with it


def _family(candidates: Candidates, opening: Places, count: Ints) -> _Family:
    size = opening.last - opening.first
    stems = candidates.runs[0]
    number = np.full(max(int(run.max()) for run in candidates.runs) + 1, -1)
    number[candidates.code] = np.arange(len(candidates))
    hosts: list[Ints] = []
    inner: list[Ints] = []
    pairs: list[Ints] = []
    most = int(stems.max()) + 1
    for long in range(1, LONGEST + 1):
        host = np.flatnonzero(size == long)
        first = opening.first[host]
        for i in range(long):
            pairs += [stems[first + i] * most + stems[first + j] for j in range(long)]
            for j in range(i + 1, long + 1):
                if j - i < long:
                    hosts.append(host)
                    inner.append(number[candidates.runs[j - i - 1][first + i]])
    pair = different(np.concatenate(pairs))
    degree = np.bincount(pair // most, minlength=most)
    n = len(candidates)
    held, inside = (np.concatenate([np.zeros(0, dtype="int64"), *parts]) for parts in (hosts, inner))
    held, inside = held[inside >= 0], inside[inside >= 0]
    both = different(inside * n + held)
    nested = np.zeros(n)
    np.maximum.at(nested, both // n, count[both % n])
    head = stems[opening.last - 1]
    return _Family(np.bincount(both // n, minlength=n), nested, np.bincount(head)[head], degree)


def _place_features(words: Words, candidates: Candidates, known: Vocabulary) -> dict[str, np.ndarray]:
    places, of, n = candidates.places, candidates.of, len(candidates)
    first = places.first[candidates.at]
    last = places.first[np.append(candidates.at[1:], len(of)) - 1]
    owner = words.owner[first]
    at = first - words.bounds[owner]
    size = known.size[owner]
    line = words.line[first] - words.line[words.bounds[owner]]
    paragraph = words.paragraph[places.first]
    span = int(paragraph.max()) + 1
    apart = different(of * span + paragraph) // span
    company = np.bincount(of, weights=known.company[words.line[places.first]], minlength=n) / candidates.count
    return {
        "first": np.log2(1 + at),
        "first_rel": at / size,
        "first_sentence": np.minimum(line, FAR).astype(float),
        "spread": (last - first) / size,
        "paragraphs": np.log2(np.bincount(apart, minlength=n)),
        "company": np.log2(company + LEAST),
    }


class _Parts:
    """The words of each candidate at its first place, to add up or compare."""

    def __init__(self, opening: Places) -> None:
        self.size = opening.last - opening.first
        self.first = opening.first
        rows = [np.flatnonzero(self.size > k) for k in range(1, LONGEST)]
        self.further = [
            (some, opening.first[some] + k) for k, some in enumerate(rows, 1)
        ]  # few have more than two words

    def total(self, values: np.ndarray) -> Reals:
        """The sum over a candidate's words; `values` has one entry a word of the articles."""
        result = values[self.first].astype(float)
        for rows, at in self.further:
            result[rows] += values[at]
        return result

    def mean(self, values: np.ndarray) -> Reals:
        """The mean over a candidate's words."""
        return np.asarray(self.total(values) / self.size)

    def extreme(self, values: np.ndarray, choose: np.ufunc) -> Reals:
        """The least or the greatest of a candidate's words."""
        result = values[self.first].astype(float)
        for rows, at in self.further:
            result[rows] = choose(result[rows], values[at])
        return result


def _word_features(words: Words, candidates: Candidates, known: Vocabulary, family: _Family) -> dict[str, np.ndarray]:
    opening, count = candidates.shape, candidates.count
    parts = _Parts(opening)
    low, high = np.minimum, np.maximum
    head = opening.last - 1
    uses = np.maximum(known.count, 1)[known.of]
    logs = np.log2(uses)
    common = words.fact("zipf")
    keys = np.log2(1 + surprise(uses, known.size[words.owner], words.fact("share")))
    weight = known.weight[known.of]
    seen = known.first[known.of]
    named_word = words.tagged(*NAMES)
    names = np.append(0, np.cumsum(named_word))
    places = candidates.places
    placed = np.zeros(len(candidates))  # an actor may stand in the lead under another name
    placed[candidates.of[_lead(words)[places.first]]] = 1
    named = names[places.last] - names[places.first]
    inside = np.bincount(candidates.of, weights=places.last - places.first, minlength=len(candidates))
    named_share = np.bincount(candidates.of, weights=named, minlength=len(candidates)) / inside
    return {
        "words": parts.size.astype(float),
        "letters": parts.mean(words.fact("letters")),
        "name": named_share,
        "capitals": parts.extreme(words.capitals, high),
        "mean_count": parts.mean(logs),
        "min_count": parts.extreme(logs, low),
        "max_count": parts.extreme(logs, high),
        "head_count": logs[head],
        "first_count": logs[opening.first],
        "bound": np.minimum(count / parts.extreme(uses, low), 1.0),
        "bound_max": np.minimum(count / parts.extreme(uses, high), 1.0),
        "zipf_mean": parts.mean(common),
        "zipf_min": parts.extreme(common, low),
        "zipf_max": parts.extreme(common, high),
        "zipf_head": common[head],
        "zipf_first": common[opening.first],
        "key_mean": parts.mean(keys),
        "key_min": parts.extreme(keys, low),
        "key_max": parts.extreme(keys, high),
        "degree": np.log2(parts.mean(family.degree[known.of])),
        "family": np.log2(family.heads),
        "weight": np.log2(parts.mean(weight) + LEAST),
        "weight_sum": np.log2(parts.total(weight) + LEAST),
        "first_word": np.log2(1 + parts.extreme(seen, low)),
        "last_word": np.log2(1 + parts.extreme(seen, high)),
        "lead": np.maximum(parts.extreme(known.lead[known.of], low), placed),
        "vague": parts.extreme(words.fact("vague") & ~named_word, high),
        "shell": (words.fact("shell") & ~named_word)[head].astype(float),
        "hyphen": parts.extreme(words.fact("hyphen"), high),
        "digit": parts.extreme(words.fact("digit"), high),
    }


def surprise(count: np.ndarray, size: np.ndarray, share: np.ndarray) -> Reals:
    """The log-likelihood (G2) of words' counts in an article of `size` words against their share of general English.

    0 where a word is no more frequent there.
    """
    expected = size * np.maximum(share, RAREST)
    more = count > expected
    ratio = np.where(more, count / expected, 1.0)
    return np.asarray(np.where(more, 2 * (count * np.log(ratio) - count + expected), 0.0))


def _span_features(words: Words, candidates: Candidates) -> dict[str, np.ndarray]:
    places, of, count = candidates.places, candidates.of, candidates.count
    first, last, n = places.first, places.last, len(words)
    begins = first == words.bounds[words.owner[first]]
    ends = last == words.bounds[words.owner[first] + 1]
    before, after = np.maximum(first - 1, 0), np.minimum(last, n - 1)

    def shared(flags: Any) -> Reals:
        return np.asarray(np.bincount(of, weights=flags, minlength=len(count)) / count)

    def preceded(flags: Flags) -> Reals:
        return shared(flags[before] & ~begins)

    def followed(flags: Flags) -> Reals:
        return shared(flags[after] & ~ends)

    preposition, article = words.tagged("IN", "TO"), words.tagged("DT")
    adjective, verb = words.tagged(*ADJECTIVES, *SPECIFIERS), words.tagged(*VERBS)
    mark = np.array([not tag[:1].isalpha() for tag in words.tags], dtype=bool)[words.tag]
    says = words.fact("saying")
    return {
        "whole": shared(places.whole),
        "opens": shared(first == places.opens),
        "closes": shared(last == places.closes),
        "cuts": shared(places.cuts),
        "after_preposition": preceded(preposition),
        "after_article": preceded(article),
        "after_adjective": preceded(adjective),
        "after_verb": preceded(verb),
        "before_verb": followed(verb),
        "before_preposition": followed(preposition),
        "before_stop": shared((mark[after] & ~ends) | ends),
        "before_and": followed(words.tagged("CC")),
        "saying": preceded(says) + followed(says),
        "possessive": shared(words.possessive[last - 1]),
        "plural": shared(words.tagged(*PLURALS)[last - 1]),
    }
