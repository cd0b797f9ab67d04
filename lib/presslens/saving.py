"""One way to write a file whose old version is worth something: aside, to the disk, and then in its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from presslens.errors import BadInput


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; when the block ends well it takes the place of `path`, else it goes.

    What is at `path` is the old file or the new one, whatever happens in between, a power cut too: the new one is on the
    disk before it gets its name, and the name before this returns. What killed processes have left beside it is cleared.
    """
    path = Path(os.path.realpath(path))  # a link stays a link: what it names is replaced
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    _clear(path)
    try:
        yield aside
        if path.exists():
            with suppress(OSError):  # the owner's choice of who may read; a file system without modes
                aside.chmod(path.stat().st_mode & 0o7777)
        sync(aside)
        aside.replace(path)
        sync(path.parent)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def save(path: Path, content: str | bytes) -> None:
    """Put `content` (text as UTF-8, line ends as they are) in the place of `path`, whole or not at all; see `replacing`."""
    with replacing(path) as aside:
        aside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Turn a failure to write `path` into one sentence.

    Raises:
        BadInput: the system refused; what was there before is as it was.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise BadInput(f"cannot write {path}: {reason}. Choose a folder that can be written.") from None


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk; a system that cannot sync folders is left in peace.

    Raises:
        OSError: the disk did not take a file.
    """
    is_folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        if is_folder:
            return
        raise
    try:
        os.fsync(handle)
    except OSError:
        if not is_folder:
            raise
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have a folder with everything in it on the disk."""
    for inner, _, names in os.walk(folder, topdown=False):
        for name in names:
            sync(Path(inner) / name)
        sync(Path(inner))


def _clear(path: Path) -> None:
    """Take away what processes that no longer run have left aside."""
    if not path.parent.is_dir():
        return
    for name in os.listdir(path.parent):  # noqa: PTH208 - a data set may hold thousands of files: names are enough
        if not (name.startswith(f".{path.name}.") and name.endswith(".part")):
            continue
        number = name.rsplit(".", 2)[1]
        if number.isdecimal() and not _runs(int(number)):
            with suppress(OSError):
                path.with_name(name).unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
