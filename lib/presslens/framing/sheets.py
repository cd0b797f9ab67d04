"""Coding sheets for people: the units to code, a place for each code, and the codebook beside them; CSV and Excel.

A sheet never holds what the machine says of a unit. A unit is coded once it has a code in `frame_1`; where no frame
fits the coder gives the residual one, so that "nothing there" is told from "not yet looked at".
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from presslens import saving
from presslens.errors import BadInput
from presslens.framing.schema import Codebook

SLOTS = ("frame_1", "frame_2", "frame_3")
COLUMNS = ("unit", "text", "coder", *SLOTS, "note", "codebook", "codebook_hash")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SUFFIXES = (".csv", ".xlsx")
CELL = 32_000  # characters; Excel takes 32,767
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
WIDTHS = {"unit": 12, "text": 90, "coder": 12, "frame_1": 26, "frame_2": 26, "frame_3": 26, "note": 30}
EPOCH = (1980, 1, 1, 0, 0, 0)
HOW = (
    "Read the definitions below before the first unit. Give each unit its main frame in frame_1 and, where it has them, "
    "others in frame_2 and frame_3. Where no frame fits, choose {other}: an empty cell means that you have not coded it. "
    "Code alone, and put your name into the column coder."
)


def from_sentences(
    sentences: pd.DataFrame, *, unit: Literal["sentence", "paragraph"] = "sentence", named: bool = False
) -> pd.DataFrame:
    """The units of articles that have been read.

    Args:
        sentences: `article`, `sentence`, `section`, `paragraph`, `text`, in order.
        unit: what is coded; title and dek are units of their own either way.
        named: whether the article stands in the unit's name, as it must for several.

    Returns:
        `id` (`p03s02`, `p03`, or `article/p03s02`), `text`.
    """
    place = sentences["sentence"] if unit == "sentence" else sentences["sentence"].str.replace(r"s\d+$", "", regex=True)
    name = sentences["article"].astype("str") + "/" + place if named else place
    table = pd.DataFrame({"id": name.astype("str"), "text": sentences["text"].astype("str")})
    return table.groupby("id", sort=False, as_index=False).agg(text=("text", " ".join))


def blank(
    units: pd.DataFrame, codebook: Codebook, *, coder: str = "", sample: int | None = None, seed: int = 0
) -> pd.DataFrame:
    """A sheet without codes.

    Args:
        units: `id` and `text`, ids distinct.
        codebook: what to code by.
        coder: who will code.
        sample: how many units to draw, kept in their order; None takes all.
        seed: of the draw.

    Returns:
        A row a unit: `unit`, `text`, `coder`, `frame_1`, `frame_2`, `frame_3`, `note` (empty), `codebook`,
        `codebook_hash`.

    Raises:
        BadInput: two units of one id.
    """
    ids = units["id"].astype("str")
    if ids.duplicated().any():
        raise BadInput(f"two units have the id {ids[ids.duplicated()].iloc[0]!r}: give each unit an id of its own.")
    chosen = np.arange(len(units))
    if sample is not None and sample < len(units):
        chosen = np.sort(np.random.default_rng(seed).permutation(len(units))[:sample])
    table = pd.DataFrame({"unit": ids.to_numpy()[chosen], "text": units["text"].astype("str").to_numpy()[chosen]})
    table = table.assign(coder=coder, **dict.fromkeys((*SLOTS, "note"), ""))
    table = table.assign(codebook=codebook.name, codebook_hash=codebook.hash)
    return table[list(COLUMNS)].astype("str")


def write(sheet: pd.DataFrame, path: Path, codebook: Codebook) -> None:
    """Write a sheet as .csv or .xlsx, whole or not at all; the same sheet gives the same bytes.

    In Excel the codes are drop-downs and the codebook is a second tab. No cell can be a formula: in CSV one that begins
    like a formula gets an apostrophe before it, in Excel it is marked as text.

    Raises:
        BadInput: another suffix, or a place that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"cannot write {path}: a coding sheet is a .csv or .xlsx file. Give a name that ends so.")
    content = _excel(sheet, codebook) if suffix == ".xlsx" else _csv(sheet)
    with saving.said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        saving.save(path, content)


