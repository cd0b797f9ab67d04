"""Where the paragraphs of a plain text begin and end, also in hard-wrapped and indented text."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

INDENT = re.compile(r"[ \t]{2,}\S")
LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
FULL_STOP = re.compile(r"[.?!][\"'”’)]*\s*$")
SENTENCE_END = tuple(".?!:\"”’'")


def spans(text: str) -> list[tuple[int, int]]:
    """The paragraphs of a text as (start, end) offsets, without surrounding blanks.

    A blank line ends a paragraph. Otherwise each line is one, unless the text is hard-wrapped: then lines run on
    until a blank or an indented line, or one that ends a sentence well before the width.
    """
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if not m.group().isspace()]
    width = wrapped_at(text, lines)
    found: list[tuple[int, int]] = []
    ended = True
    for start, end in lines:
        if ended or not width or INDENT.match(text, start) or _blank_between(text, found[-1][1], start):
            found.append((start, end))
        else:
            found[-1] = (found[-1][0], end)
        ended = end - start < 0.75 * width and FULL_STOP.search(text, max(start, end - 20), end) is not None
    return [_stripped(text, start, end) for start, end in found]


def wrapped_at(text: str, lines: list[tuple[int, int]]) -> float:
    """The width (40 to 130 characters) at which lines were cut; 0 where they end with the paragraph.

    Lines were cut if most are about as long as the others and end no sentence, or if three in ten go on in lower case.
    """
    inner = list(_run_on(text, lines))
    if not inner:
        return 0
    widths = [end - start for start, end, _ in inner]
    typical = median(widths)
    if typical < 40 or max(widths) > 130:
        return 0
    even = len(inner) > 1 and sum(width >= 0.6 * typical for width in widths) >= 0.8 * len(widths)
    ended = sum(text[start:end].rstrip().endswith(SENTENCE_END) for start, end, _ in inner)
    going_on = sum(text[after].islower() for _, _, after in inner)
    return typical if (even and ended <= 0.5 * len(inner)) or going_on >= 0.3 * len(inner) else 0


def _run_on(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """The lines that a further line follows at once, and where that one begins."""
    for (start, end), (after, _) in pairwise(lines):
        if not _blank_between(text, end, after) and not INDENT.match(text, after):
            yield start, end, after


def _blank_between(text: str, end: int, start: int) -> bool:
    gap = text[end:start].replace("\r\n", "\n")
    return sum(gap.count(mark) for mark in "\n\r\u2028\u2029\x85\x0b\x0c") > 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    body = text[start:end]
    return start + len(body) - len(body.lstrip()), start + len(body.rstrip())
