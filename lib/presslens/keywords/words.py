"""The words of many articles as parallel columns, with what is known of each word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.language import tagging
from presslens.language.chunks import changes, coded
from presslens.language.facts import Facts
from presslens.language.frequency import share, zipf
from presslens.language.stems import stem
from presslens.language.tags import NAMES

BATCH = 100_000  # tokens taken together, at least an article: enough for speed, little memory
POSSESSIVES = ("'s", "’s", "'S", "’S")
SAYING = frozenset({"said", "says", "say", "told", "added"})
BY_WORD = (
    "owner", "line", "token", "norm", "start", "end", "sentence", "body", "paragraph", "possessive", "upper", "lower",
    "capitals", "tag", "form", "stem",
)  # fmt: skip
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Strings = np.ndarray[Any, np.dtype[np.object_]]
Reals = np.ndarray[Any, np.dtype[np.float64]]


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words from `data/`, one a line, lower case; lines that start with `#` are comments."""
    text = files("presslens.keywords").joinpath(f"data/{name}.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


class Lexical(NamedTuple):
    """What is known of a word by its lower-case form alone."""

    stem: str
    share: float
    zipf: float
    letters: int
    ending: str
    hyphen: bool
    digit: bool
    never: bool  # never part of a phrase
    ordinal: bool
    time: bool  # a day, a month
    group: bool  # takes a possessive inside names: people's
    saint: bool
    compass: bool  # southern
    saying: bool
    empty: bool  # a verb without a meaning of its own
    having: bool  # a form of have
    vague: bool  # an adjective that tells how a thing is, not which kind
    shell: bool  # a noun that holds little by itself


def ending(norm: str) -> str:
    """The ending of a word, if it is one of those that tell what kind of noun it is (`data/endings.txt`)."""
    for size in (4, 3, 2):
        if len(norm) > size + 2 and norm[-size:] in word_list("endings"):
            return norm[-size:]
    return ""


def lexical(norm: str) -> Lexical:
    """What is known of one word."""
    return Lexical(
        stem(norm),
        share(norm),
        zipf(norm),
        len(norm),
        ending(norm),
        "-" in norm,
        any(c.isdigit() for c in norm),
        norm in word_list("never_in_phrases"),
        norm in word_list("ordinals"),
        norm in word_list("times"),
        norm in word_list("groups_in_names"),
        norm in {"st.", "saint"},
        norm.endswith("ern"),
        norm in SAYING,
        norm in word_list("empty_verbs"),
        norm in {"have", "has", "had", "having", "'ve"},
        norm in word_list("vague_adjectives"),
        not word_list("shell_nouns").isdisjoint(
            (norm, norm.removesuffix("s"), norm.removesuffix("es"), norm[:-3] + "y" if norm.endswith("ies") else norm)
        ),
    )


_LEXICAL = Facts(lexical, ("O", "f8", "f8", "i8", "O", *"?" * 13))
_CASE: Facts[str] = Facts(lambda word: (word[:1].isupper(), word.islower(), word.isupper() and len(word) > 1), "???")


@dataclass(slots=True)
class Words:
    """The words of some articles; a possessive or an abbreviation's point belongs to its word.

    Every list or array has one entry a word, unless it says otherwise.
    """

    articles: list[str]  # one an article
    bounds: Ints  # the first word of each article, and past the last word of all
    owner: Ints  # the number of the article
    line: Ints  # the number of the sentence, counted through all articles
    token: list[str]
    norm: list[str]
    start: Ints
    end: Ints
    sentence: Strings
    body: Flags  # stands below title and dek
    paragraph: Ints
    possessive: Flags
    upper: Flags  # begins with a capital
    lower: Flags  # has no capital
    capitals: Flags  # two letters or more, all capitals
    tags: list[str]  # the different parts of speech
    tag: Ints  # which of them it is
    form: Ints  # which of the different lower-case forms it is
    known: list[Any]  # what is known of the different lower-case forms: an array for each field of `Lexical`
    stems: list[str]  # the different stems
    stem: Ints  # which of them it is
    roots: list[str] = field(default_factory=list)  # the stem, written out when it is asked for

    def __len__(self) -> int:
        return len(self.token)

    def part(self, low: int, high: int) -> Words:
        """The words of the articles from one number to another (past the end)."""
        first, last = int(self.bounds[low]), int(self.bounds[high])
        mine: dict[str, Any] = {name: getattr(self, name)[first:last] for name in BY_WORD}
        mine["owner"], mine["line"] = mine["owner"] - low, mine["line"] - self.line[first]
        bounds = self.bounds[low : high + 1] - first
        return replace(self, articles=self.articles[low:high], bounds=bounds, roots=[], **mine)

    def tagged(self, *tags: str) -> Flags:
        """Which words have one of some parts of speech."""
        return np.array([tag in tags for tag in self.tags], dtype=bool)[self.tag]

    def fact(self, name: str) -> Any:
        """One thing that is known of each word's form."""
        return self.known[Lexical._fields.index(name)][self.form]

    def opens(self) -> Flags:
        """Which words are the first of their sentence."""
        return np.asarray(np.diff(self.line, prepend=-1) != 0)

    def headed(self) -> Flags:
        """Which articles have a title or a dek."""
        return ~self.body[self.bounds[:-1]]

    def make_names(self, at: list[int]) -> None:
        """Tag some words that open a sentence and a name, as in North Korea, as parts of that name."""
        places = np.array(at, dtype=np.int64)
        wrong = places[self.opens()[places] & ~self.tagged(*NAMES)[places]]
        if len(wrong) and "NNP" not in self.tags:
            self.tags.append("NNP")
        self.tag[wrong] = self.tags.index("NNP") if len(wrong) else 0

    def key(self, first: int, last: int) -> str:
        """What the variants of a phrase share: the stems of its words."""
        if not self.roots:
            self.roots = np.array(self.stems, dtype=object)[self.stem].tolist()
        return " ".join(self.roots[first:last])

    def surface(self, first: int, last: int) -> str:
        """The words as the article writes them, one space apart, without a possessive at the end."""
        text = " ".join(self.token[first:last])
        return text[:-2] if text.endswith(POSSESSIVES) else text


def batches(tokens: pd.DataFrame) -> Iterator[Words]:
    """The words of all articles, some whole articles at a time.

    Args:
        tokens: one row a token, the rows of an article together; the columns that `presslens.language.tokens` makes.
    """
    if tokens.empty:
        return
    whole = _words(tokens)
    low = 0
    for high in range(1, len(whole.articles) + 1):
        if high == len(whole.articles) or whole.bounds[high + 1] - whole.bounds[low] > BATCH:
            yield whole.part(low, high)
            low = high


def _words(tokens: pd.DataFrame) -> Words:
    """The words of all articles."""
    forms, code = tagging.written(tokens)
    article, articles = coded(tokens["article"])
    another = np.diff(article, prepend=-1) != 0
    owner, line = np.cumsum(another) - 1, np.cumsum(changes(tokens)) - 1
    names, tag = tagging.tag_tokens(forms, code, line)
    start, end = (tokens[name].to_numpy(dtype=np.int64) for name in ("start", "end"))
    spelt, end, kept, possessive = _joined(forms, code, line, names, tag, start, end.copy())
    at = np.flatnonzero(kept)
    code, tag, owner, line = spelt.code[at], tag[at], owner[at], line[at]
    norm_of, norms = _coded(spelt.norms)
    known = _LEXICAL.of(norms)
    stem_of, stems = _coded(known[0].tolist())
    upper, lower, capitals = (flags[code] for flags in _CASE.of(spelt.words))
    form = norm_of[code]
    word_of, different = _coded(spelt.words)
    spelling = owner * len(different) + word_of[code]
    _name_openings(names, tag, np.diff(line, prepend=-1) != 0, spelling, owner * len(norms) + form, lower)
    sentence, sentences = coded(tokens["sentence"])
    section, sections = coded(tokens["section"])
    words, lowered = (np.array(values, dtype=object)[code].tolist() for values in (spelt.words, spelt.norms))
    return Words(
        articles=[str(name) for name in articles[article[another]].tolist()],
        bounds=np.append(np.flatnonzero(np.diff(owner, prepend=-1)), len(at)),
        owner=owner, line=line, token=words, norm=lowered, start=start[at], end=end[at],
        sentence=sentences[sentence[at]], body=(sections == "body")[section[at]],
        paragraph=tokens["paragraph"].to_numpy(dtype=np.int64)[at], possessive=possessive[at],
        upper=upper, lower=lower, capitals=capitals, tags=names, tag=tag, form=form,
        known=known, stems=stems, stem=stem_of[form],
    )  # fmt: skip


class _Spelt(NamedTuple):
    """Distinct words, as written and in lower case, and which of them each token is."""

    words: list[str]
    norms: list[str]
    code: Ints


def _joined(
    forms: tagging.Written, code: Ints, line: Ints, names: list[str], tag: Ints, start: Ints, end: Ints
) -> tuple[_Spelt, Ints, Flags, Flags]:
    """The words with the possessives and points that belong to them: how they are spelt then, their ends, which tokens
    remain, and which words are possessive."""
    words, norms, abbreviations = list(forms.words), list(forms.norms), word_list("abbreviations_in_names")
    code, kept, possessive = code.copy(), np.ones(len(code), dtype=bool), np.zeros(len(code), dtype=bool)
    beside = np.zeros(len(code), dtype=bool)
    beside[1:] = (end[:-1] == start[1:]) & (line[:-1] == line[1:])
    clitic = np.array([kind == "clitic" for kind in forms.kinds], dtype=bool)[code]
    clitic &= np.array([name == "POS" for name in names], dtype=bool)[tag]
    pairs = zip(forms.norms, forms.kinds, strict=True)
    point = np.array([norm == "." and kind == "punctuation" for norm, kind in pairs], dtype=bool)[code]
    short = np.zeros(len(code), dtype=bool)
    short[1:] = np.array([norm in abbreviations for norm in norms], dtype=bool)[code[:-1]]
    short[1:] |= clitic[:-1] | point[:-1]
    numbers: dict[tuple[str, str], int] = {}
    host = -1
    for i in np.flatnonzero(beside & (clitic | (point & short))).tolist():
        host = i - 1 if kept[i - 1] else host
        one, other = int(code[host]), int(code[i])
        if clitic[i]:
            possessive[host], norm = True, norms[one]
        elif norms[one] in abbreviations:
            norm = norms[one] + "."
        else:
            continue
        kept[i], end[host] = False, end[i]
        number = numbers.setdefault((words[one] + words[other], norm), len(words))
        if number == len(words):
            words.append(words[one] + words[other])
            norms.append(norm)
        code[host] = number
    return _Spelt(words, norms, code), end, kept, possessive


def _coded(values: list[str]) -> tuple[Ints, list[str]]:
    """Which of the different values each one is, and these values in order of first place."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(one, len(numbers)) for one in values], dtype=np.int64), list(numbers)


def _name_openings(tags: list[str], tag: Ints, opens: Flags, spelling: Ints, form: Ints, lower: Flags) -> None:
    """Tag a sentence's first word as a name where its article writes it only with a capital, also in mid-sentence."""
    named = np.array([one in NAMES for one in tags], dtype=bool)[tag]
    first = np.flatnonzero(opens & ~named)
    inside = pd.Index(spelling[named & ~opens])
    small = pd.Index(form[lower])
    change = first[pd.Index(spelling[first]).isin(inside) & ~pd.Index(form[first]).isin(small)]
    if len(change) and "NNP" not in tags:
        tags.append("NNP")
    tag[change] = tags.index("NNP") if len(change) else 0
