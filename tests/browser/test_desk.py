"""Coding by hand in JupyterLab, by keyboard alone."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from presslens.framing import coded, sheets
from presslens.framing.codebook import load

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
_spec = importlib.util.spec_from_file_location("lab_of_tests", Path(__file__).with_name("test_lab.py"))
assert _spec is not None
assert _spec.loader is not None
_lab = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_lab)
lab, page = _lab.lab, _lab.page


def test_units_are_coded_by_keyboard_and_saved_as_one_goes(page: Any, lab: Any) -> None:
    book = load("generic_frames")
    units = pd.DataFrame({"id": ["u1", "u2"], "text": ["The parties <i>clash</i>.", "Prices rise."]})
    path = lab.folder / "ann.csv"
    sheets.write(sheets.blank(units, book), path, book)
    source = f"from presslens.widgets.coding import desk\ndesk({str(path)!r})"
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": source}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    (lab.folder / "desk.ipynb").write_text(json.dumps(notebook))
    page.goto(f"{lab.address}/lab/workspaces/desk/tree/desk.ipynb")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=120_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    typed = page.locator(".widget-text input")
    typed.wait_for(timeout=60_000)
    assert page.locator(".jp-OutputArea i:text-is('clash')").count() == 0
    typed.focus()
    page.keyboard.type("2 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]:has-text('1 coded')", timeout=20_000)
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]:has-text('2 coded')", timeout=20_000)
    found = coded.read([path], codebook=book).codes[["unit", "labels"]].to_numpy().tolist()
    assert found == [["u1", f"{book.labels[1]}|{book.labels[0]}"], ["u2", book.labels[5]]]
    if _lab.os.environ.get("PRESSLENS_SCREENSHOTS"):
        page.screenshot(path=str(Path(_lab.os.environ["PRESSLENS_SCREENSHOTS"]) / "desk.png"))
    _lab._shut_down_kernels(lab)
