"""A forced report on the seed against the scripted way: papermill's and nbconvert's commands, notebook by notebook.

Prints processor and wall time of both, medians of REPEATS runs, and their ratios; then the time when nothing has changed.
Run on a quiet machine: `python tests/bench/bench_report.py [REPEATS]`.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[1-5]_*.ipynb"))
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: the warm process outlives the command; it must be counted too


def run(*arguments: str | Path) -> None:
    subprocess.run([str(a) for a in arguments], cwd=ROOT, check=True, capture_output=True)


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Processor and wall seconds of some work, with every process that it leaves behind."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall = time.perf_counter() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def scripted(folder: Path) -> None:
    for notebook in NOTEBOOKS:
        run(BIN / "papermill", notebook, folder / notebook.name, "--no-progress-bar")
        run(BIN / "jupyter", "nbconvert", "--to", "html", folder / notebook.name)


def main(repeats: int) -> None:
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = [BIN / "presslens", "report", "--out", folder / "out"]
        timed(lambda: run(*report))  # and wait for what it leaves behind
        theirs, ours, idle = [], [], []
        for _ in range(repeats):  # in turn: a machine is not as fast at all times
            ours.append(timed(lambda: run(*report, "--force")))
            idle.append(timed(lambda: run(*report)))
            theirs.append(timed(lambda: scripted(folder)))
    cpu, wall = (median(values) for values in zip(*theirs, strict=True))
    for label, runs in (("forced report", ours), ("nothing changed", idle)):
        own_cpu, own_wall = (median(values) for values in zip(*runs, strict=True))
        print(f"{label}: CPU {own_cpu:.1f} s of {cpu:.1f} s ({own_cpu / cpu:.3f}), "
              f"wall {own_wall:.1f} s of {wall:.1f} s ({own_wall / wall:.3f})")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
