"""The tables and findings of a finished run with the words that they withhold put back, where its document is at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.article.reading import read
from presslens.errors import BadInput
from presslens.locating import locate
from presslens.reports import provenance, rereading, rights, withholding
from presslens.reports.layout import CORPUS


@dataclass(frozen=True)
class Restored:
    """A run as it was before words were withheld, as far as that can be: `record` is its `run.json`."""

    folder: Path
    record: Mapping[str, Any]

    @cached_property
    def _source(self) -> rights.Source | None:
        """The document's words, if it is one document, still there and unchanged."""
        chosen = self.record["parameters"]
        if chosen.get("documents") or not chosen.get("document") or CORPUS in self.record["keys"]:
            return None
        try:
            path = locate(str(chosen["document"]))
            if provenance.inputs(path) != self.record["inputs"]:
                return None
            return rights.source(read(path, keep=chosen.get("keep", [])))
        except (BadInput, OSError, TypeError, ValueError):  # the record is anybody's, too
            return None

    @property
    def tables(self) -> list[str]:
        """The names of its tables."""
        return sorted(path.stem for path in (self.folder / "tables").glob("*.parquet"))

    def table(self, name: str) -> pd.DataFrame:
        """One of its tables.

        Raises:
            BadInput: it cannot be read.
        """
        path = self.folder / "tables" / f"{name}.parquet"
        table = rereading.table(path)
        return table if self._source is None else withholding.filled_table(table, self._source)

    def findings(self) -> dict[str, str]:
        """What its notebooks found, by notebook.

        Raises:
            BadInput: a file of findings cannot be read.
        """
        found: dict[str, str] = {}
        for path in sorted((self.folder / "findings").glob("*.json")):
            content = rereading.findings(path)
            found |= {
                path.stem if name == "finding" else f"{path.stem}, {name}": self._whole(value)
                for name, value in sorted(content.items())
                if isinstance(value, str)
            }
        return found

    def _whole(self, text: str) -> str:
        return text if self._source is None else withholding.filled(text, self._source)


def withheld(table: pd.DataFrame) -> list[str]:
    """The columns of a table that still withhold words."""
    texts = [n for n in table.columns if pd.api.types.is_string_dtype(table[n]) or table[n].dtype == object]
    return [n for n in texts if any(isinstance(value, str) and withholding.GAP.search(value) for value in table[n])]
