"""All pages in one file."""

from __future__ import annotations

from lxml import html

from presslens.exports import joining
from presslens.exports.runs import Finished


def test_the_pages_become_chapters_under_one_title(run: Finished) -> None:
    tree = html.fromstring(joining.page(run))
    assert [h.text_content() for h in tree.xpath("//h1")] == ["Bread & water"]
    assert [h.text_content() for h in tree.xpath("//section/h2")] == ["The brief", "Tone"]
    assert [h.text_content() for h in tree.xpath("//section//h3")] == ["How does it feel?"] * 2
    assert tree.get("lang") == "en"


def test_every_id_is_there_once_and_every_link_inside_leads_to_one(run: Finished) -> None:
    tree = html.fromstring(joining.page(run))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [link for link in tree.xpath("//@href") if not link.startswith("https:")]
    assert {link[1:] for link in links} <= set(ids)
    assert "#page-2_sentiment-q" in links
    assert tree.xpath("//label/@for") == ["page-5_brief-one", "page-2_sentiment-one"]
    assert tree.xpath("//g/@clip-path") == ["url(#page-5_brief-c)", "url(#page-2_sentiment-c)"]


def test_a_style_about_an_id_of_a_page_is_about_that_pages(run: Finished) -> None:
    styles = "".join(html.fromstring(joining.page(run)).xpath("//head//style/text()"))
    assert "#page-5_brief-one" in styles
    assert "#page-2_sentiment-one" in styles
    assert "#000" in styles


def test_no_script_is_taken_along(run: Finished) -> None:
    page = joining.page(run)
    assert "alert(1)" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_a_handler_in_an_attribute_is_left_out(run: Finished) -> None:
    page = run.pages[0]
    page.write_text(page.read_text().replace('class="finding"', 'class="finding" onclick="x()"'))
    assert "onclick" not in joining.page(run)
