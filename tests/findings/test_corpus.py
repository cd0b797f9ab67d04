from __future__ import annotations

import pandas as pd

from presslens.corpus import changes
from presslens.findings import corpus as findings


def rates(*rows: tuple[str, str, float, float, float], measure: str = "frame") -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["of", "period", "rate", "low", "high"])
    return table.assign(measure=measure, outlet=table["of"], n=10)


def event(**other: object) -> pd.DataFrame:
    row = {
        "measure": "frame",
        "codebook": "policy_frames",
        "of": "Economic",
        "outlet": "",
        "month": "2018-03",
        "before": 0.05,
    }
    row |= {"after": 0.16, "change": 0.11, "low": 0.1, "high": 0.12, "n": 900}
    return pd.DataFrame([row | other]).astype(changes.COLUMNS)


def test_a_course_says_that_it_rose_only_where_the_intervals_are_apart() -> None:
    rose = rates(("Economic", "2018 Q1", 0.05, 0.04, 0.06), ("Economic", "2018 Q2", 0.16, 0.14, 0.18))
    assert findings.course(rose, what="Economic") == "Economic rose from 5 % in 2018\u00a0Q1 to 16 % in 2018\u00a0Q2."
    level = rates(("", "2018", 0.05, 0.0, 0.1), ("", "2019", 0.08, 0.04, 0.12), measure="tone")
    assert findings.course(level) == "Tone ended about where it began: from +0.05 in 2018 to +0.08 in 2019."
    assert findings.course(rose.head(1)) == "Tone: too few articles to say how it went."


def test_what_moved_most_comes_first_and_what_did_not_is_not_named() -> None:
    table = rates(
        ("A", "2018", 0.10, 0.09, 0.11), ("A", "2019", 0.20, 0.19, 0.21), ("B", "2018", 0.5, 0.49, 0.51),
        ("B", "2019", 0.1, 0.09, 0.11), ("C", "2018", 0.3, 0.2, 0.4), ("C", "2019", 0.3, 0.2, 0.4),
    )  # fmt: skip
    assert [text.split()[0:2] for text in findings.courses(table, by="of")] == [["B", "fell"], ["A", "rose"]]


def test_an_event_comes_before_what_moved_and_instead_of_its_own_course() -> None:
    table = rates(
        ("A", "2018", 0.10, 0.09, 0.11), ("A", "2019", 0.20, 0.19, 0.21), ("Economic", "2018", 0.05, 0.04, 0.06),
        ("Economic", "2019", 0.16, 0.15, 0.17),
    )  # fmt: skip
    broke = "In 2018\u201103 the share of Economic rises from 5 % to 16 %."
    assert findings.courses(table, by="of", events=event()) == [broke, "A rose from 10 % in 2018 to 20 % in 2019."]
    assert findings.courses(table.iloc[[0, 2]], by="of", events=event()) == [broke]
    other = findings.courses(table.head(1), by="of", events=event())
    assert other == ["No series moved further than its intervals from its first period to its last."]


def test_an_event_is_told_with_its_month_and_levels() -> None:
    assert findings.said(event()) == "In 2018\u201103 the share of Economic rises from 5 % to 16 %."
    told = findings.said(event(measure="actor", of="Ada Dell", outlet="Post", before=0.2, after=-0.4))
    assert told == "In 2018\u201103 tone toward Ada Dell in Post falls from +0.20 to \u22120.40."
    assert findings.said(event().head(0)) == "No series breaks off from its line."


def test_articles_without_a_date_and_copies_are_said() -> None:
    volume = pd.DataFrame(
        [("Post", "2018-01", 9, 1), ("Post", "2018-02", 3, 0), ("Post", "", 2, 0)],
        columns=["outlet", "month", "articles", "copies"],
    )
    assert findings.amounts(volume, period="month") == [
        "Most articles are of 2018\u201101: 9, against 6 in a middling month.",
        "One copy of other articles is left out and two articles without a date are in no figure over time.",
    ]
    assert findings.amounts(volume, period="year")[0] == "Most articles are of 2018: 12, against 12 in a middling year."
    assert findings.amounts(volume.tail(1), period="month") == [
        "No article has a date, so nothing can be said over time."
    ]
