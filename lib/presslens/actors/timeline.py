"""The dates that an article gives, in days: its timeline.

Our own patterns find the phrases; the maintained library `dateparser` reads those that depend on the day of publication,
which is given to it. Nothing here ever looks at today's date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from presslens.language.chunks import typed

TIMELINE_COLUMNS = {
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "date": "str",
    "first": "str",
    "last": "str",
    "precision": "str",
    "how": "str",
    "offset": "int64",
    "text": "str",
}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|Sept?(?:ember|\.)|"
    r"Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d)"
_YEAR = r"(?:19|20)\d\d(?![\d%]|[-–/.,]\d)"
_COUNT = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = re.compile(
    rf"""\b(?:
        (?P<day>{_MONTH}\ {_DAY},?\ {_YEAR} | {_DAY}\ (?:of\ )?{_MONTH},?\ {_YEAR} | (?:19|20)\d\d-[01]\d-[0-3]\d(?!\d))
      | (?P<month>(?:(?:early|mid|late)[- ])?{_MONTH},?\ (?:of\ )?{_YEAR})
      | (?P<yearless>(?:{_MONTH}\ {_DAY} | {_DAY}\ (?:of\ )?{_MONTH})(?:\ of\ (?:this|last|next)\ year)?)
      | (?P<part>(?:early|mid|late)(?:[- ]|\ in\ ){_MONTH}(?!\.?\ \d)(?:\ of\ (?:this|last|next)\ year)?)
      | (?:(?i:in|since|until|by|through|during|from|of|last|next|this)\ )
        (?P<named>{_MONTH}(?!\.?\ \d)(?!\ [A-Z])(?:\ of\ (?:this|last|next)\ year)?)
      | (?:(?i:in|since|until|by|through|during|from|to|of|for|before|after|and|around|early|late|mid|between)[ -])
        (?P<year>{_YEAR})
      | (?P<relative>yesterday|tomorrow|{_COUNT}\ (?:days?|weeks?|months?|years?)\ ago
         | (?<!the\ )(?:last|next)\ (?:week|month|year)\b | (?:last|next|on|this)\ {_WEEKDAY})
    )\b""",
    re.VERBOSE,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_WRITTEN = re.compile(
    rf"(?:(?P<month>{_MONTH})(?: (?P<day>\d\d?)(?:st|nd|rd|th)?)?"
    rf"|(?P<first>\d\d?)(?:st|nd|rd|th)? (?P<of>{_MONTH})),? (?P<year>\d{{4}})"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|set to|due to|due in|scheduled|slated|plans? to|expected|is to|are to|upcoming|next)\b"
)
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_OF_YEAR = re.compile(r" of (this|last|next) year$")
_WEEKDAYS = tuple(day.lower() for day in calendar.day_name)
_WITH_YEAR = ("day", "month", "year")


def timeline(
    sentences: pd.DataFrame, *, published: dt.date | Mapping[str, dt.date | None] | None = None
) -> pd.DataFrame:
    """Every date of each article, in order of time; those that cannot be placed come last, in order of the text.

    Args:
        sentences: `article`, `sentence`, `start`, `text`.
        published: the day of publication, of all articles or by article. Without it, dates that lack a year and words such
            as "yesterday" stay open.

    Returns:
        `article`, `sentence`, `start`, `end` (of the phrase, in the article), `date` (the phrase as written), `first`, `last`
        (the days that it spans, ISO 8601; empty where open), `precision` (`day`, `week`, `third of a month`, `month`,
        `year`), `how` (`stated`: the article gives the year; `resolved`: from the day of publication; `open`), `offset` and
        `text` (where the sentence begins, and the sentence).
    """
    days = published if isinstance(published, Mapping) else dict.fromkeys(sentences["article"].unique(), published)
    rows: list[tuple[Any, ...]] = []
    wanted = ("article", "sentence", "start", "text")
    for article, sentence, offset, text in zip(*(sentences[name].tolist() for name in wanted), strict=True):
        for match in _DATE.finditer(text):
            kind = str(match.lastgroup)
            phrase = match.group(kind)
            span = _span(phrase, kind, days.get(article), ahead=_AHEAD.search(text) is not None)
            first, last, precision = span or ("", "", "day")
            how = "open" if span is None else "stated" if kind in _WITH_YEAR else "resolved"
            place = (offset + match.start(kind), offset + match.end(kind))
            rows.append((article, sentence, *place, phrase, first, last, precision, how, offset, text))
    order = {article: number for number, article in enumerate(dict.fromkeys(sentences["article"].tolist()))}
    rows.sort(key=lambda row: (order[row[0]], row[5] == "", row[5], row[6], row[2]))
    return typed(rows, TIMELINE_COLUMNS)


def _span(phrase: str, kind: str, published: dt.date | None, *, ahead: bool) -> tuple[str, str, str] | None:
    """The first and last day of a phrase and how precise it is; None where it cannot be told."""
    if kind not in _WITH_YEAR and published is None:
        return None
    if kind == "year":
        return f"{phrase}-01-01", f"{phrase}-12-31", "year"
    base = published or dt.date(2000, 1, 1)  # a stated date does not depend on it
    of_year = _OF_YEAR.search(phrase)
    bare = _OF_YEAR.sub("", phrase).replace("-", " ", 1) if not phrase[0].isdigit() else _OF_YEAR.sub("", phrase)
    third = bare.split()[0].lower() if bare.split()[0].lower() in _THIRDS else ""
    bare = re.sub(r"^(?:early|mid|late) (?:in )?|\bof |^(?:on|this) ", "", bare).replace("Sept.", "Sep.")
    if of_year:
        bare += f" {base.year + {'this': 0, 'last': -1, 'next': 1}[of_year.group(1)]}"
    if bare.strip().lower() == _WEEKDAYS[base.weekday()]:  # "on Tuesday", printed on a Tuesday, is that day
        return base.isoformat(), base.isoformat(), "day"
    found = _stated(bare) or _parsed(bare, base, ahead and kind != "relative")
    if found is None:
        return None
    day, precision = found
    if precision == "month":
        return _month(day, third)
    if precision == "year":
        return f"{day.year}-01-01", f"{day.year}-12-31", "year"
    if precision == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat(), "week"
    return day.isoformat(), day.isoformat(), "day"


def _month(day: dt.date, third: str) -> tuple[str, str, str]:
    length = calendar.monthrange(day.year, day.month)[1]
    first, last = _THIRDS.get(third, (1, length))
    span = day.replace(day=first).isoformat(), day.replace(day=min(last, length)).isoformat()
    return *span, "third of a month" if third else "month"


def _stated(phrase: str) -> tuple[dt.date, str] | None:
    """A month or day that is written out with its year; dateparser, which is slow to load, is left to read the others."""
    match = _WRITTEN.fullmatch(phrase)
    if match is None:
        return None
    month, day = match["month"] or match["of"], match["day"] or match["first"]
    try:
        return dt.date(int(match["year"]), _MONTHS[month[:3].lower()], int(day or 1)), "day" if day else "month"
    except ValueError:  # no such day
        return None


@cache
def _parsed(phrase: str, base: dt.date, ahead: bool) -> tuple[dt.date, str] | None:
    """A phrase as dateparser reads it, seen from a given day; a month or day of no year is the nearest on its side."""
    from dateparser.date import DateDataParser  # costs a moment to import

    settings = {
        "RELATIVE_BASE": dt.datetime(base.year, base.month, base.day),
        "PREFER_DATES_FROM": "future" if ahead else "past",
        "PREFER_DAY_OF_MONTH": "first",
        "TIMEZONE": "UTC",
        "DATE_ORDER": "MDY",
    }
    found = DateDataParser(languages=["en"], settings=settings).get_date_data(phrase)
    if found is None or found.date_obj is None:
        return None
    day = found.date_obj.date()
    if found.period == "month" and day.month == base.month and "year" not in found.parts:
        day = day.replace(year=base.year)  # "in May", said in May
    period = "month" if re.search(r"months? ago|(?:last|next) month", phrase) else found.period
    return day, period
