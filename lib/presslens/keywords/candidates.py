"""Candidates for key phrases: complete noun phrases and names of one to four words, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pandas as pd

from presslens.language.stems import stem
from presslens.language.tags import ADJECTIVES, NAMES, NOUNS, tag

LONGEST = 4
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_PARTICIPLES = frozenset({"VBN", "VBG"})
_MODIFIERS = ADJECTIVES | _PARTICIPLES | {"CD"}
_BEFORE_PARTICIPLE = ADJECTIVES | {"DT", "PRP$", "POS", "CD"}


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words from `data/`, one a line, lower case; lines that start with `#` are comments."""
    text = files("presslens.keywords").joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@dataclass(slots=True)
class Words:
    """The words of one article as parallel lists; a possessive or an abbreviation's point belongs to its word."""

    article: str
    token: list[str] = field(default_factory=list)
    norm: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    possessive: list[bool] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    sentence: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.token)


@dataclass(slots=True)
class Span:
    """One noun phrase, or a part of one, at one place: words `first` to `last` (past the end) inside `chunk`."""

    first: int
    last: int
    chunk: tuple[int, int]
    cuts_name: bool

    @property
    def whole(self) -> bool:
        """Whether the span is the longest noun phrase at its place."""
        return (self.first, self.last) == self.chunk


def words_by_article(tokens: pd.DataFrame) -> list[Words]:
    """The tokens of each article, in order, with their tags and stems.

    Args:
        tokens: one row a token, the rows of an article together; the columns that `presslens.language.tokens` makes.
    """
    found: list[Words] = []
    columns = ("article", "token", "norm", "kind", "start", "end", "sentence", "section", "paragraph")
    rows = zip(*(tokens[name].tolist() for name in columns), tag(tokens).tolist(), strict=True)
    abbreviations = word_list("abbreviations_in_names")
    words: Words | None = None
    for article, token, norm, kind, start, end, sentence, section, paragraph, part in rows:
        if words is None or article != words.article:
            words = Words(article)
            found.append(words)
        if words.token and words.end[-1] == start and words.sentence[-1] == sentence:
            if kind == "clitic" and part == "POS":
                words.possessive[-1] = True
                words.end[-1] = end
                words.token[-1] += token
                continue
            if kind == "punctuation" and norm == "." and words.norm[-1] in abbreviations:
                words.end[-1] = end
                words.token[-1] += token
                words.norm[-1] += token
                words.stem[-1] = stem(words.norm[-1])
                continue
        words.token.append(token)
        words.norm.append(norm)
        words.stem.append(stem(norm) if kind == "word" else norm)
        words.tag.append(part)
        words.possessive.append(False)
        words.start.append(start)
        words.end.append(end)
        words.sentence.append(sentence)
        words.section.append(section)
        words.paragraph.append(paragraph)
    for words in found:
        _name_openings(words)
    return found


def _name_openings(words: Words) -> None:
    """Tag a sentence's first word as a name where the article writes it only with a capital, also in mid-sentence."""
    opens = [i for i in range(len(words)) if i == 0 or words.sentence[i] != words.sentence[i - 1]]
    firsts = set(opens)
    inside = {
        token
        for i, (token, tag) in enumerate(zip(words.token, words.tag, strict=True))
        if i not in firsts and tag in NAMES
    }
    lower = {token for token in words.token if token.islower()}
    for i in opens:
        token = words.token[i]
        if token in inside and words.norm[i] not in lower and words.tag[i] not in NAMES:
            words.tag[i] = "NNP"


def chunks(words: Words) -> list[tuple[int, int]]:
    """The longest noun phrases, without article or number words before them: first and past-the-last word of each."""
    found: list[tuple[int, int]] = []
    tags, n = words.tag, len(words)
    fits = [_fits(words, i) for i in range(n)]
    i = 0
    while i < n:
        j = i + 1
        if fits[i]:
            while j < n and fits[j] and not _parts(words, j):
                j += 1
            first, last = i, j
            while last > first and tags[last - 1] not in NOUNS:
                last -= 1
            while first < last and not _may_open(words, first):
                first += 1
            if first < last:
                found.append((first, last))
        i = j
    return found


def _parts(words: Words, j: int) -> bool:
    """Whether a new noun phrase begins at word `j`, though the word before could belong to it."""
    before, here = words.tag[j - 1], words.tag[j]
    if words.sentence[j] != words.sentence[j - 1] or (words.possessive[j - 1] and not _joins(words, j - 1)):
        return True
    if here in _PARTICIPLES:
        return before in NOUNS
    if here == "CD":
        return before not in NAMES
    if here in NAMES and words.norm[j - 1] in word_list("times"):
        return True
    if before == "NNS":
        return here in ADJECTIVES or (here in NAMES and words.token[j - 1].islower())
    return False


