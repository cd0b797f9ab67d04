"""Lines of print become paragraphs again."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from presslens.article import typeset
from presslens.article.printed import Line, Page

WIDE = 6.0  # of a letter, in points, at size 10


def line(text: str, *, left: float = 50, base: float = 700, size: float = 10) -> Line:
    wide = WIDE * size / 10
    return Line(text, left, left + wide * len(text), base, size, wide * len(text.split(" ")[0]))


def column(
    paragraphs: list[str],
    *,
    gap: float,
    indent: int,
    height: int = 60,
    width: int = 44,
    columns: int = 1,
    leading: float = 12,
) -> list[Page]:
    """Paragraphs, set ragged in columns: with so much more space between them, or the first line moved in by letters."""
    lines, base, left = [], 700.0, 50.0
    pages: list[Page] = []
    for text in paragraphs:
        for number, words in enumerate(
            textwrap.wrap(" " * indent + text, width, drop_whitespace=True, break_on_hyphens=False)
        ):
            base -= leading + (gap if number == 0 else 0)
            if base < 700 - leading * height:
                base, left = 700.0 - leading, left + 300
                if left > 50 + 300 * (columns - 1):
                    pages.append(Page(792, lines))
                    lines, left = [], 50.0
            moved = WIDE * indent if number == 0 else 0
            lines.append(line(words.strip(), left=left + moved, base=base))
    return [*pages, Page(792, lines)]


WORDS = st.text("abcdefghij", min_size=1, max_size=9)
SENTENCE = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words).capitalize() + ".")
PROSE = st.lists(SENTENCE, min_size=3, max_size=8)


@given(PROSE, st.sampled_from([(8.0, 0, 12), (0.0, 3, 12), (0.0, 4, 24)]), st.integers(8, 40), st.integers(1, 2))
def test_paragraphs_set_apart_or_indented_come_back(
    prose: list[str], style: tuple[float, int, float], height: int, columns: int
) -> None:
    pages = column(prose, gap=style[0], indent=style[1], height=height, columns=columns, leading=style[2])
    found = typeset.document(pages)
    words = " ".join(one.text for one in found.paragraphs)
    assert words == " ".join(prose)  # nothing is lost or said twice, whatever is taken for a paragraph
    if (
        height == 40 and len(pages) == 1 and any(len(text) > 60 for text in prose)
    ):  # some line is not the first of its paragraph
        assert [one.text for one in found.paragraphs] == prose


def texts(*lines: Line) -> list[str]:
    return [one.text for one in typeset.document([Page(792, list(lines))]).paragraphs]


def stacked(*words: str) -> list[Line]:
    return [line(text, base=600 - 12 * number) for number, text in enumerate(words)]


def test_a_short_line_ends_a_paragraph_though_nothing_sets_it_apart() -> None:
    long = "The council met and spoke of the harbour for"
    assert texts(*stacked(long, "an hour.", long, "a day.")) == [f"{long} an hour.", f"{long} a day."]


def test_a_large_initial_belongs_to_its_word() -> None:
    lines = [line("T", base=590, size=30), line("he council met and spoke of it all", left=70, base=600), *stacked()]
    assert texts(*lines, line("and more of the harbour and the town.", base=588)) == [
        "The council met and spoke of it all and more of the harbour and the town."
    ]


def test_a_large_initial_is_found_by_where_it_stands_not_by_when_it_is_drawn() -> None:
    lines = [
        line("T", base=588, size=30),
        line("A bridge at last", base=700, size=24),
        line("he council met and spoke of it all", left=70, base=600),
        line("and more of the harbour and the", left=70, base=588),
        line("town.", base=576),
    ]
    found = typeset.document([Page(792, lines)])
    assert found.title == "A bridge at last"
    assert [one.text for one in found.paragraphs] == [
        "The council met and spoke of it all and more of the harbour and the town."
    ]


def test_a_note_a_caption_and_a_pull_quote_break_no_paragraph() -> None:
    first = [
        *stacked("The council said that it would build", "a bridge at last, and that the bridge"),
        line("1. The minutes of the meeting.", base=576, size=7),
    ]
    second = [
        line("over the river was for the people of", base=700),
        line("it was for the people", base=670, size=16),
        line("of both banks", base=654, size=16),
        line("Both banks and the river. Photo: J. Doe", base=630, size=7),
        line("both banks. So it was for the people", base=610),
        line("of both banks of it.", base=598),
    ]
    found = typeset.document([Page(792, first), Page(792, second)])
    assert [one.text for one in found.paragraphs] == [
        "The council said that it would build a bridge at last, and that the bridge over the river was for the people of "
        "both banks. So it was for the people of both banks of it."
    ]
    assert [(one.text, one.reason.partition(":")[0]) for one in found.outside] == [
        ("1. The minutes of the meeting.", "set smaller than the text"),
        ("it was for the people of both banks", "set larger than the text, which says the same"),
        ("Both banks and the river. Photo: J. Doe", "set smaller than the text"),
    ]


def test_what_is_drawn_before_the_headline_does_not_go_on_below_it() -> None:
    lines = [
        line("A box on what else to read", base=300, size=10),
        line("A bridge at last", base=700, size=24),
        line("By Jane Doe and John Roe", base=680),
        *stacked("The council said that it would build", "a bridge at last."),
    ]
    assert texts(*lines)[0] == "By Jane Doe and John Roe"


def test_a_subheading_is_no_pull_quote() -> None:
    lines = [
        line("A bridge at last", base=700, size=24),
        *stacked("The council said that it would build", "a bridge at last."),
        line("What people say of the bridge", base=560, size=14),
        line("Nobody was against it.", base=540),
    ]
    assert [one.text for one in typeset.document([Page(792, lines)]).paragraphs][1:] == [
        "What people say of the bridge",
        "Nobody was against it.",
    ]


def test_a_bracket_after_a_full_stop_ends_a_paragraph() -> None:
    lines = [
        line("[The map of all that was built there.]", left=68, base=600),
        line("The council met and spoke of it all", left=68, base=588),
        *(line("and spoke again of all of the harbours", base=base) for base in (576, 564, 552)),
    ]
    assert texts(*lines)[0] == "[The map of all that was built there.]"


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
        ("ANALYSIS", "before the headline"),
        (page[5].text, "set smaller than the text: a caption, a credit or a note"),
    ]


def test_nothing_printed_is_nothing_read() -> None:
    assert typeset.document([]).paragraphs == []
    assert typeset.document([Page(792, [])]).paragraphs == []
