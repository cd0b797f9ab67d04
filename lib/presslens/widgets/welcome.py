"""What `make lab` opens on: the documents of `seeds/`, the runs of `outputs/` and their state, and a button to make a report.

from presslens.widgets.welcome import welcome
welcome()
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from presslens import locating
from presslens.article.reading import name_of, read
from presslens.errors import BadInput, PresslensError
from presslens.reports import elements, layout, status
from presslens.reports.workbench import dress

DOCUMENTS = {
    "document": "document",
    "title": "title",
    "source": "outlet and date",
    "words": "words",
    "report": "its report",
}
RUNS = {"run": "run", "age": "made", "state": "state", "why": "what would run again, and why"}
NONE = "There is none yet. Choose a document below and press the button, or run presslens report in a terminal."


def documents(*, runs: Sequence[status.Status] = (), root: Path | None = None) -> pd.DataFrame:
    """The documents of `seeds/`: `document`, `title`, `source`, `words` (int), `report` (its state, in words).

    A document that cannot be read has the reason in place of its title, and no words.

    Args:
        runs: of reports, as `reports.status` gives them.
        root: the project's root.
    """
    states = {run.run: run for run in runs}
    rows: list[tuple[str, str, str, int | None, str]] = []
    for path in _seeds(root or locating.project_root()):
        run = states.get(name_of(path))
        said = "none yet" if run is None else _state(run)
        try:
            article = read(path)
        except PresslensError as error:
            rows.append((path.name, str(error), "", None, said))
            continue
        about = article.metadata
        source = ", ".join(str(part) for part in (about.outlet, about.date and f"{about.date:%-d %B %Y}") if part)
        words = int((article.tokens["kind"] == "word").sum())
        rows.append((path.name, article.title or article.paragraphs[0][:80], source, words, said))
    return pd.DataFrame(rows, columns=list(DOCUMENTS)).astype({"words": "Int64"})


def runs(*, root: Path | None = None) -> list[status.Status]:
    """The runs of `outputs/`, those of sweeps and failed ones too; what JupyterLab keeps for itself is none."""
    out = (root or locating.project_root()) / "outputs"
    return [run for run in status.status(out) if run.run.split("/")[0] != "lab"] if out.is_dir() else []


def run_table(found: Sequence[status.Status], *, root: Path | None = None) -> pd.DataFrame:
    """Runs for readers: `run` (a link to its pages), `age`, `state`, `why`."""
    out = (root or locating.project_root()) / "outputs"
    rows = [(_link(run, out), f"{status.age(run.age_seconds)} ago", _state(run), _why(run)) for run in found]
    return pd.DataFrame(rows, columns=list(RUNS), dtype=object)  # so that a link stays marked up


def html(*, root: Path | None = None) -> Markup:
    """Both as tables."""
    found = runs(root=root)
    listed = documents(runs=found, root=root)
    made = elements.table(run_table(found, root=root), caption="Runs in outputs/", headers=RUNS)
    return elements.table(listed, caption="Documents in seeds/", headers=DOCUMENTS) + (
        made if found else elements.note(f"Runs in outputs/: {NONE[0].lower()}{NONE[1:]}")
    )


def welcome() -> None:
    """Show documents and runs, and a button that makes the report of a document and tells how it goes."""
    from IPython import display

    jupyter: Any = display
    jupyter.display(jupyter.HTML(str(dress())))
    handle = jupyter.display(jupyter.HTML(str(html())), display_id=True)
    jupyter.display(button(lambda: handle.update(jupyter.HTML(str(html())))))


def button(renew: Callable[[], None], *, root: Path | None = None) -> Any:
    """A choice of documents and a button that makes a report; `renew` is called when it is there."""
    import ipywidgets as widgets

    names = [path.name for path in _seeds(root or locating.project_root())]
    chosen = widgets.Dropdown(options=names, description="document", layout={"width": "34em"})
    press = widgets.Button(description="Make its report", button_style="primary", disabled=not names)
    said = widgets.HTML()
    running: set[asyncio.Task[None]] = set()

    async def make() -> None:
        press.disabled = True
        try:
            await _report(chosen.value, lambda line: setattr(said, "value", str(elements.note(line))), root=root)
            renew()
        finally:
            press.disabled = False

    def start(_: Any) -> None:
        task = asyncio.get_running_loop().create_task(make())
        running.add(task)
        task.add_done_callback(running.discard)

    press.on_click(start)
    whole = widgets.VBox([widgets.HBox([chosen, press]), said])
    whole.add_class("presslens")
    return whole


async def _report(document: str, say: Callable[[str], None], *, root: Path | None = None) -> None:
    """Run `presslens report` in a process of its own, and say each line that it says."""
    folder = root or locating.project_root()
    say(f"{document}: begun …")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "presslens", "report", str(Path("seeds") / document)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    last = ""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    async for line in process.stdout:
        last = line.decode("utf-8", "replace").strip() or last
        say(f"{last} …")
    code = await process.wait()
    say(f"{document}: done; its pages are in the list above." if code == 0 else f"{document}: it did not work. {last}")


def _seeds(root: Path) -> list[Path]:
    try:
        return layout.seeds(root)
    except BadInput:
        return []


def _state(run: status.Status) -> str:
    return {"fresh": "up to date"}.get(run.state, run.state)


def _why(run: status.Status) -> str:
    if run.state == "fresh":
        return ""
    what = ", ".join(run.would_run)
    return f"{what}: {run.reason}" if what else run.reason


def _link(run: status.Status, out: Path) -> Markup | str:
    """The name of a run as a link to its first page, where there is one; relative to the folder of notebooks."""
    if not (out / run.run / "index.html").is_file():
        return run.run
    return Markup('<a href="../outputs/{}/index.html">{}</a>').format(quote(run.run), run.run)