def _may_open(words: Words, i: int) -> bool:
    """Whether a noun phrase can begin with word `i`: not with a number, nor with a verb form that governs what follows."""
    if words.tag[i] == "CD":
        return False
    before = words.tag[i - 1] if i and words.sentence[i - 1] == words.sentence[i] else ""
    if words.tag[i] == "VBG":
        return before in _BEFORE_PARTICIPLE
    if words.tag[i] == "VBN":
        governs = before in NOUNS or before in {"PRP", "WP", "WDT", "EX"}
        return not governs and words.tag[i + 1] not in NAMES
    return True


def _fits(words: Words, i: int) -> bool:
    """Whether a word can be part of a noun phrase."""
    if words.tag[i] not in NOUNS and words.tag[i] not in _MODIFIERS:
        return False
    norm = words.norm[i]
    if norm in word_list("ordinals"):
        return words.token[i][:1].isupper() and i > 0 and words.sentence[i - 1] == words.sentence[i]
    return norm not in word_list("never_in_phrases")


def _joins(words: Words, i: int) -> bool:
    """Whether a possessive stands inside a name: People's Assembly, St. John's Hospital, but not Moon's Party."""
    if i + 1 >= len(words) or not words.token[i + 1][:1].isupper() or not words.token[i][:1].isupper():
        return False
    base = words.norm[i]
    saint = i > 0 and words.norm[i - 1] in {"st.", "saint"}
    return saint or base in word_list("groups_in_names")


def _describes_a_name(words: Words, i: int, j: int) -> bool:
    """Whether an adjective in lower case merely describes a name: responsive North Korea, but not southern California."""
    if words.tag[j - 1] not in NAMES or words.tag[i] in NOUNS:
        return False
    return words.token[i].islower() and not words.norm[i].endswith("ern")


def _named(words: Words, i: int) -> bool:
    """Whether a word belongs to a name: tagged so, or with a capital that no sentence begins with."""
    if words.tag[i] in NAMES:
        return True
    return words.token[i][:1].isupper() and i > 0 and words.sentence[i - 1] == words.sentence[i]


def spans(words: Words) -> list[Span]:
    """Every candidate at every place: parts of noun phrases that end in a noun, up to four words."""
    found: list[Span] = []
    for first, last in chunks(words):
        named = [_named(words, k) for k in range(first, last)]
        for i in range(first, last):
            if words.tag[i] == "CD":
                continue
            for j in range(i + 1, min(last, i + LONGEST) + 1):
                if words.tag[j - 1] not in NOUNS:
                    continue
                left = i > first and named[i - first] and named[i - first - 1]
                right = j < last and named[j - first] and named[j - first - 1]
                if not _describes_a_name(words, i, j):
                    found.append(Span(i, j, (first, last), left or right))
    return found


def single_words(words: Words) -> list[Span]:
    """Verbs and adjectives that carry meaning, each alone: what an index may list beside noun phrases."""
    skip = word_list("never_in_phrases")
    empty = word_list("empty_verbs")
    return [
        Span(i, i + 1, (i, i + 1), False)
        for i, part in enumerate(words.tag)
        if (part in ADJECTIVES or part in _VERBS) and words.norm[i] not in skip and words.norm[i] not in empty
    ]


def surface(words: Words, first: int, last: int) -> str:
    """The words as the article writes them, one space apart, without a possessive at the end."""
    text = " ".join(words.token[first:last])
    return _without_possessive(text)


def _without_possessive(text: str) -> str:
    for ending in ("'s", "’s", "'S", "’S"):
        if text.endswith(ending):
            return text[: -len(ending)]
    return text


def key(words: Words, first: int, last: int) -> str:
    """What the variants of a phrase share: the stems of its words."""
    return " ".join(words.stem[first:last])


def occurrences(articles: Sequence[Words]) -> pd.DataFrame:
    """Where each candidate stands.

    Returns:
        One row an occurrence: `article`, `key` (stems), `phrase` (as written), `sentence`, `paragraph`, `start`,
        `end` (offsets into the article's cleaned text), `whole` (the longest noun phrase at its place).
    """
    rows = [
        (
            w.article,
            key(w, s.first, s.last),
            surface(w, s.first, s.last),
            w.sentence[s.first],
            w.paragraph[s.first],
            w.start[s.first],
            w.end[s.last - 1],
            s.whole,
        )
        for w in articles
        for s in spans(w)
    ]
    columns = ["article", "key", "phrase", "sentence", "paragraph", "start", "end", "whole"]
    table = pd.DataFrame(rows, columns=columns)
    kinds = {"paragraph": "int64", "start": "int64", "end": "int64", "whole": "bool"}
    return table.astype({name: kinds.get(name, "str") for name in columns})
