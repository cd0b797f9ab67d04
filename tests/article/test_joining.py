"""Lines of print become one text again."""

from __future__ import annotations

import pytest

from presslens.article.joining import Joiner


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("This is a demon\x02", "stration of it now.", "This is a demonstration of it now."),
        ("These were long\x02", "held goals of it all.", "These were long-held goals of it all."),
        ("The North\x02", "South line is far away.", "The North-South line is far away."),
        ("THE DEMON-", "STRATION OF IT IS HERE.", "THE DEMONSTRATION OF IT IS HERE."),
        ("A case of Covid\x02", "19 was found in here.", "A case of Covid-19 was found in here."),
        ("It \u2013 they said \u2013", "was good \u2013 or not.", "It \u2013 they said \u2013 was good \u2013 or not."),
        ("A word\u2014like this\u2014", "is tight\u2014or is it.", "A word\u2014like this\u2014is tight\u2014or is it."),
    ],
)  # fmt: skip
def test_a_word_divided_by_a_line_is_whole_again(first: str, second: str, joined: str) -> None:
    assert Joiner([first, second, "And so the work was in-", "ternational."])([first, second]) == joined


def test_the_text_itself_says_how_it_writes_a_compound() -> None:
    lines = ["The re-use and the re-use of", "it was bad for the re\x02", "use was bad for all of"]
    assert Joiner(lines)(lines) == "The re-use and the re-use of it was bad for the re-use was bad for all of"


@pytest.mark.parametrize(
    ("first", "second", "divides", "keeps"),
    [
        ("It was well-", "known to all.", "It was well-known to all.", "It was well-known to all."),
        ("It was a lock-", "down of all.", "It was a lockdown of all.", "It was a lock-down of all."),
        ("It was inter-", "national by now.", "It was international by now.", "It was international by now."),
    ],
)
def test_where_no_word_is_divided_every_hyphen_is_its_own(first: str, second: str, divides: str, keeps: str) -> None:
    assert Joiner([first, second, "All was in demon-", "stration here."])([first, second]) == divides
    assert Joiner([first, second])([first, second]) == keeps
