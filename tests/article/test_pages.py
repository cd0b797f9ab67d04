import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.pages import html, visible
from presslens.article.reading import read

DATA = Path(__file__).parent / "data"


def test_a_modern_page_gives_its_article_and_everything_else_to_the_ledger() -> None:
    article = read(DATA / "modern.html")
    assert article.title == "Harbour city votes to keep its ferries"
    assert article.dek == "A plan to close three routes fell by a single vote after a night of argument."
    assert article.byline == "Ruth Alvarez"
    assert article.metadata.outlet == "The Morning Courier"
    assert article.metadata.date == dt.date(2021, 3, 4)
    assert article.metadata.url == "https://www.morningcourier.example/2021/03/04/harbour-ferries"
    assert [paragraph.split()[:3] for paragraph in article.paragraphs] == [
        ["The", "city", "council"],
        ["The", "plan,", "drawn"],
        ["A", "costly", "service"],
        ["The", "ferries", "lose"],
        ["“You", "cannot", "put"],
        ["The", "mayor,", "who"],
        ["Nobody", "clapped."],
        ["The", "council", "meets"],
    ]
    assert list(zip(article.ledger["line"], article.ledger["text"], strict=True)) == [
        (22, "We use cookies to improve your experience on this site."),
        (23, "Accept all"),
        (27, "Home"),
        (27, "City"),
        (27, "Sport"),
        (34, "By Ruth Alvarez"),
        (35, "4 March 2021"),
        (36, "Share on Facebook Tweet"),
        (39, "A ferry waits at the north pier on Wednesday. Photograph: Lena Holt"),
        (56, "Ruth Alvarez covers the council for The Morning Courier."),
        (58, "More from City"),
        (59, "Bridge repairs to last until summer"),
        (59, "Library hours cut again in the west"),
        (61, "Comments"),
        (62, "About time that somebody stood up for the islands."),
        (63, "And who is going to pay for it? Not the islanders."),
        (66, "© 2021 The Morning Courier. All rights reserved."),
        (66, "Terms of use"),
    ]


def test_an_older_page_in_latin_1_is_read_as_well() -> None:
    article = read(DATA / "older.html")
    assert article.title == "Why the orchards are falling silent"
    assert article.dek == "Beekeepers blame a mite, growers blame the weather, and both may be right"
    assert article.byline == "Tomás Grey"
    assert article.metadata.date == dt.date(2009, 6, 21)
    assert len(article.paragraphs) == 5
    assert "Hélène Marchand" in article.paragraphs[1]
    assert article.ledger["text"].tolist() == [
        "Valley Gazette | News | Opinion",
        "By Tomás Grey",
        "June 21, 2009",
        "Advertisement",
        "Related stories",
        "Frost warning for the upper valley",
        "State offers loans to fruit growers",
        "E-mail this Print",
        "Copyright 2009 Valley Gazette. Privacy policy",
    ]


def test_a_page_on_one_line_loses_no_row_of_its_ledger(tmp_path: Path) -> None:
    page = (DATA / "modern.html").read_text("utf-8").replace("\n", " ")
    (tmp_path / "one.html").write_text(page, "utf-8")
    one, many = read(tmp_path / "one.html"), read(DATA / "modern.html")
    assert one.text == many.text
    assert one.ledger["text"].tolist() == many.ledger["text"].tolist()
    assert set(one.ledger["line"]) == {1}


def test_a_page_in_tables_is_read() -> None:
    body = "The council voted late on Wednesday to keep all of its ferry routes, ending a dispute of many months. " * 3
    document = html(f"<html><body><table><tr><td>News</td><td>{body}</td></tr></table></body></html>")
    assert any("ending a dispute" in paragraph.text for paragraph in document.paragraphs)


PIECES = st.sampled_from(
    ["<p>The border opened on Monday, they say.</p>", "<div>Hello", "</div>", "<a href=x>More</a>", "<h1>Border</h1>",
     "<figure>A view", "<ul><li>One", "<article>", "<title>A page</title>", "<form><input>", "Rain. ", "<blockquote>No."]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_short_page_without_tables_is_looked_at_once_for_a_second_look_sees_the_same(page: str) -> None:
    once = html(page)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("presslens.article.pages.TABLE", re.compile(""))
        assert html(page) == once


def test_a_short_page_keeps_its_headline_out_of_the_body() -> None:
    document = html("<html><body><h1>Border opens</h1><p>The border opened on Monday.</p></body></html>")
    assert document.title == "Border opens"
    assert [paragraph.text for paragraph in document.paragraphs][-1] == "The border opened on Monday."


def test_a_part_of_a_page_that_begins_with_a_drawing_costs_no_error() -> None:
    words = "The council of Harr City voted on Monday to build a bridge across the Elde, and that is that for now."
    assert html(f"<svg>x<p>{words}</p><p>{words} People say so.</p></svg>").paragraphs == []


@pytest.mark.parametrize(
    ("written", "date"), [("April 28, 2020", dt.date(2020, 4, 28)), ("5/6/20", None), ("Spring 2020", None)]
)
def test_the_date_of_a_page_is_one_that_it_states(written: str, date: dt.date | None) -> None:
    words = "The council of Harr City voted on Monday to build a bridge across the Elde, and that is that for now. " * 4
    body = f"<h1>A bridge</h1><span class='date'>{written}</span><p>{words}</p><p>{words} More.</p>"
    document = html(f"<html><head><title>A bridge</title></head><body><article>{body}</article></body></html>")
    assert document.metadata.date == date
    assert any("no date that can be used" in note for note in document.notes) == (date is None)


def test_where_no_main_text_is_found_all_of_it_is_read_and_that_is_said() -> None:
    document = html("<nav>Hello there</nav>")
    assert [paragraph.text for paragraph in document.paragraphs] == ["Hello there"]
    assert document.notes == ("The main text could not be told from the rest of the page; all of it was read.",)


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "<!-- x -->", "<p></p>", "<script>var a = 'b';</script>"])
def test_a_page_with_nothing_to_see_has_no_paragraph(page: str) -> None:
    assert html(page).paragraphs == []


def test_what_a_browser_shows_is_seen_block_by_block_with_its_line() -> None:
    page = """<div>One <b>bold</b> word<br>
two <span>three</span>
<p>four</p> tail</div>
<p hidden>no</p><p style="display: none">no</p><script>no</script><!-- no --><style>no</style>
<ul><li>five<li>six</ul>"""
    assert [(seen.line, seen.text) for seen in visible(page)] == [
        (1, "One bold word"),
        (1, "two three"),
        (3, "four"),
        (3, "tail"),
        (5, "five"),
        (5, "six"),
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>/p=\"'div&;\x00!-"), max_size=60))
def test_any_page_is_read(page: str) -> None:
    assert all(paragraph.text for paragraph in html(page).paragraphs)


def test_a_page_that_leaves_out_optional_tags_is_read(tmp_path: Path) -> None:
    page = tmp_path / "short.html"
    page.write_text(
        "<!doctype html><title>A bridge</title><article><h1>A bridge</h1><p>The council said yes.</article>"
    )
    article = read(page)
    assert (article.title, article.paragraphs) == ("A bridge", ["The council said yes."])
