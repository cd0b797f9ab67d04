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


OTHER = """Harvest fair opens

The growers of the valley were glad on Sunday. "We had a wonderful summer," said Anna Reed, who leads the union.

The mayor praised the volunteers, and prices rose. A storm had destroyed the hall in May. The town must pay for a new one.
"""
BOOK = "name: town\nframes:\n- {frame: Weather, indicators: [{term: storm}, {term: virus}]}\n"
BOOK += "- {frame: Money, indicators: [{term: pay}, {term: aid}]}\n"
FILES = {"seeds/fair.txt": OTHER, "town.yaml": BOOK, "mine.csv": "term,valence\nvirus,4\nbest,-4\n"}
FILES["actors.yaml"] = "actors:\n- {name: City of Seoul, kind: place, aliases: [Seoul]}\n"
# What a person does to each control: a choice, or keys pressed on a slider, or a text; and back again.
MOVES = {
    "document": ("seeds/fair.txt", "seeds/pyongyang-helping-hand.txt"),
    "cleaning": ("keep all", "clean all"),
    "draws": ("100", "1000"),
    "window": ("ArrowRight", "ArrowLeft"),
    "key phrases": ("ArrowLeft", "ArrowRight"),
    "threshold": ("End", "Home"),
    "codebook": ("town.yaml", "policy_frames"),
    "second": ("town.yaml", "entman"),
    "own lexicon": ("mine.csv", ""),
    "own actors": ("actors.yaml", ""),
}
VIEWS = {
    ("1_article", "own actors"): "Actors",
    ("2_sentiment", "own actors"): "Toward actors",
    ("4_framing", "second"): "Second codebook",
}
VIEWS |= {("1_article", "cleaning"): "Left out", ("3_keywords", "own actors"): "Key phrases"}
FIRST_FIGURE = 60.0  # seconds on a busy machine; PRESSLENS_FIRST_FIGURE=10 measures on a quiet one


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
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
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
    try:
        began = _open_and_run(page, lab, name)
        page.wait_for_selector(".jp-OutputArea figure.chart svg", timeout=120_000)
        waited = time.monotonic() - began
        cells = _run_cells(page, lab, name)
        outputs = [output for cell in cells for output in cell["outputs"]]
        assert [o for o in outputs if o["output_type"] in {"error", "stream"}] == []
        assert any("text/html" in o.get("data", {}) for o in outputs)
        _looks_right(page)
        _picture(page, f"lab-{name}.png")
        moved = _moved(page, name.split(".")[0])
        _picture(page, f"lab-{name}-moved.png", of=page.locator(EXPLORER).first)
        print(f"{name}: first figure after {waited:.1f} s; {moved}")
        assert waited < float(os.environ.get("PRESSLENS_FIRST_FIGURE", FIRST_FIGURE))
    finally:
        _shut_down_kernels(lab)


def test_the_welcome_page_lists_documents_and_makes_a_report(page: Any, lab: Lab) -> None:
    _open_and_run(page, lab, "welcome.ipynb")
    page.wait_for_selector("table:has-text('Documents in seeds/') >> text=Harvest fair opens", timeout=120_000)
    page.wait_for_selector("text=There is none yet", timeout=20_000)
    page.select_option(".widget-dropdown:has(label:text-is('document')) select", "fair.txt")
    page.click("button:has-text('Make its report')")
    page.wait_for_selector("text=fair.txt: done", timeout=300_000)
    row = page.locator("table:has-text('Runs in outputs/') tr:has-text('fair')")
    assert "up to date" in row.inner_text()
    _picture(page, "lab-welcome.png")
    row.locator("a").click()
    page.wait_for_selector(".jp-HTMLViewer iframe", timeout=60_000)
    frame = page.frame_locator(".jp-HTMLViewer iframe")
    frame.locator("h1").wait_for(timeout=60_000)
    assert "Harvest fair opens" in frame.locator("body").inner_text()
    _shut_down_kernels(lab)


def test_from_a_point_of_a_corpus_down_to_its_articles_and_to_a_word_in_its_contexts(page: Any, lab: Lab) -> None:
    made = [
        ("demo-corpus", "--articles", "300", "-o", "demo.jsonl"),
        ("corpus", "demo.jsonl", "--out", "outputs/corpus"),
    ]
    for command in made:
        subprocess.run([sys.executable, "-m", "presslens", *command], cwd=lab.folder, capture_output=True, check=True)
    try:
        _open_and_run(page, lab, "corpus.ipynb")
        depth = page.locator(".jp-OutputArea .widget-vbox:has(.widget-inline-hbox > label:text-is('point'))").first
        depth.wait_for(timeout=240_000)
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        depth.scroll_into_view_if_needed()
        seen = [_shown(depth)]
        for label, number in (("point", 1), ("outlet", 2), ("period", 3)):
            control = depth.locator(f".widget-inline-hbox:has(> label:text-is('{label}')) select")
            control.select_option(index=number)
            _until(page, lambda: _shown(depth) not in seen, f"nothing follows {label}")
            seen.append(_shown(depth))
            assert depth.locator("mark").count(), (label, _shown(depth)[:900])
            assert depth.locator("text=behind this point, drawn by seed").count() == 1
        _move(depth.locator(".widget-inline-hbox:has(> label:text-is('word'))"), "the")
        depth.locator("caption:has-text('“the”: ')").wait_for(timeout=60_000)
        assert depth.locator("[role=alert]").count() == 0
        _picture(page, "lab-corpus.png")
        _picture(page, "lab-corpus-depth.png", of=depth)
    finally:
        _shut_down_kernels(lab)


