"""Running a report again from its record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from presslens import versions
from presslens.errors import BadInput
from presslens.reports import records, reproducing, running
from presslens.reports.parameters import Parameters

pytestmark = pytest.mark.notebooks
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one cheap notebook on a short text."""
    folder = tmp_path_factory.mktemp("small")
    text = folder / "note.txt"
    text.write_text("A short note\n\nThe minister praised the aid. The crisis is over, she said on Tuesday in Paris.\n")
    done = running.report(text, parameters=Parameters(top=3), out=folder / "out", only=["3"])
    assert done.ok
    return done.folder


def test_a_report_comes_out_the_same_from_its_record(small: Path, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in small.rglob("*") if p.is_file()}
    done = reproducing.reproduce(small, keep=tmp_path / "again")
    assert done.ok, done.text()
    assert "3_keywords.html" in done.same
    assert set(reproducing.TIMED).isdisjoint(done.same)
    assert done.text().startswith("Reproduced: all")
    assert (tmp_path / "again" / "3_keywords.html").read_bytes() == (small / "3_keywords.html").read_bytes()
    assert {p: p.read_bytes() for p in small.rglob("*") if p.is_file()} == before


def test_files_that_differ_are_named_and_so_are_versions(report: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(report, tmp_path / "other"))
    (other / "tables" / "ledger.csv").write_text("something else")
    (other / "index.html").unlink()
    (other / "new.txt").write_text("new")
    record = records.read(report)
    record["versions"] = {**record["versions"], "pandas": "0.1"}
    found = reproducing.compare(report, other, record)
    assert (found.differ, found.missing, found.extra) == (["tables/ledger.csv"], ["index.html"], ["new.txt"])
    assert found.versions["pandas"] == ("0.1", versions.versions()["pandas"])
    assert not found.ok
    assert "differs: tables/ledger.csv" in found.text()
    assert "pandas: then 0.1, now" in found.text()


def test_an_input_that_is_missing_changed_or_new_is_refused_first(small: Path, tmp_path: Path) -> None:
    text = small.parents[1] / "note.txt"
    record = records.read(small)
    copy = tmp_path / "note.txt"
    record["parameters"]["document"] = str(copy)
    with pytest.raises(BadInput, match=r"note\.txt is missing\. Put back the file whose SHA-256 is [0-9a-f]{64}"):
        reproducing.check_inputs(record, small)
    copy.write_text("Another text")
    with pytest.raises(BadInput, match="has changed since"):
        reproducing.check_inputs(record, small)
    shutil.copy(text, copy)
    reproducing.check_inputs(record, small)
    copy.with_suffix(".yaml").write_text("outlet: Somewhere\n")
    with pytest.raises(BadInput, match=r"note\.yaml was not there"):
        reproducing.check_inputs(record, small)


def test_a_failed_run_cannot_be_reproduced(report: Path, tmp_path: Path) -> None:
    record = json.loads((report / "run.json").read_text("utf-8"))
    record["notebooks"][0]["error"] = "ZeroDivisionError"
    (tmp_path / "run.json").write_text(json.dumps(record))
    with pytest.raises(BadInput, match="had failed"):
        reproducing.reproduce(tmp_path)
