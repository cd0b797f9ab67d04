"""Workers on a Dask cluster, for the extra `presslens[cluster]`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from presslens.corpus.analysing import Outcome, Settings, outcome
from presslens.corpus.entries import Entry
from presslens.corpus.processes import Crashed
from presslens.errors import BadInput

PATIENCE = 30  # seconds for the scheduler to answer, and for a first worker to be there


class Cluster:
    """A connection to a Dask scheduler."""

    def __init__(self, address: str, settings: Settings) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError:
            raise BadInput("a scheduler needs presslens[cluster]; install it, or leave --scheduler out.") from None
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            said = str(error).split("\n")[0] or "no answer"
            raise BadInput(f"cannot use the scheduler {address}: {said}. Start it, and a worker.") from None
        self._settings: Any = self._client.scatter(settings, broadcast=True, hash=False)

    @property
    def dashboard(self) -> str:
        """The address of the scheduler's own page."""
        return str(self._client.dashboard_link)

    @property
    def threads(self) -> int:
        """How many batches its workers can analyse at a time."""
        return sum(self._client.nthreads().values())

    def worker(self) -> Remote:
        """One who hands batches to whichever worker of the cluster is free."""
        return Remote(self._client, self._settings)

    def close(self) -> None:
        """Take back what is under way, and leave the cluster as it was."""
        self._client.close()


class Remote:
    """Hands one batch at a time to the cluster."""

    def __init__(self, client: Any, settings: Any) -> None:
        self._client = client
        self._settings = settings
        self._future: Any = None

    def analyse(self, entries: Sequence[Entry]) -> Outcome:
        """The analysis of some articles.

        Raises:
            Crashed: every worker that tried has ended, or the connection is closed.
        """
        self._future = self._client.submit(outcome, tuple(entries), self._settings, pure=False)
        try:
            found: Outcome = self._future.result()
        except Exception as error:  # noqa: BLE001 - KilledWorker, or whatever a lost connection raises
            raise Crashed(f"the workers of the cluster that analysed it were lost ({type(error).__name__})") from None
        finally:
            self._future.release()
        return found

    def close(self) -> None:
        """Take back what is under way."""
        if self._future is not None:
            self._future.cancel()
