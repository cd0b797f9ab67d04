"""JupyterLab driven as a person would: open each notebook, run all cells, see no error."""

from __future__ import annotations

import json
import os
import shutil
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
# No question about news over the cells, and all cells drawn, so that what is on the page can be asked of the page.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}


class Lab(NamedTuple):
    """A running server, the folder that it serves, and what it said."""

    address: str
    folder: Path
    log: Path


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab on a copy of the notebooks and seeds, with no settings or kernels but its own."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    for name, values in SETTINGS.items():
        path = folder / "config" / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_DATA_DIR": str(folder / "data"), "HOME": str(folder)}
    options = [f"--ServerApp.root_dir={folder}", f"--ServerApp.port={port}", "--no-browser", "--allow-root"]
    options += ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--ServerApp.ip=127.0.0.1"]
    log = folder / "server.log"
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env={**os.environ, **home},
            stdout=said,
            stderr=said,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server, log)
        yield Lab(address, folder, log)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path, *, seconds: int = 120) -> None:
    for _ in range(seconds * 2):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text('utf-8')[-2000:]}")


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
    # JupyterLab throws away what is run before its kernel has answered, and calls that kernel idle in the toolbar.
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=120_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    cells = _run_cells(page, lab, name)
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [o for o in outputs if o["output_type"] in {"error", "stream"}] == []
    assert any("text/html" in o.get("data", {}) for o in outputs)
    _looks_right(page)
    if os.environ.get("PRESSLENS_SCREENSHOTS"):
        _picture(page, Path(os.environ["PRESSLENS_SCREENSHOTS"]) / f"lab-{name}.png")
    _shut_down_kernels(lab)


def _run_cells(page: Any, lab: Lab, name: str, *, seconds: int = 240) -> list[Any]:
    """The code cells of the notebook as JupyterLab saves it, once all have run or one has failed."""
    path = lab.folder / "notebooks" / name
    began = time.monotonic()
    prompts: list[str] = []
    while time.monotonic() - began < seconds:
        page.wait_for_timeout(500)
        prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt").all_inner_texts()
        failed = page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count()
        if not failed and not all(prompt.strip("[]: ").isdigit() for prompt in prompts):
            continue
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1000)
        cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
        if failed or all(cell["execution_count"] for cell in cells):
            return cells
    pytest.fail(f"{name} did not finish in {seconds} s; cells: {prompts}\n{lab.log.read_text('utf-8')[-1500:]}")


def _looks_right(page: Any) -> None:
    """Of every figure one drawing shows, at a readable width, and nothing hangs over."""
    drawn = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea figure.chart')].map("
        "f => [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height > 0).length)"
    )
    assert drawn == [1] * len(drawn)
    assert drawn
    widths = page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea figure.chart')].map(f => f.getBoundingClientRect().width)"
    )
    assert all(300 < width < 900 for width in widths)
    assert page.evaluate(
        "[...document.querySelectorAll('.jp-OutputArea-output figure.chart')].every("
        "f => f.getBoundingClientRect().right <= f.closest('.jp-OutputArea-output').getBoundingClientRect().right + 1)"
    )


def _picture(page: Any, path: Path) -> None:
    """A picture of the whole notebook, for people to look at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
    page.set_viewport_size({"width": 1400, "height": height + 120})
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_timeout(800)
    page.screenshot(path=str(path))
    page.set_viewport_size({"width": 1400, "height": 1000})


def _shut_down_kernels(lab: Lab) -> None:
    """End the kernels of notebooks that are done: the next notebook needs the memory more."""
    with urllib.request.urlopen(f"{lab.address}/api/kernels", timeout=10) as answer:  # noqa: S310 - our own server
        kernels = json.load(answer)
    for kernel in kernels:
        address = f"{lab.address}/api/kernels/{kernel['id']}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=20).close()  # noqa: S310
