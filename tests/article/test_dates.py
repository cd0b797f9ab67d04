import datetime as dt

import pytest

from presslens.article.dates import date_line

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
