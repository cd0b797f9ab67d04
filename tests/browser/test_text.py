"""The page of the text, without scripts and without a network: its layers, its reasons, its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    context = browser.new_context(java_script_enabled=False, offline=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((report / "text.html").as_uri())
    yield page
    context.close()


def test_a_layer_that_is_off_has_nothing_to_stop_at(page: Any) -> None:
    links = page.locator(".text .s.k:not(.a) > .b")
    assert links.count() > 0
    assert not links.first.is_visible()
    page.get_by_label("key phrases").check(force=True)
    assert links.first.is_visible()


def test_a_mark_that_is_reached_by_keyboard_says_why_at_the_foot_of_the_window(page: Any) -> None:
    page.get_by_label("actors and the tone toward them").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(".b:focus").count():
            break
    assert "actor: " in (page.locator(".b:focus").get_attribute("aria-label") or "")


def test_every_sentence_has_an_address_and_every_id_elsewhere_leads_there(browser: Any, report: Path) -> None:
    names = set(pd.read_parquet(report / "tables" / "sentences.parquet")["sentence"])
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((report / "text.html").as_uri())
    ids = set(page.evaluate("[...document.querySelectorAll('.sentence')].map(e => e.id)"))
    assert ids == names
    found = 0
    for path in sorted(report.glob("[1-5]_*.html")):
        page.goto(path.as_uri())
        links = page.evaluate("[...document.querySelectorAll('a[href*=\"#p\"]')].map(e => e.getAttribute('href'))")
        found += len(links)
        assert {link.removeprefix("text.html#") for link in links if link.startswith("text.html#")} <= names
        bare = page.evaluate(
            """[...document.querySelectorAll('cite.where, td .where')].filter(e => /^(p\\d+s\\d+|dek|title)/.test(e.textContent)
            && !e.querySelector('a[href^="text.html#"]')).length"""
        )
        assert bare == 0
    assert found > 50
    context.close()


def test_a_script_that_is_not_ours_does_not_run_and_a_style_is_not_worn(
    browser: Any, report: Path, tmp_path: Path
) -> None:
    html = (report / "5_brief.html").read_text("utf-8")
    attack = (
        '<script>document.title="hit"</script><p id="probe" style="color: rgb(1, 2, 3)">x</p>'
        "<img src=x onerror=\"document.title='hit'\">"
    )
    path = tmp_path / "attacked.html"
    path.write_text(html.replace("</main>", f"{attack}</main>"), "utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    assert page.title() != "hit"
    assert page.evaluate("getComputedStyle(document.getElementById('probe')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"  # ours is worn
    context.close()


def test_a_table_sorts_and_filters_where_scripts_run(browser: Any, report: Path) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((report / "1_article.html").as_uri())
    table = page.locator("table", has_text="Actors and the names they go by")
    table.get_by_role("button", name="mentions").click()
    counts = [int(text) for text in table.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert counts == sorted(counts)
    page.get_by_label("Filter: Actors and the names they go by").fill("united")
    assert table.locator("tbody tr:visible").count() < len(counts)
    context.close()
