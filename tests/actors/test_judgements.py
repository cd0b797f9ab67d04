"""Blame and praise that an article reports is the judge's and not the author's."""

import time
from types import ModuleType

import pandas as pd
import pytest

from presslens.actors.judgements import judgements
from presslens.actors.mentions import mentions
from presslens.actors.passages import article_lines
from presslens.actors.quotations import QUOTATION_COLUMNS, quotations
from presslens.actors.voices import voices


def heard(texts: ModuleType, text: str) -> list[tuple[str, str, str]]:
    sentences, tokens = texts.tables_of(text)
    named = mentions(sentences, tokens)
    table = voices(named, quotations(sentences, tokens, named), judgements(sentences, named))
    return list(zip(table["text"], table["voice"], table["speaker"], strict=True))


@pytest.mark.parametrize(
    ("text", "judge"),
    [
        ("Ada Dell accused Peru of breaking its promises.", "Ada Dell"),
        ("Ada Dell has repeatedly criticised Peru.", "Ada Dell"),
        ("Ada Dell spoke for an hour, praising Peru.", "Ada Dell"),
        ("Union leaders blamed Peru for the strike.", ""),
        ("Ada Dell slammed Peru.", "Ada Dell"),
    ],
)
def test_whom_somebody_blames_or_praises_is_in_the_judge_s_voice(texts: ModuleType, text: str, judge: str) -> None:
    assert [one for one in heard(texts, text) if one[0] == "Peru"] == [("Peru", "attributed", judge)]


def test_the_judge_stays_with_the_author(texts: ModuleType) -> None:
    assert heard(texts, "Ada Dell accused Peru of lying.")[0] == ("Ada Dell", "author", "")


def test_in_the_passive_the_judge_comes_after_by(texts: ModuleType) -> None:
    assert heard(texts, "Peru was accused by Chile of lying.") == [
        ("Peru", "attributed", "Chile"),
        ("Chile", "author", ""),
    ]
    assert heard(texts, "Peru has been widely condemned.") == [("Peru", "attributed", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Peru should be condemned.",
        "We condemn Peru.",
        "I have never praised Peru.",
        "Ada Dell did not accuse Peru of lying.",
        "Ada Dell refused to condemn Peru.",
        "The truck slammed into Peru House.",
        "Peru is to blame.",
    ],
)
def test_what_is_demanded_or_denied_or_the_author_s_own_is_no_reported_judgement(texts: ModuleType, text: str) -> None:
    assert ("attributed") not in {voice for _, voice, _ in heard(texts, text)}


def test_a_judgement_ends_with_its_clause(texts: ModuleType) -> None:
    assert heard(texts, "Ada Dell blamed Peru, but Chile kept calm.")[2] == ("Chile", "author", "")


def test_an_article_without_names_has_a_typed_empty_table(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("They blamed everybody.")
    table = judgements(sentences, mentions(sentences, tokens))
    assert table.empty
    assert table.dtypes.astype(str).to_dict() == QUOTATION_COLUMNS


def test_a_long_run_of_adverbs_before_a_verb_takes_no_time(texts: ModuleType) -> None:
    began = time.process_time()
    for opening in ("Critics never", "The plan is", "He"):
        for adverb in ("rightly", "widely", "repeatedly"):
            heard(texts, f"{opening}{f' {adverb}' * 40} x praised Peru.")
    assert time.process_time() - began < 5


def test_lines_that_are_at_hand_give_the_same_tables(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of(
        "Ada Dell accused Peru of lying. “It is over,” said Ada Dell. Peru denied that it lied."
    )
    named = mentions(sentences, tokens)
    lines = list(article_lines(sentences, named))
    assert len(judgements(sentences, named)) == 1
    pd.testing.assert_frame_equal(judgements(sentences, named), judgements(sentences, named, lines=lines))
    pd.testing.assert_frame_equal(
        quotations(sentences, tokens, named), quotations(sentences, tokens, named, lines=lines)
    )
