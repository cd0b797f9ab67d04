"""Worker processes on this machine: each has one batch at a time, so that it is known which one killed it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Protocol

from threadpoolctl import threadpool_limits

from presslens.corpus.analysing import Outcome, Settings, outcome, warm
from presslens.corpus.entries import Entry
from presslens.limits import limits

PER_ARTICLE = 1.0  # seconds that an article more adds to the time that a batch may take
START = 120.0  # seconds in which a process must be ready


class Crashed(Exception):  # noqa: N818 - an event, told by what happened
    """The process that analysed these articles has ended, or took too long; the message says which."""


class Worker(Protocol):
    """Something that analyses articles, one batch at a time."""

    def analyse(self, entries: Sequence[Entry]) -> Outcome:
        """The analysis of some articles. Raises Crashed where the process behind it is lost."""

    def close(self) -> None:
        """End it at once."""


class Process:
    """A worker process; it is started when it is first needed, and again after it has been lost."""

    def __init__(self, settings: Settings, made: BaseContext) -> None:
        self._settings = settings
        self._made = made
        self._process: BaseProcess | None = None
        self._end: Connection | None = None
        self._closed = False
        self._lock = threading.Lock()

    def analyse(self, entries: Sequence[Entry]) -> Outcome:
        """The analysis of some articles.

        Raises:
            Crashed: the process ended, or took longer than it may.
        """
        process, end = self._running()
        seconds = limits().seconds + PER_ARTICLE * len(entries)
        try:
            end.send(tuple(entries))
            if not end.poll(seconds):
                self._lose()
                raise Crashed(f"the analysis takes longer than {seconds:g} seconds")
            answer = end.recv()
        except (EOFError, OSError):
            process.join(5)
            code = process.exitcode
            self._lose()
            raise Crashed(f"the process that analysed it was ended by {_cause(code)}") from None
        if isinstance(answer, Outcome):
            return answer
        raise Crashed(str(answer))

    @property
    def pid(self) -> int:
        """The number of the process, 0 where there is none."""
        return (self._process.pid or 0) if self._process is not None else 0

    def close(self) -> None:
        """End the process at once; nothing is analysed by it again."""
        self._closed = True
        self._lose()

    def _running(self) -> tuple[BaseProcess, Connection]:
        with self._lock:
            if self._closed:
                raise Crashed("the run was stopped")
            if self._process is None or self._end is None:
                end, other = self._made.Pipe()
                process: BaseProcess = self._made.Process(target=_serve, args=(other, self._settings), daemon=True)  # type: ignore[attr-defined]
                process.start()
                self._process, self._end = process, end  # only one that has begun can be ended
                other.close()
            return self._process, self._end

    def _lose(self) -> None:
        with self._lock:
            process, end, self._process, self._end = self._process, self._end, None, None
        if process is not None:
            process.kill()
            process.join(5)
        if end is not None:
            end.close()


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"the signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def _serve(end: Connection, settings: Settings) -> None:
    """What a worker process does: analyse what comes until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the run ends its processes itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threadpool_limits(1)  # one thread a process: there are as many processes as there are processors
    warm(settings)
    while True:
        try:
            entries = end.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Outcome | str = outcome(entries, settings)
        except MemoryError:
            answer = "there was not enough memory to analyse it"
        with contextlib.suppress(BrokenPipeError):
            end.send(answer)


def _end_with_parent() -> None:
    """End this process when the one that asked for it has ended, killed or not."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