def _open_and_run(page: Any, lab: Lab, name: str) -> float:
    """Open a notebook and run all its cells; when that was, on the monotonic clock."""
    page.goto(f"{lab.address}/lab/workspaces/{name.split('.')[0]}/tree/notebooks/{name}")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120_000)
    # JupyterLab throws away what is run before its kernel has answered, and calls that kernel idle in the toolbar.
    page.wait_for_selector("#jp-main-statusbar :text('| Idle')", timeout=120_000)
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
    return time.monotonic()


EXPLORER = ".jp-OutputArea .widget-vbox:has(.widget-toggle-buttons)"


def _moved(page: Any, notebook: str) -> str:
    """Move each control of the explorer there and back, and see the figure follow both times; how long that took."""
    explorer = page.locator(EXPLORER).first
    explorer.scroll_into_view_if_needed()
    labels = [text for text in explorer.locator(".widget-label").all_inner_texts() if text in MOVES]
    assert len(labels) >= 3
    took = []
    for label in labels:
        _look(
            page,
            explorer,
            VIEWS.get((notebook, label), explorer.locator(".widget-toggle-buttons button").first.inner_text()),
        )
        for move in MOVES[label]:
            before = _shown(explorer)
            began = time.monotonic()
            _move(explorer.locator(f".widget-inline-hbox:has(> label:text-is('{label}'))"), move)
            _until(page, lambda was=before: _shown(explorer) != was, f"{notebook}: nothing follows {label} = {move}")
            took.append(time.monotonic() - began)
    for button in explorer.locator(".widget-toggle-buttons button").all():
        _look(page, explorer, button.inner_text())
        assert explorer.locator("[role=alert]").count() == 0
    _look(page, explorer, explorer.locator(".widget-toggle-buttons button").first.inner_text())
    word = explorer.locator(".widget-inline-hbox:has(> label:text-is('word')) input")
    word.fill("virus")
    word.press("Enter")
    explorer.locator("caption:has-text('What “virus” does here')").wait_for(timeout=60_000)
    explorer.locator("caption:has-text('Concordance of “virus”')").wait_for(timeout=60_000)
    return f"{len(took)} moves, {sorted(took)[len(took) // 2]:.2f} s in the middle, {max(took):.2f} s at most"


def _move(control: Any, move: str) -> None:
    if control.locator("select").count():
        control.locator("select").select_option(label=move)
    elif control.locator(".noUi-handle").count():
        control.locator(".noUi-handle").press(move)
    else:
        control.locator("input").fill(move)
        control.locator("input").press("Enter")


def _look(page: Any, explorer: Any, view: str) -> None:
    """Press the button of a view, and wait until it is drawn."""
    button = explorer.locator(f".widget-toggle-buttons button:text-is('{view}')")
    if "mod-active" in (button.get_attribute("class") or ""):
        return
    before = _shown(explorer)
    button.click()
    _until(page, lambda: _shown(explorer) != before, f"the view {view} does not come")


def _shown(explorer: Any) -> str:
    """What the explorer shows between its controls and what is known of a word."""
    return str(explorer.locator(".widget-html-content").nth(1).inner_html())


def _until(page: Any, holds: Any, otherwise: str, *, seconds: int = 60) -> None:
    for _ in range(seconds * 20):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail(otherwise)


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


def _picture(page: Any, name: str, *, of: Any = None) -> None:
    """A picture of the notebook or of a part, for people to look at, where PRESSLENS_SCREENSHOTS names a folder for it."""
    folder = os.environ.get("PRESSLENS_SCREENSHOTS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollHeight")
    page.set_viewport_size({"width": 1400, "height": height + 120})
    page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0")
    page.wait_for_timeout(800)
    (of or page).screenshot(path=str(Path(folder) / name))
    page.set_viewport_size({"width": 1400, "height": 1000})


def _shut_down_kernels(lab: Lab) -> None:
    """End the kernels of notebooks that are done: the next notebook needs the memory more."""
    with urllib.request.urlopen(f"{lab.address}/api/kernels", timeout=10) as answer:  # noqa: S310 - our own server
        kernels = json.load(answer)
    for kernel in kernels:
        address = f"{lab.address}/api/kernels/{kernel['id']}"
        urllib.request.urlopen(urllib.request.Request(address, method="DELETE"), timeout=20).close()  # noqa: S310
