"""Tables on disk: CSV for people and spreadsheets, Parquet for programs; and the tables of texts that commands read."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from presslens import saving
from presslens.article.decoding import decode, load
from presslens.errors import BadInput
from presslens.limits import limits, setting
from presslens.untrusted import Malformed, csv_table, json_value, whole

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SUFFIXES = (".csv", ".jsonl", ".ndjson", ".parquet")


def neutral(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before every text that a spreadsheet would take for a formula."""
    changed = table
    for name in table.columns:
        if not (pd.api.types.is_string_dtype(table[name]) or table[name].dtype == object):
            continue
        values = table[name].tolist()
        if any(isinstance(value, str) and value.startswith(FORMULA) for value in values):
            changed = table.copy() if changed is table else changed
            changed[name] = [f"'{v}" if isinstance(v, str) and v.startswith(FORMULA) else v for v in values]
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
    with saving.said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with saving.replacing(path) as aside:
            if suffix == ".parquet":
                table.to_parquet(aside, index=False)
            elif suffix == ".csv":
                aside.write_text(as_csv(table), encoding="utf-8", newline="")
            else:
                aside.write_text(table.to_json(orient="records", lines=True, force_ascii=False), encoding="utf-8")


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
    """A table of texts from CSV (with commas, semicolons or tabs), JSONL or Parquet.

    Args:
        path: the file.
        columns: the columns that it must have; `start` and `end` must be whole numbers.

    Returns:
        Those columns, in that order; `text` and `mention` as strings, an empty text where there was none, `id` as given.

    Raises:
        BadInput: it cannot be read, or a column is missing; the message says which.
    """
    table, header = _read(path, columns)
    missing = [name for name in columns if name not in header]
    if missing:
        found = ", ".join(map(str, header[:12])) or "none"
        raise BadInput(
            f"cannot use {path}: it has no column {missing[0]!r} (its columns: {found}). "
            f"Give a table with {', '.join(columns)}."
        )
    if len(table) > limits().articles:
        raise BadInput(
            f"cannot read {path}: it has more than {limits().articles:,} rows. Split it, or raise {setting('articles')}."
        )
    table = table.loc[:, list(columns)].reset_index(drop=True)
    for name in {"text", "mention"} & set(columns):
        table[name] = table[name].fillna("").astype("str")
    for name in {"start", "end"} & set(columns):
        numbers = pd.to_numeric(table[name], errors="coerce")
        wrong = numbers.isna() | (numbers < 0) | (numbers >= 2**63)
        if wrong.any():
            row = int(wrong.to_numpy().argmax())
            raise BadInput(f"cannot use {path}, row {row + 1}: {name} is {table[name].iloc[row]!r}, not an offset.")
        table[name] = numbers.astype("int64")
    return table


