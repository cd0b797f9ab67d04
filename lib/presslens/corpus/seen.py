"""A set of texts that holds eight bytes for each: whether an id has been seen before."""

import hashlib

import numpy as np

FULL = 0.6  # of the places, before there are twice as many


class Seen:
    """A set of 64-bit digests in an open table; two of a billion ids are taken for one with a chance of about 3 %."""

    def __init__(self, places: int = 1024) -> None:
        self.table = np.zeros(places, dtype=np.uint64)
        self.count = 0

    def add(self, text: str) -> bool:
        """Put a text in; whether it is new."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if not self._put(int.from_bytes(digest, "big") or 1):
            return False
        self.count += 1
        if self.count > FULL * len(self.table):
            self._grow()
        return True

    def _put(self, value: int) -> bool:
        table, mask = self.table, len(self.table) - 1
        at = value & mask
        while held := int(table[at]):
            if held == value:
                return False
            at = (at + 1) & mask
        table[at] = value
        return True

    def _grow(self) -> None:
        values = self.table[self.table > 0]
        self.table = np.zeros(2 * len(self.table), dtype=np.uint64)
        for value in values.tolist():
            self._put(value)
