"""Match the rows of one table in two runs, and say which cells differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

IDENTITY = (
    "article", "sentence", "section", "paragraph", "frame", "lexicon", "voice", "actor", "phrase", "pair", "kind", "turn",
    "after", "word", "text", "match", "term", "rule", "indicator", "start", "end", "line",
)  # fmt: skip
PLACES = ("start", "end", "first_start", "line", "position", "paragraph")  # where something stands, not how much it is
REFERENCES = ("first_sentence", "sentences")  # columns of sentence ids
LONGEST = 60  # characters of a text that identifies a row
NUMBERS = ("column", "rows", "changed", "greatest", "median", "where", "before", "after")
WORDS = ("column", "rows", "changed", "where", "before", "after")


@dataclass(frozen=True)
class Match:
    """How one table differs between two runs.

    `numbers` has a row for each numeric column that moved: how many matched `rows`, how many `changed`, the `greatest` and
    the `median` absolute change among those, and `where` the greatest is, with its value `before` and `after`; an absent
    number that came or went counts as changed, with no size. `words` has the same for other columns, with the first change.
    """

    name: str
    rows: int
    only_a: list[str]
    only_b: list[str]
    numbers: pd.DataFrame
    words: pd.DataFrame
    columns: list[str]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (len(self.only_a) or len(self.only_b) or len(self.numbers) or len(self.words) or self.columns)


def match(name: str, a: pd.DataFrame, b: pd.DataFrame, *, moved: bool = False) -> Match:
    """Compare a table of two runs, row by row on the columns that identify a row.

    Args:
        name: of the table.
        a: the table in the first run.
        b: the table in the second run.
        moved: whether the texts differ, so that places in them (offsets, lines) cannot be compared.
    """
    shared = [column for column in a.columns if column in b.columns]
    columns = [c for c in [*a.columns, *b.columns] if c not in shared]
    identity = identifying(a[shared], b[shared])
    first, second = _keyed(a, identity), _keyed(b, identity)
    both = first.index.intersection(second.index, sort=False)
    left, right = first.loc[both], second.loc[both]
    numbers, words = [], []
    for column in shared:
        if column in identity or (moved and column in PLACES):
            continue
        if _numeric(a[column]) and _numeric(b[column]):
            numbers += _number(column, left[column], right[column], identity)
        else:
            words += _word(column, left[column], right[column], identity)
    return Match(
        name=name,
        rows=len(both),
        only_a=[label(key, identity) for key in first.index.difference(second.index, sort=False)],
        only_b=[label(key, identity) for key in second.index.difference(first.index, sort=False)],
        numbers=pd.DataFrame(numbers, columns=list(NUMBERS)),
        words=pd.DataFrame(words, columns=list(WORDS)),
        columns=columns,
    )


def identifying(a: pd.DataFrame, b: pd.DataFrame) -> list[str]:
    """The columns that tell the rows of both tables apart: those of `IDENTITY`, in order, that tell more of them apart."""
    chosen: list[str] = []
    distinct = [min(len(a), 1), min(len(b), 1)]
    for column in IDENTITY:
        if distinct == [len(a), len(b)]:
            break
        if column not in a.columns or column not in b.columns:
            continue
        now = [len(table[[*chosen, column]].drop_duplicates()) for table in (a, b)]
        if now != distinct:
            chosen.append(column)
            distinct = now
    return chosen or [column for column in a.columns if column == "article"]


def _keyed(table: pd.DataFrame, identity: Sequence[str]) -> pd.DataFrame:
    """The table under an index of identities, repeated ones counted."""
    parts = [table[column].astype("str").fillna("none") for column in identity]
    frame = pd.concat(parts, axis=1) if parts else pd.DataFrame(index=table.index)
    repeat = frame.groupby(list(identity), sort=False).cumcount() if parts else pd.Series(range(len(table)))
    keys = [(*row, str(n)) for row, n in zip(frame.itertuples(index=False, name=None), repeat, strict=True)]
    return table.set_axis(pd.Index(keys, tupleize_cols=False), axis=0)


def label(key: tuple[str, ...], identity: Sequence[str]) -> str:
    """A row in words: what identifies it but for the article, and which one it is where several have it."""
    *named, repeat = key
    said = [_short(v) for column, v in zip(identity, named, strict=True) if column != "article"] or ["the article"]
    return " · ".join(said) + (f" ({int(repeat) + 1})" if repeat != "0" else "")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2].rsplit(' ', 1)[0]} …"


def _numeric(values: "pd.Series[float]") -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _number(
    column: str, a: "pd.Series[float]", b: "pd.Series[float]", identity: Sequence[str]
) -> list[tuple[object, ...]]:
    before, after = a.to_numpy(dtype="float64", na_value=np.nan), b.to_numpy(dtype="float64", na_value=np.nan)
    changed = (before != after) & ~(np.isnan(before) & np.isnan(after))
    if not changed.any():
        return []
    with np.errstate(invalid="ignore"):
        size = np.abs(after - before)
    sized = size[changed & ~np.isnan(size)]
    at = int(np.nanargmax(np.where(changed, size, -1.0))) if len(sized) else int(changed.argmax())
    greatest, median = (float(sized.max()), float(np.median(sized))) if len(sized) else (np.nan, np.nan)
    where = label(a.index[at], identity)
    return [(column, len(before), int(changed.sum()), greatest, median, where, before[at], after[at])]


def _word(
    column: str, a: "pd.Series[float]", b: "pd.Series[float]", identity: Sequence[str]
) -> list[tuple[object, ...]]:
    before, after = [_shown(v) for v in a.tolist()], [_shown(v) for v in b.tolist()]
    changed = [i for i, (x, y) in enumerate(zip(before, after, strict=True)) if x != y]
    if not changed:
        return []
    at = changed[0]
    return [(column, len(before), len(changed), label(a.index[at], identity), before[at], after[at])]


def _shown(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)


class Alignment:
    """Sentences of two runs of one article, matched by their words, so that ids that have shifted do not count as changes.

    Args:
        a: the sentences of the first run.
        b: the sentences of the second run.
    """

    def __init__(self, a: pd.DataFrame, b: pd.DataFrame) -> None:
        columns = ["article", "sentence", "text"]
        self.moved = a[columns].to_dict("list") != b[columns].to_dict("list")
        known = {key: str(name) for key, name in zip(_occurrences(a), a["sentence"], strict=True)}
        self.names = {str(n): known.get(k, f"{n} in B") for k, n in zip(_occurrences(b), b["sentence"], strict=True)}
        self.starts = [_starts(a), _starts(b)]
        self.paragraphs = self._paragraphs(a, b)

    def _paragraphs(self, a: pd.DataFrame, b: pd.DataFrame) -> dict[str, str]:
        """For each paragraph of B the one of A that its first matched sentence is in, each of A once."""
        of = dict(zip(a["sentence"].astype("str"), a["paragraph"].astype("str"), strict=True))
        found: dict[str, str] = {}
        for sentence, paragraph in zip(b["sentence"].astype("str"), b["paragraph"].astype("str"), strict=True):
            mine = of.get(self.names[sentence])
            if paragraph not in found and mine is not None and (mine == "0" or mine not in found.values()):
                found[paragraph] = mine
        return found

    def settle(self, table: pd.DataFrame, side: int) -> pd.DataFrame:
        """A table of the first run (`side` 0) or the second (1) with sentences and paragraphs named as in the first."""
        if not self.moved:
            return table
        table = table.copy()
        names = table["sentence"].astype("str") if "sentence" in table.columns else None
        if names is not None:
            base = names.map(self.starts[side]).fillna(0).astype("int64")
            for column in {"start", "end"} & set(table.columns):
                table[column] = table[column] - base
        if side == 0:
            return table.assign(paragraph=table["paragraph"].astype("str")) if "paragraph" in table.columns else table
        if names is not None:
            table["sentence"] = names.map(self.names).fillna(names)
        for column in REFERENCES:
            if column in table.columns and not _numeric(table[column]):
                table[column] = [" ".join(self.names.get(n, n) for n in str(v).split()) for v in table[column]]
        if "paragraph" in table.columns:
            paragraphs = table["paragraph"].astype("str")
            table["paragraph"] = paragraphs.map(self.paragraphs).fillna(paragraphs + " in B")
        return table


def _occurrences(sentences: pd.DataFrame) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    found = []
    for text in sentences["text"].astype("str"):
        seen[text] = seen.get(text, -1) + 1
        found.append((text, seen[text]))
    return found


def _starts(sentences: pd.DataFrame) -> Mapping[str, int]:
    return dict(zip(sentences["sentence"].astype("str"), sentences["start"].astype("int64"), strict=True))
