"""Results are kept for the inputs that they were made from, and for no others."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from presslens.widgets.kept import MOST, Inputs, Kept, keep


class Sums(Inputs):
    """Two sums that share a part."""

    @keep
    def first(self) -> int:
        return int(self.value("a")) + 1

    @keep
    def both(self) -> int:
        return self.first() * 10 + int(self.value("b"))

    @keep
    def broken(self) -> int:
        raise ValueError(self.value("a"))


def state(**values: Any) -> dict[str, Hashable]:
    return values


def test_only_what_reads_a_changed_input_is_made_again() -> None:
    kept = Kept()
    assert Sums(state(a=1, b=2), kept).both() == 22
    assert Sums(state(a=1, b=5), kept).both() == 25
    assert kept.made == ["first", "both", "both"]
    assert Sums(state(a=1, b=2), kept).both() == 22
    assert Sums(state(a=1, b=9), kept).first() == 2
    assert kept.made == ["first", "both", "both"]


def test_an_input_read_by_a_part_that_was_kept_counts_for_the_whole() -> None:
    kept = Kept()
    Sums(state(a=1, b=2), kept).first()
    Sums(state(a=1, b=2), kept).both()
    assert Sums(state(a=3, b=2), kept).both() == 42


def test_what_fails_is_not_kept_and_leaves_nothing_behind() -> None:
    kept = Kept()
    for _ in range(2):
        try:
            Sums(state(a=1, b=2), kept).broken()
        except ValueError:
            continue
        raise AssertionError
    assert Sums(state(a=1, b=2), kept).both() == 22
    assert kept.made == ["first", "both"]


def test_the_oldest_results_go_where_there_are_too_many() -> None:
    kept = Kept()
    for number in range(MOST + 2):
        Sums(state(a=number, b=0), kept).first()
    Sums(state(a=MOST + 1, b=0), kept).first()
    assert len(kept.made) == MOST + 2
    Sums(state(a=0, b=0), kept).first()
    assert len(kept.made) == MOST + 3


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=40))
def test_a_kept_result_is_what_would_be_made_now(steps: list[tuple[int, int]]) -> None:
    kept = Kept()
    for a, b in steps:
        assert Sums(state(a=a, b=b), kept).both() == (a + 1) * 10 + b
