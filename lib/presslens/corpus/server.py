"""The process that worker processes are copied from: it has loaded everything once. Light, to be started before all else."""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import BaseContext

from presslens.interrupts import uninterrupted

WAY = "forkserver"


def context() -> BaseContext:
    """How processes are made: copies of a server that has loaded everything once, where the platform can."""
    if WAY not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context(WAY)
    found.set_forkserver_preload(["presslens.corpus.preloading"])
    return found


def start() -> None:
    """Start the server now: it loads while the process that asks for it loads what it needs itself."""
    if context().get_start_method() == WAY:
        from multiprocessing import forkserver

        with uninterrupted():
            forkserver.ensure_running()
