"""What is said of key words, topics and shared sentences."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.findings import keyness as findings
from presslens.keywords import structure
from presslens.keywords.concordance import concordance
from presslens.keywords.keyness import keyness

TEXT = (
    "Ada's eclipse darkened Lima. The eclipse was long.\n\nAn eclipse is rare. Telescopes and telescopes stood by.\n\n"
    "Oil rose in Lima. Oil fell again."
)


def test_words_of_one_paragraph_are_named_as_such() -> None:
    said = findings.apart(keyness(from_text(TEXT, id="x").tokens, content_only=True))
    assert "general English (wordfreq)" in said
    assert "farthest from it are “lima” and “eclipse”" in said  # by effect, not by count
    assert "In a short text most content words are" in said
    assert "in one paragraph only" in said


def test_words_are_shown_as_the_text_writes_them_and_small_q_in_words() -> None:
    shown = findings.written(pd.DataFrame({"term": ["lima", "oil"], "q": [1e-9, 0.0234]}), TEXT)
    assert shown["term"].tolist() == ["Lima", "Oil"]
    assert shown["q"].tolist() == ["< .001", ".023"]


def test_a_concordance_is_aligned_and_escaped() -> None:
    article = from_text("He <b>saw</b> oil. Oil rose.", id="x")
    html = findings.lines(concordance(article.sentences, article.tokens, pattern="oil"), caption="“oil”")
    assert html.count("<tr>") == 3
    assert "<b>" not in html
    assert 'style="text-align:right"' in html


@pytest.mark.parametrize("text", ["", "One.", "… 1 2"])
def test_of_nothing_it_says_so(text: str) -> None:
    article = from_text(text, id="x")
    assert findings.apart(keyness(article.tokens)).startswith("No word")
    assert findings.topics(structure.segments(article.tokens)).startswith("No gap")
    assert "none" in findings.lines(concordance(article.sentences, article.tokens, pattern="oil"), caption="oil")


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
