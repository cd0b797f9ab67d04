"""Patterns of listed words find the same with and without a look at the letters first."""

import re

from hypothesis import given
from hypothesis import strategies as st

from presslens.actors.letters import Listed, one_of

WORDS = ("say", "says", "said", "claim", "aim", "is said")
PATTERN = rf"(?<![-\w]){one_of(WORDS)}\b"
PIECES = st.lists(st.sampled_from([*WORDS, "claims", "é", "-", " ", " ", "sa", "."]), max_size=12).map("".join)


@given(PIECES, st.integers(0, 30), st.integers(0, 60))
def test_the_matches_are_those_of_the_pattern_alone_wherever_it_begins_and_ends(
    text: str, start: int, end: int
) -> None:
    whole = re.compile(PATTERN)
    found = [one.span() for one in Listed(PATTERN, WORDS).finditer(text, start, end)]
    assert found == [one.span() for one in whole.finditer(text, start, end)]


def test_the_longest_word_wins() -> None:
    assert [one.group() for one in Listed(PATTERN, WORDS).finditer("She says it is said.")] == ["says", "is said"]


def test_letters_inside_a_word_may_be_there_but_do_not_match() -> None:
    listed = Listed(PATTERN, WORDS)
    assert listed.may_be_in("Maimed")
    assert not list(listed.finditer("Maimed"))
    assert not listed.may_be_in("Nobody spoke.")
