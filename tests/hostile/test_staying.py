"""What is there stays: on a full disk, in a checkout that cannot be written, beside a second process, with a clock set back."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from tests.hostile.conftest import Command

from presslens import dependencies, saving
from presslens.corpus import sources
from presslens.corpus.entries import Entry, Fault
from presslens.errors import BadInput
from presslens.reports import status, tables

ROOT = Path(__file__).parents[2]
ROWS = pd.DataFrame({"id": range(20_000), "text": [f"The council said yes {n} times." for n in range(20_000)]})


def apart() -> bool:
    """Whether file systems can be mounted in a user's own view of the system."""
    tool = shutil.which("unshare")
    return bool(tool) and subprocess.run([str(tool), "-rm", "true"], capture_output=True, check=False).returncode == 0


def mounted(script: str, *, folder: Path) -> subprocess.CompletedProcess[str]:
    """A shell script in a view of the file systems of its own."""
    command = ["unshare", "-rm", "sh", "-euc", script]
    place = {**os.environ, "PYTHON": sys.executable, "ROOT": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=place, check=False, timeout=300)


def in_child(act: Callable[[], object]) -> int:
    """How it ends in a fork of this process: 0, or 2 for bad input."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        except BadInput:
            code = 2
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


needs_mounts = pytest.mark.skipif(not apart(), reason="file systems cannot be mounted without being root here")


@needs_mounts
def test_a_small_disk_that_fills_up_leaves_the_old_table(tmp_path: Path) -> None:
    script = f"""
        mkdir disk; mount -t tmpfs -o size=256k tmpfs disk
        "$PYTHON" - <<'PY'
import sys, pandas as pd
from pathlib import Path
from presslens.errors import BadInput
from presslens.reports import tables
rows = pd.DataFrame({{"id": range({len(ROWS)}), "text": ["The council said yes %d times." % n for n in range({len(ROWS)})]}})
for name in ("t.csv", "t.jsonl"):
    path = Path("disk") / name
    tables.write(rows[:50], path)
    before = path.read_bytes()
    try:
        tables.write(rows, path)
        sys.exit("it fitted")
    except BadInput as error:
        print(error)
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == [name], list(path.parent.iterdir())
    path.unlink()
PY
    """
    done = mounted(script, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("No space left on device. Choose a folder that can be written.") == 2


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet"])
def test_a_limit_on_the_size_of_files_leaves_the_old_table(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    tables.write(ROWS[:50], path)
    before = path.read_bytes()

    def write() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        tables.write(ROWS, path)

    assert in_child(write) == 2
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [name]


@needs_mounts
@pytest.mark.notebooks
def test_a_checkout_and_a_home_that_cannot_be_written_are_no_hindrance(tmp_path: Path) -> None:
    """The report is made elsewhere, with no file in the checkout and none in the home folder."""
    (tmp_path / "home").mkdir()
    script = """
        mount --bind "$ROOT" "$ROOT"; mount -o remount,ro,bind "$ROOT"
        mount --bind home home; mount -o remount,ro,bind home
        if touch "$ROOT/x" 2>/dev/null || touch home/x 2>/dev/null; then echo "it can be written" >&2; exit 3; fi
        export HOME="$PWD/home"; unset XDG_CACHE_HOME XDG_CONFIG_HOME MPLCONFIGDIR JUPYTER_CONFIG_DIR IPYTHONDIR || true
        out="$PWD/out"; printf 'A bridge at last\\n\\nThe council said yes to the bridge.\\n' > story.txt; story="$PWD/story.txt"
        cd "$ROOT"; "$PYTHON" -m presslens report "$story" --only 1 --out "$out"
    """
    done = mounted(script, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "story" / "1_article.html").is_file()
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "home").iterdir()) == []


@needs_mounts
def test_a_place_on_a_read_only_disk_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,text\n1,The tax hurts.\n")
    script = """
        mkdir disk; mount -t tmpfs -o size=256k tmpfs disk; mount -o remount,ro disk
        "$PYTHON" -m presslens sentiment t.csv -o disk/a.csv
    """
    done = mounted(script, folder=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("presslens: cannot write disk/a.csv: ")
    assert done.stderr.count("\n") == 1


def test_two_processes_that_write_one_file_leave_it_whole_at_any_time(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    saving.save(path, "a" * 50_000)
    writers = []
    for letter in "ab":
        child = os.fork()
        if child == 0:
            try:
                for _ in range(60):
                    saving.save(path, letter * 50_000)
            finally:
                os._exit(0)
        writers.append(child)
    while writers:
        assert path.read_text() in {"a" * 50_000, "b" * 50_000}
        writers = [child for child in writers if os.waitpid(child, os.WNOHANG)[0] == 0]
    assert [p.name for p in tmp_path.iterdir()] == ["t.txt"]


def test_a_clock_that_was_set_back_changes_no_key_and_no_state(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("one")
    first = dependencies.digest(path)
    os.utime(path, (4e9, 4e9))  # the year 2096
    assert dependencies.digest(path) == first
    before = path.stat()
    path.write_text("two")  # as long, in the same place, and said to be as old
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert dependencies.digest(path) != first


def test_a_run_from_the_future_has_no_age(tmp_path: Path) -> None:
    record = {
        **{name: {} for name in ("inputs", "versions", "keys", "page_key")},
        **{"article": "a", "run_key": "1", "finished": "2090-01-01T00:00:00Z", "parameters": {"document": "a.txt"}},
        "notebooks": [{"notebook": "1_article", "error": "it failed"}],
    }
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "run.json").write_text(json.dumps(record))
    (found,) = status.status(tmp_path, now=0.0)
    assert (found.age_seconds, found.state) == (0, "failed")
    assert status.age(found.age_seconds) == "now"


def test_a_pipe_in_the_folder_of_a_corpus_is_a_fault_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    (tmp_path / "b.jsonl").write_text('{"id": "b", "text": "The council said yes."}\n')
    (tmp_path / "c.txt").symlink_to("/dev/zero")
    found = list(sources.entries(str(tmp_path)))
    assert [one.id for one in found if isinstance(one, Entry)] == ["b"]
    told = {one.id: one.reason for one in found if isinstance(one, Fault)}
    assert "not a regular file" in told["a.jsonl"]


def test_a_file_of_a_corpus_that_vanishes_after_it_was_listed_is_a_fault(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": "The council said yes."}) + "\n")
    stream = sources.entries(str(tmp_path))
    first = next(stream)
    (tmp_path / "b.jsonl").unlink()
    second = next(stream)
    assert isinstance(first, Entry)
    assert isinstance(second, Fault)
    assert "No such file" in second.reason


def test_a_corpus_on_a_pipe_or_a_device_is_refused(tmp_path: Path, command: Command) -> None:
    os.mkfifo(tmp_path / "p.jsonl")
    for place in (tmp_path / "p.jsonl", Path("/dev/zero")):
        done = command("corpus", place, "--out", tmp_path / "set")
        assert done.code == 2, done.err
        assert done.err.count("\n") <= 2
        assert done.seconds < 10
