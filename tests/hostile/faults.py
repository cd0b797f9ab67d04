"""A plan of faults below a folder, for programs that run with the layer of `faults.c` loaded before the C library."""

from __future__ import annotations

import errno
import mmap
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SIZE = 5 * 8 + 4000
KILLED, TORN = -1, -2
KINDS = {
    "no space": errno.ENOSPC,
    "an input or output error": errno.EIO,
    "permission lost": errno.EACCES,
    "half written, then no space": TORN,
    "killed": KILLED,
}


def compiler() -> str | None:
    """A C compiler, on a system where the layer works."""
    return (shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")) if sys.platform == "linux" else None


def build(folder: Path) -> Path:
    """The layer, compiled into a folder."""
    made = folder / "faults.so"
    command = [str(compiler()), "-O1", "-shared", "-fPIC", "-o", str(made), str(HERE / "faults.c"), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return made


class Plan:
    """What will go wrong, in memory that all processes with the layer share."""

    def __init__(self, place: Path) -> None:
        """Keep the plan at `place`, outside the folder that it is about."""
        if not place.exists():  # never cut short: the layer of this very process looks at it
            place.write_bytes(bytes(SIZE))
        self.place = place
        self._file = place.open("r+b")
        self._memory = mmap.mmap(self._file.fileno(), SIZE)

    def environment(self, layer: Path) -> dict[str, str]:
        """The environment of a program that is to meet the faults."""
        return {**os.environ, "LD_PRELOAD": str(layer), "PRESSLENS_FAULTS": str(self.place)}

    def set(self, below: Path, *, at: int = 0, kind: int = 0, lasting: bool = False) -> None:
        """Count changes below a folder from 0, and have the `at`-th go wrong (0: none)."""
        content = struct.pack("5q", 0, at, kind, int(lasting), 0) + os.fsencode(f"{below}/").ljust(4000, b"\0")
        self._memory[:SIZE] = content

    def off(self) -> None:
        """Let everything go well."""
        self._memory[:SIZE] = bytes(SIZE)

    @property
    def changes(self) -> int:
        """How many changes there were."""
        return int(struct.unpack_from("q", self._memory, 0)[0])

    @property
    def happened(self) -> int:
        """How many of them went wrong."""
        return int(struct.unpack_from("q", self._memory, 32)[0])
