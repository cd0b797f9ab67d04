"""Exports of a real report: the joined page in a browser, and what is printed from it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from presslens.exports import exporting
from presslens.exports.runs import Finished, finished

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]


@pytest.fixture(scope="module")
def run(report: Path) -> Finished:
    return finished(str(report), out=report.parent)


@pytest.fixture(scope="module")
def joined(run: Finished, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exporting.export(run, to="html", path=tmp_path_factory.mktemp("joined") / "all.html")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_the_joined_page_opens_offline_without_scripts_or_sideways_scrolling(
    browser: Any, joined: Path, width: int, scheme: str
) -> None:
    options = {"color_scheme": scheme, "offline": True, "java_script_enabled": True}
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    requests: list[str] = []
    messages: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(joined.as_uri())
    assert requests == [joined.as_uri()]
    assert messages == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("h1").count() == 1
    lost = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href'))
        .filter(href => !document.getElementById(decodeURIComponent(href.slice(1))))"""
    assert page.evaluate(lost) == []
    twice = (
        "(ids => ids.filter((id, i) => ids.indexOf(id) !== i))([...document.querySelectorAll('[id]')].map(e => e.id))"
    )
    assert page.evaluate(twice) == []
    context.close()


def test_the_joined_page_has_no_fault_that_axe_finds(browser: Any, joined: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(joined.as_uri())
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
        page.close()


def test_the_switches_still_work_in_the_joined_page(browser: Any, joined: Path) -> None:
    page = browser.new_page()
    page.goto(joined.as_uri())
    mark = page.locator("#page-4_framing mark.f1").first
    before = mark.evaluate("e => getComputedStyle(e).backgroundColor")
    page.locator("#page-4_framing-frame-1").uncheck(force=True)
    assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != before
    page.close()


def test_a_pdf_is_tagged_holds_the_findings_and_comes_out_the_same(
    chromium: str, run: Finished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSLENS_CHROMIUM", chromium)
    first = exporting.export(run, to="pdf", path=tmp_path / "a.pdf").read_bytes()
    assert first.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in first
    assert b"/Outlines" in first
    assert exporting.export(run, to="pdf", path=tmp_path / "b.pdf").read_bytes() == first
    reader = shutil.which("pdftotext")
    if reader is not None:
        text = subprocess.run([reader, str(tmp_path / "a.pdf"), "-"], capture_output=True, text=True, check=True).stdout
        assert run.finding("5_brief")[:40] in " ".join(text.split())
