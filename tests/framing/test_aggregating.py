"""From sentences to paragraphs and articles."""

import pandas as pd
import pytest

from presslens.framing.aggregating import articles, cooccurrence, paragraphs


def codings(*rows: dict[str, float], article: str = "a", paragraph: list[int] | None = None) -> pd.DataFrame:
    """A coding a sentence: the scores of the frames coded in it."""
    places = paragraph or [1] * len(rows)
    table = [
        (article, f"s{n}", "body", places[n], frame, row.get(frame, 0.0), frame in row)
        for n, row in enumerate(rows)
        for frame in ("A", "B", "Other")
    ]
    return pd.DataFrame(table, columns=["article", "sentence", "section", "paragraph", "frame", "score", "coded"])


def test_sentences_share_themselves_among_their_frames() -> None:
    result = articles(codings({"A": 0.875, "B": 0.5}, {"A": 0.5}, {"Other": 1.0}, {"Other": 1.0}))
    assert result["share"].tolist() == pytest.approx([1.75 / 4, 0.25 / 4, 0.5])
    assert result["role"].tolist() == ["dominant", "", ""]
    assert result["rank"].tolist() == [1, 2, 3]
    assert result["sentences"].tolist() == [2, 1, 2]
    assert result["of"].tolist() == [4, 4, 4]


def test_the_residual_leads_only_alone() -> None:
    result = paragraphs(codings({"Other": 1.0}, {"Other": 1.0}, {"B": 0.5}, paragraph=[1, 2, 2]))
    assert result.loc[result["rank"].eq(1), "frame"].tolist() == ["Other", "B"]
    assert result.loc[result["role"].eq("dominant"), "frame"].tolist() == ["B"]


def test_opening_and_closing_frames_skip_the_residual() -> None:
    result = articles(codings({"Other": 1.0}, {"B": 0.5}, {"A": 0.9, "B": 0.1}, {"Other": 1.0}))
    assert result.loc[result["opens"], "frame"].tolist() == ["B"]
    assert result.loc[result["closes"], "frame"].tolist() == ["A"]


def test_the_interval_depends_on_the_article_alone_and_holds_the_share() -> None:
    one = codings({"A": 0.9}, {"B": 0.5}, {"A": 0.7}, {"Other": 1.0})
    other = codings({"B": 0.9}, {"B": 0.5}, article="b")
    alone, together = articles(one, resamples=200), articles(pd.concat([other, one], ignore_index=True), resamples=200)
    pd.testing.assert_frame_equal(alone, together[together["article"].eq("a")].reset_index(drop=True))
    assert (alone["low"] <= alone["share"]).all()
    assert (alone["share"] <= alone["high"]).all()
    sure = together[together["article"].eq("b") & together["frame"].eq("B")]
    assert sure[["low", "high"]].to_numpy().tolist() == [[1.0, 1.0]]


def test_cooccurrence_sets_what_is_found_against_chance() -> None:
    result = cooccurrence(codings({"A": 0.5, "B": 0.5}, {"A": 0.5}, {"Other": 1.0}, {"Other": 1.0}))
    assert result.to_numpy().tolist() == [["A", "B", 1, 0.5, 2.0, 0.5]]


def test_an_empty_coding_gives_empty_tables() -> None:
    empty = codings().astype({"score": "float64", "coded": "bool"})
    assert articles(empty).empty
    assert paragraphs(empty).empty
    assert cooccurrence(empty).empty
