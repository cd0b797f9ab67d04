"""The report of a corpus, made in a real kernel."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app


@pytest.fixture(scope="module")
def reported(evident: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    done = CliRunner().invoke(app, ["corpus-report", str(evident), "-p", "period=year", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return out / f"{evident.name}.corpus"


@pytest.mark.notebooks
def test_a_corpus_becomes_a_page_that_opens_offline_with_tables_and_figures(reported: Path) -> None:
    page = (reported / "corpus.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert page.count('role="img"') == 6
    assert len(page) < 1_000_000
    assert pd.read_parquet(reported / "tables" / "outlets.parquet")["articles"].sum() < 200
    assert (reported / "index.html").is_file()


@pytest.mark.notebooks
def test_its_report_is_a_run_like_others_with_a_record_a_key_and_a_place_in_the_index(
    reported: Path, evident: Path
) -> None:
    record = json.loads((reported / "run.json").read_text("utf-8"))
    assert record["reading"]["copies"] > 0
    assert record["reading"]["articles"] == 200
    assert record["reproduce"] == f"presslens corpus-report {evident} -p period=year"
    assert f"{reported.name}/index.html" in (reported.parent / "index.html").read_text("utf-8")
    again = ["corpus-report", str(evident), "--out", str(reported.parent), "-p", "period=year"]
    assert "nothing has changed" in CliRunner().invoke(app, again).output
    assert "is up to date" in CliRunner().invoke(app, [*again, "--dry-run"]).output
    assert "up to date" in CliRunner().invoke(app, ["status", "--out", str(reported.parent)]).output
    other = CliRunner().invoke(app, [*again, "-p", "quotation=none", "--dry-run"]).output
    assert 'parameter quotation changed from "excerpts" to "none"' in other


@pytest.mark.notebooks
def test_it_quotes_one_sentence_of_an_article_at_most(reported: Path) -> None:
    for path in sorted((reported / "tables").glob("behind_event_*.parquet")):
        table = pd.read_parquet(path)
        quoted = table[~table["text"].str.startswith("⟦")]
        assert quoted.groupby("article")["sentence"].nunique().max() == 1
        assert (quoted["text"].str.split().str.len() <= 0.25 * quoted["words"]).all()


def test_a_folder_without_an_analysed_corpus_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["corpus-report", str(tmp_path)])
    assert "no analysed corpus" in str(done.exception)
