"""Base forms that a word may inflect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.framing.inflection import bases


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("taxes", "tax"), ("taxing", "tax"), ("raised", "raise"), ("policies", "policy"), ("planned", "plan"),
        ("killing", "kill"), ("cities", "city"), ("women", "woman"), ("fought", "fight"), ("Moon's", "moon"),
        ("died", "die"), ("vetoed", "veto"), ("controlled", "control"), ("organised", "organize"), ("labour", "labor"),
    ],
)  # fmt: skip
def test_an_inflected_word_has_its_base_form(word: str, base: str) -> None:
    assert base in bases(word)


@pytest.mark.parametrize(
    ("word", "other"), [("police", "policy"), ("caring", "car"), ("planing", "plan"), ("news", "ne")]
)
def test_a_word_is_not_cut_to_another(word: str, other: str) -> None:
    assert other not in bases(word)


@given(st.text())
def test_any_text_has_base_forms_without_repetition(word: str) -> None:
    found = bases(word)
    assert len(set(found)) == len(found)
