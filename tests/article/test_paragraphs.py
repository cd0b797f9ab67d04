import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.paragraphs import spans

LONG = (
    "The council voted late on Wednesday to keep all seven of its ferry routes, ending a dispute that had split the "
    "harbour districts for most of the winter and had brought hundreds of islanders to the town hall."
)


def texts(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\r\n"])
def test_blanks_have_no_paragraph(text: str) -> None:
    assert spans(text) == []


def test_a_blank_line_ends_a_paragraph() -> None:
    assert texts("One.\n\n  Two. \n \n\nThree.") == ["One.", "Two.", "Three."]


def test_every_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    assert texts(f"Title\n{LONG}\n{LONG}\nShort.") == ["Title", LONG, LONG, "Short."]


@pytest.mark.parametrize("width", [50, 72, 100])
def test_hard_wrapped_lines_run_on_to_the_blank_line(width: int) -> None:
    wrapped = textwrap.fill(LONG, width)
    assert texts(f"Title\n\n{wrapped}\n\n{wrapped}\n") == ["Title", wrapped, wrapped]


def test_an_indented_line_begins_a_paragraph_of_wrapped_text() -> None:
    wrapped = textwrap.fill(LONG, 60, initial_indent="   ")
    assert texts(f"{wrapped}\n{wrapped}") == [wrapped.strip(), wrapped.strip()]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_of_every_kind_count(end: str) -> None:
    assert texts(f"One.{end}{end}Two.{end}Three.") == ["One.", "Two.", "Three."]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\u2028\x0b“”é")))
def test_paragraphs_hold_every_visible_character_once_and_in_order(text: str) -> None:
    found = spans(text)
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


def test_wrapped_paragraphs_without_a_blank_between_end_with_their_short_last_lines() -> None:
    one = "The leading insurer said yesterday that claims arising\nfrom the hurricane could cost it as much as forty\nmillion."
    two = "The storm had made landfall late on Tuesday night some\nsixty miles south-west of the city."
    assert texts(f"{one}\n{two}\n{one}") == [one, two, one]


def test_two_lines_of_one_sentence_are_one_paragraph() -> None:
    text = "Here is a chronology of the oil spill, its cleanup\nand related developments:"
    assert texts(text) == [text]
