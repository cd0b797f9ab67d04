import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article.dates import date_line, stated

DAY = dt.date(2020, 4, 28)


@pytest.mark.parametrize(
    "line",
    [
        "April 28, 2020",
        "28 April 2020",
        "Apr. 28, 2020",
        "2020-04-28",
        "2020-04-28T11:04:00Z",
        "Published April 28, 2020, 3:04 PM EDT",
        "Tue 28 Apr 2020 11.04 BST",
        "Last modified on Tue 28 Apr 2020 09.00 BST",
        "Updated 3:04 PM EDT, Tue April 28, 2020",
        "Tuesday, 28th April 2020 | 5 min read",
        "Posted on April 28th, 2020 at 11:04 a.m.",
    ],
)
def test_a_line_with_nothing_but_a_date_gives_it(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.date == DAY


@pytest.mark.parametrize("line", ["Published 28 April", "April 28, 3:04 p.m.", "Updated 4/5/2020"])
def test_a_date_that_cannot_be_told_is_still_a_date_line(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "May",
        "April 28",
        "2020",
        "March 4 was a Saturday in 2020",
        "On April 28, 2020, the border opened.",
        "In May 2020 she may march",
        "February 31, 2020",
        "Five years on",
        "3:04 PM",
    ],
)
def test_a_line_with_other_words_or_no_day_is_no_date_line(line: str) -> None:
    assert date_line(line) is None


@pytest.mark.parametrize(
    "source",
    [
        '<meta content="2020-04-28T03:00:00Z">', "/2020/apr/28/bridge", "https://a.org/2020/04/28/", "20200428",
        "April 28, 2020", "Apr. 28th, 2020", "28 April 2020", "28. April 2020", "le 28 avril 2020", "28 de abril de 2020",
        "28.4.2020", "28/4/20", "4/28/2020", "Tue Apr 28 14:03:00 +0000 2020", "2020年4月28日", 'data-utime="1588032001"',
    ],
)  # fmt: skip
def test_a_day_that_a_source_says_in_full_is_stated(source: str) -> None:
    assert stated(dt.date(2020, 4, 28), source)
    assert not stated(dt.date(2020, 4, 29), source)
    assert not stated(dt.date(2019, 4, 28), source)


@pytest.mark.parametrize(
    ("date", "source"),
    [
        (dt.date(2020, 1, 1), "Spring 2020"),
        (dt.date(2020, 4, 1), "April 2020"),
        (dt.date(2020, 6, 5), "5/6/20"),
        (dt.date(2020, 6, 5), "5-6-2020"),
        (dt.date(2020, 4, 1), "https://a.org/2020/04/bridge"),
        (dt.date(2020, 1, 1), "© 2020"),
    ],
)
def test_a_day_that_is_only_guessed_is_not_stated(date: dt.date, source: str) -> None:
    assert not stated(date, source)


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2029, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_any_day_in_a_full_form_is_stated_and_the_next_is_not(date: dt.date, form: str) -> None:
    source = f"Published {date.strftime(form)} by Jane Doe"
    assert stated(date, source)
    assert not stated(date + dt.timedelta(days=1), source)
