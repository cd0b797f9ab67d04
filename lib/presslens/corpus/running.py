"""`presslens corpus`: a corpus by its address, the key of a run, and who does the work."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from presslens import __version__, dependencies, versions
from presslens.corpus.analysing import Settings
from presslens.corpus.cluster import Cluster
from presslens.corpus.engine import Plan, Progress, run
from presslens.corpus.processes import Process, Worker
from presslens.corpus.server import context
from presslens.errors import BadInput
from presslens.limits import kept_limits

FORM = 1  # of the data set; another one is not read on


def plan(address: str, settings: Settings, *, size: int, most_errors: float) -> Plan:
    """Everything that a run is made from, and its key.

    Raises:
        BadInput: a size or share that cannot be.
    """
    if size < 1:
        raise BadInput(f"a batch of {size} articles cannot be: give --batch 1 or more.")
    if not 0 <= most_errors <= 1:
        raise BadInput(f"the share of errors {most_errors:g} cannot be: give --most-errors between 0 and 1.")
    about: dict[str, Any] = {
        "form": FORM,
        "presslens": __version__,
        "inputs": [address],
        "batch": size,
        "codebooks": [[book.name, book.version, book.hash] for book in settings.codebooks],
        "lexicon": _hash(settings.lexicon),
        "actors": _hash(sorted(settings.actors.lookup.items())) if settings.actors else "",
        "seed": settings.seed,
        "draws": settings.draws,
        "top": settings.top,
        "versions": versions.versions(),
        "library": dependencies.key(dependencies.library(dependencies.modules("import presslens.corpus.analysing"))),
    }
    named = {name: json.dumps(value) for name, value in about.items() if name not in ("inputs", "batch")}
    return Plan(settings, dependencies.key(named), about, size, most_errors)


def analyse_corpus(
    items: Any,
    folder: Path,
    chosen: Plan,
    *,
    workers: int = 0,
    scheduler: str = "",
    total: int = 0,
    tell: Callable[[Progress], None] = lambda _: None,
    opened: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """Run a plan over a corpus, on this machine or on a Dask cluster; returns the manifest.

    Args:
        items: the corpus.
        folder: of the data set.
        chosen: as `plan` gives it.
        workers: processes on this machine; 0 for one a processor.
        scheduler: the address of a Dask scheduler, in place of processes.
        total: how many records there are, where known.
        tell: called now and then with the progress.
        opened: called with the address of the scheduler's own page.
    """
    with ExitStack() as stack:
        stack.enter_context(kept_limits())
        crew: Sequence[Worker]
        if scheduler:
            cluster = Cluster(scheduler, chosen.settings)
            stack.callback(cluster.close)
            if opened is not None:
                opened(cluster.dashboard)
            crew = [cluster.worker() for _ in range(max(2, cluster.threads + cluster.threads // 2))]
        else:
            made = context()
            crew = [Process(chosen.settings, made) for _ in range(workers or os.cpu_count() or 1)]
        return run(items, folder, chosen, crew, total=total, tell=tell)


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16] if value else ""
