"""How much presslens reads before it refuses: settings, from the environment, looked up when something is read.

`PRESSLENS_MAX_BYTES=50000000 presslens report novel.txt` reads a larger document; every field of `Limits` has such a
name. What is over a limit is refused, in one sentence that names the setting; nothing is ever cut short.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from presslens.errors import BadInput

PREFIX = "PRESSLENS_MAX_"


class Limits(BaseModel):
    """The most that is read of what comes from outside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int = Field(20_000_000, ge=1, description="of a document as it lies on disk; a novel has about one million")
    settings_bytes: int = Field(5_000_000, ge=1, description="of a codebook, a lexicon or another file of settings")
    table_bytes: int = Field(2_000_000_000, ge=1, description="of a table of texts, on disk and unpacked")
    unpacked_bytes: int = Field(100_000_000, ge=1, description="of a workbook, a coder or an Office document, unpacked")
    memory: int = Field(1_000_000_000, ge=1, description="bytes of it, for reading a PDF; kept on Unix systems")
    articles: int = Field(20_000_000, ge=1, description="rows of a table of texts")
    cells: int = Field(10_000_000, ge=1, description="of a coding sheet, its rows filled up to the widest")
    paragraphs: int = Field(200_000, ge=1, description="lines or paragraphs of a document")
    depth: int = Field(100, ge=1, le=500, description="levels of nesting in YAML and JSON, and of elements in HTML")
    nodes: int = Field(1_000_000, ge=1, description="values in a YAML file, those that aliases repeat counted again")
    seconds: float = Field(60, gt=0, description="for reading and cleaning one document")


_kept: ContextVar[Limits | None] = ContextVar("kept", default=None)


@contextmanager
def kept_limits() -> Iterator[None]:
    """Within, the limits are those that hold now: for a batch, which need not look them up for each of its articles."""
    token = _kept.set(limits())
    try:
        yield
    finally:
        _kept.reset(token)


def limits() -> Limits:
    """The limits as they are set now.

    Raises:
        BadInput: a setting that is no number, or names no limit.
    """
    kept = _kept.get()
    if kept is not None:
        return kept
    given = {name[len(PREFIX) :].lower(): value for name, value in os.environ.items() if name.startswith(PREFIX)}
    try:
        return Limits.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{PREFIX}{first['loc'][0]}".upper()
        if first["type"] == "extra_forbidden":
            known = ", ".join(f"{PREFIX}{field.upper()}" for field in Limits.model_fields)
            raise BadInput(f"there is no setting {name}. Choose from {known}.") from None
        raise BadInput(f"cannot use the setting {name}={first['input']}: give a number above 0.") from None


def setting(name: str) -> str:
    """What sets a limit, for a message: `PRESSLENS_MAX_BYTES`."""
    return f"{PREFIX}{name.upper()}"


class _Late(BaseException):
    """The time is up; no `Exception`, so that nothing on the way catches it."""


@contextmanager
def in_time(what: str) -> Iterator[None]:
    """Refuse what takes longer to read than the limit `seconds`.

    Kept by an alarm of the process, so on the main thread of a Unix system, and where no other alarm is set; elsewhere
    the block runs as long as it takes.

    Raises:
        BadInput: the time is up; the message names `what`.
    """
    seconds = limits().seconds
    free = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not free or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def stop(*_: Any) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    except _Late:
        raise BadInput(
            f"cannot read {what}: it takes longer than {seconds:g} seconds. Split it, or raise {setting('seconds')}."
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
