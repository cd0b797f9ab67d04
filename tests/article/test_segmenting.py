from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article import segmenting
from presslens.article.segmenting import COLUMNS, Block, segment, sentence_table, split

CASES = [
    [part.strip() for part in line.split("¦")]
    for line in (Path(__file__).parent / "data/segmentation.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def test_at_most_two_of_the_tricky_boundaries_are_wrong() -> None:
    wrong = [case for case in CASES if sentences(" ".join(case)) != case]
    assert len(CASES) >= 80
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("text", ["", " ", "\n", "\u2003"])
def test_blanks_have_no_sentence(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("text", ["Word", "no end at all", "😀", "\x00", "...", "“", "אין כאן נקודה", "A."])
def test_what_has_no_boundary_is_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_text_without_any_boundary_is_cut_at_a_blank() -> None:
    found = sentences("word " * 10_000)
    assert len(found) > 1
    assert max(map(len, found)) <= 10_000
    assert all(sentence.startswith("word") and sentence.endswith("word") for sentence in found)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aBé1.?!…\"“”'() \nU.S.Mr")))
def test_sentences_slice_in_order_without_blanks_around_and_lose_nothing(text: str) -> None:
    found = split(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_a_table_names_every_sentence_by_its_place() -> None:
    text = "Why? Because.\n\nA dek. Two.\n\nOne. Two.\n\nThree."
    blocks = [Block("title", 0, 0, 13), Block("dek", 0, 15, 26), Block("body", 1, 28, 37), Block("body", 2, 39, 45)]
    table = segment("x", text, blocks)
    assert tuple(table.columns) == COLUMNS
    assert table["sentence"].tolist() == ["title", "titles02", "dek", "deks02", "p01s01", "p01s02", "p02s01"]
    assert table["text"].tolist() == ["Why?", "Because.", "A dek.", "Two.", "One.", "Two.", "Three."]
    assert table["paragraph"].tolist() == [0, 0, 0, 0, 1, 1, 2]
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == table["text"].tolist()


def test_an_empty_table_has_the_columns_and_types_of_a_full_one() -> None:
    full = segment("x", "One.", [Block("body", 1, 0, 4)])
    pd.testing.assert_series_equal(sentence_table([]).dtypes, full.dtypes)
    assert segment("x", "", []).empty


@pytest.mark.parametrize("word", ["1986", "256", "Alaska", "USDA", "over", "Jan", "No", "Mr", "Gen", "U.S", "p.m", "5"])
@pytest.mark.parametrize("opening", ["Clouds came", "“Clouds came”", "``Clouds came''", "(Clouds came)", "I know"])
@pytest.mark.parametrize("close", [".", ".”", ".''", "?", "!"])
def test_an_end_that_is_sure_is_one_for_punkt_too(
    monkeypatch: pytest.MonkeyPatch, word: str, opening: str, close: str
) -> None:
    text = f"It was in {word}{close} {opening} at last."
    found = split(text)
    monkeypatch.setattr(segmenting, "_pieces", lambda whole: [(0, len(whole))])
    assert found == split(text)
