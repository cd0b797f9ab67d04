"""Tables on disk: CSV for people and spreadsheets, Parquet for programs; and the tables of texts that commands read."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.article.decoding import decode, load
from presslens.errors import BadInput

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LARGEST = 2_000_000_000  # bytes
SUFFIXES = (".csv", ".jsonl", ".ndjson", ".parquet")


def neutral(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet would take for a formula."""
    changed = table.copy()
    for name in changed.columns:
        if pd.api.types.is_string_dtype(changed[name]) or changed[name].dtype == object:
            changed[name] = [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v for v in changed[name]]
    return changed


def as_csv(table: pd.DataFrame) -> str:
    """The table as CSV text with plain line ends."""
    return neutral(table).to_csv(index=False, lineterminator="\n", float_format="%.10g")


def write(table: pd.DataFrame, path: Path) -> None:
    """Write a table in the format of its suffix: .csv, .jsonl or .parquet; whole or not at all.

    Raises:
        BadInput: another suffix, or the file cannot be written.
    """
    check_writable(path)
    suffix = path.suffix.lower()
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if suffix == ".parquet":
            table.to_parquet(aside, index=False)
        elif suffix == ".csv":
            aside.write_text(as_csv(table), encoding="utf-8", newline="")
        else:
            aside.write_text(table.to_json(orient="records", lines=True, force_ascii=False), encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise BadInput(
            f"cannot write {path}: {error.strerror or error}. Choose a folder that can be written."
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Refuse a name that cannot be written before any work is done.

    Raises:
        BadInput: another suffix than those of tables, or a folder that cannot be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(f"cannot write {path}: tables are written as {', '.join(SUFFIXES)}. Give a name that ends so.")
    existing = next(folder for folder in (path.parent, *path.absolute().parents) if folder.exists())
    if path.is_dir() or not existing.is_dir() or not os.access(existing, os.W_OK):
        raise BadInput(f"cannot write {path}: {existing} cannot be written to. Choose another place.")


def save(table: pd.DataFrame, folder: Path, name: str) -> None:
    """Write `NAME.csv` and `NAME.parquet` to a folder of tables."""
    write(table, folder / f"{name}.csv")
    write(table, folder / f"{name}.parquet")


def read_texts(path: Path, *, columns: tuple[str, ...] = ("id", "text")) -> pd.DataFrame:
    """A table of texts from CSV, JSONL or Parquet.

    Args:
        path: the file.
        columns: the columns that it must have; `start` and `end` must be whole numbers.

    Returns:
        Those columns, in that order; `text` and `mention` as strings, an empty text where there was none, `id` as given.

    Raises:
        BadInput: it cannot be read, or a column is missing; the message says which.
    """
    table = _read(path)
    missing = [name for name in columns if name not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns[:12])) or "none"
        raise BadInput(
            f"cannot use {path}: it has no column {missing[0]!r} (its columns: {found}). "
            f"Give a table with {', '.join(columns)}."
        )
    table = table.loc[:, list(columns)].reset_index(drop=True)
    for name in {"text", "mention"} & set(columns):
        table[name] = table[name].fillna("").astype("str")
    for name in {"start", "end"} & set(columns):
        numbers = pd.to_numeric(table[name], errors="coerce")
        if (numbers.isna() | (numbers < 0)).any():
            row = int((numbers.isna() | (numbers < 0)).to_numpy().argmax())
            raise BadInput(f"cannot use {path}, row {row + 1}: {name} is {table[name].iloc[row]!r}, not an offset.")
        table[name] = numbers.astype("int64")
    return table


def _read(path: Path) -> pd.DataFrame:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"cannot read {path}: tables are read from {', '.join(SUFFIXES)}. Convert it first.")
    data = load(path, largest=LARGEST)
    if suffix == ".parquet":
        try:
            return pd.read_parquet(io.BytesIO(data))
        except (OSError, ValueError) as error:
            raise BadInput(f"cannot read {path}: it is not a Parquet table ({_first_line(error)}).") from None
    text = decode(data, name=str(path)).text
    if suffix == ".csv":
        try:
            return pd.read_csv(
                io.StringIO(text), dtype={"text": "str", "mention": "str", "id": "str"}, keep_default_na=False
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
            raise BadInput(f"cannot read {path}: it is not a CSV table ({_first_line(error)}).") from None
    return pd.DataFrame(
        [_record(path, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    )


def _record(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput(f"cannot read {path}, line {number}: it is not JSON. Write one object a line.") from None
    if not isinstance(record, dict):
        raise BadInput(f"cannot read {path}, line {number}: it is not a JSON object. Write one object a line.")
    return record


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]
