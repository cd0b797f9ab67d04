"""A concordance in JupyterLab follows the key phrase that is chosen; on a phone its lines stay lines."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from presslens.article.reading import from_text
from presslens.findings.concordance import lines
from presslens.keywords.concordance import concordance

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
_spec = importlib.util.spec_from_file_location("lab_of_tests", Path(__file__).with_name("test_lab.py"))
assert _spec is not None
assert _spec.loader is not None
_lab = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_lab)
lab, page = _lab.lab, _lab.page
SOURCE = """
from presslens.actors.mentions import mentions
from presslens.article.reading import from_text
from presslens.widgets.concordance import Lookup, look_up
article = from_text("North Korea <i>fired</i>. Pyongyang said so. Sanctions follow; a sanction is no help.", id="x")
named = mentions(article.sentences, article.tokens)
look_up(Lookup(article.sentences, article.tokens, ["North Korea", "sanctions"], mentions=named))
"""


def matches(page: Any) -> list[str]:
    return [str(cell) for cell in page.locator(".kwic tbody th").all_inner_texts()]


def test_the_lines_follow_the_phrase_that_is_chosen_and_the_pattern_that_is_typed(page: Any, lab: Any) -> None:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": SOURCE}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "concordance.ipynb").write_text(json.dumps(notebook))
    page.goto(f"{lab.address}/lab/workspaces/concordance/tree/concordance.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=120_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    page.wait_for_selector("[role=status]:has-text('two lines')", timeout=60_000)
    assert matches(page) == ["North Korea", "Pyongyang"]
    assert page.locator(".kwic i").count() == 0
    page.locator(".widget-dropdown select").first.select_option("sanctions")
    page.wait_for_selector(".kwic tbody th:text-is('Sanctions')", timeout=20_000)
    assert matches(page) == ["Sanctions", "sanction"]
    typed = page.locator(".widget-text input")
    assert typed.input_value() == "sanctions"
    typed.fill("f*")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kwic tbody th:text-is('fired')", timeout=20_000)
    assert matches(page) == ["fired", "follow"]
    edges = page.evaluate("[...document.querySelectorAll('.kwic tbody th')].map(e => e.getBoundingClientRect().left)")
    assert len(set(edges)) == 1
    if _lab.os.environ.get("PRESSLENS_SCREENSHOTS"):
        page.screenshot(path=str(Path(_lab.os.environ["PRESSLENS_SCREENSHOTS"]) / "concordance.png"))
    _lab._shut_down_kernels(lab)


def test_on_a_phone_every_line_is_one_line_cut_at_its_far_ends(page: Any) -> None:
    text = (
        "Long before the ministers met anywhere at all, the old oil that nobody had wanted for years was sold again. "
        * 3
    )
    article = from_text(text, id="x")
    table = lines(concordance(article.sentences, article.tokens, pattern="oil"), caption="oil")
    page.set_viewport_size({"width": 360, "height": 700})
    page.set_content(f"<!doctype html><style>table {{ width: 100% }}</style>{table}")
    boxes = page.evaluate(
        "[...document.querySelectorAll('.kwic tbody tr')].map(r => [r.getBoundingClientRect().height,"
        " r.cells[1].getBoundingClientRect().left, r.querySelector('bdi').getBoundingClientRect().right])"
    )
    assert len(boxes) == 3
    assert all(height < 40 for height, _, _ in boxes)
    assert all(0 < match - left < 20 for _, match, left in boxes)  # what stands nearest to the match is seen
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1400, "height": 1000})
