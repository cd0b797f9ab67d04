"""What runs there are, how old they are, and which would run again."""

import time
from calendar import timegm
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from presslens.errors import BadInput
from presslens.findings.wording import series
from presslens.reports import records, rereading, subjects

UNITS = ((86400 * 365, "year"), (86400 * 30, "month"), (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
HEADERS = ("run", "run key", "age", "notebooks", "state")


@dataclass(frozen=True)
class Status:
    """One run: `state` is `fresh`, `stale`, `failed` or `unknown`; `would_run` and `reason` say what and why."""

    run: str
    article: str
    run_key: str
    finished: str
    age_seconds: int
    notebooks: list[str]
    state: str
    would_run: list[str]
    reason: str

    def row(self) -> dict[str, Any]:
        """The run as it stands in JSON."""
        return asdict(self)

    @property
    def said(self) -> str:
        """Its state in words."""
        if self.state == "fresh":
            return "up to date"
        if self.state == "stale":
            what = series(self.would_run) if self.would_run else "its pages"
            return f"stale: {what} would be made again: {self.reason}"
        return f"{self.state}: {' '.join(self.reason.split())}"


def status(out: Path, *, now: float | None = None) -> list[Status]:
    """Every run in a folder of reports, sweeps and failed ones too, by name.

    Args:
        out: the folder of reports.
        now: the time to count ages from, in seconds of the epoch.

    Raises:
        BadInput: there is no such folder.
    """
    if not out.is_dir():
        raise BadInput(f"there is no folder {out}. Run presslens report first, or name another folder with --out.")
    moment = time.time() if now is None else now
    return [_status(folder, out, moment) for folder in records.folders(out)]


def _status(folder: Path, out: Path, now: float) -> Status:
    name = folder.relative_to(out).as_posix()
    try:
        record = records.read(folder)
    except BadInput as error:
        return Status(name, folder.name, "", "", 0, [], "unknown", [], str(error))
    state, would_run, reason = _state(folder, record)
    return Status(
        run=name,
        article=record["article"],
        run_key=record["run_key"],
        finished=record["finished"],
        age_seconds=max(0, int(now - timegm(time.strptime(record["finished"], rereading.MOMENT)))),
        notebooks=records.notebooks(record),
        state=state,
        would_run=would_run,
        reason=reason,
    )


def _state(folder: Path, record: dict[str, Any]) -> tuple[str, list[str], str]:
    failures = [f"{entry['notebook']}: {entry['error']}" for entry in record["notebooks"] if entry.get("error")]
    if failures or folder.name.endswith(records.FAILED):
        return "failed", [], "; ".join(failures)
    try:
        chosen = records.parameters(record)
        planned = records.plan(
            record,
            document=subjects.recorded(record),
            chosen=chosen,
            only=records.notebooks(record),
            code=records.with_code(record),
        )
    except BadInput as error:
        return "unknown", [], str(error)
    if planned.to_run:
        return "stale", planned.to_run, _first(planned.reasons[planned.to_run[0]])
    return ("stale", [], _first(planned.pages_changed)) if planned.pages_changed else ("fresh", [], "")


def _first(reasons: Sequence[str]) -> str:
    return reasons[0] + (f" (and {len(reasons) - 1} more)" if len(reasons) > 1 else "")


def age(seconds: int) -> str:
    """ "3 hours", "1 day"."""
    for size, unit in UNITS:
        if seconds >= size:
            n = seconds // size
            return f"{n} {unit}{'' if n == 1 else 's'}"
    return "now"


def text(found: Sequence[Status], out: Path) -> str:
    """The runs as a table of plain text."""
    if not found:
        return f"There is no run in {out}."
    rows = [HEADERS, *((s.run, s.run_key or "–", age(s.age_seconds), str(len(s.notebooks)), s.said) for s in found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADERS) - 1)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    )
