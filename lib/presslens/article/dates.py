"""Lines that say when an article was published, and the date in them."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from presslens.article.document import Paragraph, Removal

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
FORMS = tuple(
    re.compile(rf"(?<!\w){form}(?!\w)")
    for form in (
        rf"{YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{DAY}(?:t[\d:.]+(?:z|[+-]\d\d:?\d\d)?)?",
        rf"{MONTH}\s+{DAY},?\s+{YEAR}",
        rf"{DAY}\s+{MONTH},?\s+{YEAR}",
        rf"{MONTH}\s+{DAY}",
        rf"{DAY}\s+{MONTH}",
        r"\d{1,2}/\d{1,2}/(?:19|20)?\d\d",  # day first or month first: a date, but which one cannot be told
    )
)
AROUND = re.compile(
    r"(?:first |last |originally )?(?:published|posted|updated|modified|revised|created|filed|edited)(?: (?:on|at))?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"|\d{1,2}[:.]\d\d(?:[:.]\d\d)?|\d{1,2}(?= ?[ap]\.?m)|[ap]\.?m\.?|hrs|hours"
    r"|(?:1[0-9]|20)\d\d(?=\s*(?:hrs|hours|gmt|utc))"
    r"|noon|midnight|[ecmpa][sd]?t|eastern(?: time)?|gmt|utc|bst|cet|cest|kst|jst|ist|hkt|sgt|a?est|aedt|(?:19|20)\d\d"
    r"|at|on|date|\d{1,2}[- ]min(?:ute)?s?(?: read)?|read(?:ing)? time|\d{1,2} (?:hours?|days?|minutes?) ago"
    r"|[\s,:;|·•/()\[\]–—-]+"
)
STATED = re.compile(r"published|posted|updated|modified|\d[:.]\d\d|\d ?[ap]\.?m")
DATELINE = re.compile(r"[A-Z][A-Z .’'-]{2,40},? (?P<when>[^–—-]{6,40}?)\s*(?:\([A-Za-z ]+\)\s*)?[–—-]\s")
LONGEST = 120
FIRST_LINES = 8  # paragraphs among which a date line may stand


class DateLine(NamedTuple):
    """A line with nothing in it but a date; `date` is None where it has no year."""

    date: dt.date | None


def date_line(text: str) -> DateLine | None:
    """The date of a line such as "Published April 28, 2020, 3:04 PM EDT"; None if the line holds other words too.

    A day without year, time or "published" is no date line: it may well be a heading in a chronicle.
    """
    if len(text) > LONGEST:
        return None
    line = text.casefold()
    date: dt.date | None = None
    found = False
    for form in FORMS:
        match = form.search(line)
        while match:
            found = True
            date = date or _date(match)
            line = f"{line[: match.start()]} {line[match.end() :]}"
            match = form.search(line)
    stated = date is not None or STATED.search(line) is not None
    return DateLine(date) if found and stated and not AROUND.sub("", line) else None


def dateline(text: str) -> dt.date | None:
    """The date of a dateline with its year, as "OSLO, 14 May 2024 –"; None where a paragraph opens with none."""
    opening = DATELINE.match(text[:LONGEST])
    if opening is None:
        return None
    matches = [form.search(opening.group("when").casefold()) for form in FORMS]
    return next((date for match in matches if match and (date := _date(match))), None)


def _date(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    if not parts.get("year"):
        return None
    month = parts["month"]
    number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
    try:
        return dt.date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None


def stated(date: dt.date, source: str) -> bool:
    """Whether the source of a page says this day in full, and so that it can be no other.

    Libraries that look for a date in a page give a day for "Spring 2020" (1 January) and for "5/6/20" (5 June, or 6 May).
    Between a day and a year any word is taken for the name of the month, in whatever language.
    """
    year, month, day = date.year, date.month, date.day
    between, word, of = r"[\s,./-]{1,6}", r"[^\W\d_]{3,12}\.?", r"(?:(?:de|of)\s)?"
    number = rf"0?{day}(?:st|nd|rd|th|er|\.|º)?"
    forms = [
        rf"{year}[-/._]0?{month}[-/._]0?{day}(?!\d)",
        rf"{year}{month:02d}{day:02d}",
        rf"{year}\s?[年년]\s?0?{month}\s?[月월]\s?0?{day}\s?[日일]",
        rf"{number}{between}{of}{word}{between}{of}{year}(?!\d)",
        rf"{year}{between}{word}{between}{number}(?!\d)",
        rf"0?{day}\.\s?0?{month}\.\s?{year}(?!\d)",  # with full stops the day comes first wherever they are used
    ]
    if day > 12 or day == month:
        some_year = f"(?:{year}|{year % 100:02d})"
        forms += [rf"0?{a}[-/.]0?{b}[-/.]{some_year}(?!\d)" for a, b in ((day, month), (month, day))]
    if re.search(rf"(?<!\d)(?:{'|'.join(forms)})", source):
        return True
    time = r"(?:[\d:]{5,8}\s(?:[A-Z\d+-]{3,5}\s)?)?"  # Tue Apr 28 14:03:00 UTC 2020
    if re.search(rf"(?<![^\W\d_]){word}{between}{number}{between}{time}{year}(?!\d)", source):
        return True
    seconds = {int(found) for found in re.findall(r"(?<!\d)1\d{9}(?!\d)", source)}
    return any(dt.datetime.fromtimestamp(one, dt.UTC).date() == date for one in seconds)


def date_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """The lines among the first eight, below the first, that hold nothing but a date.

    Where such lines are spread out or go on further down, the article is a chronicle and they are its headings.
    """
    short = [index for index, paragraph in enumerate(paragraphs) if len(paragraph.text) <= LONGEST]
    first = [index for index in short if 0 < index < FIRST_LINES and date_line(paragraphs[index].text)]
    if (
        first
        and first[-1] - first[0] <= 3
        and not any(date_line(paragraphs[index].text) for index in short if index >= FIRST_LINES)
    ):
        for index in first:
            yield Removal(index, "says when it was published; kept as the date")
