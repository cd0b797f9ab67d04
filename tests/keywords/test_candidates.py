"""Which stretches of words may become key phrases."""

from __future__ import annotations

import pytest

from presslens.article.reading import from_text
from presslens.keywords.candidates import gather, occurrences
from presslens.keywords.words import batches


def candidates_of(text: str) -> set[str]:
    article = from_text(text, id="x")
    kept = set()
    for words in batches(article.tokens):
        opening = gather(words).opening
        kept |= {words.key(first, last) for first, last in zip(opening.first, opening.last, strict=True)}
    table = occurrences(article.tokens)
    return set(table.loc[table["key"].isin(kept), "phrase"])


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("He spoke to the Supreme People's Assembly.", "Supreme People's Assembly", "Supreme People"),
        ("She is at St. John's Hospital now.", "St. John's Hospital", "John"),
        ("They met Moon’s Democratic Party.", "Democratic Party", "Moon’s Democratic Party"),
        ("They saw a total solar eclipse.", "total solar eclipse", "total"),
        ("Aid for the Third World fell.", "Third World", "World fell"),
        ("The second crash came on Monday.", "crash", "second crash"),
        ("The United Nations relaxed sanctions.", "United Nations", "Nations"),
    ],
)
def test_candidates_are_complete(text: str, there: str, not_there: str) -> None:
    found = candidates_of(text)
    assert there in found
    assert not_there not in found


def test_a_phrase_never_crosses_a_sentence_or_a_comma() -> None:
    found = candidates_of("We sell oil. Gas prices rose. Trains, planes and cars stopped.")
    assert not {phrase for phrase in found if "oil" in phrase and "Gas" in phrase}
    assert "Trains planes" not in found


def test_places_slice_to_the_words() -> None:
    article = from_text("The warm   water\nrose. Warm water fell.", id="x")
    table = occurrences(article.tokens)
    for phrase, start, end in zip(table["phrase"], table["start"], table["end"], strict=True):
        assert " ".join(article.text[start:end].split()) == phrase
