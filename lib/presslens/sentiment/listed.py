"""Columns of the lists that the measures read: long CSV files, read whole, of which a row is a tuple and no dictionary."""

import csv
from collections.abc import Iterable, Iterator
from operator import itemgetter


def columns(lines: Iterable[str], *names: str) -> Iterator[tuple[str, ...]]:
    """The named columns (two or more) of CSV with a header, row by row. Raises ValueError for a name that is no column."""
    rows = csv.reader(lines)
    header = next(rows)
    return map(itemgetter(*map(header.index, names)), rows)
