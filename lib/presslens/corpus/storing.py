"""The data set that a run writes: a file a batch for each table, and a record that says the batch is complete."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pyarrow as pa
from filelock import FileLock, Timeout
from pyarrow import compute, parquet
from pydantic import BaseModel, ConfigDict, Field

from presslens import saving
from presslens.article.decoding import load
from presslens.corpus import datasets, duplicates
from presslens.corpus.analysing import Outcome
from presslens.corpus.batches import Batch, digest
from presslens.corpus.entries import Entry, Fault
from presslens.errors import BadInput
from presslens.untrusted import Malformed, json_value

RECORDS = "batches"
MANIFEST, ERRORS, DUPLICATES = "manifest.json", "errors.parquet", "duplicates.parquet"
CHUNK = 10_000  # faults held at a time


class _Record(BaseModel):
    """What is written of a part."""

    model_config = ConfigDict(strict=True)

    key: str
    records: int
    articles: int
    faults: list[Annotated[list[str], Field(min_length=4, max_length=4)]]
    bytes: dict[str, int]


class Store:
    """The folder of a data set, as one run with one key sees it."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.key = key
        self._old: _Old | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs out of the folder meanwhile.

        Raises:
            BadInput: another run is writing there, or the folder cannot be written.
        """
        with saving.said(self.folder):
            for name in (RECORDS, *datasets.SCHEMAS):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / ".lock", blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise BadInput(f"another run is writing to {self.folder}. Wait for it, or choose another --out.") from None
        try:
            yield
        finally:
            lock.release()

    def path(self, table: str, name: str) -> Path:
        """The file of a table of a batch."""
        return self.folder / table / f"{name}.parquet"

    def record(self, batch: Batch) -> dict[str, Any] | None:
        """What is known of a batch that is complete; None where it has to be analysed."""
        return self._complete(batch.name)

    def _complete(self, name: str) -> dict[str, Any] | None:
        """The record of a part, where it is of this run's key and all its files are as long as they were written."""
        found = self._read(self.folder / RECORDS / f"{name}.json")
        if found is None or found["key"] != self.key or not datasets.SCHEMAS.keys() >= found["bytes"].keys():
            return None
        for table, size in found["bytes"].items():
            with suppress(OSError):
                if self.path(table, name).stat().st_size == size:
                    continue
            return None
        return found

    def save(self, batch: Batch, found: Outcome) -> dict[str, Any]:
        """Write the tables of a batch and, when they are on the disk, its record."""
        faults = in_order(batch, found.faults)
        record = {
            "key": self.key,
            "records": len(batch.items),
            "articles": len(batch.items) - len(faults),
            "faults": [[one.id, one.source, one.reason, one.detail] for one in faults],
            "bytes": {name: len(data) for name, data in sorted(found.files.items())},
        }
        for name, data in found.files.items():
            with saving.said(self.path(name, batch.name)):
                saving.save(self.path(name, batch.name), data)
        path = self.folder / RECORDS / f"{batch.name}.json"
        with saving.said(path):
            saving.save(path, json.dumps(record, indent=1) + "\n")
        return record

    def known(self, batch: Batch) -> tuple[Outcome, frozenset[str]]:
        """What earlier runs with this key have found for articles of a batch that did not change, and their ids."""
        if self._old is None:
            self._old = _Old(self._parts())
        if not self._old.names:
            return Outcome({}), frozenset()
        wanted: dict[str, dict[str, Entry]] = {}
        for entry in batch.entries:
            name = self._old.part(digest(entry))
            if name:
                wanted.setdefault(name, {})[entry.id] = entry
        parts = [self._taken(name, entries) for name, entries in sorted(wanted.items())]
        if not parts:
            return Outcome({}), frozenset()
        found = datasets.joined(parts)
        ids = frozenset(found["articles"]["article"].to_pylist())
        return Outcome({name: datasets.as_bytes(table) for name, table in found.items()}), ids

    def _parts(self) -> Iterator[Path]:
        for path in sorted((self.folder / RECORDS).glob("*.json")):
            if self._complete(path.stem) is not None:
                yield self.path("articles", path.stem)

    def _taken(self, name: str, entries: Mapping[str, Entry]) -> dict[str, pa.Table]:
        """The rows of some articles of an old part, with the places where they stand now; those that are as they were."""
        whole = self._rows("articles", name)
        pairs = zip(whole["article"].to_pylist(), whole["content"].to_pylist(), strict=True)
        same = [one for one, content in pairs if one in entries and digest(entries[one]) == content]
        found = {}
        for table in datasets.SCHEMAS:
            rows = whole if table == "articles" else self._rows(table, name)
            found[table] = rows.filter(compute.is_in(rows["article"], value_set=pa.array(same, pa.string())))
        articles = found["articles"]
        places = pa.array([entries[one].source for one in articles["article"].to_pylist()], pa.string())
        found["articles"] = articles.set_column(articles.schema.get_field_index("source"), "source", places)
        return found

    def _rows(self, table: str, name: str) -> pa.Table:
        return datasets.part(self.path(table, name), datasets.SCHEMAS[table])

    @staticmethod
    def _read(path: Path) -> dict[str, Any] | None:
        """The record of a part; None where there is none of the form that this version writes."""
        try:
            found = json_value(load(path, limit="table_bytes").decode("utf-8"))
            _Record.model_validate(found)
        except (BadInput, Malformed, ValueError):
            return None
        return dict(found)

    def finish(self, names: list[str], about: Mapping[str, Any]) -> dict[str, Any]:
        """Write the tables of errors and of copies and the manifest, then clear away what this corpus no longer holds."""
        copies = self._copies(names)
        with saving.said(self.folder / DUPLICATES):
            saving.save(self.folder / DUPLICATES, copies)
        path = self.folder / ERRORS
        counts = {"records": 0, "articles": 0, "errors": 0}
        listed: list[list[Any]] = []
        with (
            saving.said(path),
            saving.replacing(path) as aside,
            parquet.ParquetWriter(aside, datasets.ERRORS) as writer,
        ):
            waiting: list[Fault] = []
            for name in names:
                record = self._read(self.folder / RECORDS / f"{name}.json")
                if record is None:
                    raise BadInput(f"the record of {name} in {self.folder} is gone. Run it again.")
                waiting += [Fault(*one) for one in record["faults"]]
                counts["records"] += record["records"]
                counts["articles"] += record["articles"]
                counts["errors"] += len(record["faults"])
                listed.append([name, record["articles"], len(record["faults"])])
                if len(waiting) >= CHUNK:
                    writer.write_table(datasets.errors(waiting))
                    waiting = []
            writer.write_table(datasets.errors(waiting))
        content = hashlib.sha256("\n".join(names).encode()).hexdigest()
        manifest = {**about, "key": self.key, "content": content, "counts": counts, "batches": listed}
        with saving.said(self.folder / MANIFEST):
            saving.save(self.folder / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        kept = set(names)
        for folder in (RECORDS, *datasets.SCHEMAS):
            for file in (self.folder / folder).iterdir():
                if file.name.split(".")[0] not in kept:
                    file.unlink(missing_ok=True)
        return manifest

    def _copies(self, names: list[str]) -> bytes:
        """The copies in the corpus; the signatures lie in a file for temporary use, in the data set's own folder."""
        ids: list[str] = []
        with tempfile.TemporaryFile(dir=self.folder) as file:
            for name in names:
                part = self._rows("signatures", name)
                ids += part["article"].to_pylist()
                file.write(datasets.kept_of(part).tobytes())
            file.flush()
            kept = np.memmap(file, dtype=duplicates.TYPE, mode="r") if ids else np.zeros(0, dtype=duplicates.TYPE)
            found = duplicates.copies(kept, ids)
            del kept
        return datasets.as_bytes(pa.Table.from_pandas(found, schema=datasets.DUPLICATES, preserve_index=False))


class _Old:
    """Which complete part holds an article of a given content: 12 bytes an article."""

    def __init__(self, files: Iterator[Path]) -> None:
        self.names: list[str] = []
        hashes: list[np.ndarray] = []
        owners: list[np.ndarray] = []
        for file in files:
            try:
                column = datasets.part(file, datasets.SCHEMAS["articles"], ["content"])["content"].to_pylist()
                values = np.array([int(one, 16) for one in column], dtype=np.uint64)
            except (BadInput, ValueError, TypeError, OverflowError):
                continue  # whoever damaged it: its articles are analysed again
            hashes.append(values)
            owners.append(np.full(len(column), len(self.names), dtype=np.int32))
            self.names.append(file.stem)
        joined = np.concatenate([np.zeros(0, dtype=np.uint64), *hashes])
        order = np.argsort(joined, kind="stable")
        self._hashes = joined[order]
        self._owner = np.concatenate([np.zeros(0, dtype=np.int32), *owners])[order]

    def part(self, content: str) -> str:
        """The name of the part, or nothing."""
        wanted = np.uint64(int(content, 16))
        at = int(np.searchsorted(self._hashes, wanted))
        return self.names[self._owner[at]] if at < len(self._hashes) and self._hashes[at] == wanted else ""


def in_order(batch: Batch, faults: tuple[Fault, ...]) -> list[Fault]:
    """The faults of a batch, those of reading and those of analysing, in the order of its records."""
    analysed = {one.id: one for one in faults}
    return [
        item if isinstance(item, Fault) else analysed[item.id]
        for item in batch.items
        if isinstance(item, Fault) or item.id in analysed
    ]


def arranged(found: Outcome, entries: tuple[Entry, ...]) -> Outcome:
    """The rows of an outcome in the order of the articles."""
    ids = pa.array([entry.id for entry in entries], pa.string())
    files = {}
    for name, data in found.files.items():
        table = datasets.from_bytes(data)
        place = compute.index_in(table["article"], value_set=ids).to_numpy()
        files[name] = datasets.as_bytes(table.take(pa.array(np.argsort(place, kind="stable"))))
    return Outcome(files, found.faults)
