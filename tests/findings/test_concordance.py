"""A concordance on a page."""

from __future__ import annotations

import pandas as pd

from presslens.article.reading import from_text
from presslens.findings.concordance import described, lines, pattern_of
from presslens.keywords.concordance import concordance


def test_lines_are_escaped_and_each_side_has_its_column() -> None:
    article = from_text("He <b>saw</b> oil. Oil rose.", id="x")
    html = lines(concordance(article.sentences, article.tokens, pattern="oil"), caption="“oil”")
    assert html.count("<tr>") == 3
    assert "<b>" not in html
    assert html.count('<td class="before">') == html.count('<td class="after">') == 2


def test_of_nothing_it_says_none_and_of_much_how_much() -> None:
    article = from_text("Oil. " * 30, id="x")
    assert "none" in lines(concordance(article.sentences, article.tokens, pattern="gas"), caption="gas")
    many = lines(concordance(article.sentences, article.tokens, pattern="oil"), caption="oil", most=5)
    assert "The first 5 of 30 lines." in many


def test_a_phrase_that_is_an_actor_is_looked_up_by_any_name() -> None:
    named = pd.DataFrame({"actor": ["North Korea"]})
    pattern = pattern_of(["North Korea", "aid"], named)
    assert pattern == "@North Korea | aid"
    assert described(pattern) == "North Korea (any name) and “aid”"
    assert pattern_of(["North Korea"]) == "North Korea"
