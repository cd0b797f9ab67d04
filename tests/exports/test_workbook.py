"""The tables of a run in Excel."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from presslens.exports import columns, workbook
from presslens.exports.runs import Finished


def opened(run: Finished) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook.workbook(run)))


def test_a_sheet_a_table_behind_what_it_is_and_the_codebook(run: Finished) -> None:
    assert opened(run).sheetnames == ["run", "codebook", "keyness", "ledger"]


def test_no_cell_is_a_formula_and_none_says_more_than_the_table(run: Finished) -> None:
    book = opened(run)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    terms = [row[1] for row in book["keyness"].iter_rows(min_row=2)]
    assert [cell.value for cell in terms] == ["=1+1", "+SUM(A1)", "-2", "@x", "plain", "bell", "\ttab"]
    assert [cell.quotePrefix for cell in terms] == [True, True, True, True, False, False, True]


def test_no_formula_is_in_the_files_inside(run: Finished) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook.workbook(run))) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert all(b"<f>" not in sheet for sheet in sheets)


def test_numbers_stay_numbers_and_what_is_missing_is_empty(run: Finished) -> None:
    rows = list(opened(run)["keyness"].values)
    assert rows[0] == ("article", "term", "count", "q")
    assert rows[1][2:] == (0, 0.5)
    assert rows[2][3] is None


def test_the_codebook_explains_each_column_with_its_type(run: Finished) -> None:
    listed = {(row[0], row[3]): (row[4], row[5]) for row in opened(run)["codebook"].values}
    assert listed[("keyness", "count")] == ("whole number", "how often it comes")
    assert listed[("ledger", "text")][0] == "text"


def test_the_same_run_gives_the_same_bytes(run: Finished) -> None:
    first = workbook.workbook(run)
    assert workbook.workbook(run) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_names_of_sheets_are_short_allowed_and_distinct() -> None:
    long = "a" * 40
    names = workbook.sheet_names([long, long[:35], "A" * 31, "run", "what/is:it"])
    assert len({name.casefold() for name in names.values()}) == 5
    assert all(len(name) <= 31 for name in names.values())
    assert names["run"] == "run_2"
    assert names["what/is:it"] == "what_is_it"


@pytest.mark.notebooks
def test_every_column_of_a_real_report_is_explained(report: Path) -> None:
    tables = {path.stem: pd.read_parquet(path) for path in (report / "tables").glob("*.parquet")}
    listed = columns.codebook(tables)
    assert listed.loc[listed["meaning"] == "", ["table", "column"]].to_numpy().tolist() == []
    assert [name for name in tables if not columns.holds(name)] == []


@pytest.mark.notebooks
def test_nothing_is_explained_that_no_report_has(report: Path) -> None:
    tables = {path.stem: pd.read_parquet(path) for path in (report / "tables").glob("*.parquet")}
    said = columns.said()["tables"]
    stale = [(t, c) for t in said if t in tables for c in said[t]["columns"] if c not in tables[t].columns]
    assert stale == []
