"""`kill -9` at random moments of a rerun: is the good report whole each time, and does any process stay behind?

Prints how many kills, damaged or missing reports, orphans (processes alive GRACE seconds after the kill), and what is
left beside the report after the next ordinary run: `python tests/bench/bench_faults.py [KILLS] [SEED]`. Linux only.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).parents[2]
GRACE = 20.0  # on a busy machine; what is loading when its parent goes notices between two imports
TIMES = {"run.json", "ro-crate-metadata.json"}


def digests(folder: Path) -> dict[str, str]:
    """The hash of every file that a rerun must leave the same; the two that hold times are only looked for."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {
        p.relative_to(folder).as_posix(): "" if p.name in TIMES else hashlib.sha256(p.read_bytes()).hexdigest()
        for p in files
    }


def marked(mark: str) -> list[int]:
    """The processes that were started with a mark in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def gone(mark: str) -> bool:
    """Whether every process with the mark ends within the grace."""
    end = time.monotonic() + GRACE
    while marked(mark):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def main(kills: int, seed: int) -> int:
    draw = random.Random(seed)  # noqa: S311 - moments, not secrets
    damaged = orphans = 0
    with tempfile.TemporaryDirectory() as name:
        out, temporary = Path(name) / "out", Path(name) / "tmp"
        temporary.mkdir()
        command = [sys.executable, "-m", "presslens", "report", "--force", "--out", str(out)]
        environment = {**os.environ, "TMPDIR": str(temporary)}
        began = time.monotonic()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        whole = time.monotonic() - began
        (report,) = [p.parent for p in out.glob("*/run.json")]
        good = digests(report)
        for _ in range(kills):
            mark = uuid.uuid4().hex
            child = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**environment, "PRESSLENS_MARK": mark},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(draw.uniform(0, whole))
            child.send_signal(signal.SIGKILL)
            child.wait()
            damaged += digests(report) != good if report.is_dir() else not list(out.glob(f".{report.name}.*.old"))
            if not gone(mark):
                orphans += 1
                for pid in marked(mark):
                    os.kill(pid, signal.SIGKILL)
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        damaged += digests(report) != good
        left = [p.name for p in (*out.iterdir(), *temporary.iterdir()) if p.name not in {report.name, "index.html"}]
    left = [n for n in left if not n.endswith(".lock")]
    print(
        f"{kills} kills in {whole:.1f} s runs: {damaged} damaged or missing reports, {orphans} times an orphan, left: {left}"
    )
    return 1 if damaged or orphans or left else 0


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:]]
    sys.exit(main(*(numbers + [200, 1][len(numbers) :])))
