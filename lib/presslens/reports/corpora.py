"""The report of a corpus: its notebook, run on the tables of an analysed corpus and made into a page."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.corpus import counting
from presslens.reports import exporting, provenance, swapping, tables
from presslens.reports.executing import Outcome, execute
from presslens.reports.layout import locate, project_root
from presslens.reports.parameters import Parameters, check
from presslens.reports.workbench import FOLDER, Run, display, dress

NOTEBOOK = "corpus"
SUFFIX = ".corpus"
FILES = "Beside this page: the executed notebook, tables/ (CSV and Parquet), figures/ (SVG and PNG)."


@dataclass(frozen=True)
class CorpusRun(Run):
    """The notebook of a corpus at work."""

    @property
    def path(self) -> Path:
        """Where the analysed corpus is."""
        return locate(self.parameters.corpus)

    @cached_property
    def data(self) -> counting.Parts:
        """The analysed corpus, batch by batch."""
        return counting.parts(self.path, copies=self.parameters.copies)

    def save(self, **named: pd.DataFrame) -> None:
        """Write each table as `tables/NAME.csv` and `.parquet`."""
        for name, table in named.items():
            tables.save(table, self.folder / "tables", name)
            self._left(f"tables/{name}.csv", f"tables/{name}.parquet")


def begin(**values: Any) -> CorpusRun:
    """Check the parameters of the notebook and open its run; see `workbench.begin`."""
    parameters = check(values)
    named = os.environ.get(FOLDER)
    if named:
        return CorpusRun(NOTEBOOK, parameters, Path(named))
    display(dress())
    return CorpusRun(
        NOTEBOOK, parameters, project_root() / "outputs" / "lab" / f"{Path(parameters.corpus).name}{SUFFIX}"
    )


@dataclass(frozen=True)
class Made:
    """Where the report of a corpus is, and how its notebook ended."""

    folder: Path
    outcome: Outcome


def report(
    parameters: Parameters,
    *,
    out: Path = Path("outputs"),
    with_code: bool = False,
    timeout: float | None = None,
    on_cell: Callable[[str, int, int], None] = lambda *_: None,
) -> Made:
    """Make `OUT/NAME.corpus/` with the page, tables and figures; a failed one goes to `NAME.corpus.failed`.

    Args:
        parameters: of the run; `corpus` says which.
        out: where the report goes.
        with_code: show code in the page.
        timeout: seconds that a cell may take.
        on_cell: called with the notebook, the number of the cell that begins, and how many there are.

    Raises:
        BadInput: there is no analysed corpus there.
    """
    source = locate(parameters.corpus)
    found = counting.parts(source)
    name = source.resolve().name
    final = out / f"{name}{SUFFIX}"
    out.mkdir(parents=True, exist_ok=True)
    with swapping.sole(final):
        folder = swapping.aside(final)
        try:
            outcome = execute(
                NOTEBOOK, parameters=parameters.model_dump(), folder=folder, timeout=timeout, on_cell=on_cell
            )
            place = final.with_name(f"{final.name}.failed") if outcome.error else final
            if (folder / f"{NOTEBOOK}.ipynb").is_file():
                _publish(folder, name, found, parameters, with_code)
            swapping.swap(folder, place)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return Made(place, outcome)


def _publish(folder: Path, name: str, found: counting.Parts, parameters: Parameters, with_code: bool) -> None:
    import nbformat

    notebook = nbformat.read(folder / f"{NOTEBOOK}.ipynb", as_version=4)
    page = exporting.Page(NOTEBOOK, exporting.heading(notebook))
    chosen = {name: parameters.model_dump()[name] for name in ("corpus", "period", "copies", "codebook", "seed", "top")}
    options = [
        f"-p {key}={value}" for key, value in chosen.items() if key != "corpus" and value != getattr(Parameters(), key)
    ]
    about: dict[str, Any] = {
        "title": f"The corpus {name}",
        "line": f"{len(found.names):,} batches of articles",
        "source": "manifest.json",
        "sha256": provenance.sha256(found.folder / "manifest.json"),
        "notes": [],
        "parameters": chosen,
        "reproduce": " ".join(["presslens corpus-report", parameters.corpus, *options]),
    }
    html = exporting.export(notebook, page=page, pages=[page], about=about, with_code=with_code)
    (folder / f"{NOTEBOOK}.html").write_text(html, encoding="utf-8")
    noted = folder / "findings" / f"{NOTEBOOK}.json"
    said = json.loads(noted.read_text("utf-8")).get("finding", "") if noted.is_file() else ""
    cards = [{"href": f"{NOTEBOOK}.html", "label": page.heading, "finding": said or "This notebook did not finish."}]
    index = exporting.index_page(
        title=about["title"], kicker="A corpus read by presslens", about=about["line"], cards=cards, files=FILES
    )
    (folder / "index.html").write_text(index, encoding="utf-8")
