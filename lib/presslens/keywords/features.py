"""What is known about each candidate phrase, as named numbers, from which its rank is computed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pandas as pd

from presslens.keywords.candidates import Span, Words, key, single_words, spans
from presslens.language.frequency import zipf
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, VERBS


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
        found.setdefault(name, Candidate(name)).places.append(span)
    return [candidate for candidate in found.values() if not all(span.cuts_name for span in candidate.places)]


def _pattern(words: Words, span: Span) -> str:
    """The kinds of a phrase's words: N noun, P name, A adjective, V participle."""
    letters = []
    for i in range(span.first, span.last):
        tag = words.tag[i]
        letters.append("P" if tag in NAMES else "N" if tag in NOUNS else "A" if tag in ADJECTIVES else "V")
    return "".join(letters)


def measure(words: Words, candidates: list[Candidate]) -> pd.DataFrame:
    """The features of the candidates of one article, one row a candidate in their order."""
    n = len(words)
    stems, tags = words.stem, words.tag
    content = [tag in NOUNS or tag in ADJECTIVES or tag in {"VBN", "VBG"} for tag in tags]
    counts = Counter(s for s, c in zip(stems, content, strict=True) if c)
    weight: dict[str, float] = defaultdict(float)
    firsts: dict[str, int] = {}
    for i, (s, c) in enumerate(zip(stems, content, strict=True)):
        if c:
            weight[s] += 1 / (10 + i)
            firsts.setdefault(s, i)
    top = max(counts.values(), default=1)
    total_weight = sum(weight.values()) or 1.0
    sentence_index: list[int] = []
    k = -1
    before = None
    for s in words.sentence:
        if s != before:
            k += 1
            before = s
        sentence_index.append(k)
    # degree: distinct content stems that share a chunk
    degree: dict[str, set[str]] = defaultdict(set)
    hosts: dict[str, set[str]] = defaultdict(set)
    nested: Counter[str] = Counter()
    count_of = {c.key: len(c.places) for c in candidates}
    heads: Counter[str] = Counter()
    for c in candidates:
        parts = c.key.split(" ")
        heads[parts[-1]] += 1
        for a in parts:
            degree[a].update(parts)
        for size in range(1, len(parts)):
            for i in range(len(parts) - size + 1):
                inner = " ".join(parts[i : i + size])
                if inner in count_of:
                    hosts[inner].add(c.key)
                    nested[inner] = max(nested[inner], len(c.places))
    rows = []
    for c in candidates:
        parts = c.key.split(" ")
        places = c.places
        count = len(places)
        a = places[0]
        size = len(parts)
        word_counts = [counts[p] or 1 for p in parts]
        zs = [zipf(words.norm[i]) for i in range(a.first, a.last)]
        norms = words.norm[a.first : a.last]
        named = sum(tags[i] in NAMES for s in places for i in range(s.first, s.last)) / (count * size)
        prev = [tags[s.first - 1] if s.first else "START" for s in places]
        nxt = [tags[s.last] if s.last < n else "END" for s in places]
        prev_norm = [words.norm[s.first - 1] if s.first else "" for s in places]
        next_norm = [words.norm[s.last] if s.last < n else "" for s in places]
        rows.append(
            dict(
                words=size,
                letters=sum(len(x) for x in norms) / size,
                count=math.log2(count),
                count_rel=count / top,
                paragraphs=math.log2(len({words.paragraph[s.first] for s in places})),
                first=math.log2(1 + a.first),
                first_rel=a.first / n,
                first_sentence=min(sentence_index[a.first], 20),
                spread=(places[-1].first - a.first) / n,
                heading=max((words.section[s.first] != "body") for s in places),
                whole=sum(s.whole for s in places) / count,
                starts_chunk=sum(s.first == s.chunk[0] for s in places) / count,
                ends_chunk=sum(s.last == s.chunk[1] for s in places) / count,
                cuts=sum(s.cuts_name for s in places) / count,
                nested=nested[c.key] / count,
                hosts=math.log2(1 + len(hosts[c.key])),
                name=named,
                capitals=float(any(x.isupper() and len(x) > 1 for x in words.token[a.first : a.last])),
                mean_count=sum(math.log2(x) for x in word_counts) / size,
                min_count=math.log2(min(word_counts)),
                head_count=math.log2(word_counts[-1]),
                first_count=math.log2(word_counts[0]),
                max_count=math.log2(max(word_counts)),
                bound=count / min(word_counts),
                bound_max=count / max(word_counts),
                zipf_mean=sum(zs) / size,
                zipf_min=min(zs),
                zipf_max=max(zs),
                zipf_head=zs[-1],
                zipf_first=zs[0],
                pattern=_pattern(words, a),
                degree=math.log2(sum(len(degree[p]) for p in parts) / size),
                family=math.log2(heads[parts[-1]]),
                weight=math.log2(sum(weight[p] for p in parts) / size / total_weight + 1e-4),
                weight_sum=math.log2(sum(weight[p] for p in parts) / total_weight + 1e-4),
                first_word_pos=math.log2(1 + min(firsts.get(p, n) for p in parts)),
                last_word_pos=math.log2(1 + max(firsts.get(p, n) for p in parts)),
                prev_prep=sum(p == "IN" or p == "TO" for p in prev) / count,
                prev_det=sum(p == "DT" for p in prev) / count,
                prev_adj=sum(p in ADJECTIVES or p in ("CD", "PRP$", "POS") for p in prev) / count,
                prev_verb=sum(p in VERBS for p in prev) / count,
                next_verb=sum(p in VERBS for p in nxt) / count,
                next_prep=sum(p == "IN" or p == "TO" for p in nxt) / count,
                next_punct=sum(not p[:1].isalpha() for p in nxt) / count,
                next_cc=sum(p == "CC" for p in nxt) / count,
                said=sum(x in ("said", "says", "told") for x in next_norm + prev_norm) / count,
                possessive=sum(words.possessive[s.last - 1] for s in places) / count,
                plural=sum(tags[s.last - 1] in ("NNS", "NNPS") for s in places) / count,
                hyphen=float(any("-" in x for x in norms)),
                digit=float(any(ch.isdigit() for x in norms for ch in x)),
                vowelless=float(len(norms[0]) <= 2),
            )
        )
    return pd.DataFrame(rows)
