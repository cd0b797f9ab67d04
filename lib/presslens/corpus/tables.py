"""CSV, JSONL and Parquet as streams of records."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from presslens.article.decoding import BYTE_ORDER_MARKS, decode
from presslens.corpus.entries import Entry, Fault, noted
from presslens.corpus.records import Dates, entry, mapping
from presslens.errors import BadInput
from presslens.limits import limits, setting
from presslens.untrusted import Malformed, json_value, separator

Columns = Mapping[str, str] | None
SAMPLE = 200_000  # bytes from which the encoding of a table is told
ROWS = 500  # of a Parquet table in memory at once


def jsonl(stream: Any, *, file: str, stem: str, columns: Columns = None) -> Iterator[Entry | Fault]:
    """One JSON object a line. A line that is none, or is not UTF-8, is a Fault; columns are mapped line by line."""
    dates, depth = Dates(file), limits().depth
    known: dict[tuple[str, ...], dict[str, str]] = {}
    for number, line in enumerate(_lines(stream), 1):
        source, name = f"{file}, line {number}", f"{stem}:{number}"
        if line is None:
            yield Fault(name, source, f"the line is longer than {limits().bytes / 1e6:g} MB. Raise {setting('bytes')}.")
            continue
        if not line.strip():
            continue
        try:
            record = json_value(line.decode("utf-8-sig" if number == 1 else "utf-8"), depth=depth)
        except UnicodeDecodeError:
            yield Fault(name, source, "it is not UTF-8, so it is not JSON.")
            continue
        except Malformed as error:
            yield Fault(name, source, f"it is not JSON ({error}).")
            continue
        if not isinstance(record, dict):
            yield Fault(name, source, "it is JSON, but not an object with named fields.")
            continue
        keys = tuple(record)
        if keys not in known:
            try:
                known[keys] = mapping(keys, given={} if columns is None else _present(columns, keys), what=source)
            except BadInput as error:
                yield Fault(name, source, str(error))
                continue
            if len(known) > 1000:
                known.pop(next(iter(known)))
        yield entry(record, fields=known[keys], name=name, source=source, dates=dates)
    yield from dates.faults()


def _present(columns: Mapping[str, str], keys: tuple[str, ...]) -> dict[str, str]:
    """What the user maps, where a record has it; the text must be there."""
    return {field: column for field, column in columns.items() if column in keys or field == "text"}


def _lines(stream: Any) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is longer than the limit, which is skipped without being held."""
    most = limits().bytes
    while line := stream.readline(most + 1):
        if len(line) <= most:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(most)
        yield None


def delimited(stream: Any, *, file: str, stem: str, columns: Columns = None) -> Iterator[Entry | Fault]:
    """CSV with a header, with commas, semicolons or tabs, in any common encoding.

    Raises:
        BadInput: there is no header, or no column with the text.
    """
    start = stream.read(SAMPLE)
    if not start.strip():
        raise BadInput(f"cannot read {file}: it is empty. Give a table with a column text.")
    decoded = decode(start, name=file)
    whole = io.TextIOWrapper(joined(start, stream), encoding=decoded.encoding, errors="replace", newline="")
    before = csv.field_size_limit(limits().bytes)
    try:
        rows = csv.reader(whole, delimiter=separator(decoded.text))
        names = [name.strip().lstrip("\ufeff") for name in next(rows)]
        fields = mapping(names, given=columns, what=file)
        dates, number = Dates(file), 1
        while True:
            number += 1
            source, name = f"{file}, row {number}", f"{stem}:{number}"
            try:
                row = next(rows)
            except StopIteration:
                break
            except csv.Error as error:
                yield Fault(name, source, f"it is not CSV ({error}).")
                continue
            if not row:
                continue
            if len(row) != len(names):
                yield Fault(name, source, f"it has {len(row)} fields where the header has {len(names)}.")
                continue
            one = entry(dict(zip(names, row, strict=True)), fields=fields, name=name, source=source, dates=dates)
            yield from noted([one], decoded.guess)
        yield from dates.faults()
    finally:
        csv.field_size_limit(before)


def joined(start: bytes, rest: Any) -> io.BufferedReader:
    """A stream with what was read from its start put back."""
    return io.BufferedReader(_Joined(start, rest))


class _Joined(io.RawIOBase):
    def __init__(self, start: bytes, rest: Any) -> None:
        self.start, self.rest = io.BytesIO(start), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.start.read(len(buffer)) or self.rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def parquet(
    stream: Any, *, file: str, stem: str, columns: Columns = None, partition: Mapping[str, str] | None = None
) -> Iterator[Entry | Fault]:
    """A Parquet file, 500 rows at a time.

    Args:
        stream: seekable.
        partition: columns that the folders state (`outlet=Post/year=2019`).

    Raises:
        BadInput: it is not Parquet, or has no column with the text.
    """
    from pyarrow import ArrowException
    from pyarrow import parquet as reader

    stated = dict(partition or {})
    try:
        table = reader.ParquetFile(stream)
        names = [*table.schema_arrow.names, *(name for name in stated if name not in table.schema_arrow.names)]
        fields = mapping(names, given=columns, what=file)
        dates, number = Dates(file), 0
        wanted = [name for name in table.schema_arrow.names if name in fields.values()]
        for batch in table.iter_batches(batch_size=ROWS, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                source, name = f"{file}, row {number}", f"{stem}:{number}"
                yield entry(stated | row, fields=fields, name=name, source=source, dates=dates)
        yield from dates.faults()
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise BadInput(
            f"cannot read {file}: it is not a whole Parquet table ({str(error).splitlines()[0][:150]})."
        ) from None


def is_json(start: bytes) -> bool:
    """Whether a file begins with a JSON object on its first line."""
    for mark in BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    line = start.lstrip().split(b"\n", 1)[0]
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
