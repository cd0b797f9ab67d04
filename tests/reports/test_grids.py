"""From several values to runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.errors import BadInput
from presslens.reports import parameters
from presslens.reports.grids import Choices, from_options, grid, shown, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5", ["5"]),
        ("3,5, 7", ["3", "5", "7"]),
        ("[duplicate, footer]", ["[duplicate, footer]"]),
        ("[duplicate],[]", ["[duplicate]", "[]"]),
        ("[[a],[b, c]]", ["[[a],[b, c]]"]),
        (",mine.csv", ["", "mine.csv"]),
        ('"a, b.csv",c.csv', ['"a, b.csv"', "c.csv"]),
        ("it's.csv,b.csv", ["it's.csv", "b.csv"]),
        ('["a,b"],[]', ['["a,b"]', "[]"]),
        ("[1,2", ["[1,2"]),
        ("", [""]),
    ],
)
def test_commas_outside_brackets_and_quotation_marks_separate(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.lists(st.text("abc[]{}\"' ,"), max_size=4))
def test_nothing_but_the_commas_is_lost(pieces: list[str]) -> None:
    text = ",".join(pieces)
    assert "".join(split(text)).replace(" ", "").replace(",", "") == text.replace(" ", "").replace(",", "")


def test_one_value_is_read_as_before() -> None:
    options = ["seed=7", "keep=[duplicate, footer]", "codebook=entman", "actors=", "document=a, b.txt"]
    assert from_options(options) == {
        "seed": 7,
        "keep": ["duplicate", "footer"],
        "codebook": "entman",
        "actors": "",
        "document": "a, b.txt",
    }


@pytest.mark.parametrize("option", ["seed", "=7", "seed=[1"])
def test_an_option_that_cannot_be_read_is_refused(option: str) -> None:
    with pytest.raises(BadInput):
        from_options([option])


def test_every_combination_is_a_point_the_last_varying_fastest() -> None:
    found = grid(from_options(["window=3,5", "keep=[],[duplicate, promotion]", "seed=7"]))
    assert found.varied == {"window": [3, 5], "keep": [[], ["duplicate", "promotion"]]}
    assert [p.name for p in found.points] == [
        "window=3,keep=none",
        "window=3,keep=duplicate+promotion",
        "window=5,keep=none",
        "window=5,keep=duplicate+promotion",
    ]
    assert found.points[1].parameters == parameters.check({"window": 3, "keep": ["duplicate", "promotion"], "seed": 7})
    assert found.points[3].chosen == {"window": 5, "keep": ["duplicate", "promotion"]}


@pytest.mark.parametrize(
    "values",
    [
        {"window": [3, 5], "keep": [["duplicate"], []]},
        {"window": Choices((3, 5)), "keep": Choices((["duplicate"], []))},
    ],
)
def test_a_file_and_options_ask_for_the_same(values: dict[str, object]) -> None:
    assert grid(values).varied == {"window": [3, 5], "keep": [["duplicate"], []]}


def test_one_value_each_is_no_sweep() -> None:
    found = grid({"keep": ["duplicate"], "window": [5], "top": Choices((3, 3))})
    assert found.varied == {}
    assert [p.parameters for p in found.points] == [parameters.check({"keep": ["duplicate"], "window": 5, "top": 3})]
    assert grid({}).points[0].parameters == parameters.check({})


def test_folders_of_values_that_read_alike_are_told_apart(tmp_path: Path) -> None:
    files = [tmp_path / "a b.yaml", tmp_path / "a-b.yaml"]
    for file in files:
        file.write_text("actors:\n  - {name: Zorble Corporation, kind: organisation}\n")
    found = grid({"actors": [str(f) for f in files]})
    names = [p.name for p in found.points]
    assert len({name.casefold() for name in names}) == 2
    assert all(name.startswith("actors=") and "/" not in name and " " not in name for name in names)


def test_too_many_runs_and_choices_of_nothing_are_refused() -> None:
    assert len(grid({"window": list(range(1, 9)), "top": list(range(1, 9))}).points) == 64
    with pytest.raises(BadInput, match=r"72 runs \(9 of window × 8 of top\); at most 64"):
        grid({"window": list(range(1, 10)), "top": list(range(1, 9))})
    with pytest.raises(BadInput, match="window is an empty list"):
        grid({"window": []})


@pytest.mark.parametrize("values", [{"window": [3, "five"]}, {"windows": [3, 5]}, {"keep": Choices(("duplicate", []))}])
def test_every_point_is_checked(values: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="parameter"):
        grid(values)


def test_lists_without_brackets_are_refused_with_both_ways_to_write_them() -> None:
    with pytest.raises(
        BadInput, match=r"keep=\[duplicate, footer\] for all at once, or keep=\[duplicate\],\[footer\] for"
    ):
        grid(from_options(["keep=duplicate,footer"]))


def test_values_are_told_in_words() -> None:
    assert [shown(v) for v in (3, "", [], ["a"], ["a", "b"], "x.csv")] == ["3", "none", "none", "a", "a and b", "x.csv"]
