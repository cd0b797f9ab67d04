"""Agreement with human coders: each module measures one analysis on human-coded data, beside its peers."""

import os
from pathlib import Path


def data_folder() -> Path | None:
    """The folder of human-coded data: `$PRESSLENS_DATA`, or `../shared/data` beside the project; None without it."""
    named = os.environ.get("PRESSLENS_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / ".." / "shared" / "data"
    return folder.resolve() if (folder / "README.md").is_file() else None
