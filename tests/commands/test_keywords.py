"""`presslens keywords` with what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput


@pytest.mark.parametrize("arguments", [["--top", "0"], ["--top", "-3"], ["--profile", "nouns"]])
def test_what_cannot_be_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    table = tmp_path / "texts.csv"
    table.write_text("id,text\na,The senate voted.\n")
    done = CliRunner().invoke(app, ["keywords", str(table), *arguments])
    assert isinstance(done.exception, BadInput)
    assert done.exception.exit_code == 2
    assert "\n" not in str(done.exception)
