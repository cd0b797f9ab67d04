"""A corpus cut into batches, each with a hash of what is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import islice

from presslens.corpus.entries import Entry, Fault

_ENTRY = tuple(one.name for one in fields(Entry))
_FAULT = tuple(one.name for one in fields(Fault))
SIZE = 500  # articles; of more, the columns are longer and the memory grows, and little time is saved


@dataclass(frozen=True)
class Batch:
    """Some records of a corpus that stand one after the other; `number` counts batches from 0."""

    number: int
    items: tuple[Entry | Fault, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The articles among the records."""
        return tuple(item for item in self.items if isinstance(item, Entry))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The records that could not be read."""
        return tuple(item for item in self.items if isinstance(item, Fault))

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits of the SHA-256 of all that the records hold, where they stand included."""
        found = hashlib.sha256()
        for item in self.items:
            names = _ENTRY if isinstance(item, Entry) else _FAULT
            found.update(_written((type(item).__name__, *[getattr(item, name) for name in names])))
        return found.hexdigest()[:16]

    @property
    def name(self) -> str:
        """What its files are called: its place in the corpus, and its content."""
        return f"part-{self.number:06d}-{self.digest}"


def digest(entry: Entry) -> str:
    """16 hexadecimal digits of the SHA-256 of an article and what is known of it, wherever it stands in the corpus."""
    values = tuple(getattr(entry, name) if name != "source" else "" for name in _ENTRY)
    return hashlib.sha256(_written(values)).hexdigest()[:16]


def batches(items: Iterable[Entry | Fault], *, size: int = SIZE) -> Iterator[Batch]:
    """The records in order, `size` at a time; holds no more than one batch."""
    remaining = iter(items)
    number = 0
    while some := tuple(islice(remaining, size)):
        yield Batch(number, some)
        number += 1


def _written(values: tuple[object, ...]) -> bytes:
    return json.dumps(values).encode() + b"\n"  # ASCII: a lone surrogate of a broken record has bytes, too
