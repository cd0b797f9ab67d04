"""The papermill engine of presslens: an ordinary kernel, told where its run lives, that reports every cell."""

from presslens.reports import forking, quick, sockets  # isort: skip - before anything of Jupyter

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from traitlets.config import Config

from presslens.leaving_out import later, without

later("requests")  # for notebooks at web addresses
with without("pyarrow"):  # for notebooks in a Hadoop cluster
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.iorw import write_ipynb

NAME = "presslens"
FOLDER = "PRESSLENS_RUN_FOLDER"
OnCell = Callable[[int, int], None]

assert quick  # noqa: S101 - imported for what it does


class Engine(NBClientEngine):  # type: ignore[misc]
    """Runs one notebook in a kernel of its own, with the folder of its run in the kernel's environment."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        partial: Path,
        env: dict[str, str],
        on_cell: OnCell,
        start_timeout: int = 60,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> Any:
        """Execute the cells; `on_cell(done, all)` is called as each begins.

        Where the kernel dies or a cell takes too long, what there is goes to `partial`, the cell's error in it.
        """
        begin, running = nb_man.cell_start, [0]

        def cell_start(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
            running[0] = cell_index or 0
            on_cell(running[0], len(nb_man.nb.cells))
            begin(cell, cell_index, **kwargs)

        nb_man.cell_start = cell_start
        with sockets.folder() as place:
            client = PapermillNotebookClient(
                nb_man,
                kernel_name=kernel_name,
                startup_timeout=start_timeout,
                timeout=execution_timeout,
                shutdown_kernel="immediate",
                config=_connection(place),
            )
            try:
                return client.execute(env=env | {FOLDER: str(folder)}, cwd=str(Path.cwd()))
            except (CellTimeoutError, DeadKernelError) as error:
                _note_failure(nb_man.nb, running[0], type(error).__name__)
                write_ipynb(nb_man.nb, str(partial))
                raise


def _connection(place: Path) -> Config:
    """How to reach the kernel: sockets in a folder of its own, so that kernels side by side never meet; TCP on Windows."""
    manager = {"connection_file": str(place / "kernel.json")}
    if sys.platform != "win32":
        manager |= {"transport": "ipc", "ip": str(place / "k")}
    return Config({"KernelManager": manager})


def _note_failure(notebook: Any, index: int, name: str) -> None:
    """Put the error into the cell that was running; those after it have not run, whatever papermill says of them."""
    from nbformat.v4 import new_output

    for cell in notebook.cells[index + 1 :]:
        cell.metadata.pop("papermill", None)
    cell = notebook.cells[index]
    cell.metadata.setdefault("papermill", {})["status"] = "running"
    if cell.cell_type == "code":
        said = {"DeadKernelError": "the kernel died here", "CellTimeoutError": "this cell took too long"}[name]
        cell.outputs.append(new_output("error", ename=name, evalue=said, traceback=[]))


def register() -> str:
    """Make the engine known to papermill; returns its name."""
    papermill_engines.register(NAME, Engine)
    forking.prepare()
    return NAME
