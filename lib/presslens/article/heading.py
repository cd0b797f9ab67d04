"""Which of the first paragraphs of a plain text are its headline and its standfirst."""

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

LONGEST_TITLE = 200
LONGEST_DEK = 300
BEGINNING = 200  # characters of a paragraph that tell at once that it is another line
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]+(?: [A-Z.'’-]+){0,4}(?:, [\w. ]{2,30}){0,2}"
    r"|[A-Z][\w.'’ -]{1,40}(?:, [\w. ]{2,30}){0,2} ?(?=\())"
    r"\s*(?:\([\w /.]{2,30}\)\s*)?(?:—|–|--?)\s"
)
ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
STOPS = re.compile(r"[.,:;][\"'”’)\]]*$")
ABBREVIATION = re.compile(r"(?:[A-Z]\.){2}$")  # "in the U.S."
ITEM = re.compile(r"(?:\(?\d{1,2}[.)]|[-•*·–▪])\s")
SPEAKER = re.compile(r"([^\W\d_][\w .'’-]{0,30}):\s|([QA])\.\s")
REPORT = re.compile(
    r"\b(?:said|says|told|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|reported|announced|according to)\b",
    re.IGNORECASE,
)
OPENING_QUOTES = tuple("“\"'‘")


class Head(NamedTuple):
    """Title and dek, empty where there is none, and the paragraphs below them."""

    title: str
    dek: str
    body: list[str]


def find_head(paragraphs: Sequence[str], *, title: str = "", dek: str = "", front: int | None = None) -> Head:
    """Tell the headline and the standfirst from the paragraphs of the body.

    What the file states (`title`, `dek`) is taken, and not repeated in the body. Of plain text, what stands above a
    byline or date line is a headline, or a headline and a standfirst; else the first line is a headline if it reads
    like one, and the next a standfirst if it is a single sentence much shorter than the paragraphs below it and does
    not begin like a news report. The body always keeps a paragraph.

    Args:
        paragraphs: the cleaned text.
        title: the headline, where the file states it.
        dek: the standfirst, where the file states it.
        front: how many paragraphs stand above the byline or date line; None where there is no such line.
    """
    body = list(paragraphs)
    stated = bool(title)
    if stated:
        body = _without(title, body)
    elif len(body) > 1 and (_is_above(body[:1], front, LONGEST_TITLE) or _is_title(body[0], body[1:])):
        title, *body = body
    if dek:
        body = _without(dek, body)
    elif (title and len(body) > 1 and not stated and front == 2 and _is_above(body[:1], 1, LONGEST_DEK)) or (
        title and len(body) > 1 and front != 1 and _is_dek(body[0], body[1:])
    ):
        dek, *body = body
    if not body:
        title, dek, body = ("", "", [title]) if title and not dek else (title, "", [dek]) if dek else ("", "", [])
    return Head(title, dek, body)


def _is_above(lines: Sequence[str], front: int | None, longest: int) -> bool:
    return front in {1, 2} and all(len(line) <= longest for line in lines)


def _without(line: str, paragraphs: list[str]) -> list[str]:
    """The paragraphs, less one among the first three that is `line`."""
    position = next((n for n, paragraph in enumerate(paragraphs[:3]) if repeats(line, [paragraph])), len(paragraphs))
    return paragraphs[:position] + paragraphs[position + 1 :]


def repeats(line: str, paragraphs: Sequence[str]) -> bool:
    """Whether one of the first three paragraphs is `line`, whatever its punctuation and case."""
    own = _letters(line)
    return any(own.startswith(_letters(one[:BEGINNING])) and _letters(one) == own for one in paragraphs[:3])


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_title(line: str, below: Sequence[str]) -> bool:
    if len(line) > LONGEST_TITLE or ITEM.match(line) or not any(map(str.isalpha, line)):
        return False
    if (DATELINE.match(line) and ENDS.search(line)) or below[0][0].islower():  # a report; a line that runs on
        return False
    speaker = SPEAKER.match(line)
    if speaker and any(other.startswith(speaker.group()) or SPEAKER.match(other) for other in below[:3]):
        return False
    if line.endswith(("?", "!", "…")):
        return len(line) <= 120 and (_is_headline_case(line) or _much_shorter(line, below, 0.67))
    if STOPS.search(line):
        is_headline = ABBREVIATION.search(line) or (line.endswith(".") and _is_headline_case(line))
        return bool(is_headline) and _much_shorter(line, below, 0.67)
    return True


def _is_headline_case(line: str) -> bool:
    """Whether all of its longer words, at least three, begin with a capital, or all letters are capitals."""
    words = re.findall(r"[^\W\d_][\w'’-]{3,}", line)
    capital = sum(word[0].isupper() for word in words)
    return line.isupper() or (len(words) >= 3 and capital >= 0.85 * len(words))


def _much_shorter(line: str, below: Sequence[str], share: float) -> bool:
    return len(line) <= share * median(len(paragraph) for paragraph in below)


def _is_dek(line: str, below: Sequence[str]) -> bool:
    if not 20 < len(line) <= LONGEST_DEK or DATELINE.match(line) or ITEM.match(line) or SPEAKER.match(line):
        return False
    if SPEAKER.match(below[0]):  # an interview: what stands above the first question introduces it
        return True
    if line.startswith(OPENING_QUOTES) or REPORT.search(line) or not _much_shorter(line, below, 0.6):
        return False
    if not ENDS.search(line):
        return True
    one_sentence = not re.search(r"[.?!][\"'”’)\]]*\s+[\"'“‘(]?[A-Z]", line)
    return one_sentence and len(line) >= 35 and len(below) > 1 and len(line) <= 0.6 * len(below[0])
