"""What an export takes from a run's folder: its words, its pages in the order to read them, its tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.errors import BadInput
from presslens.reports import records, rereading
from presslens.reports.publishing import TEXT

FIRST = "5_brief"  # as on the page of contents


@dataclass(frozen=True)
class Finished:
    """A finished run: its folder, its record, and its pages, the brief first."""

    folder: Path
    record: dict[str, Any]
    pages: list[Path]

    @property
    def name(self) -> str:
        """What the run is called: its folder's name."""
        return self.folder.resolve().name

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the run, by name.

        Raises:
            BadInput: one cannot be read.
        """
        return {path.stem: rereading.table(path) for path in sorted((self.folder / "tables").glob("*.parquet"))}

    def finding(self, page: str) -> str:
        """The finding that a page states first; empty where it states none."""
        try:
            return str(rereading.findings(self.folder / "findings" / f"{page}.json").get("finding", ""))
        except BadInput:
            return ""


def finished(name: str, *, out: Path) -> Finished:
    """A run by its folder or its name in the folder of reports.

    Raises:
        BadInput: there is no such run, it failed, or it has no page.
    """
    folder = records.find(name, out=out)
    record = records.read(folder)
    failed = [entry["notebook"] for entry in record["notebooks"] if entry.get("error")]
    if failed:
        raise BadInput(f"cannot export {folder}: {failed[0]} failed in that run. Export a finished one.")
    named = [entry["notebook"] for entry in record["notebooks"]]
    order = sorted(named, key=lambda notebook: (notebook != FIRST, named.index(notebook)))
    pages = [folder / f"{notebook}.html" for notebook in order]
    missing = [page for page in pages if not page.is_file()]
    if missing or not pages:
        what = f"{missing[0].name} is missing" if missing else "it has no page"
        raise BadInput(f"cannot export {folder}: {what}. Run the report again.")
    text = folder / f"{TEXT.name}.html"  # where the links of the other pages lead
    return Finished(folder, record, [*pages, text] if text.is_file() else pages)
