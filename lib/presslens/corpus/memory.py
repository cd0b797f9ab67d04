"""How a process keeps its memory while it analyses a batch: making and giving back millions of things costs time."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3  # parameters of mallopt, by malloc.h of the GNU C library
KEPT = 256 * 2**20  # bytes at the end of the heap that may stay unused
LARGEST = 32 * 2**20  # bytes that are taken from the heap, not from the system one by one; the most that is allowed
SMALLEST = 128 * 2**10  # of the library, from which on pieces are taken from the system
ASKED = "MALLOC_TRIM_THRESHOLD_"  # how whoever started the process wants its memory given back


@contextmanager
def kept() -> Iterator[None]:
    """Freed memory stays with the process, and nothing is looked through for circles that can be thrown away.

    Dask starts its workers so that they give memory back at once, which costs a quarter of the time of a batch; they do
    so again afterwards. Without the GNU C library only the search for circles is left out.
    """
    collects = gc.isenabled()
    gc.disable()
    library = _library()
    if library is not None:
        library.mallopt(TRIM_THRESHOLD, KEPT)
        library.mallopt(MMAP_THRESHOLD, LARGEST)
    try:
        yield
    finally:
        if library is not None and os.environ.get(ASKED, "").isdigit():
            library.mallopt(TRIM_THRESHOLD, min(int(os.environ[ASKED]), 2**31 - 1))
            library.mallopt(MMAP_THRESHOLD, SMALLEST)
            library.malloc_trim(0)
        if collects:
            gc.enable()


@cache
def _library() -> Any:
    """The C library of this process if it has these calls, else None."""
    try:
        library = ctypes.CDLL(None)
    except TypeError:  # Windows
        return None
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
