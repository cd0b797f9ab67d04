"""The words of many articles as parallel columns, with what is known of each word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.language.chunks import listed
from presslens.language.frequency import share, zipf
from presslens.language.stems import stem
from presslens.language.tags import NAMES, tag_rows

BATCH = 100_000  # tokens taken together, at least an article: enough for speed, little memory
SAYING = frozenset({"said", "says", "say", "told", "added"})
Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
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


@lru_cache(maxsize=200_000)
def lexical(norm: str) -> Lexical:
    """What is known of one word, looked up once."""
    return Lexical(
        stem(norm),
        share(norm),
        zipf(norm),
        len(norm),
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
    start: list[int]
    end: list[int]
    sentence: list[str]
    section: list[str]
    paragraph: Ints
    possessive: Flags
    upper: Flags  # begins with a capital
    lower: Flags  # has no capital
    capitals: Flags  # two letters or more, all capitals
    kind: list[str]  # the part of speech
    tags: list[str]  # the different parts of speech
    tag: Ints  # which of them it is
    form: Ints  # which of the different lower-case forms it is
    known: list[Lexical]  # of the different lower-case forms
    stems: list[str]  # the different stems
    stem: Ints  # which of them it is

    def __len__(self) -> int:
        return len(self.token)

    def tagged(self, *tags: str) -> Flags:
        """Which words have one of some parts of speech."""
        return np.array([tag in tags for tag in self.tags], dtype=bool)[self.tag]

    def fact(self, name: str) -> Any:
        """One thing that is known of each word's form."""
        at = Lexical._fields.index(name)
        return np.array([entry[at] for entry in self.known])[self.form]

    def opens(self) -> Flags:
        """Which words are the first of their sentence."""
        return np.asarray(np.diff(self.line, prepend=-1) != 0)

    def headed(self) -> Flags:
        """Which articles have a title or a dek."""
        return np.array([self.section[first] != "body" for first in self.bounds[:-1].tolist()], dtype=bool)

    def make_names(self, at: list[int]) -> None:
        """Tag some words that open a sentence and a name, as in North Korea, as parts of that name."""
        opens = self.opens()
        wrong = [i for i in at if opens[i] and self.kind[i] not in NAMES]
        if wrong and "NNP" not in self.tags:
            self.tags.append("NNP")
        for i in wrong:
            self.kind[i] = "NNP"
            self.tag[i] = self.tags.index("NNP")

    def key(self, first: int, last: int) -> str:
        """What the variants of a phrase share: the stems of its words."""
        return " ".join([self.stems[i] for i in self.stem[first:last]])

    def surface(self, first: int, last: int) -> str:
        """The words as the article writes them, one space apart, without a possessive at the end."""
        text = " ".join(self.token[first:last])
        for ending in ("'s", "’s", "'S", "’S"):
            if text.endswith(ending):
                return text[: -len(ending)]
        return text


def batches(tokens: pd.DataFrame) -> Iterator[Words]:
    """The words of all articles, some whole articles at a time.

    Args:
        tokens: one row a token, the rows of an article together; the columns that `presslens.language.tokens` makes.
    """
    if tokens.empty:
        return
    codes, _ = pd.factorize(tokens["article"])
    edges = [*np.flatnonzero(np.diff(codes, prepend=-1)).tolist(), len(tokens)]
    first = 0
    for here, following in zip(edges[1:], [*edges[2:], len(tokens)], strict=True):
        if here > first and (here == len(tokens) or following - first > BATCH):
            yield words_of(tokens.iloc[first:here])
            first = here


def words_of(tokens: pd.DataFrame) -> Words:
    """The words of these tokens."""
    token, norm, kinds, sentence = (listed(tokens[name]) for name in ("token", "norm", "kind", "sentence"))
    changes = np.diff(pd.factorize(tokens["article"])[0], prepend=-1) != 0
    articles = tokens["article"].iloc[np.flatnonzero(changes)].tolist()
    line = np.cumsum(changes | (np.diff(pd.factorize(tokens["sentence"])[0], prepend=-1) != 0)) - 1
    owner = np.cumsum(changes) - 1
    tags = tag_rows(token, norm, kinds, line.tolist())
    start, end = tokens["start"].tolist(), tokens["end"].tolist()
    possessive = np.zeros(len(token), dtype=bool)
    kept = np.ones(len(token), dtype=bool)
    abbreviations = word_list("abbreviations_in_names")
    host, places = -1, line.tolist()
    for i in [i for i, text in enumerate(norm) if text == "." or kinds[i] == "clitic"]:
        if not i or end[i - 1] != start[i] or places[i - 1] != places[i]:
            continue
        host = host if not kept[i - 1] else i - 1
        clitic = kinds[i] == "clitic" and tags[i] == "POS"
        if clitic:
            possessive[host] = True
        elif norm[i] == "." and kinds[i] == "punctuation" and norm[host] in abbreviations:
            norm[host] += "."
        else:
            continue
        kept[i] = False
        end[host] = end[i]
        token[host] += token[i]
    at = np.flatnonzero(kept)
    columns = (_taken(values, at) for values in (token, norm, start, end, sentence, listed(tokens["section"]), tags))
    token, norm, start, end, sentence, section, tags = columns
    owner, line = owner[at], line[at]
    form, forms = _coded(norm)
    known = [lexical(one) for one in forms]
    stem_of, stems = _coded([one.stem for one in known])
    written, spellings = _coded(token)
    upper = np.array([one[:1].isupper() for one in spellings], dtype=bool)[written]
    lower = np.array([one.islower() for one in spellings], dtype=bool)[written]
    capitals = np.array([one.isupper() and len(one) > 1 for one in spellings], dtype=bool)[written]
    _name_openings(
        tags, np.diff(line, prepend=-1) != 0, owner * len(spellings) + written, owner * len(forms) + form, lower
    )
    tag, names = _coded(tags)
    return Words(
        articles=[str(name) for name in articles],
        bounds=np.append(np.flatnonzero(np.diff(owner, prepend=-1)), len(token)),
        owner=owner, line=line, token=token, norm=norm, start=start, end=end, sentence=sentence, section=section,
        paragraph=tokens["paragraph"].to_numpy()[at].astype("int64"), possessive=possessive[at],
        upper=upper, lower=lower, capitals=capitals, kind=tags, tags=names, tag=tag, form=form, known=known,
        stems=stems, stem=stem_of[form],
    )  # fmt: skip


def _coded(values: list[str]) -> tuple[Ints, list[str]]:
    """Which of the different values each one is, and these values in order of first place."""
    codes, distinct = pd.factorize(np.array(values, dtype=object))
    return codes.astype("int64"), list(distinct)


def _taken(values: list[Any], at: Ints) -> list[Any]:
    """The values at some positions."""
    return values if len(at) == len(values) else list(np.array(values, dtype=object)[at])


def _name_openings(tags: list[str], opens: Flags, spelling: Ints, form: Ints, lower: Flags) -> None:
    """Tag a sentence's first word as a name where its article writes it only with a capital, also in mid-sentence."""
    named = np.array([tag in NAMES for tag in tags], dtype=bool)
    inside = set(spelling[named & ~opens].tolist())
    small = set(form[lower].tolist())
    first = np.flatnonzero(opens & ~named)
    for i, one, base in zip(first.tolist(), spelling[first].tolist(), form[first].tolist(), strict=True):
        if one in inside and base not in small:
            tags[i] = "NNP"
