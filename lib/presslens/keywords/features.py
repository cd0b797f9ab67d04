"""What is known about each candidate phrase, as named numbers, from which its rank is computed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log, log2

import numpy as np

from presslens.keywords.candidates import Span, Words, key, single_words, spans, word_list
from presslens.language.frequency import share, zipf
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, VERBS

CLASSES = ("pattern", "ending")  # the features that are no numbers
RAREST = 1e-8  # the share of general English of a word that is not listed
FAR = 20  # sentences from the beginning after which it no longer matters how far
SAYING = frozenset({"said", "says", "say", "told", "added"})
PLURALS = frozenset({"NNS", "NNPS"})
PREPOSITIONS = frozenset({"IN", "TO"})
SPECIFIERS = frozenset({"CD", "PRP$", "POS"})


@dataclass(slots=True)
class Candidate:
    """One phrase of one article, with all its places."""

    key: str
    places: list[Span] = field(default_factory=list)


def gather(words: Words, *, profile: str = "phrases") -> list[Candidate]:
    """The candidates of one article, in order of first place; none that only ever cuts a name in two.

    The profile `terms` adds single verbs and adjectives to the noun phrases and names.
    """
    found: dict[str, Candidate] = {}
    places = spans(words)
    if profile == "terms":
        places = sorted([*places, *single_words(words)], key=lambda span: (span.first, span.last))
    for span in places:
        name = key(words, span.first, span.last)
        candidate = found.get(name)
        if candidate is None:
            candidate = found[name] = Candidate(name)
        candidate.places.append(span)
    return [candidate for candidate in found.values() if not all(span.cuts_name for span in candidate.places)]


@dataclass(slots=True)
class _Vocabulary:
    """What the features need to know of the single words of an article, by stem."""

    count: Counter[str]
    first: dict[str, int]
    weight: dict[str, float]  # each use counts 1 / (10 + its place), so that early words weigh more
    total: float
    company: list[float]  # the mean weight of the content words of each sentence
    line: list[int]  # the number of each word's sentence
    kinds: list[str]  # what each word is as a neighbour
    most: int  # the count of the commonest stem


def _vocabulary(words: Words) -> _Vocabulary:
    content = [tag in NOUNS or tag in ADJECTIVES or tag in {"VBN", "VBG"} for tag in words.tag]
    count: Counter[str] = Counter()
    first: dict[str, int] = {}
    weight: dict[str, float] = defaultdict(float)
    line: list[int] = []
    number, before = -1, None
    for i, (stem, counts, sentence) in enumerate(zip(words.stem, content, words.sentence, strict=True)):
        if sentence != before:
            number, before = number + 1, sentence
        line.append(number)
        if counts:
            count[stem] += 1
            weight[stem] += 1 / (10 + i)
            first.setdefault(stem, i)
    sums, sizes = [0.0] * (number + 1), [0] * (number + 1)
    total = sum(weight.values()) or 1.0
    for stem, counts, at in zip(words.stem, content, line, strict=True):
        if counts:
            sums[at] += weight[stem] / total
            sizes[at] += 1
    company = [s / n if n else 0.0 for s, n in zip(sums, sizes, strict=True)]
    kinds = [_kind(tag) for tag in words.tag]
    return _Vocabulary(count, first, weight, total, company, line, kinds, max(count.values(), default=1))


@dataclass(slots=True)
class _Family:
    """How the candidates of an article contain each other and share their words."""

    hosts: Counter[str]  # longer candidates that contain this one
    nested: dict[str, int]  # the count of the commonest of them
    heads: Counter[str]  # candidates with this last word
    degree: dict[str, set[str]]  # the words that share a candidate with this word


def _family(candidates: list[Candidate]) -> _Family:
    known = {candidate.key for candidate in candidates}
    hosts: Counter[str] = Counter()
    nested: dict[str, int] = defaultdict(int)
    heads: Counter[str] = Counter()
    degree: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        parts = candidate.key.split(" ")
        heads[parts[-1]] += 1
        for part in parts:
            degree[part].update(parts)
        if len(parts) > 1:
            count = len(candidate.places)
            inside = {" ".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)}
            for inner in inside & known - {candidate.key}:
                hosts[inner] += 1
                nested[inner] = max(nested[inner], count)
    return _Family(hosts, nested, heads, degree)


def pattern(words: Words, span: Span) -> str:
    """The kinds of a phrase's words, one letter each: N noun, P name, A adjective, V verb form."""
    tags = words.tag[span.first : span.last]
    return "".join("P" if t in NAMES else "N" if t in NOUNS else "A" if t in ADJECTIVES else "V" for t in tags)


def ending(norm: str) -> str:
    """The ending of a word, if it is one of those that tell what kind of noun it is (`data/endings.txt`)."""
    for size in (4, 3, 2):
        if len(norm) > size + 2 and norm[-size:] in word_list("endings"):
            return norm[-size:]
    return ""


def measure(words: Words, candidates: list[Candidate]) -> dict[str, np.ndarray]:
    """The features of the candidates of one article.

    Returns:
        For each feature an array with a value for each candidate, in order: numbers, and for `pattern` and `ending` the names of
        classes. `data/FEATURES.md` explains them.
    """
    if not candidates:
        return {}
    vocabulary, family = _vocabulary(words), _family(candidates)
    rows = [_numbers(words, candidate, vocabulary, family) for candidate in candidates]
    matrix = np.array([tuple(row.values()) for row in rows])
    columns = {name: matrix[:, k] for k, name in enumerate(rows[0])}
    openings = [candidate.places[0] for candidate in candidates]
    columns["pattern"] = np.array([pattern(words, span) for span in openings], dtype=object)
    columns["ending"] = np.array(
        [ending(words.norm[span.first]) if span.last - span.first == 1 else "" for span in openings], dtype=object
    )
    return columns


