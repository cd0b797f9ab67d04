"""The papermill engine of presslens: an ordinary kernel, told where its run lives, that reports every cell."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from presslens.reports import forking, quick  # noqa: F401, I001 - before anything of Jupyter

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from traitlets.config import Config

from presslens.reports.workbench import FOLDER

NAME = "presslens"
TRANSPORT = "tcp" if sys.platform == "win32" else "ipc"  # sockets in the user's own folder, closed to other users
OnCell = Callable[[int, int], None]


class Engine(NBClientEngine):  # type: ignore[misc]
    """Runs one notebook in a kernel of its own, with the folder of its run in the kernel's environment."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        folder: Path,
        env: dict[str, str],
        on_cell: OnCell,
        start_timeout: int = 60,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> Any:
        """Execute the cells; `on_cell(done, all)` is called as each begins."""
        began = nb_man.cell_start

        def cell_start(cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
            on_cell(cell_index or 0, len(nb_man.nb.cells))
            began(cell, cell_index, **kwargs)

        nb_man.cell_start = cell_start
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            startup_timeout=start_timeout,
            timeout=execution_timeout,
            shutdown_kernel="immediate",
            config=Config({"KernelManager": {"transport": TRANSPORT}}),
        )
        return client.execute(env=env | {FOLDER: str(folder)}, cwd=str(Path.cwd()))


def register() -> str:
    """Make the engine known to papermill; returns its name."""
    papermill_engines.register(NAME, Engine)
    forking.prepare()
    return NAME
