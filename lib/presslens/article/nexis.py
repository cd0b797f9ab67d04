"""Downloads of Nexis: Nexis Uni's .docx, and the older LexisNexis .txt."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from presslens.article.dates import date_line
from presslens.article.stories import Story, joined
from presslens.limits import limits

if TYPE_CHECKING:
    from docx.document import Document as Package

NUMBERED = re.compile(r"\s*(\d{1,12}) of (\d[\d,]{0,11}) (?:DOCUMENTS|DOKUMENTEN|DOCUMENTOS)\s*")
LISTED = re.compile(r"\s*Documents? \((\d[\d,]{0,11})\)\s*")
FIELD = re.compile(r"([A-Z][A-Z -]{2,28}):(?:\s+(.*))?")
SPOKEN = re.compile(r"(Section|Length|Byline|Dateline|Highlight|Edition):\s*(.*)")
TAIL = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|GRAPHIC|PUBLICATION-TYPE|JOURNAL-CODE|SUBJECT|ORGANIZATION|COMPANY|PERSON|GEOGRAPHIC|COUNTRY"
    r"|CITY|STATE|INDUSTRY|TICKER|DOCUMENT-TYPE|CORRECTION-DATE|URL|ACC-NO|DISTRIBUTION|TYPE|NOTES?):"
)
SPOKEN_TAIL = re.compile(r"(?:Load-Date|Notes|Graphic|Classification|Correction-Date|End of Document)\b:?")
FIELDS = {
    "BYLINE": "author",
    "SECTION": "section",
    "HIGHLIGHT": "dek",
    "Byline": "author",
    "Section": "section",
    "Highlight": "dek",
}
BODY, END = "Body", "End of Document"
LONGEST_HEAD = 60  # lines before the text of an article


def numbered(lines: Iterable[str]) -> Iterator[Story]:
    """The articles of an older LexisNexis .txt, line by line, each below its number (`NUMBERED`)."""
    held: list[str] = []
    stated: int | None = None
    most = limits().paragraphs
    for line in chain(lines, ["0 of 0 DOCUMENTS"]):
        if not (match := NUMBERED.fullmatch(line)):
            if stated is not None and len(held) <= most:
                held.append(line.rstrip())
            continue
        if stated is not None:
            yield Story(_parsed(held), stated)
        held, stated = [], int(match[2].replace(",", ""))


def _parsed(lines: list[str]) -> dict[str, str]:
    """The fields of one article: centred outlet, date and edition, the headline at the left, then FIELD: value."""
    found: dict[str, str] = {"text": ""}
    at = 0
    centred: list[str] = []
    while at < len(lines) and (not lines[at] or lines[at][0].isspace()):
        if lines[at].strip():
            centred.append(lines[at].strip())
        at += 1
    dated = next((n for n, line in enumerate(centred) if n and _is_date(line)), len(centred))
    found["outlet"] = " ".join(centred[:dated]) if dated else ""
    found["date"] = centred[dated] if dated < len(centred) else ""
    headline: list[str] = []
    while at < len(lines) and lines[at] and not FIELD.fullmatch(lines[at]):
        headline.append(lines[at].strip())
        at += 1
    found["title"] = " ".join(headline)
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        match = FIELD.fullmatch(lines[at])
        if not match or TAIL.match(lines[at]):
            break
        value, at = [match[2] or ""], at + 1
        while at < len(lines) and lines[at]:  # a long value goes on until a blank line
            value.append(lines[at])
            at += 1
        if match[1] in FIELDS:
            found[FIELDS[match[1]]] = " ".join(" ".join(value).split())
    end = next((n for n in range(at, len(lines)) if TAIL.match(lines[n]) or _is_copyright(lines[n])), len(lines))
    found["text"] = joined(lines[at:end])
    return _by(found)


def _is_date(line: str) -> bool:
    found = date_line(line)
    return found is not None and found.date is not None


def _is_copyright(line: str) -> bool:
    return bool(line) and line[0].isspace() and line.strip().startswith("Copyright ")


def _by(found: dict[str, str]) -> dict[str, str]:
    found["author"] = re.sub(r"^by\s+", "", found.get("author", ""), flags=re.I)
    found["section"] = found.get("section", "").split(";")[0]
    return found


def lines_of(package: Package) -> list[str]:
    """The lines of a Word document."""
    return [line.strip() for paragraph in package.paragraphs for line in paragraph.text.strip().split("\n")]


def is_spoken(lines: Collection[str]) -> bool:
    """Whether paragraphs are those of a Nexis Uni download."""
    return END in lines and BODY in lines


def spoken(lines: Iterable[str]) -> Iterator[Story]:
    """The articles of a Nexis Uni download by its paragraphs, each above `END`."""
    lines = list(lines)
    listed = next((match for line in lines[:50] if (match := LISTED.fullmatch(line))), None)
    if listed:
        yield Story(stated=int(listed[1].replace(",", "")))
    held: list[str] = []
    for line in lines:
        if line == END:
            yield Story(_said(held))
            held = []
        else:
            held.append(line)


def _said(lines: list[str]) -> dict[str, str]:
    """The fields of one article: title, outlet and date in lines of their own, Name: value, then `Body`."""
    found: dict[str, str] = {"text": ""}
    body = next((n for n, line in enumerate(lines) if line == BODY), None)
    head = lines[: len(lines) if body is None else body]
    dated = next((n for n in range(len(head) - 1, -1, -1) if _is_date(head[n])), None)
    if dated is not None:
        found["date"] = head[dated]
        above = [line for line in head[max(dated - LONGEST_HEAD, 0) : dated] if line]
        found["outlet"] = above[-1] if above else ""
        found["title"] = above[-2] if len(above) > 1 else ""
    for line in head[dated or 0 :]:
        if (match := SPOKEN.fullmatch(line)) and match[1] in FIELDS:
            found[FIELDS[match[1]]] = match[2]
    if body is not None:
        text = lines[body + 1 :]
        end = next((n for n, line in enumerate(text) if SPOKEN_TAIL.match(line) and len(line) < 40), len(text))
        found["text"] = "\n\n".join(line for line in text[:end] if line)
    return _by(found)
