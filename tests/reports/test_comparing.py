"""A comparison as it is left on disk."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput
from presslens.exports import columns, joining, runs
from presslens.reports import records, running, status, subjects
from presslens.reports.parameters import Parameters

ROOT = Path(__file__).parents[2]
FILES = [Path(f"tests/data/compare/spill-{name}.txt") for name in ("wire", "local", "business")]
NAME = "spill-wire+spill-local+spill-business.compare"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished comparison, made by the command line."""
    out = tmp_path_factory.mktemp("compare") / "outputs"
    command = [sys.executable, "-m", "presslens", "compare", *map(str, FILES), "-p", "draws=200", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out / NAME


@pytest.mark.notebooks
def test_a_comparison_has_its_page_tables_figures_and_record(compared: Path) -> None:
    record = json.loads((compared / "run.json").read_text("utf-8"))
    assert [entry["notebook"] for entry in record["notebooks"]] == ["compare"]
    assert set(record["inputs"]) == {path.name for path in FILES}
    assert record["parameters"]["documents"] == [str(path) for path in FILES]
    assert record["reproduce"].startswith("presslens compare tests/data/compare/spill-wire.txt")
    tables = {path.stem: pd.read_parquet(path) for path in (compared / "tables").glob("*.parquet")}
    assert {"compared_tone", "compared_actors", "compared_words", "compared_frames"} <= set(tables)
    assert all("article" in table.columns for table in tables.values())
    assert "Three articles side by side" in (compared / "compare.html").read_text("utf-8")
    assert f'href="{NAME}/index.html"' in (compared.parent / "index.html").read_text("utf-8")


@pytest.mark.notebooks
def test_shared_actors_are_the_ones_that_a_reader_would_name(compared: Path) -> None:
    tones = pd.read_parquet(compared / "tables" / "actor_tones.parquet")
    articles = tones[tones["voice"] == "author"].groupby("actor")["article"].nunique()
    assert set(articles.index[articles == 3]) >= {"Norvane Water", "Elena Castro", "Tomas Berg", "Peter Lindqvist"}


@pytest.mark.notebooks
def test_a_comparison_that_has_not_changed_is_up_to_date_and_another_order_is_another(compared: Path) -> None:
    chosen = Parameters(draws=200)
    assert running.plan(subjects.comparison(FILES), parameters=chosen, out=compared.parent).to_run == []
    (found,) = status.status(compared.parent)
    assert (found.state, found.notebooks) == ("fresh", ["compare"])
    assert subjects.comparison(FILES[::-1]).name != NAME
    changed = running.plan(subjects.comparison(FILES), parameters=Parameters(draws=300), out=compared.parent)
    assert changed.reasons["compare"] == ["parameter draws changed from 200 to 300"]


@pytest.mark.notebooks
def test_a_comparison_is_reproduced_byte_for_byte(compared: Path) -> None:
    done = CliRunner().invoke(app, ["reproduce", str(compared)])
    assert done.exit_code == 0, done.output
    assert "Reproduced" in done.output


@pytest.mark.notebooks
def test_a_comparison_is_exported_like_a_report(compared: Path) -> None:
    run = runs.finished(NAME, out=compared.parent)
    assert "Articles side by side" in joining.page(run)
    listed = columns.codebook(run.tables())
    assert listed.loc[listed["meaning"] == "", ["table", "column"]].to_numpy().tolist() == []
    assert records.read(compared)["article"] == NAME


@pytest.mark.parametrize("count", [0, 1, 21])
def test_too_few_and_too_many_are_one_sentence(count: int) -> None:
    with pytest.raises(BadInput, match="a comparison needs two to twenty"):
        subjects.comparison([Path(f"{n}.txt") for n in range(count)])


def test_two_documents_of_one_name_are_refused() -> None:
    with pytest.raises(BadInput, match="both are named 'x'"):
        subjects.comparison([Path("a/x.txt"), Path("b/x.md")])


def test_a_folder_of_many_has_a_short_name_of_its_own() -> None:
    many = [Path(f"{'long' * 5}-{n}.txt") for n in range(20)]
    names = {subjects.comparison(many).name, subjects.comparison(many[::-1]).name}
    assert len(names) == 2
    assert all(len(name) < 80 and name.endswith(".compare") for name in names)


def test_a_missing_document_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["compare", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--out", str(tmp_path)]
    )
    assert isinstance(done.exception, BadInput)
    assert "there is no such file" in str(done.exception)
