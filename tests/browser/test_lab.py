"""JupyterLab driven as a person would: open each notebook, run all cells, see no error."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("[1-5]_*.ipynb"))


class Lab(NamedTuple):
    """A running server and the folder that it serves."""

    address: str
    folder: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab on a copy of the notebooks and seeds."""
    import shutil

    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_DATA_DIR": str(folder / "data"), "HOME": str(folder)}
    options = [f"--ServerApp.root_dir={folder}", f"--ServerApp.port={port}", "--no-browser", "--allow-root"]
    options += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.ip=127.0.0.1"]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            *options,
            "--LabApp.news_url=",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ],
        cwd=folder,
        env={**os.environ, **home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.5)
        yield Lab(address, folder)
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def page(chromium: str, lab: Lab) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=arguments)
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_whole_in_jupyterlab(name: str, page: Any, lab: Lab) -> None:
    page.goto(f"{lab.address}/lab/workspaces/{name.split('.')[0]}/tree/notebooks/{name}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status=idle]", timeout=120_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    cells = _run_cells(page, lab.folder / "notebooks" / name)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [o for o in outputs if o["output_type"] in {"error", "stream"}] == []
    assert any("text/html" in o.get("data", {}) for o in outputs)


def _run_cells(page: Any, path: Path, *, seconds: int = 240) -> list[Any]:
    """The code cells of the notebook as JupyterLab saves it, once all have run or one has failed."""
    cells: list[Any] = []
    for _ in range(seconds // 2):
        page.wait_for_timeout(2000)
        page.keyboard.press("Control+s")
        page.wait_for_timeout(300)
        saved = json.loads(path.read_text("utf-8"))["cells"]
        cells = [cell for cell in saved if cell["cell_type"] == "code"]
        failed = any(output["output_type"] == "error" for cell in cells for output in cell["outputs"])
        if failed or all(cell["execution_count"] for cell in cells):
            return cells
    pytest.fail(f"{path.name} did not finish in {seconds} s")
