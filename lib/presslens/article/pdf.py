"""PDF documents: `printed` says what stands on the pages, `typeset` makes paragraphs of it."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from presslens.article import printed, typeset
from presslens.article.document import Document, Outside
from presslens.article.printed import Line, Page
from presslens.errors import BadInput
from presslens.limits import limits, setting

UNREADABLE = 0.3  # of the characters, at most, for which a font does not say what they are
READ = "Headline and paragraphs were told from how the pages of the PDF look."
RECOGNISE = "Let a program recognise the text (OCR) first."


class Printed(NamedTuple):
    """The pages of a PDF, and the title that it has of itself."""

    title: str
    pages: list[Page]


def opened(data: bytes, *, name: str) -> Printed:
    """What is printed on the pages of a PDF.

    Raises:
        BadInput: it is no PDF, damaged, locked, without text, or larger than the limits.
    """
    answer = _answer(data, name)
    if "error" in answer:
        raise BadInput(f"cannot read {name}: {_refusal(answer['error'])}")
    return Printed(
        answer["title"], [Page(height, [Line(*line) for line in lines]) for height, lines in answer["pages"]]
    )


def lines(printed: Printed) -> list[str]:
    """Every paragraph on the pages, in the order in which the file has them, but for headers and footers."""
    return typeset.texts(_upright(printed.pages))


def document(printed: Printed, *, name: str) -> Document:
    """What a PDF says, with notes on what could not be read; headers, footers and captions are outside the article.

    Raises:
        BadInput: there is no text on its pages, or none that can be read.
    """
    lines = [line for page in printed.pages for line in page.lines]
    letters, strange = sum(len(line.text) for line in lines), sum(line.text.count("\ufffd") for line in lines)
    if not letters:
        raise BadInput(f"cannot read {name}: there is no text in it, only pictures of pages. {RECOGNISE}")
    if strange > UNREADABLE * letters:
        raise BadInput(f"cannot read {name}: its fonts do not say which letters they show. {RECOGNISE}")
    found = typeset.document(_upright(printed.pages), stated=printed.title)
    turned = [
        Outside(0, line.text, "outside the article", "turned against the text") for line in lines if not line.upright
    ]
    marks = sum(line.marks for line in lines)
    notes = (READ, *_notes(printed.pages, strange, marks), *found.notes)
    return replace(found, outside=[*turned, *found.outside], notes=notes)


def _upright(pages: Sequence[Page]) -> list[Page]:
    return [page._replace(lines=[line for line in page.lines if line.upright]) for page in pages]


def _notes(pages: Sequence[Page], strange: int, marks: int) -> Iterator[str]:
    empty = sum(not page.lines for page in pages)
    if empty:
        yield f"Pages without text, which may be pictures of one and are not read: {empty:,} of {len(pages):,}."
    if strange:
        yield f"Unreadable characters, shown as \ufffd: {strange:,}."
    if marks:
        yield f"Numbers of notes, small and raised, left out of the text: {marks:,}."


def _answer(data: bytes, name: str) -> Any:
    """What the process that reads the file says of it."""
    most = limits()
    wanted = (most.paragraphs, most.unpacked_bytes, most.memory, math.ceil(most.seconds))
    command = [sys.executable, "-P", "-m", printed.__name__, *map(str, wanted)]
    paths = os.pathsep.join(path for path in sys.path if path)  # where this process found its packages
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    ) as reader:  # fmt: skip
        try:
            said, _ = reader.communicate(data, timeout=most.seconds)
        except subprocess.TimeoutExpired:
            raise BadInput(
                f"cannot read {name}: it takes longer than {most.seconds:g} seconds. "
                f"Split it, or raise {setting('seconds')}."
            ) from None
        finally:
            reader.kill()  # also where an alarm of ours or of the user came first
    if reader.returncode:
        raise BadInput(
            f"cannot read {name}: reading it takes more than {most.memory / 1e6:g} MB of memory, or it is damaged. "
            f"Save it again, or raise {setting('memory')}."
        )
    return json.loads(said)


def _refusal(error: str) -> str:
    most = limits()
    return {
        "pages": f"it has more than {most.paragraphs:,} pages. Split it, or raise {setting('paragraphs')}.",
        "characters": f"it has more than {most.unpacked_bytes:,} characters. "
        f"Split it, or raise {setting('unpacked_bytes')}.",
        "locked": "it is locked with a password. Save it without one.",
        "damaged": "it is no PDF document, or a damaged one. Save it again.",
    }[error]
