"""Reading the codes of several people, from our sheets and from the layouts that other programs use.

Recognised, as CSV (comma, semicolon or tab; UTF-8 or a common older encoding) or as the first tab of an .xlsx file:

=======  ============================================================================================================
layout   how it is known, and what it means
=======  ============================================================================================================
sheet    the header has `unit` and `frame_1`: our own (`sheets`). The coder is named in `coder`, else by the file.
         A row without codes is not coded yet.
long     the header has a coder (`coder`, `annotator`, `rater`), a unit (`unit`, `id`, `doc_id`, `item`, `docname`) and
         a code (`labels`, `label`, `code`, `codes`, `frame`, `value`); a row a code, or several in one cell by `|`
wide     a header whose first column is a unit, as above or without a name (row names that R writes); each other column
         but `text` is a coder: the ratings that quanteda's docvars and R's irr hold, units in rows
ReCal    no header and nothing but whole numbers: a column a coder, a row a unit. A file of 0 and 1 is about one
         frame, which the file is named after (`conflict.csv`), there or not; a file with other numbers holds codes:
         the number of the frame in the codebook's order, from 1
=======  ============================================================================================================

`NA`, `#`, `.` and empty cells are not coded. Files of one variable each, with the same coders and rows, are put together.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple, NoReturn

import pandas as pd

from presslens.article.decoding import decode, load
from presslens.errors import BadInput
from presslens.framing import sheets
from presslens.framing.schema import Codebook
from presslens.limits import in_time, limits, setting
from presslens.untrusted import separator

CODER = ("coder", "annotator", "rater")
UNIT = ("unit", "id", "doc_id", "item", "docname")
CODE = ("labels", "label", "code", "codes", "frame", "value")
MISSING = ("", "na", "#", ".", "nan")
WHOLE = re.compile(r"-?\d+(?:\.0+)?")
LAYOUTS = (
    "a coding sheet of presslens (unit, frame_1, …), a long table (coder, unit, label), a wide one (unit, then a column "
    "a coder) or a ReCal file (whole numbers without a header, a column a coder)"
)
LAST_ROW = 1_048_576  # of a worksheet, as Excel has it
Rows = list[list[str]]


class Codes(NamedTuple):
    """What people coded: `codes` (`coder`, `unit`, `labels` joined by `|`), `texts` (`id`, `text`) and remarks."""

    codes: pd.DataFrame
    texts: pd.DataFrame
    notes: tuple[str, ...]


def read(paths: Sequence[str | Path], *, codebook: Codebook | None = None) -> Codes:
    """The codes in some files, of the layouts above.

    Args:
        paths: the files, in any order.
        codebook: turns numbers into frames, and refuses a code that is none of its frames.

    Returns:
        `codes`: `coder`, `unit`, `labels` (a coder's codes of a unit, the main one first; the residual frame where no
        other fits), in order of the files; `texts`: `id`, `text` of the units whose words the files hold.

    Raises:
        BadInput: a file that cannot be read or has none of the layouts, a code that is no frame, a unit coded twice.
    """
    rows: list[tuple[str, str, list[str]]] = []
    texts: dict[str, str] = {}
    hashes: set[str] = set()
    taken: set[tuple[str, str]] = set()
    for path in sorted((Path(one) for one in paths), key=lambda one: (one.name, str(one))):
        table = cells(path)
        header = [cell.strip().lower() for cell in table[0]]
        separate = False
        if "unit" in header and "frame_1" in header:
            found = _sheet(path, header, table[1:], hashes)
        elif _one(header, CODER) is not None and _one(header, UNIT) is not None and _one(header, CODE) is not None:
            found = _long(header, table[1:])
        elif all(WHOLE.fullmatch(c.strip()) or _missing(c) for row in table for c in row):
            found, separate = _recal(path, table, codebook), True
        elif len(header) > 1 and (header[0] in UNIT or not header[0]):
            found = _wide(table)
        else:
            raise BadInput(f"cannot use {path}: it is none of the layouts that are recognised. Give {LAYOUTS}.")
        if "text" in header:
            unit = _one(header, UNIT)
            at, where = header.index("text"), unit if unit is not None else 0
            texts |= {sheets.plain(row[where].strip()): sheets.plain(row[at]) for row in table[1:]}
        if found and not separate:
            _refuse_twice(found, taken, path)
        rows += [(coder, unit, _known(labels, codebook, path, unit)) for coder, unit, labels in found]
    notes = _notes(hashes, codebook)
    return Codes(_together(rows, codebook), _texts(texts), notes)


def labelled(found: Codes, *, share: float = 0.5) -> pd.DataFrame:
    """What most coders say of each unit, to train a coder on: frames that at least `share` of its coders gave.

    Returns:
        `id`, `text`, `labels`; units without a text or without such a frame are left out.
    """
    codes = found.codes.assign(label=found.codes["labels"].str.split("|")).explode("label")
    coders = found.codes.groupby("unit")["coder"].nunique()
    votes = codes.groupby(["unit", "label"], sort=False)["coder"].nunique().rename("votes").reset_index()
    kept = votes[votes["votes"] >= share * votes["unit"].map(coders).astype("float64")]
    labels = kept.groupby("unit", sort=False)["label"].agg("|".join).rename("labels").reset_index()
    joined = found.texts.merge(labels, left_on="id", right_on="unit", how="inner")
    return joined[["id", "text", "labels"]].astype("str").reset_index(drop=True)


def cells(path: Path) -> Rows:
    """The cells of a CSV file, or of the first tab of a workbook, as text; rows without any are left out."""
    with in_time(str(path)):
        return _cells(path)


def _cells(path: Path) -> Rows:
    data = load(path, limit="unpacked_bytes", remedy=f"Give {LAYOUTS}.", empty=True)
    if path.suffix.lower() == ".xlsx":
        rows = _excel(path, data)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        text = decode(data, name=str(path), table=True).text
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=separator(text)))
        except csv.Error as error:
            raise BadInput(f"cannot read {path}: it is not a CSV table ({error}). Save it as CSV again.") from None
    else:
        raise BadInput(f"cannot read {path}: codes are read from .csv, .tsv, .txt and .xlsx. Save it as one of these.")
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise BadInput(f"cannot use {path}: it is empty. Give {LAYOUTS}.")
    width = max(len(row) for row in rows)
    if width * len(rows) > limits().cells:
        _refuse_many(path)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _excel(path: Path, data: bytes) -> Rows:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            most = limits().unpacked_bytes
            if sum(entry.file_size for entry in packed.infolist()) > most:
                raise BadInput(
                    f"cannot read {path}: unpacked it is larger than {most / 1e6:g} MB. "
                    f"Split it, or raise {setting('unpacked_bytes')}."
                )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        page = book.worksheets[0]
        page.reset_dimensions()  # what it says of its size may be a million empty rows
        rows: Rows = []
        count, largest = 0, limits().cells
        for number, row in enumerate(page.iter_rows(values_only=True), 1):  # with an empty one for each number left out
            if number > LAST_ROW:
                raise BadInput(
                    f"cannot read {path}: a row has a number above {LAST_ROW:,}. Save it as a workbook again."
                )
            count += len(row)
            if count > largest:
                _refuse_many(path)
            if row:
                rows.append(["" if cell is None else str(cell) for cell in row])
        return rows
    except BadInput:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a broken file makes it
        raise BadInput(f"cannot read {path}: it is not an Excel workbook ({type(error).__name__}).") from None


def _refuse_many(path: Path) -> NoReturn:
    most = limits().cells
    raise BadInput(f"cannot read {path}: it has more than {most:,} cells. Split it, or raise {setting('cells')}.")


def _missing(cell: str) -> bool:
    return cell.strip().lower() in MISSING


def _one(header: Sequence[str], names: Sequence[str]) -> int | None:
    """The column of the first of these names."""
    return next((header.index(name) for name in names if name in header), None)


Found = list[tuple[str, str, list[str]]]


def _sheet(path: Path, header: list[str], rows: Rows, hashes: set[str]) -> Found:
    place = {name: number for number, name in enumerate(header)}
    slots = [place[name] for name in sheets.SLOTS if name in place]
    found: Found = []
    for row in rows:
        labels = [row[slot].strip() for slot in slots if not _missing(row[slot])]
        coder = row[place["coder"]].strip() if "coder" in place else ""
        if "codebook_hash" in place:
            hashes.add(row[place["codebook_hash"]].strip())
        if labels:
            found.append((sheets.plain(coder) or path.stem, sheets.plain(row[place["unit"]].strip()), labels))
    return found


def _long(header: list[str], rows: Rows) -> Found:
    coder, unit, code = (_one(header, names) for names in (CODER, UNIT, CODE))
    assert coder is not None and unit is not None and code is not None  # noqa: PT018, S101 - the caller looked
    seen: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if not _missing(row[code]):
            seen.setdefault((row[coder].strip(), row[unit].strip()), []).extend(_split(row[code]))
    return [(who, what, labels) for (who, what), labels in seen.items()]


def _wide(table: Rows) -> Found:
    header = [cell.strip() for cell in table[0]]
    return [
        (header[column], row[0].strip(), _split(row[column]))
        for column in range(1, len(header))
        for row in table[1:]
        if header[column] and header[column].lower() not in {"text", "note"} and not _missing(row[column])
    ]


def _recal(path: Path, table: Rows, codebook: Codebook | None) -> Found:
    values = {cell.strip() for row in table for cell in row if not _missing(cell)}
    binary = values <= {"0", "1"}
    found: Found = []
    for column in range(len(table[0])):
        for number, row in enumerate(table, start=1):
            if _missing(row[column]):
                continue
            value = row[column].strip().split(".")[0]
            if binary:
                labels = [path.stem.replace("_", " ")] if value == "1" else []
            elif codebook is not None:
                order = codebook.labels
                if not 1 <= int(value) <= len(order):
                    raise BadInput(
                        f"cannot use {path}, row {number}: the code {value} is none of 1 to {len(order)}, the frames of "
                        f"{codebook.name} in order."
                    )
                labels = [order[int(value) - 1]]
            else:
                labels = [value]
            found.append((f"coder {column + 1}", str(number), labels))
    return found


def _refuse_twice(found: Found, taken: set[tuple[str, str]], path: Path) -> None:
    for coder, unit, _ in found:
        if (coder, unit) in taken:
            raise BadInput(
                f"cannot use {path}: {coder} codes unit {unit} twice. Keep one of the two, or name the coders."
            )
        taken.add((coder, unit))


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _known(labels: list[str], codebook: Codebook | None, path: Path, unit: str) -> list[str]:
    plain = [sheets.plain(label) for label in labels]
    if codebook is None:
        return plain
    names = {label.casefold(): label for label in codebook.labels}
    for label in plain:
        if label.casefold() not in names:
            near = get_close_matches(label.casefold(), names, n=1, cutoff=0.5)
            meant = f" Did the coder mean {names[near[0]]!r}?" if near else f" Its frames: {', '.join(names.values())}."
            raise BadInput(f"cannot use {path}, unit {unit}: {label!r} is no frame of {codebook.name}.{meant}")
    return [names[label.casefold()] for label in plain]


def _together(rows: Found, codebook: Codebook | None) -> pd.DataFrame:
    """A row a coder and unit; no label at all is the residual frame. The same labels given twice count once."""
    none = codebook.other if codebook is not None else "Other"
    merged: dict[tuple[str, str], list[str]] = {}
    for coder, unit, labels in rows:
        merged.setdefault((coder, unit), []).extend(labels)
    table = [(coder, unit, "|".join(dict.fromkeys(labels)) or none) for (coder, unit), labels in merged.items()]
    return pd.DataFrame(table, columns=["coder", "unit", "labels"], dtype="str")


def _texts(texts: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"id": list(texts), "text": list(texts.values())}, dtype="str")


def _notes(hashes: set[str], codebook: Codebook | None) -> tuple[str, ...]:
    known = sorted(one for one in hashes if one)
    if len(known) > 1:
        return (f"The sheets were made from different versions of the codebook ({', '.join(known)}).",)
    if codebook is not None and known and known[0] != codebook.hash:
        return (f"The sheets were made from another version of {codebook.name} ({known[0]}, now {codebook.hash}).",)
    return ()
