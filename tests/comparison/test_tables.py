"""Tables of several articles, small enough to check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.comparison import tables


def mentions(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article", "actor", "kind"])


def test_a_surname_in_one_article_is_the_person_whom_another_names_in_full() -> None:
    found = tables.unified(
        mentions(("a", "Elena Castro", "person"), ("b", "Castro", "person"), ("b", "Norvane", "organisation"))
    )
    assert found["actor"].tolist() == ["Elena Castro", "Elena Castro", "Norvane"]


def test_a_surname_that_two_people_have_is_left_alone() -> None:
    found = tables.unified(
        mentions(("a", "Elena Castro", "person"), ("b", "Juan Castro", "person"), ("c", "Castro", "person"))
    )
    assert found["actor"].tolist() == ["Elena Castro", "Juan Castro", "Castro"]


def test_only_actors_of_two_articles_are_shared_and_only_in_the_authors_voice() -> None:
    tones = pd.DataFrame(
        [
            ("a", "X", "author", 3, 0.1), ("b", "X", "author", 1, 0.2), ("a", "Y", "author", 5, 0.3),
            ("b", "Y", "attributed", 5, 0.4), ("b", "Z", "author", 2, 0.0), ("a", "Z", "author", 9, 0.0),
        ],
        columns=["article", "actor", "voice", "mentions", "score"],
    )  # fmt: skip
    found = tables.shared_tones(tones)
    assert found[["actor", "article", "articles"]].to_numpy().tolist() == [
        ["Z", "a", 2], ["Z", "b", 2], ["X", "a", 2], ["X", "b", 2],
    ]  # fmt: skip


def test_a_planted_word_sets_its_article_apart_and_a_shared_one_does_not() -> None:
    plain = "The council met on the river and talked of boats. "
    one = from_text("\n\n".join([plain + "Dredgers came."] * 12), id="one")
    other = from_text("\n\n".join([plain + "Everybody sang."] * 12), id="other")
    tokens = pd.concat([one.tokens, other.tokens], ignore_index=True)
    found = tables.distinguishing(tokens)
    clear = found[found["clear"]].groupby("article")["term"].agg(set).to_dict()
    assert clear == {"one": {"dredgers", "came"}, "other": {"everybody", "sang"}} or clear == {
        "one": {"dredgers", "came"},
        "other": {"sang"},
    }
    row = found[(found["article"] == "one") & (found["term"] == "dredgers")].iloc[0]
    assert (row["count"], row["elsewhere"]) == (12, 0)
    assert row["low"] < row["log_odds"] < row["high"]
    river = found[found["term"] == "river"]
    assert river["log_odds"].abs().max() < 0.1


def test_one_article_has_nothing_to_be_set_apart_from() -> None:
    assert tables.distinguishing(from_text("A river. A river.").tokens).empty


def test_shares_of_sentences_with_a_frame_are_compared() -> None:
    codings = pd.DataFrame(
        [(article, f"p{n}", frame, coded)
         for article, share in (("a", 8), ("b", 0)) for n in range(10) for frame, coded in (("F", n < share), ("G", False))],
        columns=["article", "sentence", "frame", "coded"],
    )  # fmt: skip
    found = tables.frame_differences(codings)
    assert found["frame"].tolist() == ["F"]
    assert found["difference"].iloc[0] == pytest.approx(0.8)
    assert found["clear"].iloc[0]  # Fisher's exact test gives p = .0007


def test_a_frame_in_hardly_any_sentence_is_not_asked_about() -> None:
    codings = pd.DataFrame(
        [(article, f"p{n}", "F", n == 0) for article in "ab" for n in range(10)],
        columns=["article", "sentence", "frame", "coded"],
    )
    assert tables.frame_differences(codings).empty


def test_items_of_most_articles_come_first() -> None:
    long = pd.DataFrame({"article": ["a", "b", "a"], "speaker": ["Ann", "Ann", "Bob"], "words": [3, 4, 50]})
    found = tables.by_article(long, ["a", "b"], item="speaker", value="words")
    assert found.to_numpy().tolist() == [["Ann", 2, 7, 3, 4], ["Bob", 1, 50, 50, 0]]
    assert tables.long(found, item="speaker")[["article", "speaker", "value"]].to_numpy().tolist() == [
        ["a", "Ann", 3], ["a", "Bob", 50], ["b", "Ann", 4],
    ]  # fmt: skip


def test_a_key_phrase_is_found_in_any_inflection_and_not_inside_a_word() -> None:
    phrases = pd.DataFrame({"article": ["a", "b"], "phrase": ["burst pipe", "burst pipes"]})
    texts = {"a": "A burst pipe leaked.", "b": "Burst pipes leak. The outburst piped down."}
    sentences = pd.concat([from_text(text, id=name).sentences for name, text in texts.items()])
    found = tables.phrase_places(phrases, sentences, names=["a", "b"])
    assert found[["phrase", "articles", "listed", "a", "b"]].to_numpy().tolist() == [["burst pipe", 2, 2, 1, 1]]
