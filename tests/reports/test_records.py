"""Finding runs and their records."""

from __future__ import annotations

from pathlib import Path

import pytest

from presslens.errors import BadInput
from presslens.reports import layout, records
from presslens.reports.parameters import Parameters

pytestmark = pytest.mark.notebooks


def test_a_run_is_found_by_its_folder_its_name_or_a_file_in_it(report: Path) -> None:
    assert records.find(str(report), out=Path("nowhere")) == report
    assert records.find(report.name, out=report.parent) == report
    assert records.find(str(report / "index.html"), out=Path("nowhere")) == report
    assert records.folders(report.parent) == [report]


def test_a_run_that_is_not_there_is_refused_with_those_that_are(report: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"no such run.*Runs in .*: {report.name}"):
        records.find("nothing", out=report.parent)
    with pytest.raises(BadInput, match=r"holds no run\.json.*has no run"):
        records.find(str(tmp_path), out=tmp_path)


@pytest.mark.parametrize("content", ["", "[", "{}", '{"article": "x"}'])
def test_a_damaged_record_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content)
    with pytest.raises(BadInput, match="Run the report again"):
        records.read(tmp_path)


def test_a_record_says_with_what_it_was_made(report: Path) -> None:
    record = records.read(report)
    assert records.parameters(record) == Parameters()
    assert records.notebooks(record) == list(layout.NOTEBOOKS)
    assert not records.with_code(record)


def test_a_plan_from_a_record_needs_no_report_in_its_place(report: Path) -> None:
    record = records.read(report)
    document = Path("seeds/pyongyang-helping-hand.txt")
    planned = records.plan(record, document=document, chosen=Parameters(), only=(), code=False)
    assert (planned.to_run, planned.pages_changed) == ([], [])
    planned = records.plan(record, document=document, chosen=Parameters(top=3), only=(), code=False)
    assert planned.to_run == ["3_keywords", "5_brief"]
