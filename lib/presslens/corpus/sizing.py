"""How many records a corpus has, where a quick look can tell: for the time that is left of a run."""

from __future__ import annotations

from pathlib import Path

from pyarrow import ArrowException, parquet

LINES = (".jsonl", ".ndjson")
PIECE = 1 << 20


def expected(address: str) -> int:
    """The records of a local corpus of JSONL and Parquet files, not packed; 0 where it has anything else, or is elsewhere."""
    path = Path(address)
    try:
        files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
        counts = [_records(file) for file in files]
    except (OSError, ValueError, ArrowException):
        return 0
    return sum(counts) if all(counts) else 0


def _records(file: Path) -> int:
    if file.suffix == ".parquet":
        return int(parquet.read_metadata(file).num_rows)
    if file.suffix not in LINES:
        return 0
    found, last = 0, b""
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            found, last = found + piece.count(b"\n"), piece[-1:]
    return found + (last not in (b"", b"\n"))
