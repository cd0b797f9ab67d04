"""Sentences about actors: as far as intervals allow, and no further; quoted words are told from the author's."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.findings import actors

PASSAGES = pd.DataFrame({"start": [40], "end": [49], "text": ["senseless"], "speaker": ["Kim Yo Jong"]})


def tones(*rows: tuple[str, str, str, int, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["actor", "voice", "verdict", "mentions", "negative", "positive"])
    return table.assign(neutral=0, score=0.1, low=-0.2, high=0.4)


def toned(*rows: tuple[str, str, float, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "label", "score", "voice", "speaker"]).assign(start=30, end=35)


def test_clear_tones_are_named_and_a_lone_harsh_word_is_given_to_its_speaker() -> None:
    table = tones(
        ("Pyongyang", "author", "negative", 9, 7, 0),
        ("Seoul", "author", "positive", 5, 0, 5),
        ("Oslo", "author", "not clear", 4, 0, 1),
    )
    mentions = toned(("Seoul", "positive", 0.7, "author", ""), ("Seoul", "negative", -0.8, "attributed", "Kim Yo Jong"))
    assert actors.toward(table, mentions, PASSAGES) == (
        "The article is warm toward Seoul and wary of Pyongyang. "
        "Its one harsh word about Seoul is a quotation: Kim Yo Jong says “senseless”."
    )


def test_a_harsh_word_that_the_author_says_too_is_not_called_a_quotation() -> None:
    mentions = toned(("Seoul", "negative", -0.7, "author", ""), ("Seoul", "negative", -0.8, "attributed", "Kim"))
    said = actors.toward(tones(("Seoul", "author", "not clear", 5, 1, 0)), mentions, PASSAGES)
    assert "quotation" not in said
    assert "neither clearly warm toward Seoul nor clearly wary" in said


def test_an_actor_on_both_sides_is_one_that_the_article_is_divided_on() -> None:
    table = tones(("Peru", "author", "not clear", 10, 4, 3), ("Chile", "author", "not clear", 3, 0, 0))
    assert actors.toward(table, toned(("Peru", "neutral", 0.0, "author", "")), PASSAGES.head(0)) == (
        "Toward neither of the two actors that it names often enough to tell is the article clearly warm or wary; it is divided "
        "on Peru (3 of 10 mentions are positive, 4 negative)."
    )


@pytest.mark.parametrize(("mentions", "often"), [(1, "once"), (2, "twice")])
def test_too_few_mentions_say_nothing(mentions: int, often: str) -> None:
    table = tones(("Peru", "author", "too few to say", mentions, 0, 0))
    said = actors.toward(table, toned(("Peru", "neutral", 0.0, "author", "")), PASSAGES.head(0))
    assert said.startswith(f"No actor is named more than {often} by the author")


def test_the_table_for_readers_leaves_out_whom_too_little_is_said_of() -> None:
    table = actors.tone_table(
        tones(
            ("Peru", "author", "too few to say", 1, 0, 0),
            ("Chile", "author", "positive", 9, 0, 9),
            ("Peru", "attributed", "too few to say", 1, 1, 0),
        )
    )
    assert table[["actor", "voice", "verdict"]].to_numpy().tolist() == [
        ["Chile", "author", "warm"],
        ["Peru", "attributed", "too few to say"],
    ]
