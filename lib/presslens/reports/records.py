"""The records of finished runs: where they are, what they say, and what would run again."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from presslens.errors import BadInput
from presslens.reports import running, subjects
from presslens.reports.layout import KNOWN
from presslens.reports.parameters import Parameters, check

NEEDED = ("article", "inputs", "parameters", "versions", "keys", "page_key", "notebooks", "finished", "run_key")
FAILED = ".failed"
SWEEP = ".sweep"


def folders(out: Path) -> list[Path]:
    """Every folder of reports that holds a run's record, the points of sweeps too; sorted."""
    found = [*out.glob("*/run.json"), *out.glob(f"*{SWEEP}/*/run.json")]
    return sorted(p.parent for p in found if not any(part.startswith(".") for part in p.relative_to(out).parts))


def find(name: str, *, out: Path) -> Path:
    """The folder of a run, by its path or by its name in the folder of reports.

    Raises:
        BadInput: there is none, or it holds no record.
    """
    for folder in (Path(name), out / name):
        if (folder / "run.json").is_file():
            return folder
        if folder.name in {"run.json", "index.html"} and (folder.parent / "run.json").is_file():
            return folder.parent
    known = [folder.relative_to(out).as_posix() for folder in folders(out)]
    there = f"Runs in {out}: {', '.join(known[:8])}{' …' if len(known) > 8 else ''}." if known else f"{out} has no run."
    reason = "it holds no run.json" if Path(name).is_dir() else "there is no such run"
    raise BadInput(f"cannot use {name}: {reason}. Give a report's folder or its name. {there}")


def read(folder: Path) -> dict[str, Any]:
    """The record of a run.

    Raises:
        BadInput: it cannot be read, or it is not whole.
    """
    record = running.last_record(folder)
    if not record:
        raise BadInput(f"cannot read {folder / 'run.json'}: it is not a record of a run. Run the report again.")
    missing = [name for name in NEEDED if name not in record]
    if missing:
        raise BadInput(f"cannot use {folder / 'run.json'}: it says nothing of {missing[0]!r}. Run the report again.")
    return record


def parameters(record: Mapping[str, Any]) -> Parameters:
    """The parameters of a run.

    Raises:
        BadInput: this version of presslens does not take them.
    """
    return check(record["parameters"])


def notebooks(record: Mapping[str, Any]) -> list[str]:
    """The notebooks of a run, failed ones too, in order."""
    named = {*record["keys"], *(entry["notebook"] for entry in record["notebooks"])}
    return [name for name in KNOWN if name in named]


def with_code(record: Mapping[str, Any]) -> bool:
    """Whether the pages of a run show code."""
    return bool(record["page_key"].get("with code") == "True")


def plan(
    record: Mapping[str, Any], *, document: Path | subjects.Subject, chosen: Parameters, only: Sequence[str], code: bool
) -> running.Plan:
    """What `report` would do where the last report had this record, wherever that report is; nothing is touched."""
    with tempfile.TemporaryDirectory(prefix="presslens-") as place:
        folder = Path(place) / subjects.of(document).name
        folder.mkdir()
        (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        return running.plan(document, parameters=chosen, out=Path(place), only=only, with_code=code)
