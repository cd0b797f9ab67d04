"""What a command says, notes and ends with: exit codes, `--verbose`, `--log`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from presslens import cli
from presslens.cli import app, main

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "presslens", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def noted(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_log_says_what_was_run_what_was_said_and_how_it_ended(tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    done = run("--log", log, "codebook", "list")
    assert done.returncode == 0
    lines = noted(log)
    assert [line["event"] for line in lines] == ["begin", *["said"] * 5, "end"]
    assert lines[0]["command"].endswith("codebook list")
    assert lines[1]["text"] in done.stdout
    assert lines[-1]["exit_code"] == 0
    assert all(line["time"].endswith("Z") and line["level"] == "info" for line in lines)


def test_bad_input_is_in_the_log_with_where_it_rose_and_the_log_goes_on_growing(tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    for _ in range(2):
        done = run("--log", log, "clean", "nowhere.txt")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
    lines = noted(log)
    assert [line["event"] for line in lines] == ["begin", "error", "said", "end"] * 2
    assert lines[1]["kind"] == "BadInput"
    assert "decoding.py" in lines[1]["traceback"]
    assert lines[3]["exit_code"] == 2


def test_verbose_shows_where_an_error_rose_and_says_the_sentence_too(tmp_path: Path) -> None:
    done = run("--verbose", "clean", "nowhere.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("Traceback (most recent call last):\n")
    assert done.stderr.endswith(
        "presslens: cannot read nowhere.txt: there is no such file. Check the name and the folder.\n"
    )


def test_a_log_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    done = run("--log", tmp_path, "codebook", "list")
    assert done.returncode == 2
    assert f"cannot write the log {tmp_path}: Is a directory" in done.stderr


def test_an_error_of_ours_is_one_sentence_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from presslens.framing import codebook

    def broken() -> list[str]:
        raise KeyError("no such thing")

    monkeypatch.setattr(codebook, "names", broken)
    for arguments, lines in (["codebook", "list"], 1), (["--verbose", "codebook", "list"], 10):
        monkeypatch.setattr(sys, "argv", ["presslens", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        said = capsys.readouterr().err
        assert "presslens: an error that should not be: KeyError: 'no such thing'" in said
        assert (len(said.splitlines()) >= 10) == (lines == 10)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["codebook", "list"], 0),
        ([], 2),
        (["nonsense"], 2),
        (["clean"], 2),
        (["report", "--only", "9"], 2),
        (["clean", "nowhere.txt"], 2),
        (["diff", "no", "runs"], 2),
    ],
)
def test_exit_codes(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["presslens", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_command_ends_with_130_and_the_log_says_so(how: signal.Signals, tmp_path: Path) -> None:
    log, pipe = tmp_path / "run.jsonl", tmp_path / "t.csv"
    pipe.write_text("id,text\n" + "".join(f"{n},The council said yes to plan {n}.\n" for n in range(300_000)))
    command = [
        sys.executable,
        "-m",
        "presslens",
        "--log",
        str(log),
        "sentiment",
        str(pipe),
        "-o",
        str(tmp_path / "o.csv"),
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        while not (log.is_file() and log.read_text()):
            assert child.poll() is None
        child.send_signal(how)
        _, said = child.communicate(timeout=60)
    assert child.returncode == 130
    assert said == "presslens: stopped; what was there before is as it was.\n"
    assert noted(log)[-1]["exit_code"] == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.jsonl", "t.csv"]
    assert cli.STOPPED == 130
    assert app.info.name == "presslens"
