"""The pages as those see them who do not see them: axe-core finds nothing of any impact, in light and dark, on any width."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
PAGES = ("../index", "index", "1_article", "2_sentiment", "3_keywords", "4_framing", "text", "5_brief")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, width: int, scheme: str, browser: Any, report: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # axe is put into the page as a script, which the page's own policy would rightly stop
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto((report / f"{name}.html").resolve().as_uri())
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found] == []
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_and_network_a_page_has_the_same_words(name: str, browser: Any, report: Path) -> None:
    said = []
    for scripts in (True, False):
        context = browser.new_context(
            offline=True, java_script_enabled=scripts, viewport={"width": 1000, "height": 900}
        )
        page = context.new_page()
        page.goto((report / f"{name}.html").resolve().as_uri())
        said.append(" ".join(page.locator("body").inner_text().split()))
        figures = page.locator("figure.chart")
        assert all(figures.nth(n).locator(".drawing.wide svg").is_visible() for n in range(figures.count()))
        context.close()
    assert said[0] == said[1]
    assert len(said[1]) > 60


REACHED = """() => { const e = document.activeElement;
  if (!e || e === document.body) return -1;
  return [...document.querySelectorAll('*')].indexOf(e) }"""
REACHABLE = """() => [...document.querySelectorAll('*')].map((e, n) => [e, n]).filter(([e]) =>
  e.matches('a[href], button, input, summary, select, [tabindex="0"]') && e.tabIndex >= 0
  && getComputedStyle(e).display !== 'none' && getComputedStyle(e).visibility !== 'hidden'
  && !e.closest('[hidden]')).map(([, n]) => n)"""


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_everything_that_can_be_used_in_order_and_leaves_again(
    name: str, browser: Any, report: Path
) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 900})
    page = context.new_page()
    page.goto((report / f"{name}.html").resolve().as_uri())
    wanted = page.evaluate(REACHABLE)
    seen: list[int] = []
    for _ in range(len(wanted) + 3):
        page.keyboard.press("Tab")
        at = page.evaluate(REACHED)
        if at < 0 or at in seen:
            break
        seen.append(at)
    context.close()
    assert seen == sorted(seen)  # in the order in which the page is read
    assert sorted(seen) == wanted
