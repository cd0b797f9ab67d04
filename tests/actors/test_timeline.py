"""Dates in the text, and the days that they span."""

import calendar
import datetime as dt
from types import ModuleType

import pytest

from presslens.actors import timeline as dates
from presslens.actors.timeline import TIMELINE_COLUMNS, timeline

MAY_2020 = dt.date(2020, 5, 12)


@pytest.mark.parametrize(
    ("text", "date", "first", "last"),
    [
        ("It fell on January 22, 2020.", "January 22, 2020", "2020-01-22", "2020-01-22"),
        ("It fell on 3 May 2019.", "3 May 2019", "2019-05-03", "2019-05-03"),
        ("It opened in April 2018.", "April 2018", "2018-04-01", "2018-04-30"),
        ("It ended in late February 2020.", "late February 2020", "2020-02-21", "2020-02-29"),
        ("It ended in 2003.", "2003", "2003-01-01", "2003-12-31"),
    ],
)
def test_a_date_with_its_year_needs_no_day_of_publication(
    texts: ModuleType, text: str, date: str, first: str, last: str
) -> None:
    found = timeline(texts.sentences_of(text))
    assert found[["date", "first", "last", "how"]].to_numpy().tolist() == [[date, first, last, "stated"]]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell on Jan. 22.", "2020-01-22", "2020-01-22"),
        ("It fell on Dec. 24.", "2019-12-24", "2019-12-24"),
        ("It will open on Dec. 24.", "2020-12-24", "2020-12-24"),
        ("Schools are set to reopen in May.", "2020-05-01", "2020-05-31"),
        ("A letter came in early March.", "2020-03-01", "2020-03-10"),
        ("It shut on Jan. 30 of this year.", "2020-01-30", "2020-01-30"),
        ("It rained yesterday.", "2020-05-11", "2020-05-11"),
        ("He fell two weeks ago.", "2020-04-27", "2020-05-03"),
        ("They met on Monday.", "2020-05-11", "2020-05-11"),
        ("It rained last year.", "2019-01-01", "2019-12-31"),
    ],
)
def test_a_date_without_a_year_is_read_from_the_day_of_publication(
    texts: ModuleType, text: str, first: str, last: str
) -> None:
    sentences = texts.sentences_of(text)
    resolved = timeline(sentences, published=MAY_2020)
    assert resolved[["first", "last", "how"]].to_numpy().tolist() == [[first, last, "resolved"]]
    assert timeline(sentences)[["first", "how"]].to_numpy().tolist() == [["", "open"]]


@pytest.mark.parametrize(
    "text",
    ["He may come, and they march.", "Under Resolution 2397, 2020 people left.", "The 2018-2019 fellow wrote.", ""],
)
def test_what_is_no_date_is_left_alone(texts: ModuleType, text: str) -> None:
    found = timeline(texts.sentences_of(text), published=MAY_2020)
    assert found.empty
    assert list(found.columns) == list(TIMELINE_COLUMNS)


def test_dates_stand_in_order_of_time_and_slice_to_the_text(texts: ModuleType) -> None:
    text = "It ended in 2019. It began in 2003. It rained on Friday. It paused in June 2011."
    found = timeline(texts.sentences_of(text))
    assert found["date"].tolist() == ["2003", "June 2011", "2019", "on Friday"]
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == found["date"].tolist()


def test_each_article_has_its_own_day(texts: ModuleType) -> None:
    sentences = texts.sentences_of("It rained yesterday.")
    found = timeline(sentences, published={"a": dt.date(2001, 1, 1)})
    assert found["first"].tolist() == ["2000-12-31"]


@pytest.mark.parametrize(
    "phrase",
    [
        *(f"{month} 2018" for month in (*calendar.month_name[1:], "Jan.", "Sep.", "Dec.")),
        *(f"{month} 9, 2019" for month in calendar.month_name[1:]),
        "April 3rd, 1999", "Apr. 30 2021", "1 May 2020", "21st June, 2004", "31 January 2000",
    ],
)  # fmt: skip
def test_a_date_that_is_written_out_is_read_as_dateparser_reads_it(phrase: str) -> None:
    read = dates._stated(phrase)
    assert read is not None
    assert read == dates._parsed(phrase, dt.date(2020, 7, 15), False)


@pytest.mark.parametrize("phrase", ["Feb. 30, 2020", "in May", "last month", "Tuesday", "2018-04-05", "May 3"])
def test_other_dates_are_left_to_dateparser(phrase: str) -> None:
    assert dates._stated(phrase) is None
