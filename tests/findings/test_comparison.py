"""What a comparison says, and above all what it does not."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.findings import comparison


def difference(value: float, *, clear: bool, p: float = 0.2, **more: object) -> pd.DataFrame:
    row = {"article": "a", "other": "b", "difference": value, "low": value - 0.1, "high": value + 0.1, "n": 9, "m": 9}
    return pd.DataFrame([{**row, "p": p, "p_corrected": p, "clear": clear, **more}])


def whole() -> pd.DataFrame:
    return pd.DataFrame(
        {"article": ["a", "b"], "score": [-0.2, 0.1], "low": [-0.3, 0.0], "high": [-0.1, 0.2], "sentences": 9}
    )


def test_no_difference_is_claimed_that_is_not_clear() -> None:
    said = comparison.tones(whole(), difference(-0.3, clear=False))
    assert said == (
        "No difference in tone between the articles is larger than chance explains. The largest is 0.30, between a and b "
        "(p = .20)."
    )


@pytest.mark.parametrize(
    ("value", "words"), [(-0.3, "a is more negative in tone than b"), (0.3, "b is more negative in tone than a")]
)
def test_a_clear_difference_says_which_way(value: float, words: str) -> None:
    said = comparison.tones(whole(), difference(value, clear=True, p=0.0004))
    assert said.startswith(f"{words}. ")
    assert "p < .001" in said


def test_an_actor_is_told_with_its_articles() -> None:
    shared = pd.DataFrame({"actor": ["Castro", "Castro"], "article": ["a", "b"], "articles": [2, 2]})
    said = comparison.toward(shared, difference(-0.8, clear=True, p=0.004, actor="Castro"))
    assert said.startswith("a is more wary of Castro than b. One actor is named by two articles or more: Castro.")
    assert "a less b is −0.80" in said


def test_the_overview_names_the_clear_differences_and_what_is_alike() -> None:
    tone, frames = difference(-0.3, clear=False), difference(0.35, clear=True, p=0.01, frame="Morality")
    actors = difference(0.5, clear=True, p=0.02, actor="Castro")
    words = pd.DataFrame({"article": ["a"], "term": ["brine"], "clear": [True]})
    none = words.head(0)
    said = comparison.overview([None] * 2, tone, actors, words, frames)  # type: ignore[list-item] # they are counted
    assert said == (
        "Two articles side by side. Clear differences: b is more wary of Castro than a; a uses Morality more than b; "
        "“brine” sets articles apart. In tone no difference is larger than chance explains."
    )
    assert comparison.overview([None] * 2, tone, actors.head(0), none, frames.head(0)) == (  # type: ignore[list-item]
        "Two articles side by side: no difference between them is larger than chance explains."
    )
    shares = pd.DataFrame({"article": [], "frame": [], "share": [], "low": []})
    assert "35 points more of the sentences in a than in b" in comparison.frames(shares, frames)


def test_few_mentions_are_no_finding() -> None:
    shared = pd.DataFrame({"actor": ["Castro", "Castro"], "article": ["a", "b"], "articles": [2, 2]})
    said = comparison.toward(shared, difference(0, clear=False, actor="x").head(0))
    assert said.startswith("No shared actor is named often enough to compare.")


def test_nobody_shared_is_said() -> None:
    empty = pd.DataFrame(columns=["actor", "article", "articles"])
    assert comparison.toward(empty, difference(0, clear=False).head(0)).startswith("The articles share no actor")


def test_words_within_chance_are_told_as_such() -> None:
    table = pd.DataFrame(
        {"article": ["a", "b"], "term": ["brine", "crew"], "count": 3, "elsewhere": 0, "log_odds": 1.0, "paragraphs": 2}
    )
    said = comparison.words(table.assign(clear=False))
    assert said.startswith("No word sets one article apart by more than chance explains.")
    assert "within what chance explains: to a “brine”; to b “crew”." in said
    assert comparison.words(table.assign(clear=[True, False])) == (
        "“brine” sets articles apart. More often than chance explains: a “brine” (3, elsewhere 0). No word sets apart b."
    )


def test_speakers_of_both_articles_and_of_one() -> None:
    table = pd.DataFrame({"speaker": ["Ann", "Bob"], "articles": [2, 1], "total": [9, 2], "a": [4, 2], "b": [5, 0]})
    said = comparison.speakers(table, ["a", "b"])
    assert said == "Ann is heard in both articles. Speakers in each: a 2 and b 1. One speaker is heard in one alone."


def test_p_is_written_as_journals_do() -> None:
    rows = [comparison._three(p) for p in (0.0004, 0.0123, 0.25, 0.999, 1.0)]
    assert rows == ["< .001", ".012", ".25", "1", "1"]
