"""Texts cut at white space, each distinct chunk looked at once: the words of news come back all the time."""

from __future__ import annotations

import re
import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Ints = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
_CODED: dict[int, tuple[Ints, Objects]] = {}  # by where the values stand in memory
_CHUNK = re.compile(r"\S+")


class Chunks(NamedTuple):
    """What stands between blanks: `distinct` strings; by occurrence, in order, the number of its string (`code`), of its
    text (`text`), and where it starts in it (`start`)."""

    distinct: list[str]
    code: Ints
    text: Ints
    start: Ints


def chunks(texts: Sequence[str]) -> Chunks:
    """The chunks of some texts."""
    if texts and all(map(str.isprintable, texts)):  # the one blank that can be printed is the space
        return _parted(texts)
    numbers: dict[str, int] = {}
    codes: list[int] = []
    sizes = np.zeros(len(texts), dtype=np.int64)
    number = numbers.setdefault
    for i, text in enumerate(texts):
        parts = text.split()
        codes.extend([number(part, len(numbers)) for part in parts])
        sizes[i] = len(parts)
    distinct = list(numbers)
    code = np.array(codes, dtype=np.int64)
    owner = np.repeat(np.arange(len(texts)), sizes)
    steps = np.array([len(part) + 1 for part in distinct] or [0], dtype=np.int64)[code]
    ends = np.cumsum(steps)
    first = np.cumsum(sizes) - sizes
    before = np.concatenate([[0], ends])[first]
    start = ends - steps - before[owner]
    length = np.array([len(text) for text in texts], dtype=np.int64)
    spaced = np.concatenate([[0], ends])[first + sizes] - before - 1  # the length, were all blanks single
    for i in np.flatnonzero((sizes > 0) & (spaced != length)).tolist():
        start[first[i] : first[i] + sizes[i]] = [match.start() for match in _CHUNK.finditer(texts[i])]
    return Chunks(distinct, code, owner, start)


def _parted(texts: Sequence[str]) -> Chunks:
    """The chunks of texts in which every blank is a space."""
    lists = pc.split_pattern(pa.array(texts, pa.large_string()), " ")
    pieces = lists.values.dictionary_encode()
    code = pieces.indices.to_numpy().astype(np.int64)
    sizes = np.diff(lists.offsets.to_numpy()).astype(np.int64)
    owner = np.repeat(np.arange(len(texts)), sizes)
    steps = pc.utf8_length(pieces.dictionary).to_numpy().astype(np.int64)[code] + 1
    ends = np.concatenate([[0], np.cumsum(steps)])
    start = ends[:-1] - ends[np.cumsum(sizes) - sizes][owner]
    distinct = pieces.dictionary.to_pylist()
    if "" not in distinct:
        return Chunks(distinct, code, owner, start)
    nothing = distinct.index("")  # between two spaces
    kept = code != nothing
    del distinct[nothing]
    return Chunks(distinct, (code - (code > nothing))[kept], owner[kept], start[kept])


def spread(sizes: Ints, code: Ints) -> tuple[Ints, Ints]:
    """For things of which each distinct string holds `sizes`: at every occurrence, in order, which occurrence each thing
    belongs to, and its place in the list of all things of all distinct strings."""
    begins = np.cumsum(sizes) - sizes
    counts = sizes[code]
    owner = np.repeat(np.arange(len(code)), counts)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    return owner, begins[code][owner] + within


def changes(tokens: pd.DataFrame) -> Flags:
    """At which tokens another sentence begins than that of the token before."""
    begins = np.zeros(len(tokens), dtype=bool)
    begins[:1] = True
    for name in ("article", "sentence"):
        column, _ = coded(tokens[name])
        begins[1:] |= column[1:] != column[:-1]
    return begins


def coded(column: pd.Series[Any]) -> tuple[Ints, Objects]:
    """Which of its different strings each value of a column is (-1 where it has none), and these, by first place.

    What was found is kept as long as the column's values are, for one measure after the other asks.
    """
    values = column.array.__arrow_array__() if hasattr(column.array, "__arrow_array__") else None
    if values is None:
        return _factorized(column)
    number = id(values)
    kept = _CODED.get(number)
    if kept is None:
        kept = _CODED[number] = _factorized(column)
        weakref.finalize(values, _CODED.pop, number, None)
    return kept


