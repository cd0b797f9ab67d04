"""Where the paragraphs of a plain text begin and end, also in hard-wrapped and indented text."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

INDENT = re.compile(r"[ \t]{2,}\S")
LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
SENTENCE_END = tuple(".?!:\"”’'")


def spans(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text as (start, end) offsets, without surrounding blanks.

    A blank line ends a paragraph. Otherwise each line is one, unless the text is hard-wrapped: then lines run on
    until a blank or an indented line.
    """
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if not m.group().isspace()]
    if not lines:
        return []
    wrapped = is_wrapped(text, lines)
    found: list[tuple[int, int]] = []
    for start, end in lines:
        begins = not found or not wrapped or INDENT.match(text, start) or _blank_between(text, found[-1][1], start)
        if begins:
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
    return [_stripped(text, start, end) for start, end in found]


def is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines were cut at a width (40 to 130 characters) instead of at the end of paragraphs."""
    inner = list(_run_on(text, lines))
    if len(inner) < 2:
        return False
    widths = [end - start for start, end in inner]
    typical = median(widths)
    even = sum(width >= 0.6 * typical for width in widths) >= 0.8 * len(widths)
    ended = sum(text[start:end].rstrip().endswith(SENTENCE_END) for start, end in inner)
    return typical >= 40 and max(widths) <= 130 and even and ended <= 0.5 * len(inner)


def _run_on(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines that a further line follows at once."""
    for (start, end), (after, _) in pairwise(lines):
        if not _blank_between(text, end, after) and not INDENT.match(text, after):
            yield start, end


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return sum(gap.count(mark) for mark in "\n\r\u2028\u2029\x85\x0b\x0c") > 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())
