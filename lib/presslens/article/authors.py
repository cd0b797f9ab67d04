"""Lines that name the author: a byline at the head, a note at the foot."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from presslens.article.dates import date_line
from presslens.article.document import Paragraph, Removal

UPPER = "A-ZÀ-ÖØ-ÞĀĆČĐŁŃŌŘŚŞŠŽ"
PART = rf"[{UPPER}][\w.'’‐-]*"
NAME = rf"{PART}(?:\s+(?:de|da|del|der|van|von|bin|al|la|le|el|{PART})){{1,4}}"
NAMES = rf"{NAME}(?:(?:,\s+|,?\s+(?:and|&)\s+){NAME}){{0,3}}"
CAPITALS = rf"[{UPPER}][{UPPER}.'’-]*(?:\s+[{UPPER}][{UPPER}.'’-]*){{1,4}}(?:\s+AND\s+[{UPPER} .'’-]{{4,40}})?"
BYLINE = re.compile(
    r"(?:(?:[Pp]osted|[Pp]ublished|[Rr]eported|[Ww]ritten)\s+)?(?:by|By|BY):?\s+"
    rf"(?P<name>{CAPITALS}(?![a-z])|{NAMES})(?P<rest>\s*(?:[,|·•(–—]|\bin\b).{{0,119}}[^.?!])?"
)
STARTS = re.compile(r"\bby\b", re.IGNORECASE)
BETWEEN = re.compile(r"\s*[,|·•–—-]\s*|\s+")
BARE_NAME = re.compile(rf"(?P<name>{NAMES})(?P<rest>(?:\s+in\s+|\s*[,|]\s*){PART}(?:\s+{PART}){{0,4}})?")
FIRST_LINES = 6  # paragraphs among which a byline may stand
LAST_LINES = 5
LONGEST_BYLINE = 200  # characters
BYLINE_REASON = "names the author; kept as byline"
DATED_REASON = "names the author and the day; kept as byline and date"

ROLE = (
    "fellow|reporter|correspondent|professor|lecturer|writer|author|editor|columnist|director|journalist|researcher|"
    "contributor|analyst|scholar|chair|historian|economist|scientist|expert|president|founder|co-founder|critic|producer|"
    "student|teacher|lawyer|attorney|ambassador|officer|consultant|advis[eo]r|freelancer?|physician|strategist|"
    "novelist|essayist|photographer|candidate|senator|member"
)
IS_AUTHOR = re.compile(
    rf"(?P<name>{NAMES})(?:,[^,.]{{2,60}},)?\s+"
    rf"(?:(?:is|are)\s+(?:[\w.,’'&-]+\s+){{0,8}}?(?i:{ROLE})s?\b"
    rf"|(?:writes?|reports?)\s+(?:about|on|for|from)\b|covers?\s.{{2,60}}\sfor\s+{PART})"
)
THE_AUTHOR = re.compile(
    rf"(?:the (?:author|writer)s? (?:is|are) (?:[\w.,’'&-]+ ){{0,8}}?(?:{ROLE})s?\b|about the authors?\b"
    r"|this (?:article|story|piece|essay|op-ed) (?:is|was) (?:written|reported) by\b).{0,300}",
    re.IGNORECASE,
)
REPORTED_BY = re.compile(
    r"[(\[]?(?:(?:[Aa]dditional |[Ww]ith )?(?:[Rr]eporting|[Ee]diting|[Ww]riting|[Rr]esearch|[Cc]ontributions"
    rf"|[Cc]ompiled|[Tt]ranslated|[Ee]dited) (?:by|from):? (?P<name>{NAMES}).{{0,250}})"
)
CONTRIBUTED = re.compile(
    rf"[(\[]?(?:.{{0,60}}\b(?:writers?|reporters?|correspondents?|journalists?) )?{NAMES}.{{0,100}} "
    rf"(?:contributed (?:reporting|to this (?:report|article|story|dispatch|piece))\b.{{0,60}}"
    rf"|reported from {PART}.{{0,60}})"
)
NOT_A_NOTE = re.compile(r"[“”\"]|\b(?:said|says|told|added|not involved|according to)\b")


def byline(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """The lines among the first six that name the author and do nothing else.

    "By Jane Doe, Reuters" below a first line, with a date beside it anywhere; at the very top only in capitals or with an
    agency, since a headline may begin so ("By Train Through Siberia"). A name alone counts where a line with nothing but
    a date stands beside it.
    """
    for index, paragraph in enumerate(paragraphs[:FIRST_LINES]):
        if len(paragraph.text) > LONGEST_BYLINE:
            continue
        match = BYLINE.fullmatch(paragraph.text)
        if dated_byline(paragraph.text):
            yield Removal(index, DATED_REASON)
        elif match:
            if index > 0 or match.group("name").isupper() or match.group("rest"):
                yield Removal(index, BYLINE_REASON)
        elif index > 0 and len(paragraph.text) <= 80 and BARE_NAME.fullmatch(paragraph.text):
            beside = (paragraphs[index - 1], *paragraphs[index + 1 : index + 2])
            if any(date_line(other.text) for other in beside):
                yield Removal(index, BYLINE_REASON)


def dated_byline(text: str) -> tuple[str, dt.date] | None:
    """A byline and the date before or after it in one line ("By Jane Doe | April 28, 2020"); None where it is not both."""
    if len(text) > LONGEST_BYLINE or not STARTS.search(text):
        return None
    for between in BETWEEN.finditer(text):
        before, after = text[: between.start()], text[between.end() :]
        for name, when in ((before, after), (after, before)):
            if BYLINE.fullmatch(name) and (day := date_line(when)) and day.date:
                return name, day.date
    return None


def author_note(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """The closing lines that say who the author is, or who reported and edited.

    Someone whom the article itself names is not taken for its author, unless the byline says so.
    """
    heads = {removal.position for removal in byline(paragraphs)}
    known = " ".join(author(paragraphs[position].text) for position in sorted(heads)).casefold().split()
    last = len(paragraphs) - 1
    for index in range(last, max(last - LAST_LINES, 0), -1):
        text = paragraphs[index].text
        above = [p.text for position, p in enumerate(paragraphs[:index]) if position not in heads]
        if len(text) > 500 or not _is_note(text, above, known):
            return
        yield Removal(index, "says who wrote or reported the article; kept as byline")


def _is_note(text: str, above: Sequence[str], known: Sequence[str]) -> bool:
    if NOT_A_NOTE.search(text):
        return False
    if any(pattern.fullmatch(text) for pattern in (THE_AUTHOR, REPORTED_BY, CONTRIBUTED)):
        return True
    match = IS_AUTHOR.match(text)
    if not match:
        return False
    surname = match.group("name").split()[-1]
    if surname.casefold() in known:
        return True
    named = re.compile(rf"\b{re.escape(surname)}\b")
    return not any(surname in text and named.search(text) for text in above)


def author(text: str) -> str:
    """The name or names in a byline or an author's note, empty where there is none."""
    dated = dated_byline(text)
    text = dated[0] if dated else text
    for pattern in (BYLINE.fullmatch, IS_AUTHOR.match, REPORTED_BY.fullmatch, BARE_NAME.fullmatch):
        match = pattern(text)
        if match and match.group("name"):
            parts = match.group("name").rstrip(",.").split()
            capitals = [part.title() if part.isupper() else part for part in parts]
            return " ".join("and" if part == "And" else part for part in capitals)
    return ""
