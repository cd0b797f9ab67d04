"""A Dask cluster of this process does the work of the pool."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from presslens.corpus.analysing import Settings
from presslens.corpus.cluster import Cluster
from presslens.corpus.engine import Plan, run
from presslens.corpus.entries import Entry
from presslens.corpus.processes import Process
from presslens.corpus.server import context
from presslens.errors import BadInput

distributed: Any = pytest.importorskip("distributed", reason="the extra presslens[cluster] is not installed")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_cluster_and_the_pool_write_the_same_bytes(
    make: Callable[[int], list[Entry]], settings: Settings, tmp_path: Path
) -> None:
    plan = Plan(settings, "key", {"inputs": ["c"]}, size=3, most_errors=0.5)
    items = [*make(8), Entry(id="bad", text="...", source="c, line 9")]
    pool = Process(settings, context())
    run(items, tmp_path / "pool", plan, [pool])
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="inproc://"
    ) as local:
        cluster = Cluster(local.scheduler_address, settings)
        try:
            assert cluster.threads == 2
            run(items, tmp_path / "dask", plan, [cluster.worker() for _ in range(3)])
        finally:
            cluster.close()
    found = contents(tmp_path / "dask")
    assert found == contents(tmp_path / "pool")
    assert "errors.parquet" in found


def test_a_scheduler_that_is_not_there_is_one_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("presslens.corpus.cluster.PATIENCE", 0.2)
    with pytest.raises(BadInput, match="cannot use the scheduler"):
        Cluster("tcp://127.0.0.1:1", settings)
