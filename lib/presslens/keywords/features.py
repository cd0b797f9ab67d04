"""What is known about each candidate phrase, as named numbers, from which its rank is computed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log, log2

import pandas as pd

from presslens.keywords.candidates import Span, Words, key, single_words, spans, word_list
from presslens.language.frequency import share, zipf
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, VERBS

CLASSES = ("pattern", "ending")  # the features that are no numbers
RAREST = 1e-8  # the share of general English of a word that is not listed
FAR = 20  # sentences from the beginning after which it no longer matters how far
SAYING = frozenset({"said", "says", "say", "told", "added"})
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
    return _Vocabulary(count, first, weight, total, company, line)


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


def measure(words: Words, candidates: list[Candidate]) -> pd.DataFrame:
    """The features of the candidates of one article.

    Returns:
        One row a candidate, in order; the numbers and the names of classes (`pattern`, `ending`) that
        `data/FEATURES.md` explains.
    """
    vocabulary, family = _vocabulary(words), _family(candidates)
    columns: dict[str, list[float] | list[str]] = {}
    rows = [_row(words, candidate, vocabulary, family) for candidate in candidates]
    if rows:
        for name in rows[0]:
            columns[name] = [row[name] for row in rows]  # type: ignore[assignment]
    return pd.DataFrame(columns)


def _row(words: Words, candidate: Candidate, vocabulary: _Vocabulary, family: _Family) -> dict[str, float | str]:
    """The features of one candidate."""
    places = candidate.places
    count, n = len(places), len(words)
    opening = places[0]
    return (
        _place_features(words, places, vocabulary)
        | _word_features(words, candidate, vocabulary, family)
        | _neighbour_features(words, places)
        | {
            "count": log2(count),
            "count_rel": count / max(vocabulary.count.values(), default=1),
            "nested": family.nested.get(candidate.key, 0) / count,
            "hosts": log2(1 + family.hosts[candidate.key]),
            "whole": sum(span.whole for span in places) / count,
            "opens": sum(span.first == span.chunk[0] for span in places) / count,
            "closes": sum(span.last == span.chunk[1] for span in places) / count,
            "cuts": sum(span.cuts_name for span in places) / count,
            "length": log2(1 + n),
            "pattern": pattern(words, opening),
            "ending": ending(words.norm[opening.last - 1]) if opening.last - opening.first == 1 else "",
        }
    )


def _place_features(words: Words, places: list[Span], vocabulary: _Vocabulary) -> dict[str, float | str]:
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


def _word_features(
    words: Words, candidate: Candidate, vocabulary: _Vocabulary, family: _Family
) -> dict[str, float | str]:
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
    named = sum(words.tag[i] in NAMES for span in candidate.places for i in range(span.first, span.last))
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


def _neighbour_features(words: Words, places: list[Span]) -> dict[str, float | str]:
    n, count = len(words), len(places)
    before = [words.tag[span.first - 1] if span.first else "" for span in places]
    after = [words.tag[span.last] if span.last < n else "" for span in places]
    beside = [words.norm[i] for span in places for i in (span.first - 1, span.last) if 0 <= i < n]
    return {
        "after_preposition": sum(tag in PREPOSITIONS for tag in before) / count,
        "after_article": sum(tag == "DT" for tag in before) / count,
        "after_adjective": sum(tag in ADJECTIVES or tag in SPECIFIERS for tag in before) / count,
        "after_verb": sum(tag in VERBS for tag in before) / count,
        "before_verb": sum(tag in VERBS for tag in after) / count,
        "before_preposition": sum(tag in PREPOSITIONS for tag in after) / count,
        "before_stop": sum(not tag[:1].isalpha() for tag in after) / count,
        "before_and": sum(tag == "CC" for tag in after) / count,
        "saying": sum(norm in SAYING for norm in beside) / count,
        "possessive": sum(words.possessive[span.last - 1] for span in places) / count,
        "plural": sum(words.tag[span.last - 1] in {"NNS", "NNPS"} for span in places) / count,
    }
