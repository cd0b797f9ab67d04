"""The report of a corpus, made in a real kernel."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app


@pytest.mark.notebooks
def test_a_corpus_becomes_a_page_that_opens_offline_with_tables_and_figures(evident: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["corpus-report", str(evident), "-p", "period=year", "--out", str(tmp_path)])
    assert done.exit_code == 0, done.output
    folder = tmp_path / f"{evident.name}.corpus"
    page = (folder / "corpus.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert page.count('role="img"') == 6
    assert len(page) < 1_000_000
    assert pd.read_parquet(folder / "tables" / "outlets.parquet")["articles"].sum() < 200
    assert (folder / "index.html").is_file()


def test_a_folder_without_an_analysed_corpus_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["corpus-report", str(tmp_path)])
    assert "no analysed corpus" in str(done.exception)
