"""A report is the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from presslens.errors import BadInput, PresslensError
from presslens.reports import sockets, swapping


def folder(path: Path, words: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(words)
    return path


@pytest.mark.parametrize("atomic", [True, False])
def test_a_swap_replaces_the_old_report_and_leaves_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atomic: bool
) -> None:
    if not atomic:
        monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    final = folder(tmp_path / "report", "old")
    swapping.swap(folder(tmp_path / "new", "new"), final)
    assert (final / "index.html").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_the_first_report_needs_no_old_one(tmp_path: Path) -> None:
    swapping.swap(folder(tmp_path / "new", "new"), tmp_path / "report")
    assert (tmp_path / "report" / "index.html").read_text() == "new"


def test_a_report_that_a_killed_run_moved_away_comes_back_and_its_rests_go(tmp_path: Path) -> None:
    folder(tmp_path / ".report.123.old", "good")
    folder(tmp_path / ".report.123.building", "half")
    with swapping.sole(tmp_path / "report"):
        pass
    assert (tmp_path / "report" / "index.html").read_text() == "good"
    assert not list(tmp_path.glob(".report.*.*"))


def test_a_second_run_is_told_to_wait(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from presslens.reports.swapping import sole\n"
        "with sole(Path(sys.argv[1])): print('held', flush=True); time.sleep(30)"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "report")], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BadInput, match="another run"), swapping.sole(tmp_path / "report", wait=0.1):
            pass
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    with swapping.sole(tmp_path / "report", wait=5):
        assert True, "the lock of a dead process is no lock"


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="Choose another folder"), swapping.sole(tmp_path / "file" / "report"):
        pass


def test_socket_folders_of_dead_processes_are_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # a short name: a socket's path has some 100 characters
        monkeypatch.setattr(tempfile, "tempdir", name)
        Path(name, f"presslens-{dead.pid}-x").mkdir()
        Path(name, f"presslens-{os.getpid()}-y").mkdir()
        with sockets.folder() as made:
            assert made.parent == Path(name)
        assert [p.name for p in Path(name).iterdir()] == [f"presslens-{os.getpid()}-y"]


@pytest.mark.skipif(sys.platform == "win32", reason="no sockets with a path")
def test_sockets_fit_where_the_folder_for_temporary_files_has_a_long_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with sockets.folder() as made, socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(made / "listener-abcdefgh"))
        assert made.name.startswith(f"presslens-{os.getpid()}-")
    monkeypatch.setattr(sockets, "SHORT", ())
    with pytest.raises(PresslensError, match="Set TMPDIR to one with a shorter name"), sockets.folder():
        pass
