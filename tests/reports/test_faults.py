"""Whatever stops a run, the good report stays, nothing is left beside it, and no process stays behind."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from itertools import takewhile
from pathlib import Path

import pytest

from presslens.errors import PresslensError
from presslens.reports import publishing, running

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.notebooks


def digests(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def marked(mark: str) -> list[int]:
    """The processes of this system that were started with a mark in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked for in /proc")
@pytest.mark.parametrize(("how", "status"), [(signal.SIGKILL, -9), (signal.SIGTERM, 130), (signal.SIGINT, 130)])
def test_a_stopped_rerun_leaves_the_good_report_and_no_process(
    report: Path, tmp_path: Path, how: signal.Signals, status: int
) -> None:
    good = tmp_path / "out" / report.name
    shutil.copytree(report, good)
    before, mark = digests(good), f"presslens-test-{how.name}-{os.getpid()}"
    command = [sys.executable, "-m", "presslens", "report", "--force", "--out", str(good.parent)]
    temporary = Path(tempfile.mkdtemp(dir="/tmp"))  # a short name: sockets go into it
    environment = {**os.environ, "PRESSLENS_MARK": mark, "TMPDIR": str(temporary)}
    run = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    assert run.stderr
    with run, run.stderr:
        said = list(takewhile(lambda line: "2_sentiment" not in line, run.stderr))
        assert run.poll() is None, "".join(said)
        run.send_signal(how)
        run.stderr.read()
        assert run.wait(60) == status
    assert digests(good) == before
    end = time.monotonic() + 30
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.1)
    assert marked(mark) == []
    if how != signal.SIGKILL:
        assert {p.name for p in good.parent.iterdir()} <= {good.name, f".{good.name}.lock"}
        assert [p.name for p in temporary.glob("presslens-*")] == []
    shutil.rmtree(temporary)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "/elsewhere/lexicon.csv"),
            "lexicon.csv was there and is gone",
        ),
    ],
)
def test_a_full_disk_or_a_file_that_goes_away_is_one_sentence_and_costs_no_good_report(
    error: OSError, said: str, report: Path, tmp_path: Path, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "out" / report.name
    shutil.copytree(report, good)
    before = digests(good)

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(publishing, "record", fails)
    with pytest.raises(PresslensError, match=rf"{re.escape(said)}\. The last good report is as it was"):
        running.report(seed_path, out=good.parent, with_code=True)
    assert digests(good) == before
    assert {p.name for p in good.parent.iterdir()} <= {good.name, f".{good.name}.lock"}
