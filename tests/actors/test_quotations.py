"""Quotations and their speakers."""

from types import ModuleType

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.actors.mentions import mentions
from presslens.actors.quotations import QUOTATION_COLUMNS, SOURCE_COLUMNS, quotations, sources
from presslens.article.reading import from_text


def said(texts: ModuleType, text: str) -> list[tuple[str, str, str]]:
    """(kind, speaker or the words for it, what is said) of every quotation."""
    sentences, tokens = texts.tables_of(text)
    found = quotations(sentences, tokens, mentions(sentences, tokens))
    who = found["speaker"].where(found["speaker"] != "", found["speaker_text"])
    return list(zip(found["kind"], who, found["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” said Mayor Ada Dell.", [("direct", "Ada Dell", "We won,")]),
        ("Ada Dell said: “We won.”", [("direct", "Ada Dell", "We won.")]),
        (
            "“We won,” Ada Dell told reporters, “and they lost.”",
            [("direct", "Ada Dell", "We won,"), ("direct", "Ada Dell", "and they lost.")],
        ),
        (
            '"We won," said Ada Dell. "They lost."',
            [("direct", "Ada Dell", "We won,"), ("direct", "Ada Dell", "They lost.")],
        ),
        ("Ada Dell, who once led Oxfam, said that Peru had lied.", [("indirect", "Ada Dell", "Peru had lied")]),
        ("Peru claims to have no debts.", [("indirect", "Peru", "have no debts")]),
        ("Critics praised Peru’s claims to have no debts.", [("indirect", "Peru", "have no debts")]),
        ("According to Oxfam, the harvest failed.", [("indirect", "Oxfam", "the harvest failed")]),
        ("The harvest failed, according to Ada Dell.", [("indirect", "Ada Dell", "The harvest failed")]),
        ("The harvest failed, officials said.", [("indirect", "officials", "The harvest failed")]),
        (
            "Heavy rain caused floods in Peru on Tuesday, killing nine people, officials said.",
            [("indirect", "officials", "Heavy rain caused floods in Peru on Tuesday, killing nine people")],
        ),
        ("“He said ‘never’ to me,” Ada Dell recalled.", [("direct", "Ada Dell", "He said ‘never’ to me,")]),
    ],
)
def test_words_are_given_to_whoever_says_them(
    texts: ModuleType, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(texts, text) == expected


def test_a_quotation_over_paragraphs_keeps_its_speaker(texts: ModuleType) -> None:
    text = "“We won,” said Ada Dell. “It was hard.\n“But we won.”"
    assert [who for _, who, _ in said(texts, text)] == ["Ada Dell"] * 3


def test_a_pronoun_goes_back_to_the_person_of_that_sex(texts: ModuleType) -> None:
    text = "Mary Dell met Peter Kess. “I am tired,” she said. He said that he was not."
    assert [(kind, who) for kind, who, _ in said(texts, text)] == [("direct", "Mary Dell"), ("indirect", "Peter Kess")]


def test_quoted_words_without_a_speaker_have_none(texts: ModuleType) -> None:
    assert said(texts, "The so-called “peace wall” still stands.") == [("direct", "", "peace wall")]


def test_a_mark_that_never_closes_ends_with_its_paragraph(texts: ModuleType) -> None:
    found = said(texts, "“We won, said Ada Dell.\nNothing else was quoted.")
    assert [text for _, _, text in found] == ["We won, said Ada Dell."]


def test_sources_are_counted_by_the_words_they_get(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("“We won the whole long race,” said Ada Dell. Peru said that it lost.")
    table = sources(quotations(sentences, tokens, mentions(sentences, tokens)))
    assert table[["speaker", "direct", "indirect", "words"]].to_numpy().tolist() == [
        ["Ada Dell", 1, 0, 6],
        ["Peru", 0, 1, 2],
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="“”\"'‘’ abAB.,said\n", max_size=200))
def test_quotations_of_any_text_slice_to_it(texts: ModuleType, text: str) -> None:
    sentences, tokens = texts.tables_of(text)
    found = quotations(sentences, tokens, mentions(sentences, tokens))
    for start, end, words in zip(found["start"], found["end"], found["text"], strict=True):
        assert text[start:end].split() == words.split()


def test_no_quotations_give_typed_empty_tables(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("")
    quoted = quotations(sentences, tokens, mentions(sentences, tokens))
    assert list(quoted.columns) == list(QUOTATION_COLUMNS)
    assert list(sources(quoted).columns) == list(SOURCE_COLUMNS)


def test_a_described_speaker_keeps_the_capitals_of_a_name_and_loses_that_of_a_sentence() -> None:
    said = [
        ("a", "", "Officials"),
        ("a", "", "officials"),
        ("a", "", "a spokesman for Fluxel"),
        ("a", "", "Okafor"),
        ("a", "Peru", "it"),
    ]
    table = pd.DataFrame(said, columns=["article", "speaker", "speaker_text"]).assign(kind="direct", text="so it is")
    assert sources(table)["speaker"].tolist() == ["officials", "a spokesman for Fluxel", "Okafor", "Peru"]


def test_reported_speech_that_its_attribution_interrupts_has_two_parts() -> None:
    one = from_text(
        "The quay\n\nIt is possible, Agnes Pohl said, that the north lock could open before the others.\n", id="x"
    )
    found = quotations(one.sentences, one.tokens, mentions(one.sentences, one.tokens))
    assert found[["speaker", "text"]].to_numpy().tolist() == [
        ["Agnes Pohl", "It is possible"],
        ["Agnes Pohl", "that the north lock could open before the others"],
    ]
