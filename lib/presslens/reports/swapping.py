"""Build aside, swap in whole: a report is the old one or the new one, whatever happens in between."""

import ctypes
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from presslens import saving
from presslens.errors import BadInput

EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2(2), RENAME_SWAP of macOS' renamex_np(2)
HERE = -100  # AT_FDCWD


@contextmanager
def sole(final: Path, *, wait: float = -1) -> Iterator[None]:
    """Hold the lock of a report while the block runs; a lock of a dead process is no lock.

    Whatever an interrupted run has left beside the report is cleared first: a report that was moved away and not
    replaced comes back, unfinished ones go.

    Args:
        final: the report's folder.
        wait: seconds to wait for another run of the same report; below 0 for as long as it takes.

    Raises:
        BadInput: the folder cannot be written, or another run holds the lock for longer.
    """
    try:
        final.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(final.parent / f".{final.name}.lock", timeout=wait)
        lock.acquire()
    except Timeout:
        raise BadInput(f"another run is writing {final}. Wait for it, or choose another folder with --out.") from None
    except OSError as error:
        reason = error.strerror or error
        raise BadInput(f"cannot write to {final.parent}: {reason}. Choose another folder with --out.") from None
    try:
        recover(final)
        yield
    finally:
        lock.release()


def rests(final: Path) -> list[Path]:
    """What interrupted runs have left beside a report: those it was moved away to, and unfinished ones."""
    named = re.compile(rf"\.{re.escape(final.name)}\.\d+\.(?:old|building)")  # `story` is not `story.2`
    found = final.parent.iterdir() if final.parent.is_dir() else ()
    return sorted(path for path in found if named.fullmatch(path.name))


def recover(final: Path) -> None:
    """Clear what interrupted runs have left; bring back a good report that one of them had moved away."""
    for path in rests(final):
        if path.suffix == ".old" and not final.exists():
            path.rename(final)
        shutil.rmtree(path, ignore_errors=True)


def aside(final: Path) -> Path:
    """A new empty folder beside the report to build in.

    Raises:
        BadInput: it cannot be made.
    """
    folder = final.with_name(f".{final.name}.{os.getpid()}.building")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError as error:
        reason = error.strerror or error
        raise BadInput(f"cannot write to {final.parent}: {reason}. Choose another folder with --out.") from None
    return folder


def swap(new: Path, final: Path) -> None:
    """Put a finished folder in the place of the old one, in one step where the system can; it is on the disk first."""
    saving.sync_tree(new)
    if not final.exists():
        new.rename(final)
        saving.sync(final.parent)
        return
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    if _exchange(new, final):
        new.rename(old)
    else:
        final.rename(old)
        new.rename(final)
    saving.sync(final.parent)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two paths atomically; False where the system or its file system cannot."""
    names = os.fsencode(a), os.fsencode(b)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if hasattr(library, "renameat2"):
            return int(library.renameat2(HERE, names[0], HERE, names[1], EXCHANGE)) == 0
        return int(library.renamex_np(names[0], names[1], EXCHANGE)) == 0
    except (AttributeError, OSError, TypeError):
        return False
