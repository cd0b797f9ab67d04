"""The page of a comparison, of three articles and of twenty: nothing that axe finds, nothing cut on a phone, no request."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
ROOT = Path(__file__).parents[2]
SPILL = [ROOT / "tests" / "data" / "compare" / f"spill-{name}.txt" for name in ("wire", "local", "business")]


def compared(documents: list[Path], out: Path) -> Path:
    command = [sys.executable, "-m", "presslens", "compare", *map(str, documents), "-p", "draws=100", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (page,) = out.glob("*.compare/compare.html")
    return page


@pytest.fixture(scope="module", params=[3, 20], ids=["three", "twenty"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compared")
    if request.param == 3:
        return compared(SPILL, folder / "outputs")
    corpus = folder / "demo.jsonl"
    made = [sys.executable, "-m", "presslens", "demo-corpus", "--articles", "20", "-o", str(corpus)]
    assert subprocess.run(made, cwd=ROOT, check=False, capture_output=True).returncode == 0
    documents = []
    for number, line in enumerate(corpus.read_text("utf-8").splitlines()[:20]):
        told = json.loads(line)
        documents.append(folder / f"an-article-with-a-long-name-{number:02d}.txt")
        documents[-1].write_text(f"{told['title']}\n\n{told['text']}\n", encoding="utf-8")
    return compared(documents, folder / "outputs")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_is_cut(page: Path, width: int, scheme: str, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    shown = context.new_page()
    for path in (page, page.with_name("index.html")):
        shown.goto(path.as_uri())
        assert shown.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        found = Axe().run(shown).response["violations"]
        assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found] == []
    context.close()


def test_words_in_its_drawings_stay_inside_them_and_apart(page: Path, browser: Any) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 900}, offline=True)
    shown = context.new_page()
    requests: list[str] = []
    shown.on("request", lambda request: requests.append(request.url))
    shown.goto(page.as_uri())
    assert requests == [page.as_uri()]
    cut = shown.evaluate(
        """[...document.querySelectorAll('.drawing.narrow svg')].flatMap(svg => [...svg.querySelectorAll('text')]
        .filter(t => { const a = t.getBoundingClientRect(), b = svg.getBoundingClientRect();
          return a.right > b.right + 2 || a.left < b.left - 2 }).map(t => t.textContent))"""
    )
    assert cut == []
    context.close()
