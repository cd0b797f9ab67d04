"""The tokens around a mention: what they are to the features of `targets_features`, and where they stand."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.actors.gazetteer import names
from presslens.language.chunks import coded
from presslens.language.facts import Facts

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Complexes = npt.NDArray[np.complex128]
Flags = npt.NDArray[np.bool_]

NAME = "NAME"
NEGATED = "not_"
REACH = 60  # tokens on each side that can say something about a mention


@cache
def words(name: str) -> frozenset[str]:
    """A set of `targets_words.csv`: negator, break, strong_break, quote, end, pronoun, title, be, participle."""
    with files("presslens.sentiment").joinpath("data", "targets_words.csv").open(encoding="utf-8") as file:
        return next(frozenset(row["words"].split()) for row in csv.DictReader(file) if row["set"] == name)


class Tokens(NamedTuple):
    """The tokens of many texts, an array each; the tokens of text `t` run from `first[t]` up to `first[t + 1]`."""

    first: Ints
    start: Ints
    end: Ints
    form: Ints  # number of the distinct form; a negated form has a number of its own
    forms: list[str]
    breaks: Ints  # how many clause breaks, strong breaks, quotation marks and sentence ends stand before each token
    strong: Ints
    quotes: Ints
    ends: Ints


class _Forms(NamedTuple):
    """What is told of each distinct word: in lower case, and whether it ..."""

    low: npt.NDArray[np.object_]
    capital: Flags  # begins with one
    plain: Flags  # is a common word, or one letter
    opens: Flags  # the word after it has a capital for that
    negates: Flags
    letters: Flags  # begins with a letter
    breaks: Flags
    strong: Flags
    quote: Flags
    ends: Flags


def _told(surface: str) -> tuple[str | bool, ...]:
    low = surface.lower().replace("’", "'")
    return (
        low,
        surface[0].isupper() and surface != "I",
        low in names("common_words") or len(low) == 1,
        low in words("end") or low in words("quote") or low in "(:",
        low in words("negator") or low.endswith("n't"),
        low[0].isalpha(),
        *(low in words(kind) for kind in ("break", "strong_break", "quote", "end")),
    )


_FACTS: Facts[str] = Facts(_told, ("O", *"?" * 9))


def read_tokens(tokens: pd.DataFrame, text: Ints, *, count: int) -> Tokens:
    """Forms and boundaries of every token.

    Args:
        tokens: `token`, `norm`, `start`, `end`, in order.
        text: the number of each token's text, never falling.
        count: how many texts there are.
    """
    codes, surfaces = coded(tokens["token"])
    known = _Forms(*_FACTS.of([str(word) for word in surfaces.tolist()]))
    low = known.low.tolist()
    begins = np.ones(len(codes), dtype=bool)
    begins[1:] = text[1:] != text[:-1]
    initial = begins.copy()
    initial[1:] |= known.opens[codes[:-1]]
    named = known.capital[codes] & ~(initial & known.plain[codes])
    follows = np.zeros(len(codes), dtype=bool)
    follows[1:] = named[1:] & named[:-1] & ~begins[1:]
    keep = ~follows
    negates = known.negates[codes][keep]
    kept_text = text[keep]
    negated = np.zeros(len(kept_text), dtype=bool)
    for back in (1, 2, 3):
        negated[back:] |= negates[:-back] & (kept_text[back:] == kept_text[:-back])
    forms = [*low, NAME, *(NEGATED + word for word in low), NEGATED + NAME]
    form = np.where(named, len(low), codes)[keep]
    letters = np.append(known.letters, True)
    form = np.where(negated & letters[form], form + len(low) + 1, form)

    def counted(member: Flags) -> Ints:
        member = np.append(member, False)
        return np.concatenate([[0], np.cumsum(member[form % (len(low) + 1)])]).astype(np.int64)

    first = np.searchsorted(kept_text, np.arange(count + 1))
    return Tokens(
        first.astype(np.int64),
        tokens["start"].to_numpy(dtype=np.int64)[keep],
        tokens["end"].to_numpy(dtype=np.int64)[keep],
        form.astype(np.int64),
        forms,
        counted(known.breaks),
        counted(known.strong),
        counted(known.quote),
        counted(known.ends),
    )


class Places(NamedTuple):
    """Every token near a mention: `row` is the mention, `token` the token, `distance` from 0, `after` its side."""

    row: Ints
    token: Ints
    distance: Ints
    after: Flags
    stop: Ints  # by mention: the first token that is not before it, and the first that is after it
    go: Ints


def places(tokens: Tokens, text: Ints, start: Ints, end: Ints) -> Places:
    """The tokens within reach of each mention, given its text and its span in that text."""
    low, high = (int(text.min()), int(text.max()) + 1) if len(text) else (0, 0)  # the texts that are asked about
    some = slice(int(tokens.first[low]), int(tokens.first[high]))
    begins, ends = tokens.start[some], tokens.end[some]
    span = int(max(ends.max(initial=0), end.max(initial=0))) + 1
    owner = np.repeat(np.arange(low, high), np.diff(tokens.first[low : high + 1]))
    stop = some.start + np.searchsorted(owner * span + ends, text * span + start, side="right")
    go = some.start + np.searchsorted(owner * span + begins, text * span + end, side="left")
    first, last = tokens.first[text], tokens.first[text + 1]
    stop, go = np.clip(stop, first, last), np.clip(go, first, last)
    before, after = np.minimum(stop - first, REACH), np.minimum(last - go, REACH)
    rows, found, distances = [], [], []
    for size, origin, step in ((before, stop - 1, -1), (after, go, 1)):
        row = np.repeat(np.arange(len(text)), size)
        distance = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
        rows.append(row)
        distances.append(distance)
        found.append(origin[row] + step * distance)
    side = np.repeat([False, True], [len(rows[0]), len(rows[1])])
    return Places(np.concatenate(rows), np.concatenate(found), np.concatenate(distances), side, stop, go)


def passives(breaks: Ints, auxiliary: Flags, participle: Flags) -> Flags:
    """Whether each token is a participle with a form of "be" among the three tokens before it.

    `breaks` says how many clause breaks stand before each token and at the end.
    """
    found = np.zeros(len(auxiliary), dtype=bool)
    for back in (1, 2, 3):
        same = breaks[back:-1] == breaks[: -1 - back]
        found[back:] |= auxiliary[:-back] & same
    return np.asarray(found & participle, dtype=np.bool_)
