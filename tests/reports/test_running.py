"""Reports as they are left on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from presslens import dependencies
from presslens.article.reading import Article
from presslens.errors import BadInput
from presslens.reports import executing, keys, layout, running
from presslens.reports.parameters import Parameters

pytestmark = pytest.mark.notebooks
ROOT = Path(__file__).parents[2]
SEED = Path("seeds/pyongyang-helping-hand.txt")


def test_a_report_has_its_pages_notebooks_tables_figures_and_record(report: Path) -> None:
    names = {p.name for p in report.iterdir()}
    assert {"index.html", "run.json", "tables", "figures"} <= names
    assert {f"{n}.{suffix}" for n in layout.NOTEBOOKS for suffix in ("html", "ipynb")} <= names
    assert {p.suffix for p in (report / "tables").iterdir()} == {".csv", ".parquet"}
    assert {p.suffix for p in (report / "figures").iterdir()} == {".svg", ".png", ".csv"}


def test_every_table_names_the_article_and_offsets_slice_its_text(report: Path, seed: Article) -> None:
    tables = {p.stem: pd.read_parquet(p) for p in (report / "tables").glob("*.parquet")}
    assert all("article" in table.columns for table in tables.values())
    for row in tables["mentions"].itertuples():
        assert seed.text[row.start : row.end] == row.text


def test_the_record_says_what_was_run_on_what(run_record: dict[str, object]) -> None:
    assert run_record["article"] == "pyongyang-helping-hand"
    assert set(run_record["inputs"]) == {"pyongyang-helping-hand.txt", "pyongyang-helping-hand.yaml"}
    assert run_record["parameters"] == Parameters().model_dump()
    assert [n["notebook"] for n in run_record["notebooks"]] == list(layout.NOTEBOOKS)
    assert all(n["error"] == "" for n in run_record["notebooks"])


def test_executed_notebooks_are_valid_and_hold_no_error(report: Path) -> None:
    for name in layout.NOTEBOOKS:
        notebook = nbformat.read(report / f"{name}.ipynb", as_version=4)
        nbformat.validate(notebook)
        outputs = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
        assert not [o for o in outputs if o.output_type in {"error", "stream"}]


def test_a_failing_notebook_leaves_the_last_good_report_and_names_the_cell(
    tmp_path: Path, seed_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    for path in (ROOT / "notebooks").glob("[1-5]_*.ipynb"):
        shutil.copy(path, notebooks)
    book = nbformat.read(notebooks / "1_article.ipynb", as_version=4)
    at = next(i for i, c in enumerate(book.cells) if c.source.startswith("## What was left out?"))
    book.cells[at + 1].source = "raise ZeroDivisionError('a test')"
    nbformat.write(book, notebooks / "1_article.ipynb")
    for module in (executing, keys):
        monkeypatch.setattr(module, "notebooks_folder", lambda: notebooks)
    good = tmp_path / "out" / seed_path.stem
    good.mkdir(parents=True)
    (good / "index.html").write_text("the last good report")
    done = running.report(seed_path, out=tmp_path / "out", only=["1"])
    assert not done.ok
    (outcome,) = done.outcomes
    assert (outcome.failed_at, outcome.error) == ("What was left out?", "ZeroDivisionError: a test")
    assert (good / "index.html").read_text() == "the last good report"
    partial = tmp_path / "out" / f"{seed_path.stem}.failed"
    assert "ZeroDivisionError" in (partial / "1_article.html").read_text()
    visible = {p.name for p in (tmp_path / "out").iterdir() if not p.name.endswith(".lock")}
    assert visible == {seed_path.stem, partial.name, "index.html"}


def test_only_some_notebooks_bring_those_whose_tables_they_read(tmp_path: Path, seed_path: Path) -> None:
    assert layout.choose(["2", "brief", "4_framing"]) == ("2_sentiment", "4_framing", "5_brief")
    assert running.plan(seed_path, out=tmp_path, only=["5"]).to_run == list(layout.NOTEBOOKS)
    assert running.plan(seed_path, out=tmp_path, only=["3"]).to_run == ["3_keywords"]


def test_nothing_changed_is_nothing_to_do(report: Path) -> None:
    planned = running.plan(SEED, out=report.parent)
    assert planned.to_run == []
    assert planned.pages_changed == []


def test_a_changed_parameter_runs_only_what_names_it(report: Path) -> None:
    planned = running.plan(SEED, out=report.parent, parameters=Parameters(window=7))
    assert planned.to_run == ["2_sentiment", "5_brief"]
    assert planned.reasons["2_sentiment"] == ["parameter window changed from 5 to 7"]


def test_a_changed_figure_module_runs_only_the_notebooks_that_import_it(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = dependencies.digest
    monkeypatch.setattr(
        dependencies, "digest", lambda p: "changed" if p.parts[-2:] == ("figures", "keywords.py") else real(p)
    )
    planned = running.plan(SEED, out=report.parent)
    assert planned.to_run == ["3_keywords", "5_brief"]
    assert planned.reasons["3_keywords"] == ["figures/keywords.py changed"]
    assert planned.reasons["5_brief"] == ["tables of 3_keywords changed"]


def test_force_runs_what_is_named_or_all(report: Path) -> None:
    assert running.plan(SEED, out=report.parent, force=["1"]).reasons["1_article"] == ["forced"]
    assert running.plan(SEED, out=report.parent, force=[]).to_run == list(layout.NOTEBOOKS)


def test_two_forced_runs_in_different_folders_give_the_same_bytes(report: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "presslens", "report", str(SEED), "--force", "--out", str(tmp_path / "again")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    again = tmp_path / "again" / SEED.stem
    files = {p.relative_to(report) for p in report.rglob("*") if p.is_file()}
    assert files == {p.relative_to(again) for p in again.rglob("*") if p.is_file()}
    timed = {"run.json", "ro-crate-metadata.json"}
    differ = [
        str(f) for f in sorted(files) if f.name not in timed and (report / f).read_bytes() != (again / f).read_bytes()
    ]
    assert differ == []


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("One sentence of a text. And another one here.")
    documents = [tmp_path / "a" / "x.txt", tmp_path / "b" / "x.txt"]
    with pytest.raises(BadInput, match="would both write"):
        running.check_documents(documents, out=tmp_path / "out")


def test_an_index_lists_every_report(report: Path) -> None:
    page = (report.parent / "index.html").read_text("utf-8")
    assert 'href="pyongyang-helping-hand/index.html"' in page


def test_findings_are_kept_for_the_index(report: Path) -> None:
    finding = json.loads((report / "findings" / "5_brief.json").read_text("utf-8"))["finding"]
    assert "in tone" in finding
    shown = (report / "index.html").read_text("utf-8").replace("&#39;", "'").replace("\u00a0%", " %")
    assert finding in shown
