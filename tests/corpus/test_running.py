import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput


def test_a_corpus_from_the_command_line(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"a{i}", "text": f"The mayor praised the nurses on day {i}."}) for i in range(3)]
    source = tmp_path / "c.jsonl"
    source.write_text("\n".join([*lines, '{"id": "cut', ""]))
    out = tmp_path / "out"
    done = CliRunner().invoke(
        app, ["corpus", str(source), "--out", str(out), "--workers", "1", "--most-errors", "0.5", "--draws", "20"]
    )
    assert done.exit_code == 0, done.output
    assert "3 articles" in done.output
    assert "1 error (see errors.parquet)" in done.output
    assert pq.read_table(out / "articles")["article"].to_pylist() == ["a0", "a1", "a2"]
    assert pq.read_table(out / "errors.parquet")["source"].to_pylist() == ["c.jsonl, line 4"]
    manifest = json.loads((out / "manifest.json").read_text())
    assert [name for name, *_ in manifest["codebooks"]] == ["policy_frames", "entman"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--dashboard"], "give --scheduler"),
        (["--most-errors", "2"], "between 0 and 1"),
        (["--batch", "0"], "1 or more"),
        (["--codebook", "nowhere"], "no codebook 'nowhere'"),
    ],
)
def test_a_choice_that_cannot_be_is_one_sentence(options: list[str], said: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["corpus", "c.jsonl", "--out", str(tmp_path / "out"), *options])
    assert isinstance(done.exception, BadInput)
    assert said in str(done.exception)
    assert not (tmp_path / "out").exists()
