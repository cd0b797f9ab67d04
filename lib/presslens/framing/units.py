"""The words that terms are matched against: tokens without punctuation, hyphenated ones in parts."""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.language.chunks import coded, one_of

Ints = npt.NDArray[np.int64]
SYMBOLS = ("$", "€", "£", "¥", "%")
STOPS = (".", "...", "…", ";", ":", "!", "?")
TRANSPARENT = ("'", '"', "’", "‘", "“", "”", "-", "/", "‐", "‑")  # a phrase reads on across these
HYPHENS = "-‐‑"
HYPHEN = re.compile(f"[{HYPHENS}]")
PART = re.compile(rf"[^{HYPHENS}]+")
# The words of a hashtag: EndGunViolence, USMCAdeal, Covid19.
CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\WA-Z\d_]+|\d+|[^\W\d_]+")


class Units(NamedTuple):
    """Words in order of the text; every array has an entry a unit.

    vocabulary: the distinct words as written (an array of its own length; a whole hashtag keeps its `#`);
    code: index into it; start, end: offsets into the article; sentence: number of the sentence (its row);
    sentence_start, sentence_end: first unit of its sentence and first after it;
    commas, stops: how many punctuation marks (any; those that end a clause) the text has had so far.
    """

    vocabulary: npt.NDArray[np.object_]
    code: Ints
    start: Ints
    end: Ints
    sentence: Ints
    sentence_start: Ints
    sentence_end: Ints
    commas: Ints
    stops: Ints


def units(tokens: pd.DataFrame, sentence: Ints) -> Units:
    """Units of a token table; `sentence` says, token by token, which sentence (row number) it is in."""
    symbol, mark = one_of(tokens["kind"], ("symbol",)), one_of(tokens["kind"], ("punctuation",))
    commas = np.cumsum(mark & ~one_of(tokens["norm"], TRANSPARENT)).astype(np.int64)
    stops = np.cumsum(mark & one_of(tokens["norm"], STOPS)).astype(np.int64)
    kept = one_of(tokens["kind"], ("word", "number")) | (symbol & one_of(tokens["norm"], SYMBOLS))
    begin, finish = tokens["start"].to_numpy(dtype=np.int64), tokens["end"].to_numpy(dtype=np.int64)
    of, surface = coded(tokens["token"])
    hyphened = np.array([bool(HYPHEN.search(word)) for word in surface] or [False], dtype=bool)
    tagged = _tagged(symbol & one_of(tokens["norm"], ("#",)), begin, finish)
    split = kept & (tagged | hyphened[of])

    rows = np.flatnonzero(kept & ~split)
    at, words = rows, of[rows]
    start, end = begin[rows], finish[rows]
    parts = [
        (row, *part)
        for row in np.flatnonzero(split).tolist()
        for part in _parts(surface[of[row]], tag=bool(tagged[row]))
    ]
    if parts:
        part_row = np.array([row for row, *_ in parts], dtype=np.int64)
        at = np.concatenate([at, part_row])
        known = {word: number for number, word in enumerate(surface)}
        words = np.concatenate([words, [known.setdefault(word, len(known)) for _, word, _, _ in parts]])
        surface = np.array(list(known), dtype=object)
        start = np.concatenate([start, begin[part_row] + np.array([left for _, _, left, _ in parts])])
        end = np.concatenate([end, begin[part_row] + np.array([right for _, _, _, right in parts])])
        order = np.lexsort((end, start, at))
        at, words, start, end = at[order], words[order], start[order], end[order]
    code, used = pd.factorize(words)
    vocabulary = surface[used]
    inside = sentence[at]
    edges = np.flatnonzero(np.diff(inside, prepend=-1))
    sizes = np.diff(np.append(edges, len(inside)))
    first, after = np.repeat(edges, sizes), np.repeat(edges + sizes, sizes)
    return Units(
        np.asarray(vocabulary, dtype=object),
        code.astype(np.int64),
        start,
        end,
        inside,
        first,
        after,
        commas[at],
        stops[at],
    )


def _tagged(sign: npt.NDArray[np.bool_], begin: Ints, finish: Ints) -> npt.NDArray[np.bool_]:
    """Which tokens follow a # without a space."""
    tagged = np.zeros(len(sign), dtype=bool)
    tagged[1:] = sign[:-1] & (finish[:-1] == begin[1:])
    return tagged


def _parts(word: str, *, tag: bool) -> list[tuple[str, int, int]]:
    """The parts of a hyphenated word or a hashtag, with their places in it. A one-part hashtag keeps its sign."""
    pattern = CAMEL if tag else PART
    parts = [(found.group(), *found.span()) for found in pattern.finditer(word)]
    if tag and len(parts) == 1:
        return [("#" + parts[0][0], parts[0][1], parts[0][2])]
    return parts
