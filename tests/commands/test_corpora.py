from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from presslens.cli import app
from presslens.corpus import demo


def test_demo_corpus_writes_the_same_lines_to_a_file_and_to_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "new" / "demo.jsonl"
    runner = CliRunner()
    assert runner.invoke(app, ["demo-corpus", "--articles", "3", "--seed", "9", "-o", str(file)]).exit_code == 0
    printed = runner.invoke(app, ["demo-corpus", "--articles", "3", "--seed", "9"])
    assert file.read_text("utf-8") == printed.stdout
    assert [json.loads(line) for line in printed.stdout.splitlines()] == list(demo.articles(3, seed=9))


def test_corpus_sample_refuses_an_output_that_is_no_table_before_it_draws(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["corpus-sample", str(tmp_path), "-o", "sample.pdf"])
    assert "tables are written as" in str(done.exception)
