"""Frames marked in the text, switched on and off by keyboard, in a page without a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from presslens.article.reading import from_text
from presslens.findings.highlights import highlights
from presslens.framing import aggregating, coding
from presslens.framing.codebook import load
from presslens.reports.exporting import stylesheet

pytestmark = pytest.mark.browser
TEXT = "The virus spread and the hospital filled. The economy fell.\n\nThe court ruled on the constitution."


def test_a_switch_shows_and_hides_the_marks_of_its_frame(chromium: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    read = from_text(TEXT, id="x")
    coded = coding.analyse(read.sentences, read.tokens, load("policy_frames"))
    text = highlights(aggregating.articles(coded.codings, resamples=10), coded.codings, coded.evidence, read.sentences)
    path = tmp_path / "page.html"
    path.write_text(
        f"<!DOCTYPE html><html lang=en><title>x</title><style>{stylesheet()}</style><main>{text}</main>", "utf-8"
    )
    look = "getComputedStyle(document.querySelector('.f1')).backgroundColor"
    number = "getComputedStyle(document.querySelector('.f1 > .b')).display"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(java_script_enabled=True, viewport={"width": 360, "height": 800}).new_page()
        page.goto(path.as_uri())
        assert page.evaluate(number) == "inline"
        assert '"1"' in page.evaluate("getComputedStyle(document.querySelector('.f1 > .b'), '::before').content")
        shown = page.evaluate(look)
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.evaluate(number) == "none"
        assert page.evaluate(look) != shown
        page.get_by_label("1\u00a0", exact=False).first.check(force=True)
        assert page.evaluate(look) == shown
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        browser.close()
