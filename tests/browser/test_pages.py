"""The pages of a report in a real browser, offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
PAGES = ("index", "1_article", "2_sentiment", "3_keywords", "4_framing", "text", "5_brief")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[("wide", 1440, "light"), ("narrow", 360, "light"), ("dark", 1024, "dark")], ids=lambda p: p[0])
def context(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    _, width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_offline_without_request_error_or_sideways_scrolling(
    name: str, context: Any, report: Path
) -> None:
    page = context.new_page()
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    address = (report / f"{name}.html").as_uri()
    page.goto(address)
    assert requests == [address]
    assert messages == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_says_what_it_shows_and_every_table_has_headers(name: str, browser: Any, report: Path) -> None:
    page = browser.new_page()
    page.goto((report / f"{name}.html").as_uri())
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    pictures = page.locator("[role=img]")
    labels = [pictures.nth(i).get_attribute("aria-label") or "" for i in range(pictures.count())]
    assert all(len(label) > 40 for label in labels)
    assert page.locator("svg:not([aria-hidden=true])").count() == 0
    assert page.locator("table:not(:has(caption)), table:not(:has(th[scope=col]))").count() == 0
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    links = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))"
    )
    assert set(links) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_under_a_megabyte_and_shows_no_code(name: str, report: Path) -> None:
    path = report / f"{name}.html"
    assert path.stat().st_size < 1_000_000
    text = path.read_text("utf-8")
    assert "run.show(" not in text
    assert text.count("<script") == (0 if name == "index" else 1)  # our own: it adds comfort alone
