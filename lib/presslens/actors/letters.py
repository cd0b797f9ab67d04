"""Patterns of listed words, looked for only where the letters of one of them stand: several times as quick."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick


class Listed:
    """A pattern of which every match begins with one of some strings; it finds what the pattern alone would find."""

    def __init__(self, pattern: str, strings: Iterable[str]) -> None:
        self._pattern = re.compile(pattern)
        self._letters = AhoCorasick(sorted(strings))

    def may_be_in(self, text: str) -> bool:
        """Whether one of the strings stands in a text."""
        return bool(self._letters.find_matches_as_indexes(text))

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches between two places, from left to right, none within the one before."""
        stop = len(text) if end is None else end
        found = self._letters.find_matches_as_indexes(text if end is None else text[:stop], overlapping=True)
        if not found:
            return
        for at in sorted({one for _, one, _ in found}):
            if start <= at and (match := self._pattern.match(text, at, stop)):
                yield match
                start = match.end()


def one_of(strings: Iterable[str]) -> str:
    """The part of a pattern that stands for any of some words, the longest first."""
    return "(?:" + "|".join(sorted(strings, key=lambda one: (-len(one), one))) + ")"
