"""Run one notebook with papermill in a kernel of its own, and keep it as it ran, the same bytes each time."""

import json
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from presslens.errors import BadInput
from presslens.reports.layout import notebooks_folder
from presslens.reports.parameters import Parameters

OnCell = Callable[[str, int, int], None]
VOLATILE = ("execution", "papermill")


@dataclass(frozen=True)
class Outcome:
    """How one notebook ended."""

    notebook: str
    seconds: float
    failed_at: str = ""
    error: str = ""

    def record(self) -> dict[str, Any]:
        """The outcome for `run.json`."""
        return asdict(self)


def accepted(notebook: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a notebook's `parameters` cell names."""
    import ast

    cells = json.loads((notebooks_folder() / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    tagged = ["".join(c["source"]) for c in cells if "parameters" in c["metadata"].get("tags", [])]
    names = {
        t.id
        for n in ast.parse("\n".join(tagged)).body
        if isinstance(n, ast.Assign)
        for t in n.targets
        if isinstance(t, ast.Name)
    }
    return {name: value for name, value in parameters.items() if name in names}


def taken(notebooks: Sequence[str]) -> list[str]:
    """The parameters on which a report of some notebooks depends."""
    fields = dict.fromkeys(Parameters.model_fields)
    return list({name: None for notebook in notebooks for name in accepted(notebook, fields)} | {"quotation": None})


def refuse_unused(names: Iterable[str], notebooks: Sequence[str]) -> None:
    """Refuse parameters on which a report does not depend: who gives one believes that it counts.

    Raises:
        BadInput: names the parameter, and those that would count.
    """
    counts = taken(notebooks)
    for name in names:
        if name in Parameters.model_fields and name not in counts:
            raise BadInput(f"parameter {name}: this report does not depend on it. It takes {', '.join(counts)}.")


def execute(
    notebook: str,
    *,
    parameters: Mapping[str, Any],
    folder: Path,
    timeout: float | None = None,
    on_cell: OnCell = lambda *_: None,
) -> Outcome:
    """Run one notebook and write it, executed, to `folder`; its tables and figures go there too.

    Args:
        notebook: its name.
        parameters: all of the run; it gets those that it names.
        folder: of the run.
        timeout: seconds that a cell may take.
        on_cell: called with the notebook, the number of the cell that begins, and how many there are.
    """
    from presslens.reports import engine

    name = engine.register()  # first: it keeps out of Jupyter's imports what costs seconds
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    target = folder / f"{notebook}.ipynb"
    began = time.monotonic()
    failed_at = error = ""
    try:
        papermill.execute_notebook(
            notebooks_folder() / f"{notebook}.ipynb",
            target,
            parameters=accepted(notebook, parameters),
            engine_name=name,
            progress_bar=False,
            request_save_on_cell_execute=False,
            execution_timeout=timeout,
            folder=folder.resolve(),
            partial=target,
            env=dict(os.environ),
            on_cell=lambda done, whole: on_cell(notebook, done, whole),
        )
    except PapermillExecutionError as raised:
        failed_at, error = heading_above(target, raised.cell_index), f"{raised.ename}: {raised.evalue}"
    except CellTimeoutError:
        failed_at, error = last_heading(target), f"a cell took longer than {timeout:g} seconds and was stopped"
    except DeadKernelError:
        failed_at, error = last_heading(target), "the kernel died (was it out of memory, or killed?)"
    except RuntimeError as raised:
        if "Kernel" not in str(raised):
            raise
        error = f"the kernel did not start: {raised}"
    if target.is_file():
        settle(target)
    return Outcome(notebook, round(time.monotonic() - began, 3), failed_at, error)


def settle(path: Path) -> None:
    """Take out of an executed notebook what differs from run to run: times, random ids, paths."""
    notebook = json.loads(path.read_text("utf-8"))
    notebook["metadata"].pop("papermill", None)
    cells = [cell for cell in notebook["cells"] if "papermill-error-cell-tag" not in cell["metadata"].get("tags", [])]
    for number, cell in enumerate(cells):
        for name in VOLATILE:
            cell["metadata"].pop(name, None)
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["id"] = f"injected-{number:02d}"
        for output in cell.get("outputs", []):
            output.pop("execution_count", None) if output["output_type"] != "execute_result" else None
    notebook["cells"] = cells
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _headings(path: Path) -> list[tuple[int, str]]:
    cells = json.loads(path.read_text("utf-8"))["cells"] if path.is_file() else []
    lines = [(i, "".join(c["source"]).split("\n")[0]) for i, c in enumerate(cells) if c["cell_type"] == "markdown"]
    return [(i, line.lstrip("# ").strip()) for i, line in lines if line.startswith("#")]


def heading_above(path: Path, index: int | None) -> str:
    """The heading under which a cell stands."""
    above = [text for i, text in _headings(path) if i <= (index or 0)]
    return above[-1] if above else ""


def last_heading(path: Path) -> str:
    """The heading of the last cell that had begun to run in a partial notebook."""
    cells = json.loads(path.read_text("utf-8"))["cells"] if path.is_file() else []
    begun = [i for i, c in enumerate(cells) if c["metadata"].get("papermill", {}).get("status") == "running"]
    return heading_above(path, begun[0] if begun else 0)
