"""The notebook of an analysed corpus at work."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.corpus import counting
from presslens.findings import corpus as findings
from presslens.locating import locate, project_root
from presslens.reports import quoting, subjects, tables
from presslens.reports.layout import CORPUS
from presslens.reports.parameters import check
from presslens.reports.workbench import FOLDER, Run, display, dress


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

    def evidence(self, events: pd.DataFrame, behind: Sequence[pd.DataFrame]) -> None:
        """Show and save the sentences behind events, as far as the parameter `quotation` lets a report carry them."""
        shown = quoting.shared(behind, quotation=self.parameters.quotation)
        self.save(**{f"behind_event_{place}": table for place, table in enumerate(shown, start=1)})
        self.quotes(findings.behind_events(events, shown))

    def look(self, sums: pd.DataFrame) -> None:
        """In JupyterLab, choose any point and see the articles behind it; nothing in a report.

        Args:
            sums: as `counting.moments` gives them.
        """
        if os.environ.get(FOLDER):
            return
        from IPython.display import display as show

        chosen = self.parameters
        widgets = import_module("presslens.widgets.corpus")  # named at run time: no report depends on it
        show(
            widgets.view(widgets.Depth(self.data, sums, chosen.codebook, period_length=chosen.period, seed=chosen.seed))
        )


def begin(**values: Any) -> CorpusRun:
    """Check the parameters of the notebook and open its run; see `workbench.begin`."""
    parameters = check(values)
    named = os.environ.get(FOLDER)
    if named:
        return CorpusRun(CORPUS, parameters, Path(named))
    display(dress())
    about = subjects.corpus(Path(parameters.corpus))
    return CorpusRun(CORPUS, parameters, project_root() / "outputs" / "lab" / about.name)
