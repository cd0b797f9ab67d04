"""A run over a corpus: batches go to workers, what comes back is written, and what is there already is not done again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Full, Queue
from typing import Any

from presslens.corpus import datasets, storing
from presslens.corpus.analysing import Outcome, Settings, put_together
from presslens.corpus.batches import Batch, batches
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.processes import Crashed, Worker
from presslens.errors import PresslensError

TRIES = 2  # of a batch whose process was lost, before it is cut in two; a single article has one more
FEWEST = 1000  # records of which a share of errors is told before the end
BEAT = 0.2  # seconds between looks at the clock


class TooManyErrors(PresslensError):  # noqa: N818 - named for what the user reads
    """More of the corpus cannot be analysed than was allowed. Exit code 1."""


@dataclass
class Progress:
    """How far a run is. `total` is the number of records, 0 where it is not known beforehand."""

    total: int = 0
    records: int = 0
    skipped: int = 0
    errors: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Records a second, those left out that were done before."""
        return (self.records - self.skipped) / max(time.monotonic() - self.started, 1e-9)

    @property
    def left(self) -> float | None:
        """Seconds to go; None where that cannot be told."""
        return (self.total - self.records) / self.rate if self.total and self.rate > 0 else None


@dataclass(frozen=True)
class Plan:
    """How a run goes. `key` names all that its numbers depend on; `about` goes into the manifest."""

    settings: Settings
    key: str
    about: Mapping[str, Any]
    size: int
    most_errors: float


def run(
    items: Iterable[Entry | Fault],
    folder: Path,
    plan: Plan,
    workers: Sequence[Worker],
    *,
    total: int = 0,
    tell: Callable[[Progress], None] = lambda _: None,
) -> dict[str, Any]:
    """Analyse a corpus into a data set.

    Args:
        items: the corpus, in an order that does not change from run to run; read as fast as it is analysed, no faster.
        folder: of the data set.
        plan: settings, key, the size of batches and the share of errors that is too much.
        workers: each analyses one batch at a time.
        total: how many records there are, where that is known.
        tell: called now and then with the progress.

    Returns:
        The manifest.

    Raises:
        TooManyErrors: a larger share of the records than `plan.most_errors` cannot be analysed.
        BadInput: the folder cannot be written, or another run writes to it.
    """
    store = storing.Store(folder, plan.key)
    with store.held():
        crew = _Crew(store, workers, Progress(total=total), tell)
        names: list[str] = []
        try:
            for batch in batches(items, size=plan.size):
                names.append(batch.name)
                record = store.record(batch)
                if record is None:
                    crew.hand(batch)
                else:
                    crew.skip(record)
                _check(crew.progress, plan.most_errors, at_end=False)
            crew.wait()
        finally:
            crew.stop()
        manifest = store.finish(names, plan.about)
        _check(crew.progress, plan.most_errors, at_end=True)
    return manifest


def _check(progress: Progress, most: float, *, at_end: bool) -> None:
    share = progress.errors / max(progress.records, 1 if at_end else FEWEST)
    if share > most:
        raise TooManyErrors(
            f"{progress.errors:,} of {progress.records:,} records could not be analysed: more than the share of {most:g} that "
            "is allowed. Look at the errors, mend the corpus, or raise --most-errors."
        )


class _Crew:
    """A thread for each worker hands it batches and writes what comes back; few batches are under way at a time."""

    def __init__(
        self, store: storing.Store, workers: Sequence[Worker], progress: Progress, tell: Callable[[Progress], None]
    ) -> None:
        self._store = store
        self._workers = workers
        self._tell = tell
        self.progress = progress
        self._waiting: Queue[Batch | None] = Queue(maxsize=max(1, len(workers) // 2))
        self._stopped = threading.Event()
        self._failed: BaseException | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._threads = [threading.Thread(target=self._work, args=(worker,), daemon=True) for worker in workers]
        for thread in self._threads:
            thread.start()

    def hand(self, batch: Batch | None) -> None:
        """Give a batch to whoever is free next; waits until somebody takes one."""
        while True:
            self._look()
            try:
                return self._waiting.put(batch, timeout=BEAT)
            except Full:
                continue

    def skip(self, record: Mapping[str, Any]) -> None:
        """Count a batch that is complete already."""
        self._count(record, skipped=True)
        self._look()

    def wait(self) -> None:
        """Until all batches are written."""
        for _ in self._threads:
            self.hand(None)
        while any(thread.is_alive() for thread in self._threads):
            self._look()
            time.sleep(BEAT / 4)
        self._look()

    def stop(self) -> None:
        """End all workers at once; nothing is left half written."""
        self._stopped.set()
        for worker in self._workers:
            worker.close()
        for thread in self._threads:
            thread.join(10)

    def _look(self) -> None:
        self._tell(self.progress)
        if self._failed is not None:
            raise self._failed

    def _count(self, record: Mapping[str, Any], *, skipped: bool) -> None:
        with self._lock:
            self.progress.records += record["records"]
            self.progress.skipped += record["records"] if skipped else 0
            self.progress.errors += len(record["faults"])

    def _work(self, worker: Worker) -> None:
        """Analyse one batch while the one before is being written."""
        try:
            with ThreadPoolExecutor(1) as writer:
                pending: Future[None] | None = None
                while not self._stopped.is_set():
                    try:
                        batch = self._waiting.get(timeout=BEAT)
                    except Empty:
                        continue
                    if batch is None:
                        break
                    found = self._analysed(worker, batch)
                    if pending is not None:
                        pending.result()
                    pending = writer.submit(self._write, batch, found)
                if pending is not None:
                    pending.result()
        except BaseException as error:  # noqa: BLE001 - the main thread raises it
            if not self._stopped.is_set():
                self._failed = error

    def _write(self, batch: Batch, found: Outcome) -> None:
        self._count(self._store.save(batch, found), skipped=False)

    def _analysed(self, worker: Worker, batch: Batch) -> Outcome:
        with self._writing:
            old, known = self._store.known(batch)
        fresh = tuple(entry for entry in batch.entries if entry.id not in known)
        if known and not fresh:
            return storing.arranged(old, batch.entries)
        new = settled(worker, fresh, stopped=self._stopped)
        return storing.arranged(put_together([old, new]), batch.entries) if known else new


def settled(worker: Worker, entries: Sequence[Entry], *, stopped: threading.Event | None = None) -> Outcome:
    """The outcome of some articles, whatever becomes of the process that analyses them.

    A batch whose process is lost is tried again, then in halves, down to the article that takes its process with it:
    that one is a fault.
    """
    reason = ""
    for _ in range(TRIES + (len(entries) == 1)):
        try:
            return worker.analyse(entries)
        except Crashed as error:
            if stopped is not None and stopped.is_set():
                raise
            reason = str(error)
    if len(entries) == 1:
        one = entries[0]
        files = {name: datasets.as_bytes(table) for name, table in datasets.empty().items()}
        return Outcome(files, (Fault(one.id, one.source, reason),))
    middle = len(entries) // 2
    return put_together([settled(worker, part, stopped=stopped) for part in (entries[:middle], entries[middle:])])
