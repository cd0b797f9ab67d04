from __future__ import annotations

import random
import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from presslens.article.reading import Article, from_text
from presslens.reports import rights, withholding

TEXT = (
    "The minister of the northern province resigned on Monday after a long and bitter quarrel. "
    "Her rivals in the assembly had asked for it since the spring of the year before. Nobody cheered.\n\n"
    "A new election will be held as soon as the council can agree on a day for it."
)
ARTICLE: Article = from_text(TEXT, id="x")
SOURCE = rights.source(ARTICLE)
WORDS = TEXT.replace("\n\n", " ").split(" ")


def test_a_run_that_may_not_be_quoted_leaves_its_place_and_its_length() -> None:
    said = "They write: Her rivals in the assembly had asked for it since, and so on."
    kept = withholding.withheld(said, SOURCE, frozenset())
    start, end = TEXT.index("Her rivals"), TEXT.index(" the spring")
    assert kept == f"They write: ⟦10 words: {start}-{end}⟧, and so on."
    assert withholding.filled(kept, SOURCE) == said
    assert withholding.withheld(said, SOURCE, {"p01s02"}) == said


def test_a_few_words_are_no_quotation() -> None:
    said = "It was a long and bitter quarrel."
    assert withholding.withheld(said, SOURCE, frozenset()) == said


def test_marks_stay_where_their_sentence_does_not() -> None:
    html = (
        '<blockquote class="evidence" data-sentence="p01s01"><p>The minister of the northern province '
        "<mark>resigned</mark> on Monday after a long and <mark>bitter quarrel</mark>. "
        '<cite class="where">p01s01</cite></p></blockquote>'
    )
    kept = withholding.withheld_html(html, SOURCE, frozenset())
    assert "[6 words]</span> <mark>resigned</mark> <span" in kept
    assert "<mark>bitter quarrel</mark>" in kept
    assert "northern" not in kept
    assert withholding.filled_html(kept, SOURCE) == html


def test_a_short_sentence_is_withheld_whole_where_it_is_quoted() -> None:
    html = '<blockquote class="evidence" data-sentence="p01s03"><p>Nobody cheered.</p></blockquote>'
    kept = withholding.withheld_html(html, SOURCE, frozenset())
    assert "Nobody" not in kept
    assert withholding.filled_html(kept, SOURCE) == html


def test_a_run_cut_over_the_cells_of_a_row_is_still_a_run() -> None:
    row = pd.DataFrame(
        {"left": ["after a long and bitter"], "match": ["quarrel"], "right": ["Her rivals in the assembly"]}
    )
    kept = withholding.withheld_table(row, SOURCE, frozenset())
    assert kept["match"].tolist() == ["quarrel"]
    assert "bitter" not in kept["left"].iloc[0]
    assert "rivals" not in kept["right"].iloc[0]
    pd.testing.assert_frame_equal(withholding.filled_table(kept, SOURCE), row)


def test_a_table_of_all_words_keeps_those_of_quoted_sentences_alone() -> None:
    places = [
        (row.sentence, row.start + m.start(), row.start + m.end(), m.group())
        for row in ARTICLE.sentences.itertuples()
        for m in re.finditer(r"\w+", row.text)
    ]
    words = pd.DataFrame(places, columns=["sentence", "start", "end", "word"])
    kept = withholding.withheld_table(words, SOURCE, {"p01s03"})
    assert kept.loc[~kept["word"].str.contains("⟦"), "sentence"].unique().tolist() == ["p01s03"]
    pd.testing.assert_frame_equal(withholding.filled_table(kept, SOURCE), words)


@given(st.integers(0, len(WORDS) - 1), st.integers(1, 40), st.sampled_from([frozenset(), frozenset({"p02s01"})]))
def test_what_is_withheld_can_be_put_back(start: int, size: int, allowed: frozenset[str]) -> None:
    html = f"<p>{' '.join(WORDS[start : start + size])}</p>"
    assert withholding.filled_html(withholding.withheld_html(html, SOURCE, allowed), SOURCE) == html


def test_attributes_are_looked_through_too() -> None:
    html = f'<p title="{WORDS[0]} {" ".join(WORDS[1:12])}">x</p>'
    kept = withholding.withheld_html(html, SOURCE, frozenset())
    assert "northern" not in kept
    assert "<p title=" in kept


def test_the_first_page_is_served_first_and_a_quarter_is_the_limit() -> None:
    sizes = SOURCE.sizes
    chosen = rights.quotable([["p01s03"], ["p02s01", "p01s01"]], SOURCE, "excerpts")
    assert "p01s03" in chosen
    assert sum(sizes[name] for name in chosen) <= rights.SHARE * sum(sizes.values())
    assert rights.quotable([["p01s03"]], SOURCE, "none") == frozenset()
    assert rights.quotable([], SOURCE, "full") == frozenset(sizes)


def test_each_heading_gets_its_first_sentence_before_any_gets_a_second() -> None:
    def output(html: str) -> dict[str, object]:
        return {"data": {"text/html": html}}

    quotes = [f'<blockquote data-sentence="p01s{n:02d}">x</blockquote>' for n in (1, 2, 3)]
    cells = [
        {
            "outputs": [
                output("<h3>a</h3>"),
                output(quotes[0]),
                output(quotes[1]),
                output("<h3>b</h3>"),
                output(quotes[2]),
            ]
        }
    ]
    assert rights.wanted({"cells": cells}) == ["p01s01", "p01s03", "p01s02"]


def test_a_run_in_very_many_places_is_told_in_each_of_its_words() -> None:
    draw = random.Random(1)  # noqa: S311 - texts, no secrets
    for _ in range(50):
        common = [draw.choice("abc") for _ in range(4)]
        words = [word for n in range(40) for word in [*common, *common[: draw.randrange(4)], f"w{n}"]]
        said = [word for _ in range(12) for word in [*common, draw.choice(["a", "b", "x"])]]
        found = rights.Source(" ".join(words), (), 3)
        wanted, at = set[int](), 0
        while at + 3 <= len(said):  # every place looked at
            sizes = [_together(words[begin:], said[at:]) for begin in range(len(words))]
            wanted |= set(range(at, at + max(sizes))) if max(sizes) >= 3 else set()
            at += max(sizes) if max(sizes) >= 3 else 1
        told: list[int] = []
        for at, begin, size in found.matches(said):
            assert words[begin : begin + size] == said[at : at + size]
            told += range(at, at + size)
        assert len(told) == len(set(told))
        assert wanted <= set(told)


def _together(one: list[str], other: list[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def test_one_word_again_and_again_takes_time_by_its_length_alone() -> None:
    found = rights.Source("bad " * 20_000, (), 8)
    assert list(found.matches(["bad"] * 20_000)) == [(0, 0, 20_000)]  # with every place looked at: minutes
