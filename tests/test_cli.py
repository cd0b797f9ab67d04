"""The command line as a user meets it, in a process of its own where exit codes and streams matter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app, main
from presslens.errors import BadInput

ROOT = Path(__file__).parents[1]
RUNNER = CliRunner()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "presslens", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    path = tmp_path / "texts.csv"
    path.write_text(
        "id,text\n"
        'a,"The minister praised the wonderful nurses. Their work saved hundreds of lives."\n'
        'b,"The senate voted on the budget bill; taxes and spending will rise."\n'
        "c,\n"
    )
    return path


def test_clean_prints_the_article_without_its_noise(seed_path: Path) -> None:
    printed = RUNNER.invoke(app, ["clean", str(seed_path)]).stdout
    assert printed.startswith("Pyongyang Might Be Ready for a Helping Hand From Seoul\n\nPride may get in the way")
    assert "Netflix" not in printed
    assert "By Andray Abrahamian" in printed


def test_clean_as_json_gives_what_the_reader_found(seed_path: Path) -> None:
    found = json.loads(RUNNER.invoke(app, ["clean", "--json", str(seed_path)]).stdout)
    assert found["title"] == "Pyongyang Might Be Ready for a Helping Hand From Seoul"
    assert found["dek"].startswith("Pride may get in the way")
    assert found["byline"] == "Andray Abrahamian"
    assert len(found["paragraphs"]) == 16
    body = [s for s in found["sentences"] if s["id"].startswith("p")]
    assert len(body) == 49
    assert all(found["text"][s["start"] : s["end"]] == s["text"] for s in found["sentences"])
    tally = pd.DataFrame(found["ledger"])["rule"].value_counts().to_dict()
    assert tally == {"related stories": 9, "duplicate": 1, "promotion": 1, "author's note": 1}


def test_sentiment_writes_a_row_for_every_text_in_order(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert RUNNER.invoke(app, ["sentiment", str(texts), "-o", str(out)]).exit_code == 0
    table = pd.read_csv(out)
    assert list(table.columns) == ["id", "score", "low", "high", "label", "compound"]
    assert table["id"].tolist() == ["a", "b", "c"]
    assert table.loc[0, "score"] > table.loc[1, "score"]
    assert table["score"].between(-1, 1).all()
    assert (table["low"] <= table["score"]).all()
    assert (table["score"] <= table["high"]).all()


def test_targets_scores_each_mention(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    text = "The court condemned Smith but praised Jones for his honesty."
    rows = [
        {"id": i, "text": text, "mention": m, "start": text.index(m), "end": text.index(m) + len(m)}
        for i, m in enumerate(["Smith", "Jones"])
    ]
    table.write_text("\n".join(map(json.dumps, rows)))
    out = tmp_path / "out.parquet"
    assert RUNNER.invoke(app, ["targets", str(table), "-o", str(out)]).exit_code == 0
    found = pd.read_parquet(out)
    assert list(found.columns) == ["id", "mention", "start", "end", "score", "label"]
    assert found["mention"].tolist() == ["Smith", "Jones"]
    assert found.loc[0, "score"] < found.loc[1, "score"]


def test_keywords_ranks_from_one(texts: Path) -> None:
    printed = RUNNER.invoke(app, ["keywords", str(texts), "--top", "3"]).stdout.splitlines()
    assert printed[0] == "id,rank,phrase,score"
    assert printed[1].startswith("a,1,")


def test_frames_gives_a_row_for_every_text_and_frame_with_evidence_that_slices(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "frames.csv"
    assert RUNNER.invoke(app, ["frames", str(texts), "-o", str(out)]).exit_code == 0
    table = pd.read_csv(out)
    assert list(table.columns) == ["id", "frame", "score", "coded", "evidence"]
    assert len(table) == 3 * 15
    given = pd.read_csv(texts, keep_default_na=False).set_index("id")["text"]
    found = [(row.id, span) for row in table.itertuples() for span in json.loads(row.evidence)]
    assert found
    assert all(given[name][span["start"] : span["end"]] == span["term"] for name, span in found)


def test_codebooks_are_listed_shown_and_checked(tmp_path: Path) -> None:
    assert "policy_frames: 15 frames" in RUNNER.invoke(app, ["codebook", "list"]).stdout
    assert "Health and Safety" in RUNNER.invoke(app, ["codebook", "show", "policy_frames"]).stdout
    shipped = ROOT / "lib" / "presslens" / "framing" / "codebooks" / "policy_frames.yaml"
    assert RUNNER.invoke(app, ["codebook", "check", str(shipped)]).exit_code in {0, 1}


BAD = {
    "no such file": ("clean", "nowhere.txt"),
    "a folder": ("clean", "seeds"),
    "an unknown parameter": ("report", "-p", "sede=1"),
    "a wrong type": ("report", "-p", "seed=one"),
    "out of range": ("report", "-p", "window=0"),
    "an unknown rule": ("clean", "seeds/pyongyang-helping-hand.txt", "--keep", "adverts"),
    "an unknown notebook": ("report", "--only", "9"),
    "a table without text": ("sentiment", "pyproject.csv"),
    "an unknown profile": ("keywords", "pyproject.csv", "--profile", "best"),
    "an unknown codebook": ("frames", "pyproject.csv", "--codebook", "nothing"),
    "a parameter file that is not there": ("report", "-f", "none.yaml"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error(case: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    (tmp_path / "pyproject.csv").write_text("id,words\n1,x\n")
    arguments = [str(tmp_path / a) if a == "pyproject.csv" else a for a in BAD[case]]
    result = RUNNER.invoke(app, [*arguments])
    assert isinstance(result.exception, BadInput)
    assert len(str(result.exception).splitlines()) <= 2


def test_an_error_is_printed_without_a_traceback_and_ends_with_code_2() -> None:
    done = run("clean", "nowhere.txt")
    assert done.returncode == 2
    assert done.stderr == "presslens: cannot read nowhere.txt: there is no such file. Check the name and the folder.\n"
    assert done.stdout == ""


def test_a_wrong_parameter_touches_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("report", "-p", "seed=one", "--out", str(out))
    assert done.returncode == 2
    assert "seed" in done.stderr
    assert not out.exists()


def test_a_file_in_the_place_of_the_output_folder_is_refused(tmp_path: Path, seed_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    result = RUNNER.invoke(app, ["report", str(seed_path), "--out", str(blocked)])
    assert isinstance(result.exception, BadInput)
    assert blocked.read_text() == "x"


def test_control_characters_of_a_file_name_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["presslens", "clean", "\x1b[31mred.txt"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "\x1b" not in capsys.readouterr().err


def test_version() -> None:
    assert RUNNER.invoke(app, ["--version"]).stdout.strip() == "0.1.0"


def test_help_shows_the_names_of_extras_whole() -> None:
    for command in ("sentiment", "targets", "frames"):
        shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "300"}).output
        assert "presslens[neural]" in re.sub(r"[\s│]+", "", shown), command
