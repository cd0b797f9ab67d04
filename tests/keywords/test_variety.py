"""The choice of phrases that differ."""

from __future__ import annotations

import numpy as np

from presslens.keywords.variety import choose


def chosen(phrases: list[str], odds: list[float], *, names: bool = False, varied: bool = True) -> list[str]:
    keys = [phrase.lower() for phrase in phrases]
    found = choose(keys, phrases.__getitem__, np.array(odds), np.full(len(keys), names), top=9, varied=varied)
    assert [value for _, value in found] == sorted((value for _, value in found), reverse=True)
    return [phrases[i] for i, _ in found]


def test_spellings_of_one_phrase_come_once() -> None:
    assert chosen(["health care", "health-care", "healthcare", "oil"], [3, 2, 1, 0]) == ["health care", "oil"]


def test_an_acronym_and_its_name_come_once() -> None:
    assert chosen(["World Health Organization", "WHO", "oil"], [3, 2, 1]) == ["World Health Organization", "oil"]
    assert chosen(["WHO", "World Health Organization", "oil"], [3, 2, 1]) == ["WHO", "oil"]


def test_a_part_of_a_chosen_phrase_falls_behind_its_equals() -> None:
    assert chosen(["oil spill", "spill", "coast"], [3, 1.1, 1.0]) == ["oil spill", "coast", "spill"]
    assert chosen(["oil spill", "spill", "coast"], [3, 1.1, 1.0], varied=False) == ["oil spill", "spill", "coast"]


def test_the_head_of_a_chosen_phrase_falls_further_behind_than_its_other_words() -> None:
    assert chosen(["peace talks", "talks", "peace", "coast"], [3, 1.9, 1.4, 1.0]) == [
        "peace talks",
        "peace",
        "coast",
        "talks",
    ]


def test_a_part_of_a_chosen_name_falls_far_behind() -> None:
    assert chosen(["Moon Jae-in", "Moon", "Seoul"], [3, 2, 0.5], names=True) == ["Moon Jae-in", "Seoul", "Moon"]
