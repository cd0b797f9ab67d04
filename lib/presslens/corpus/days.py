"""Dates as archives and tables write them, as ISO 8601 days."""

import datetime as dt
import re

from presslens.article.dates import date_line

COMPACT = re.compile(r"(?P<year>(?:1[6-9]|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}Z?)?")
NUMBERS = re.compile(r"(?P<first>\d{1,2})[./-](?P<second>\d{1,2})[./-](?P<year>(?:1[6-9]|20)\d\d)(?:[ T,].*)?")
DOTTED = re.compile(r"(?<=\b\d)\.(?= )|(?<=\b\d\d)\.(?= )")  # 11. July 2010
LONGEST = 80


def day(value: object) -> str | None:
    """The ISO day of a value: "" for none, None for one that cannot be read or may be either of two days.

    `3/4/2018` may be in March or in April, so it is not read; `13/4/2018` is.
    """
    if isinstance(value, dt.datetime):
        return "" if value != value else value.date().isoformat()  # NaT is not equal to itself
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or (isinstance(value, float) and value != value):
        return ""
    text = " ".join(str(value).split())
    if not text:
        return ""
    if len(text) > LONGEST:
        return None
    if match := COMPACT.fullmatch(text):
        return _iso(*(int(match[name]) for name in ("year", "month", "day")))
    if match := NUMBERS.fullmatch(text):
        first, second, year = (int(match[name]) for name in ("first", "second", "year"))
        if first <= 12 and second <= 12 and first != second:
            return None
        return _iso(year, *((second, first) if first > 12 else (first, second)))
    found = date_line(DOTTED.sub("", text)) or date_line(text[:10])
    return found.date.isoformat() if found and found.date else None


def _iso(year: int, month: int, number: int) -> str | None:
    try:
        return dt.date(year, month, number).isoformat()
    except ValueError:
        return None
