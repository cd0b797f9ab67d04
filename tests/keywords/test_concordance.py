"""Keyword in context."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.actors.mentions import mentions
from presslens.article.reading import from_table, from_text
from presslens.errors import BadInput
from presslens.keywords.concordance import COLUMNS, concordance, unnamed
from presslens.language.tokens import tokenize

TEXT = "North Korea’s leader met the South. Sanctions on North Korea stay; a sanctions waiver is possible. The cat sat."


def matches(pattern: str, **options: object) -> list[str]:
    article = from_text(TEXT, id="x")
    return concordance(article.sentences, article.tokens, pattern=pattern, **options)["match"].tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("north korea", ["North Korea", "North Korea"]),
        ("sanction*", ["Sanctions", "sanctions"]),
        ("?at", ["cat", "sat"]),
        ("* waiver", ["sanctions waiver"]),
        ("cat | leader", ["leader", "cat"]),
        ("Korea leader", ["Korea’s leader"]),
        ("Korea's leader", ["Korea’s leader"]),
        ("stay; a", ["stay; a"]),
        ("waiver the", []),
        ("[a-z]+", []),
    ],
)
def test_patterns(pattern: str, expected: list[str]) -> None:
    assert matches(pattern) == expected


def test_stems_find_inflections() -> None:
    assert matches("sanction") == []
    assert matches("sanction", stems=True) == ["Sanctions", "sanctions"]


def test_offsets_slice_to_the_match_and_context_is_what_stands_beside_it() -> None:
    article = from_text(TEXT, id="x")
    line = concordance(article.sentences, article.tokens, pattern="waiver", width=15).iloc[0]
    assert article.text[line["start"] : line["end"]] == "waiver"
    assert (line["left"], line["right"]) == ("a sanctions", "is possible.")


def test_sorting_by_left_reads_from_the_nearest_word() -> None:
    article = from_text("An old dog. A bad dog. The old red dog.", id="x")
    found = concordance(article.sentences, article.tokens, pattern="dog", width=8, sort="left")
    assert [left.split()[-1] for left in found["left"]] == ["bad", "old", "red"]


@pytest.mark.parametrize("options", [{"pattern": " "}, {"pattern": "a", "sort": "x"}, {"pattern": "a", "width": -1}])
def test_wrong_options_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        matches(**options)  # type: ignore[arg-type]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=8).filter(lambda s: s.replace("|", " ").split()))
def test_any_text_and_any_pattern(text: str, pattern: str) -> None:
    article = from_text(text, id="x")
    found = concordance(article.sentences, article.tokens, pattern=pattern)
    assert list(found.columns) == list(COLUMNS)
    for start, end, match in zip(found["start"], found["end"], found["match"], strict=True):
        assert " ".join(article.text[start:end].split()) == match


def test_an_actor_is_found_under_any_of_its_names() -> None:
    article = from_text("Kim spoke. North Korea fired. Pyongyang said so, but the North Koreans did not.", id="x")
    named = mentions(article.sentences, article.tokens)
    found = concordance(article.sentences, article.tokens, pattern="@North Korea | fired", mentions=named)
    assert found["match"].tolist()[:3] == ["North Korea", "fired", "Pyongyang"]


def test_only_some_sentences_are_looked_through() -> None:
    article = from_text("Oil rose. Oil fell.", id="x")
    found = concordance(article.sentences, article.tokens, pattern="oil", within=article.sentences.tail(1))
    assert found["sentence"].tolist() == ["p01s02"]


def test_an_actor_is_asked_for_by_any_of_its_names_too() -> None:
    article = from_text("North Korea fired. Pyongyang said so. Seoul saw it.", id="x")
    named = mentions(article.sentences, article.tokens)
    found = concordance(article.sentences, article.tokens, pattern="@Pyongyang", mentions=named)
    assert found["match"].tolist() == ["North Korea", "Pyongyang"]
    assert unnamed("@pyongyang | @France | fired", named) == ["france"]


def test_sentences_of_one_article_are_not_those_of_another() -> None:
    sentences = from_table(pd.DataFrame({"id": ["a", "b"], "text": ["Oil rose.", "Oil fell."]}))
    kept = sentences.loc[sentences["article"] == "1", ["article", "sentence"]]
    found = concordance(sentences, tokenize(sentences), pattern="oil", within=kept)
    assert found[["article", "right"]].to_numpy().tolist() == [["1", "fell."]]