def plain(cell: str) -> str:
    """What a cell of a CSV sheet says, without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _csv(sheet: pd.DataFrame) -> bytes:
    clean = sheet.map(lambda value: CONTROLS.sub("", LINE_ENDS.sub("\n", str(value))))
    safe = clean.map(lambda value: "'" + value if value.startswith(FORMULA) else value)
    # The mark of byte order tells Excel that this is UTF-8.
    return b"\xef\xbb\xbf" + str(safe.to_csv(index=False, lineterminator="\n")).encode()


def _excel(sheet: pd.DataFrame, codebook: Codebook) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    page = book.active
    page.title = "Coding"
    bold, wrap = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    shade = PatternFill("solid", fgColor="E9EDF2")
    for column, name in enumerate(COLUMNS, start=1):
        head = page.cell(1, column, name)
        head.font, head.fill = bold, shade
        page.column_dimensions[head.column_letter].width = WIDTHS.get(name, 14)
        page.column_dimensions[head.column_letter].hidden = name in {"codebook", "codebook_hash"}
    for row, record in enumerate(sheet[list(COLUMNS)].itertuples(index=False), start=2):
        for column, value in enumerate(record, start=1):
            _put(page.cell(row, column), value, wrap)
    page.freeze_panes = "C2"
    labels = codebook.labels
    first = 4  # the row of the codebook tab on which the frames begin
    choice = DataValidation(
        type="list",
        formula1=f"Codebook!$A${first}:$A${first + len(labels) - 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not a frame",
        error="Choose a frame from the list, as the tab Codebook defines them.",
    )
    page.add_data_validation(choice)
    if len(sheet):
        choice.add(f"D2:F{len(sheet) + 1}")
    _codebook_page(book.create_sheet("Codebook"), codebook, first, bold, shade, wrap)
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def _codebook_page(page: Any, codebook: Codebook, first: int, bold: Any, shade: Any, wrap: Any) -> None:
    _put(page.cell(1, 1), f"{codebook.title or codebook.name}, version {codebook.version} ({codebook.hash})", None)
    page.cell(1, 1).font = bold
    _put(page.cell(2, 1), HOW.format(other=codebook.other), None)
    for column, (name, width) in enumerate(
        {"frame": 34, "definition": 60, "counts": 50, "does not count": 50, "examples": 70}.items(), start=1
    ):
        head = page.cell(first - 1, column, name)
        head.font, head.fill = bold, shade
        page.column_dimensions[head.column_letter].width = width
    frames = {frame.frame: frame for frame in codebook.frames}
    for row, label in enumerate(codebook.labels, start=first):
        one = frames.get(label)
        cells = [label, "No frame of this codebook fits.", "", "", ""]
        if one is not None:
            definition = one.definition or ("" if label != codebook.other else cells[1])
            cells = [label, definition, one.counts, one.does_not_count, "\n".join(one.examples)]
        for column, value in enumerate(cells, start=1):
            _put(page.cell(row, column), value, wrap)
    page.freeze_panes = f"B{first}"


def _put(cell: Any, value: object, alignment: Any) -> None:
    """Text into a cell, never a formula."""
    text = CONTROLS.sub("", LINE_ENDS.sub("\n", str(value)))
    if len(text) > CELL:
        raise BadInput(
            f"a cell of a workbook takes {CELL:,} characters, not the {len(text):,} of “{text[:40]}…”. Write a .csv."
        )
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
    if alignment is not None:
        cell.alignment = alignment


def _settled(data: bytes) -> bytes:
    """The workbook without the times at which it was made."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return result.getvalue()
