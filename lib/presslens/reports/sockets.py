"""Short-lived folders for the sockets of kernels, closed to other users and cleared also after a run that was killed."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import current_process
from pathlib import Path

from presslens.errors import PresslensError

PREFIX = "presslens-"
LONGEST = 103  # bytes of a socket's path: 103 on macOS, 107 on Linux
NEEDED = len(f"/{PREFIX}{2**22}-abcdefgh/listener-abcdefgh")
SHORT = ("/tmp", "/var/tmp")  # noqa: S108 - only where the folder for temporary files has too long a name


@contextmanager
def folder() -> Iterator[Path]:
    """A new private folder with a short path (a socket's may have about 100 characters); gone after the block."""
    clear()
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_place()))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def adopt() -> None:
    """Have `multiprocessing` keep its sockets in such a folder too: its own name tells nobody whose it was."""
    settings = current_process()._config  # type: ignore[attr-defined]
    if settings.get("tempdir") is None:
        clear()
        settings["tempdir"] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=_place())
        atexit.register(shutil.rmtree, settings["tempdir"], ignore_errors=True)


def clear() -> None:
    """Remove the folders of processes that are no more."""
    for left in Path(_place()).glob(f"{PREFIX}*-*"):
        number = left.name.removeprefix(PREFIX).split("-")[0]
        if number.isdigit() and not _alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _place() -> str:
    """The folder for temporary files, or a common one with a shorter name where a socket in it would have too long a path.

    Raises:
        PresslensError: no such folder can be written.
    """
    usual = tempfile.gettempdir()
    if os.name == "nt" or len(os.fsencode(usual)) + NEEDED <= LONGEST:
        return usual
    for folder in SHORT:
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise PresslensError(
        f"cannot start a kernel: the folder for temporary files, {usual}, has too long a name for sockets. "
        "Set TMPDIR to one with a shorter name."
    )


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
