"""What is told of words by themselves, as columns: each word is asked about once in a process, not once a batch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)
MOST = 200_000  # words that are remembered: then it starts anew, so that a long run does not fill the memory
ROOM = 1024


class Facts(Generic[Key]):
    """What a function tells of words, or of anything that comes back all the time.

    Args:
        tell: what it tells of one, always as many values.
        kinds: the type of each value, as NumPy writes it.
        most: how many are remembered.
    """

    def __init__(self, tell: Callable[[Key], Sequence[Any]], kinds: Sequence[str], *, most: int = MOST) -> None:
        self._tell, self._most = tell, most
        self._numbers: dict[Key, int] = {}
        self._columns: list[np.ndarray[Any, Any]] = [np.empty(ROOM, dtype=kind) for kind in kinds]

    def of(self, keys: Sequence[Key]) -> list[np.ndarray[Any, Any]]:
        """The values for these keys, an array for each value that `tell` gives."""
        found = list(map(self._numbers.get, keys))
        if None in found:
            self._learn(dict.fromkeys(key for key, number in zip(keys, found, strict=True) if number is None), keys)
            found = list(map(self._numbers.get, keys))
        at = np.array(found, dtype=np.int64)
        return [column[at] for column in self._columns]

    def _learn(self, new: dict[Key, None], keys: Sequence[Key]) -> None:
        if len(self._numbers) + len(new) > self._most:
            self._numbers.clear()
            new = dict.fromkeys(keys)
        size = len(self._numbers)
        stop = size + len(new)
        if stop > len(self._columns[0]):
            self._columns = [np.resize(column, 2 * stop) for column in self._columns]
        for column, values in zip(self._columns, zip(*map(self._tell, new), strict=True), strict=True):
            column[size:stop] = values
        self._numbers.update(zip(new, range(size, stop), strict=True))
