"""The lines on the pages of a PDF, by PDFium: `python -m presslens.article.printed PAGES CHARACTERS MEMORY SECONDS <PDF`.

A process of its own, for a few hundred bytes can ask for gigabytes or for years: the system ends it at its limits, and
whoever waits for it goes on. It writes an object of JSON, `{"title", "pages"}` or `{"error"}`, and opens no file.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import pairwise
from statistics import median, median_low
from typing import Any, NamedTuple

BLANK = 32  # a character above it is to be seen
HYPHEN = 0x02  # PDFium's mark of a hyphen at the end of a line; what follows stands on the next one
PARTS = 5  # of a line, at whose beginnings its size is taken: a bullet or a word of code may be set smaller
TOUCHING = 0.05  # times the size of type: no room for a blank
ROOM = 0.2  # times the size of type, beyond what else stands between the letters of a line: a blank that was not drawn
LONGEST_UNIT = 2  # letters
RAISED, REDUCED = 0.2, 0.8  # times the size of type, at least and at most: the number of a note
MARKS = frozenset(map(ord, "0123456789*\u2020\u2021"))
SWAPPED = re.compile(  # ligatures as Ghostscript 10.00 writes them: the bytes of each letter the wrong way round
    "|".join(
        "".join(chr(ord(letter) << 8) for letter in ligature)
        for ligature in ("ffi", "ffl", "ffj", "fft", "ff", "fi", "fl", "fj", "ft", "tt", "ti", "tf", "st", "ct", "Th")
    )
)
TURNED = 0.1  # tangent of the angle to the horizontal; what is turned further is no text of the article
LOCKED = 4  # PDFium's error: a password is needed


class Line(NamedTuple):
    """One line of print, in points from the lower left corner of its page."""

    text: str
    left: float
    right: float
    base: float
    size: float  # of its type
    first: float  # how wide its first word is
    upright: bool = True
    marks: int = 0  # of notes, which are not in the text


class Page(NamedTuple):
    """The lines of a page in the order in which the file has them, and its height in points."""

    height: float
    lines: list[Line]


class TooLarge(Exception):  # noqa: N818 - an event, told by what happened
    """There are more pages or characters than are wanted."""


def pages(data: bytes, *, most_pages: int, most_characters: int) -> tuple[str, list[Page]]:
    """The title that a PDF has of itself, and its pages.

    Raises:
        TooLarge: more pages or characters than that.
        pypdfium2.PdfiumError: it is no PDF, or it is locked (`err_code` 4).
    """
    import pypdfium2

    found: list[Page] = []
    characters = 0
    with closing(pypdfium2.PdfDocument(data)) as opened:
        if len(opened) > most_pages:
            raise TooLarge("pages")
        title = str(opened.get_metadata_value("Title"))
        for number in range(len(opened)):
            with closing(opened[number]) as page, closing(page.get_textpage()) as text:
                characters += text.count_chars()
                if characters > most_characters:
                    raise TooLarge("characters")
                found.append(Page(page.get_height(), list(_lines(text))))
    return title, found


def _lines(page: Any) -> Iterator[Line]:
    from pypdfium2 import raw

    held: list[tuple[int, int]] = []
    for at in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, at)
        if code not in {10, 13}:
            held.append((at, code))
        if code in {10, 13, HYPHEN} and held:
            yield from _line(page, held)
            held = []
    yield from _line(page, held)


def _line(page: Any, held: list[tuple[int, int]]) -> Iterator[Line]:
    """One line of the places and codes of its characters, unless they are blank."""
    inner = [at for at, code in held if code > BLANK]
    if not inner:
        return
    sample = [_set(page, at) for at in sorted({inner[len(inner) * part // PARTS] for part in range(PARTS)})]
    size, base = median_low(one.size for one in sample), median_low(one.base for one in sample)
    marks = _marks(page, held, size, base)
    held = [(at, code) for at, code in held if at not in marks]
    if sample[-1].upright:
        held = _spaced(page, held, size)
    inner = [at for at, code in held if code > BLANK]
    ends = (before for (before, _), (at, code) in pairwise(held) if at > inner[0] and code <= BLANK)
    word = next(ends, inner[-1])
    left, _, right, _ = page.get_charbox(inner[0])
    right, first = (max(page.get_charbox(at)[2], right) for at in (inner[-1], word))
    if all(map(math.isfinite, (left, right, base, size, first))):
        words = text(code for _, code in held)
        yield Line(words, left, right, base, size, first - left, sample[-1].upright, len(marks))


class _Set(NamedTuple):
    """How a character is set."""

    size: float
    base: float
    upright: bool


def _set(page: Any, at: int) -> _Set:
    from pypdfium2 import raw

    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, at, matrix)
    raw.FPDFText_GetCharOrigin(page, at, x, y)
    size = raw.FPDFText_GetFontSize(page, at) * (math.hypot(matrix.b, matrix.d) or 1.0)
    return _Set(size, y.value, matrix.a > 0 and abs(matrix.b) <= TURNED * matrix.a)


def _marks(page: Any, held: Sequence[tuple[int, int]], size: float, base: float) -> set[int]:
    """The places of the numbers of notes: small and raised, right after a word or a stop; those of a unit (m²) stay."""
    found: set[int] = set()
    word = 0  # letters right before
    for (before, last), (at, code) in pairwise(held):
        word = word + 1 if chr(last).isalpha() else 0
        if code in MARKS and last > BLANK and (before in found or word > LONGEST_UNIT or not chr(last).isalnum()):
            one = _set(page, at)
            if one.size <= REDUCED * size and one.base >= base + RAISED * size:
                found.add(at)
    return found


def _spaced(page: Any, held: Sequence[tuple[int, int]], size: float) -> list[tuple[int, int]]:
    """The characters of a line with a blank where there is room for one, and none where letters touch.

    Programs for typesetting (TeX, troff) leave room and draw no blank, and PDFium does not see each; others draw one and
    set the next letter over it.
    """
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    rooms: dict[int, float] = {}  # before a letter
    blank: dict[int, int] = {}  # before a letter, the place of the last blank
    right, last = math.nan, -1
    for at, code in held:
        if code == BLANK:
            last = at
        elif code > BLANK and raw.FPDFText_GetLooseCharBox(page, at, box):
            rooms[at] = box.left - right
            if last >= 0:
                blank[at] = last
            right, last = box.right, -1
    known = {at: room for at, room in rooms.items() if math.isfinite(room)}
    inner = [room for at, room in known.items() if at not in blank]
    between = [room for at, room in known.items() if at in blank]
    least = ROOM * size + max(median(inner), 0) if inner else math.inf
    wide = max(between, default=0) >= ROOM * size
    dropped = {blank[at] for at in blank if wide and known.get(at, math.inf) < TOUCHING * size}
    found: list[tuple[int, int]] = []
    for at, code in held:
        if at in known and at not in blank and known[at] > least:
            found.append((at, BLANK))
        if at not in dropped:
            found.append((at, code))
    return found


def text(codes: Iterable[int]) -> str:
    """Characters of their codes, which may be halves of pairs; those that no font explains are shown as U+FFFD."""
    raw = "".join(chr(code) if _known(code) else "\ufffd" for code in codes)
    words = raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip(" \t\u00a0")
    return SWAPPED.sub(lambda found: "".join(chr(ord(letter) >> 8) for letter in found[0]), words)


def _known(code: int) -> bool:
    """Whether a code is that of a character, neither for private use nor none at all."""
    return 0 < code < 0xF0000 and not 0xE000 <= code <= 0xF8FF and code & 0xFFFE != 0xFFFE


def _hold(memory: int, seconds: int) -> None:
    """Let the system end this process where it takes more than that, or writes a file."""
    try:
        import resource
    except ImportError:  # not a Unix system: only the time is kept, by who waits
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        allowed = resource.getrlimit(what)[1]
        least = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (least, allowed))


def main(most_pages: int, most_characters: int, memory: int, seconds: int) -> None:
    """Read a PDF from standard input and write what is on its pages to standard output."""
    data = sys.stdin.buffer.read()
    _hold(memory, seconds)
    import pypdfium2

    try:
        title, found = pages(data, most_pages=most_pages, most_characters=most_characters)
        answer: dict[str, Any] = {"title": title, "pages": found}
    except TooLarge as error:
        answer = {"error": str(error)}
    except pypdfium2.PdfiumError as error:
        answer = {"error": "locked" if getattr(error, "err_code", None) == LOCKED else "damaged"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
