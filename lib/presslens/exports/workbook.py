"""A run as an Excel workbook: what it is, a codebook of every column, and one sheet a table; no cell is a formula."""

import io
import math
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from presslens.exports import archive, columns
from presslens.exports.runs import Finished
from presslens.framing.sheets import CELL, CONTROLS, FORMULA, LINE_ENDS

NAME = 31  # characters of a sheet's name
ROWS = 1_048_575  # below the header
WIDEST = 60
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
TAKEN = ("run", "codebook")
HEADERS = {"table": 24, "holds": 46, "rows": 8, "column": 22, "type": 15, "meaning": 90}


def workbook(run: Finished) -> bytes:
    """The workbook of a finished run; the same run gives the same bytes.

    Sheets: `run` (the article, the findings, parameters, versions), `codebook` (what each column means), then every table
    under its name. Text that begins like a formula is marked as text.
    """
    from openpyxl import Workbook

    tables = run.tables()
    names = sheet_names(list(tables))
    book = Workbook(write_only=True)
    _sheet(book, "run", about(run), widths=[24, 110])
    listed = columns.codebook(tables).assign(table=lambda table: table["table"].map(names))
    _sheet(book, "codebook", listed, widths=list(HEADERS.values()))
    for name, table in tables.items():
        _sheet(book, names[name], table, widths=_widths(table))
    buffer = io.BytesIO()
    book.save(buffer)
    return archive.settled(buffer.getvalue())


def sheet_names(tables: Sequence[str]) -> dict[str, str]:
    """A name for the sheet of each table that Excel takes: 31 characters, none twice in any case of letters."""
    found: dict[str, str] = {}
    used = set(TAKEN)
    for table in tables:
        base = FORBIDDEN.sub("_", table)[:NAME] or "table"
        name, number = base, 2
        while name.casefold() in used:
            ending = f"_{number}"
            name, number = base[: NAME - len(ending)] + ending, number + 1
        used.add(name.casefold())
        found[table] = name
    return found


def about(run: Finished) -> pd.DataFrame:
    """What the workbook is of: `what`, `value`."""
    record = run.record
    rows = [("article", record["article"]), ("run key", record["run_key"]), ("made by", record.get("reproduce", ""))]
    rows += [(f"SHA-256 of {name}", digest) for name, digest in record["inputs"].items()]
    rows += [(f"finding of {page.stem}", run.finding(page.stem)) for page in run.pages]
    rows += [(f"parameter {name}", str(value)) for name, value in record["parameters"].items()]
    rows += [(f"version of {name}", str(value)) for name, value in record["versions"].items()]
    rows += [("rights", "The rights in the article stay with its author and publisher.")]
    return pd.DataFrame(rows, columns=["what", "value"])


def _widths(table: pd.DataFrame) -> list[int]:
    """A width for each column that shows most of its cells."""
    found = []
    for name in table.columns:
        longest = table[name].head(200).astype("str").str.len().max() if len(table) else 0
        found.append(int(min(WIDEST, max(9, len(str(name)) + 4, (0 if pd.isna(longest) else longest) + 2))))
    return found


def _sheet(book: Any, name: str, table: pd.DataFrame, *, widths: Sequence[int]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(name)
    page.freeze_panes = "B2"
    for at, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(at)].width = width
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="E9EDF2")
    wrap = Alignment(wrap_text=True, vertical="top")
    page.auto_filter.ref = f"A1:{get_column_letter(max(len(table.columns), 1))}{min(len(table), ROWS) + 1}"
    head = []
    for column in table.columns:
        cell = WriteOnlyCell(page, str(column))
        cell.font, cell.fill = bold, shade
        head.append(cell)
    page.append(head)
    for record in table.head(ROWS).itertuples(index=False):
        page.append([_cell(page, value, wrap) for value in record])


def _cell(page: Any, value: Any, wrap: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | int | float):
        return value
    text = CONTROLS.sub("", LINE_ENDS.sub("\n", str(value)))[:CELL]
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA)
    if len(text) > WIDEST or "\n" in text:
        cell.alignment = wrap
    return cell
