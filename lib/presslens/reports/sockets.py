"""Short-lived folders for the sockets of kernels, closed to other users and cleared also after a run that was killed."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import current_process
from pathlib import Path

PREFIX = "presslens-"


@contextmanager
def folder() -> Iterator[Path]:
    """A new private folder with a short path (a socket's may have about 100 characters); gone after the block."""
    clear()
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def adopt() -> None:
    """Have `multiprocessing` keep its sockets in such a folder too: its own name tells nobody whose it was."""
    settings = current_process()._config  # type: ignore[attr-defined]
    if settings.get("tempdir") is None:
        clear()
        settings["tempdir"] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        atexit.register(shutil.rmtree, settings["tempdir"], ignore_errors=True)


def clear() -> None:
    """Remove the folders of processes that are no more."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        number = left.name.removeprefix(PREFIX).split("-")[0]
        if number.isdigit() and not _alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
