"""Sentences and tables about who speaks, when things happen, and what is proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest

from presslens.findings import statements


def test_voices_of_equal_length_are_as_many_as_they_are() -> None:
    assert statements.effective(pd.DataFrame({"words": [7, 7, 7]})) == pytest.approx(3.0)
    assert statements.effective(pd.DataFrame({"words": [7]})) == 1.0
    assert statements.effective(pd.DataFrame({"words": []})) == 0.0


def test_a_dominant_voice_is_named_with_its_share() -> None:
    table = pd.DataFrame({"speaker": ["Ada", "Bo"], "direct": [4, 1], "indirect": [0, 1], "words": [80, 20]})
    passages = pd.DataFrame({"speaker": ["Ada"], "speaker_text": ["Ada"]})
    assert statements.sources(table, passages) == (
        "Two voices are heard beside the author's, in six passages: Ada and Bo. 80 % of these words "
        "are those of Ada; by words they weigh "
        "like 1.6 equal voices."
    )


def test_dates_of_a_text_without_a_day_of_publication_say_how_to_give_one() -> None:
    table = pd.DataFrame({"first": ["2003-01-01", ""], "last": ["2003-12-31", ""]})
    said = statements.dates(table, None)
    assert said.startswith("The article gives two dates, from 2003; one of them cannot be placed in time, because")
    assert statements.dates(table.head(1), dt.date(2020, 1, 1)) == "The article gives one date, from 2003."


@pytest.mark.parametrize(
    ("first", "precision", "words"),
    [
        ("2020-01-22", "day", "22 January 2020"),
        ("2020-04-21", "third of a month", "late April 2020"),
        ("2018-04-01", "month", "April 2018"),
        ("2003-01-01", "year", "2003"),
        ("", "day", "May (not placed)"),
    ],
)
def test_days_are_written_as_people_write_them(first: str, precision: str, words: str) -> None:
    assert statements.when(SimpleNamespace(first=first, precision=precision, date="May")) == words


def test_tables_hold_marked_and_escaped_words_of_the_text(measure: Callable[[str], SimpleNamespace]) -> None:
    m = measure("quotation")
    table = statements.date_table(m.timeline)
    assert table["when"].tolist() == ["3 May 2019"]
    assert '<mark class="phrase"' in table["what"].iloc[0]
    assert table["voice"].tolist() == ["Ada Dell"]
    assert set(statements.passages(m.quotations)["speaker"]) == {"Ada Dell"}
