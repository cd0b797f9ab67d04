"""Lines of print put together again: where a word was divided, where a blank stood, where a hyphen belongs to the word."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, starmap

from presslens.language.frequency import zipf

COMMON = 3.0  # Zipf scale: both halves of a compound are at least as common
RARE = 1.9  # Zipf scale: a whole less common is written with a hyphen, if it is a compound (crossborder, wellknown)
LETTERS = re.compile(r"[^\W\d_]+")
DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\x02]\Z")
COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
DASHES = "\u2014\u2013"
SPACED_DASH = re.compile(rf"\s[{DASHES}]\s")
TIGHT_DASH = re.compile(rf"[^\W\d][{DASHES}][^\W\d]")


class Joiner:
    """Puts lines together again; a word divided at the end of a line loses its hyphen, a compound keeps it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words: Counter[str] = Counter()
        self._divides = any(starmap(_surely_divided, pairwise(texts)))
        spaced = tight = 0
        for text in texts:
            spaced, tight = spaced + len(SPACED_DASH.findall(text)), tight + len(TIGHT_DASH.findall(text))
            self._words.update(part.casefold() for part in COMPOUND.findall(text))
        self._tight = tight > spaced  # whether dashes stand without blanks
        self.joined = self.kept = 0

    def __call__(self, lines: Sequence[str]) -> str:
        """The words of some lines as one paragraph."""
        parts = [lines[0]]
        for line in lines[1:]:
            before = parts[-1]
            divided, going_on = DIVIDED.search(before[-80:]), LETTERS.match(line)
            if divided and going_on:
                parts[-1] = before[:-1] + ("-" if self._compound(divided[1], going_on[0]) else "")
            elif before.endswith(("\x02", "\u00ad")):
                parts[-1] = f"{before[:-1]}-"
            elif not self._unspaced(before, line):
                parts.append(" ")
            parts.append(line)
        return "".join(parts).replace("\x02", "-")

    def _unspaced(self, text: str, line: str) -> bool:
        """Whether no blank stood where a line ends: after a hyphen, and beside a dash where the text sets them so."""
        if text.endswith(("-", "\u2010")):
            return not text[:-1].endswith(" ")
        return self._tight and (text[-1] in DASHES or line[0] in DASHES)

    def _compound(self, first: str, second: str) -> bool:
        capitals = second[0].isupper() and not (first.isupper() and second.isupper())
        keep = capitals or self._hyphened(first.casefold(), second.casefold())
        self.kept, self.joined = self.kept + keep, self.joined + (not keep)
        return keep

    def _hyphened(self, first: str, second: str) -> bool:
        """Whether two halves have a hyphen elsewhere in the text; else, whether the text divides no word, or whether both are
        words and the whole is hardly one."""
        whole, compound = self._words[first + second], self._words[f"{first}-{second}"]
        if whole or compound:
            return compound > whole
        return not self._divides or (zipf(first + second) < RARE and min(zipf(first), zipf(second)) >= COMMON)

    def notes(self) -> tuple[str, ...]:
        """What was done, for the report."""
        divided = self.joined + self.kept
        if not divided:
            return ()
        return (f"Words divided at the end of a line and put together: {divided:,}, with their hyphen {self.kept:,}.",)


def _surely_divided(line: str, after: str) -> bool:
    """Whether a word goes on in the next line that is common, and more so than one of its parts by itself."""
    first, second = DIVIDED.search(line[-80:]), LETTERS.match(after)
    if not first or not second:
        return False
    parts = first[1].casefold(), second[0].casefold()
    return zipf("".join(parts)) >= max(COMMON, min(map(zipf, parts)))
