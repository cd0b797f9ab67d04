"""A text that is only the beginning of an article is told as one."""

from __future__ import annotations

import pytest

from presslens.article.reading import read_text

START = "The council votes\n\nThe council voted on Tuesday to keep the ferries.\n\nIt spoke of the harbour for an hour"


def told(text: str) -> str:
    notes = [note for note in read_text(text, id="a").notes if "beginning of an article" in note]
    return notes[0].partition(": ")[2] if notes else ""


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (".\n\nSubscribe to continue reading", "below it stands \u201cSubscribe to continue reading\u201d."),
        (" and then it \u2026 [+2345 chars]", "it ends with \u201c[+2345 chars]\u201d."),
        (" and then it [\u2026]", "it ends with \u201c[\u2026]\u201d."),
        (" and then it...", "it is short and trails off."),
        (".", ""),
        (" [of the old kind].", ""),
    ],
)
def test_the_end_of_a_text_tells(end: str, says: str) -> None:
    assert told(START + end) == says


def test_a_long_text_may_trail_off() -> None:
    assert told(START + " and an hour" * 60 + "...") == ""


def test_a_line_that_asks_to_subscribe_tells_nothing_where_the_text_goes_on() -> None:
    text = START + ".\n\nSubscribe to continue reading\n\nThen the mayor spoke for another hour, and all went home."
    assert told(text) == ""
    assert "Subscribe" not in read_text(text, id="a").text
