"""`presslens status`, `diff` and `reproduce`, and sweeps, as a user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput

pytestmark = pytest.mark.notebooks
RUNNER = CliRunner()


def test_status_tells_every_run_as_a_table_and_as_json(report: Path) -> None:
    told = RUNNER.invoke(app, ["status", "--out", str(report.parent)])
    assert told.exit_code == 0
    assert report.name in told.output
    assert "up to date" in told.output
    as_json = RUNNER.invoke(app, ["status", "--json", "--out", str(report.parent)])
    assert [one["state"] for one in json.loads(as_json.output)] == ["fresh"]


def test_diff_exits_with_0_for_the_same_1_for_others_and_2_for_bad_input(report: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(report, tmp_path / "other"))
    same = RUNNER.invoke(app, ["diff", report.name, str(other), "--out", str(report.parent)])
    assert same.exit_code == 0, same.output
    (other / "tables" / "ledger.parquet").unlink()
    page = tmp_path / "diff.html"
    differs = RUNNER.invoke(app, ["diff", str(report), str(other), "--html", str(page)])
    assert differs.exit_code == 1
    assert "Tables only in A: ledger" in differs.output
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    bad = RUNNER.invoke(app, ["diff", str(report), "nothing"])
    assert isinstance(bad.exception, BadInput)
    assert bad.exception.exit_code == 2
    unwritable = RUNNER.invoke(app, ["diff", str(report), str(other), "--html", str(tmp_path)])
    assert isinstance(unwritable.exception, BadInput)


def test_reproduce_refuses_a_run_whose_input_has_changed(report: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(report, tmp_path / "other"))
    record = json.loads((other / "run.json").read_text("utf-8"))
    record["inputs"] = dict.fromkeys(record["inputs"], "0" * 64)
    (other / "run.json").write_text(json.dumps(record))
    refused = RUNNER.invoke(app, ["reproduce", str(other)])
    assert isinstance(refused.exception, BadInput)
    assert "has changed since" in str(refused.exception)


def test_a_dry_run_of_a_sweep_tells_every_run_and_makes_none(report: Path, tmp_path: Path) -> None:
    told = RUNNER.invoke(app, ["report", "--dry-run", "--out", str(tmp_path), "-p", "window=3,5", "-p", "seed=7"])
    assert told.exit_code == 0, told.output
    first, second = told.output.strip().split("\n")
    assert first.endswith("window=3: would run: 1_article, 2_sentiment, 3_keywords, 4_framing, 5_brief")
    assert second.endswith("window=5: would run: 2_sentiment, 5_brief")
    assert list(tmp_path.iterdir()) == []
