"""Lines of print become paragraphs again."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presslens.article import typeset
from presslens.article.printed import Line, Page

WIDE = 6.0  # of a letter, in points, at size 10


def line(text: str, *, left: float = 50, base: float = 700, size: float = 10) -> Line:
    wide = WIDE * size / 10
    return Line(text, left, left + wide * len(text), base, size, wide * len(text.split(" ")[0]))


def column(
    paragraphs: list[str], *, gap: float, indent: int, height: int = 60, width: int = 44, columns: int = 1
) -> list[Page]:
    """Paragraphs, set ragged in columns: with so much more space between them, or the first line moved in by letters."""
    lines, base, left = [], 700.0, 50.0
    pages: list[Page] = []
    for text in paragraphs:
        for number, words in enumerate(
            textwrap.wrap(" " * indent + text, width, drop_whitespace=True, break_on_hyphens=False)
        ):
            base -= 12 + (gap if number == 0 else 0)
            if base < 700 - 12 * height:
                base, left = 688.0, left + 300
                if left > 50 + 300 * (columns - 1):
                    pages.append(Page(792, lines))
                    lines, left = [], 50.0
            moved = WIDE * indent if number == 0 else 0
            lines.append(line(words.strip(), left=left + moved, base=base))
    return [*pages, Page(792, lines)]


WORDS = st.text("abcdefghij", min_size=1, max_size=9)
SENTENCE = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
PROSE = st.lists(SENTENCE, min_size=3, max_size=8)


@given(PROSE, st.sampled_from([(8.0, 0), (0.0, 3)]), st.integers(8, 40), st.integers(1, 2))
def test_paragraphs_set_apart_or_indented_come_back(
    prose: list[str], style: tuple[float, int], height: int, columns: int
) -> None:
    pages = column(prose, gap=style[0], indent=style[1], height=height, columns=columns)
    found = typeset.document(pages)
    words = " ".join(one.text for one in found.paragraphs)
    assert words == " ".join(prose)  # nothing is lost or said twice, whatever is taken for a paragraph
    if height == 40 and len(pages) == 1:
        assert [one.text for one in found.paragraphs] == prose


def texts(*lines: Line) -> list[str]:
    return [one.text for one in typeset.document([Page(792, list(lines))]).paragraphs]


def stacked(*words: str) -> list[Line]:
    return [line(text, base=600 - 12 * number) for number, text in enumerate(words)]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("This is a demon\x02", "stration of it now.", "This is a demonstration of it now."),
        ("These were long\x02", "held goals of it all.", "These were long-held goals of it all."),
        ("The North\x02", "South line is far away.", "The North-South line is far away."),
        ("THE DEMON-", "STRATION OF IT IS HERE.", "THE DEMONSTRATION OF IT IS HERE."),
        ("A case of Covid\x02", "19 was found in here.", "A case of Covid-19 was found in here."),
        ("It \u2013 they said \u2013", "was good \u2013 or not.", "It \u2013 they said \u2013 was good \u2013 or not."),
        ("A word\u2014like this\u2014", "is tight\u2014or is it.", "A word\u2014like this\u2014is tight\u2014or is it."),
    ],
)  # fmt: skip
def test_a_word_divided_by_a_line_is_whole_again(first: str, second: str, joined: str) -> None:
    assert texts(*stacked(first, second)) == [joined]


def test_the_text_itself_says_how_it_writes_a_compound() -> None:
    found = texts(*stacked("The re-use and the re-use of", "it was bad for the re\x02", "use was bad for all of"))
    assert found == ["The re-use and the re-use of it was bad for the re-use was bad for all of"]


def test_a_short_line_ends_a_paragraph_though_nothing_sets_it_apart() -> None:
    long = "The council met and spoke of the harbour for"
    assert texts(*stacked(long, "an hour.", long, "a day.")) == [f"{long} an hour.", f"{long} a day."]


def test_a_large_initial_belongs_to_its_word() -> None:
    lines = [line("T", base=590, size=30), line("he council met and spoke of it all", left=70, base=600), *stacked()]
    assert texts(*lines, line("and more of the harbour and the town.", base=588)) == [
        "The council met and spoke of it all and more of the harbour and the town."
    ]


def test_headline_standfirst_caption_and_rubric() -> None:
    page = [
        line("ANALYSIS", base=740, size=10),
        line("A bridge", base=700, size=24),
        line("at last", base=672, size=24),
        line("What it means for a town that waited long", base=650, size=14),
        line("The council said yes to it all.", base=600),
        line("A view of it all. Photo: J. Doe", base=560, size=8),
        line("Nobody was against it, they say.", base=520),
    ]
    found = typeset.document([Page(792, page)])
    assert (found.title, found.dek) == ("A bridge at last", "What it means for a town that waited long")
    assert [one.text for one in found.paragraphs] == [page[4].text, page[6].text]
    assert [(one.text, one.reason) for one in found.outside] == [
        ("ANALYSIS", "above the headline"),
        (page[5].text, "set smaller than the text: a caption, a credit or a note"),
    ]


def test_nothing_printed_is_nothing_read() -> None:
    assert typeset.document([]).paragraphs == []
    assert typeset.document([Page(792, [])]).paragraphs == []