def listed(column: pd.Series[Any]) -> list[Any]:
    """The values of a column; strings that come back, here or when it is listed again, are the same objects."""
    if not hasattr(column.array, "__arrow_array__"):
        return column.tolist()
    codes, distinct = coded(column)
    values: list[Any] = np.array([*distinct.tolist(), None], dtype=object)[codes].tolist()
    return values


def strings(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """Strings as pandas holds them in a column; given a list it would look at each one by one."""
    found: pd.api.extensions.ExtensionArray = pd.array(pa.array(values, pa.large_string()), dtype="str")
    return found


def typed(rows: Sequence[tuple[object, ...]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A table of these columns and types, also without rows."""
    values: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pd.DataFrame(
        {
            name: strings(one) if kind == "str" else np.array(one, dtype=kind)
            for one, (name, kind) in zip(values, columns.items(), strict=True)
        }
    )


def keep(column: pd.Series[Any], codes: Ints, distinct: Objects) -> None:
    """Keep for `coded` what is known already of a column, whose strings are written by these codes; all are used."""
    values = column.array.__arrow_array__() if hasattr(column.array, "__arrow_array__") else None
    if values is not None and len(codes) and np.bincount(codes, minlength=len(distinct)).all():
        if id(values) not in _CODED:
            weakref.finalize(values, _CODED.pop, id(values), None)
        _CODED[id(values)] = _fixed(codes, distinct)


def _factorized(column: pd.Series[Any]) -> tuple[Ints, Objects]:
    codes, distinct = pd.factorize(column.array)
    return _fixed(codes.astype(np.int64), np.asarray(distinct, dtype=object))


def _fixed(codes: Ints, values: Objects) -> tuple[Ints, Objects]:
    codes.flags.writeable = values.flags.writeable = False
    return codes, values


def numbered(codes: Ints) -> tuple[Ints, Ints]:
    """Numbers from 0, in order of first place, for codes; and the first place of each."""
    found, different = pd.factorize(codes)
    first = np.zeros(len(different), dtype=np.int64)
    first[found[::-1]] = np.arange(len(codes))[::-1]  # the last one written is the first one in the text
    return found.astype(np.int64), first


def different(values: Ints) -> Ints:
    """The different numbers among some, in order: by sorting, which is quicker here than `numpy.unique`."""
    ordered = np.sort(values)
    return np.asarray(ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0])


def one_of(column: pd.Series[Any], values: Collection[str]) -> Flags:
    """Which values of a column of strings are among some."""
    codes, distinct = coded(column)
    return np.append([value in values for value in distinct.tolist()], False).astype(bool)[codes]


def sentence_rows(sentences: pd.DataFrame, table: pd.DataFrame) -> Ints:
    """For each row of a table with `article` and `sentence` the row of that sentence in `sentences`; -1 where it is not."""
    begins = np.flatnonzero(changes(table))  # rows of one sentence mostly stand together, and are looked up together
    keys = [np.zeros(len(sentences), dtype=np.int64), np.zeros(len(begins), dtype=np.int64)]
    missing = np.zeros(len(begins), dtype=bool)
    for name in ("article", "sentence"):
        codes, distinct = coded(sentences[name])
        others, strings = coded(table[name])
        numbers = {value: number for number, value in enumerate(distinct.tolist())}
        found = np.array([numbers.get(value, -1) for value in [*strings.tolist(), None]], dtype=np.int64)[
            others[begins]
        ]
        size = len(distinct) + 1
        keys = [keys[0] * size + codes, keys[1] * size + found]
        missing |= found < 0
    rows = pd.Index(keys[0]).get_indexer(pd.Index(np.where(missing, -1, keys[1])))
    return np.repeat(rows.astype(np.int64), np.diff(np.append(begins, len(table))))
