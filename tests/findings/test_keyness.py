"""What is said of key words, topics and shared sentences."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from presslens.actors.mentions import mentions
from presslens.article.reading import from_text
from presslens.figures import phrases as figures
from presslens.findings import keyness as findings
from presslens.keywords import structure
from presslens.keywords.keyness import keyness
from presslens.language.frequency import rarest

TEXT = (
    "Ada's eclipse darkened Lima. The eclipse was long.\n\nAn eclipse is rare. Telescopes and telescopes stood by.\n\n"
    "Oil rose in Lima. Oil fell again."
)


def test_one_measure_leads_in_title_sentence_table_and_figure() -> None:
    table = keyness(from_text(TEXT, id="x").tokens, content_only=True)
    order = findings.key(table)["term"].tolist()
    assert order[:2] == ["lima", "eclipse"]  # Lima is the rarer word, though eclipse is the more frequent here
    assert findings.title(table, TEXT).startswith("“Lima” comes ")
    assert findings.apart(table, TEXT).startswith("Against general English (wordfreq), “Lima” is ")
    assert findings.written(findings.key(table), TEXT)["term"].tolist()[:2] == ["Lima", "eclipse"]
    assert figures.keyness(table, TEXT).data["term"].tolist() == order


def test_words_of_one_paragraph_are_not_key_but_named() -> None:
    table = keyness(from_text(TEXT, id="x").tokens, content_only=True)
    assert not {"telescopes", "oil"} & set(findings.key(table)["term"])
    assert "“telescopes” and “oil” stand in one paragraph only" in findings.apart(table)
    assert "In a short text most content words are" in findings.apart(table)
    alone = keyness(from_text("Oil and oil rose.", id="x").tokens, content_only=True)
    assert findings.key(alone)["term"].tolist() == ["oil"]  # there is no other paragraph


def test_first_names_that_never_stand_alone_are_neither_key_nor_named() -> None:
    text = "Angela Merkel was in Bonn. Merkel spoke.\n\nMerkel left with Angela Merkel.\n\nChloe Hull saw it.\n\nChloe Hull sang."
    read = from_text(text, id="x")
    table = keyness(read.tokens, content_only=True, mentions=mentions(read.sentences, read.tokens))
    assert {"angela", "chloe"} <= set(table["term"])
    assert findings.key(table)["term"].tolist() == ["merkel", "hull"]
    assert not re.search("Angela|Chloe", findings.apart(table, text))


def test_a_word_that_the_reference_does_not_have_gets_no_ratio() -> None:
    text = "The xqzzvf rose in Lima.\n\nThe xqzzvf fell in Lima."
    table = keyness(from_text(text, id="x").tokens, content_only=True)
    assert table.set_index("term")["listed"].to_dict() == {"lima": True, "xqzzvf": False}
    shown = findings.written(findings.key(table), text).set_index("term")
    assert shown.loc["xqzzvf", "times"] == "not in the list"
    assert pd.isna(shown.loc["xqzzvf", "log_ratio"])
    assert "“xqzzvf” is not in the reference at all (rarer than one in about 100 million words)" in findings.apart(
        table
    )
    assert figures.keyness(table).data["term"].tolist() == ["lima"]
    assert 1 / rarest() == pytest.approx(100e6, rel=0.05)


@pytest.mark.parametrize(("log_ratio", "said"), [(1.0, "2.0"), (5.0, "32"), (8.4, "340"), (12.07, "4,300")])
def test_how_many_times_is_said_in_two_figures(log_ratio: float, said: str) -> None:
    assert findings.fold(log_ratio) == said


def test_words_are_shown_as_the_text_writes_them_and_small_q_in_words() -> None:
    shown = findings.written(pd.DataFrame({"term": ["lima", "oil"], "q": [1e-9, 0.0234]}), TEXT)
    assert shown["term"].tolist() == ["Lima", "Oil"]
    assert shown["q"].tolist() == ["< .001", ".023"]


@pytest.mark.parametrize("text", ["", "One.", "… 1 2"])
def test_of_nothing_it_says_so(text: str) -> None:
    article = from_text(text, id="x")
    assert findings.apart(keyness(article.tokens)).startswith("No word")
    assert findings.topics(structure.segments(article.tokens)).startswith("No gap")


def test_the_pair_that_meets_most_is_told_against_chance() -> None:
    edges = pd.DataFrame(
        {"source": ["a", "a"], "target": ["b", "c"], "sentences": [3, 1], "expected": [1.25, 1.0], "npmi": [0.5, 0.1]}
    )
    assert findings.network(edges) == "“a” and “b” share three sentences, where chance would give 1.2."
    assert findings.network(edges.tail(1)) == "No two key phrases share more than one sentence."


def test_the_deepest_turn_is_said_first_and_no_number_of_topics() -> None:
    segments = pd.DataFrame(
        {
            "segment": [1, 2, 3],
            "first": ["p01s01", "p04s01", "p09s01"],
            "words": ["oil coast", "tennis serve", "tax law"],
            "depth": [0.0, 0.3, 0.5],
        }
    )
    assert findings.topics(segments) == (
        "The vocabulary changes most before paragraph 9: from “tennis” and “serve” to “tax” and “law”. It also changes "
        "clearly before paragraph 4."
    )
    assert findings.topics_title(segments) == "The vocabulary changes most before paragraph 9"
    assert findings.topics_title(segments.head(1)) == "The vocabulary has no clear turn"


def test_pairs_that_meet_as_often_are_all_named() -> None:
    edges = pd.DataFrame(
        {
            "source": ["a", "a", "d"],
            "target": ["b", "c", "e"],
            "sentences": [3, 3, 2],
            "expected": [1.25, 2.0, 1.0],
            "npmi": [0.5, 0.1, 0.0],
        }
    )
    assert findings.network_title(edges) == "“a” meets “b” and “c” most"
    assert (
        findings.network(edges) == "“a” meets “b” and “c” in three sentences each, where chance would give 1.2 to 2.0."
    )
    assert findings.network_title(edges.assign(sentences=3)) == "“a” and “b”; “a” and “c”; “d” and “e” meet most"
    many = pd.concat([edges] * 2).assign(sentences=2)
    assert findings.network_title(many) == "Six pairs of key phrases meet most"


def test_the_words_of_many_are_counted_in_plain_numbers() -> None:
    told = findings.apart(keyness(from_text(" ".join([TEXT] * 3), id="x").tokens), TEXT)
    assert re.search(r"^.*\bof (?:\d+|[a-z]+) (?:is|are) more frequent than chance", told)