def _read(path: Path, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Those of the columns that a table has, and the names of all that it has."""
    suffix = path.suffix.lower()
    if suffix not in {*SUFFIXES, ".tsv"}:
        raise BadInput(f"cannot read {path}: tables are read from {', '.join(SUFFIXES)}, .tsv. Convert it first.")
    data = load(path, limit="table_bytes", remedy=f"Give a table with {', '.join(columns)}.")
    if suffix == ".parquet":
        return _parquet(path, data, columns)
    text = decode(data, name=str(path), table=True).text
    if suffix in {".csv", ".tsv"}:
        return _csv(path, text, columns)
    depth = limits().depth
    records = [
        _record(path, number, line, columns, depth) for number, line in enumerate(text.split("\n"), 1) if line.strip()
    ]
    header = list(dict.fromkeys(name for record in records for name in record))
    kept = [{name: value for name, value in record.items() if name in columns} for record in records]
    return pd.DataFrame(kept, columns=[name for name in columns if name in header]), header


def from_parquet(data: bytes) -> pd.DataFrame:
    """A table out of a Parquet file that `write` made, batch by batch: of some damaged files Arrow (26) never comes to the end
    of the whole."""
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetFile(pa.BufferReader(data)) as file:
        table = pa.Table.from_batches(list(file.iter_batches(batch_size=10_000)), schema=file.schema_arrow)
    read: pd.DataFrame = table.to_pandas()
    return read


def check_parquet(path: Path, data: bytes) -> None:
    """Refuse a Parquet table before it is made: one that is too large unpacked, or that no notebook of ours writes.

    Raises:
        BadInput: it cannot be read, is too large, has lists or records in a column, or two columns of one name.
    """
    _parquet(path, data, None)


def _parquet(path: Path, data: bytes, columns: Sequence[str] | None) -> tuple[pd.DataFrame, list[str]]:
    """Each distinct text once, so that one text repeated a million times is counted before it is made; None: all columns."""
    import pyarrow as pa
    from pyarrow import parquet

    most = limits().table_bytes
    try:
        with parquet.ParquetFile(pa.BufferReader(data)) as file:
            schema = file.schema_arrow
        wanted = [name for name in schema.names if columns is None or name in columns]
        if len(set(wanted)) < len(wanted):
            raise ValueError("two of its columns have one name")
        nested = [name for name in wanted if pa.types.is_nested(schema.field(name).type)]
        if nested:
            raise ValueError(f"its column {nested[0]} holds lists or records")
        texts = [name for name in wanted if not pa.types.is_primitive(schema.field(name).type)]
        size, batches = 0, []
        with parquet.ParquetFile(pa.BufferReader(data), read_dictionary=texts) as file:
            for batch in file.iter_batches(batch_size=10_000, columns=wanted):
                size += sum(_unpacked(column) for column in batch.columns)
                if size > most:
                    break
                batches.append(batch)
            empty = file.schema_arrow.empty_table().select(wanted)
        if size <= most:
            table = pa.Table.from_batches(batches) if batches else empty
            plain = [
                column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
                for column in table.columns
            ]
            whole = pa.table(plain, names=table.column_names)
            whole.validate(full=True)  # texts that are no UTF-8 would surprise whoever looks at them first
            return whole.to_pandas(), list(schema.names)
    except (OSError, ValueError, LookupError, TypeError, NotImplementedError, MemoryError) as error:
        raise BadInput(f"cannot read {path}: it is not a Parquet table ({_first_line(error)}).") from None
    raise BadInput(
        f"cannot read {path}: unpacked it is larger than {most / 1e6:g} MB. Split it, or raise {setting('table_bytes')}."
    )


def _unpacked(column: Any) -> int:
    """The bytes of a column of a batch with every text written out."""
    import pyarrow as pa
    from pyarrow import compute

    size = int(column.nbytes)
    if pa.types.is_dictionary(column.type):
        lengths = compute.binary_length(column.dictionary).cast(pa.int64())
        size += compute.sum(lengths.take(column.indices)).as_py() or 0
    return size


def _csv(path: Path, text: str, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    try:
        table = csv_table(text, once=columns)
    except Malformed as error:
        raise BadInput(
            f"cannot read {path}: it is not a CSV table ({error}). Put texts that hold commas in quotes."
        ) from None
    header = table.columns.tolist()
    return table[[name for name in columns if name in header]], header


def _record(path: Path, number: int, line: str, columns: Sequence[str], depth: int) -> dict[str, Any]:
    try:
        record = json_value(line, depth=depth)
    except Malformed as error:
        raise BadInput(
            f"cannot read {path}, line {number}: it is not JSON ({error}). Write one object a line."
        ) from None
    if not isinstance(record, dict):
        raise BadInput(f"cannot read {path}, line {number}: it is not a JSON object. Write one object a line.")
    for name in columns:
        value = record.get(name)
        if isinstance(value, str):
            record[name] = whole(value)
        elif isinstance(value, dict | list) or (isinstance(value, int) and abs(value) >= 2**63):
            record[name] = whole(str(value))
    return record


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0][:200]