def _numbers(words: Words, candidate: Candidate, vocabulary: _Vocabulary, family: _Family) -> dict[str, float]:
    """The features of one candidate that are numbers."""
    count = len(candidate.places)
    return {
        **_place_features(words, candidate.places, vocabulary),
        **_word_features(words, candidate, vocabulary, family),
        **_span_features(words, candidate.places, vocabulary.kinds),
        "count": log2(count),
        "count_rel": count / vocabulary.most,
        "nested": family.nested.get(candidate.key, 0) / count,
        "hosts": log2(1 + family.hosts[candidate.key]),
        "length": log2(1 + len(words)),
    }


def _place_features(words: Words, places: list[Span], vocabulary: _Vocabulary) -> dict[str, float]:
    first, n = places[0].first, len(words)
    lines = [vocabulary.line[span.first] for span in places]
    return {
        "first": log2(1 + first),
        "first_rel": first / n,
        "first_sentence": float(min(lines[0], FAR)),
        "spread": (places[-1].first - first) / n,
        "paragraphs": log2(len({words.paragraph[span.first] for span in places})),
        "company": log2(sum(vocabulary.company[line] for line in lines) / len(lines) + 1e-4),
    }


def _word_features(words: Words, candidate: Candidate, vocabulary: _Vocabulary, family: _Family) -> dict[str, float]:
    opening, count = candidate.places[0], len(candidate.places)
    parts = candidate.key.split(" ")
    size = len(parts)
    norms = words.norm[opening.first : opening.last]
    counts = [vocabulary.count[part] or 1 for part in parts]
    common = [zipf(norm) for norm in norms]
    weights = [vocabulary.weight.get(part, 0.0) / vocabulary.total for part in parts]
    seen = [vocabulary.first.get(part, len(words)) for part in parts]
    logs = [log2(c) for c in counts]
    keys = [log2(1 + surprise(c, len(words), norm)) for c, norm in zip(counts, norms, strict=False)]
    named = sum(tag in NAMES for span in candidate.places for tag in words.tag[span.first : span.last])
    return {
        "words": float(size),
        "letters": sum(map(len, norms)) / size,
        "name": named / (count * size),
        "capitals": float(any(w.isupper() and len(w) > 1 for w in words.token[opening.first : opening.last])),
        "mean_count": sum(logs) / size,
        "min_count": min(logs),
        "max_count": max(logs),
        "head_count": logs[-1],
        "first_count": logs[0],
        "bound": count / min(counts),
        "bound_max": count / max(counts),
        "zipf_mean": sum(common) / size,
        "zipf_min": min(common),
        "zipf_max": max(common),
        "zipf_head": common[-1],
        "zipf_first": common[0],
        "key_mean": sum(keys) / size,
        "key_min": min(keys),
        "key_max": max(keys),
        "degree": log2(sum(len(family.degree[part]) for part in parts) / size),
        "family": log2(family.heads[parts[-1]]),
        "weight": log2(sum(weights) / size + 1e-4),
        "weight_sum": log2(sum(weights) + 1e-4),
        "first_word": log2(1 + min(seen)),
        "last_word": log2(1 + max(seen)),
        "hyphen": float(any("-" in norm for norm in norms)),
        "digit": float(any(c.isdigit() for norm in norms for c in norm)),
    }


def surprise(count: int, size: int, norm: str) -> float:
    """The log-likelihood (G2) of a word's count in an article against general English; 0 where it is no more frequent there."""
    expected = size * max(share(norm), RAREST)
    return 2 * (count * log(count / expected) - count + expected) if count > expected else 0.0


def _span_features(words: Words, places: list[Span], kinds: list[str]) -> dict[str, float]:
    n, count = len(words), len(places)
    whole = opens = closes = cuts = possessive = plural = saying = 0
    before, after = [], []
    for span in places:
        first, last = span.first, span.last
        opens += first == span.chunk[0]
        closes += last == span.chunk[1]
        whole += (first, last) == span.chunk
        cuts += span.cuts_name
        possessive += words.possessive[last - 1]
        plural += words.tag[last - 1] in PLURALS
        before.append(kinds[first - 1] if first else "")
        after.append(kinds[last] if last < n else "stop")
        saying += (first > 0 and words.norm[first - 1] in SAYING) + (last < n and words.norm[last] in SAYING)
    return {
        "whole": whole / count,
        "opens": opens / count,
        "closes": closes / count,
        "cuts": cuts / count,
        "after_preposition": before.count("preposition") / count,
        "after_article": before.count("article") / count,
        "after_adjective": before.count("adjective") / count,
        "after_verb": before.count("verb") / count,
        "before_verb": after.count("verb") / count,
        "before_preposition": after.count("preposition") / count,
        "before_stop": after.count("stop") / count,
        "before_and": after.count("and") / count,
        "saying": saying / count,
        "possessive": possessive / count,
        "plural": plural / count,
    }


def _kind(tag: str) -> str:
    """What a word is as the neighbour of a phrase."""
    if tag in PREPOSITIONS:
        return "preposition"
    if tag == "DT":
        return "article"
    if tag in ADJECTIVES or tag in SPECIFIERS:
        return "adjective"
    if tag in VERBS:
        return "verb"
    if tag == "CC":
        return "and"
    return "" if tag[:1].isalpha() else "stop"
