"""Zip files that depend on their content alone: names sorted, one time for all, no traces of the machine."""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
STAMPED = b"1980-01-01T00:00:00Z"


def packed(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file of named contents, in the order given."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return result.getvalue()


def folder(path: Path, *, name: str) -> bytes:
    """A zip file that unpacks to one folder of this name with every file of `path`; hidden files and links stay out."""
    files = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    inside = [(p, p.relative_to(path)) for p in files]
    return packed(
        (f"{name}/{place.as_posix()}", p.read_bytes())
        for p, place in inside
        if not any(part.startswith(".") for part in place.parts)
    )


def settled(document: bytes) -> bytes:
    """A .docx or .xlsx file without the times at which it was made: the same content gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(document)) as old:
        return packed(
            (name, STAMP.sub(STAMPED, old.read(name)) if name == "docProps/core.xml" else old.read(name))
            for name in old.namelist()
        )
