"""What a run left on the disk, read back: by then it may be anybody's, so shapes, sizes and places are looked at first."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from presslens.article.decoding import load
from presslens.errors import BadInput
from presslens.untrusted import Malformed, json_value, whole

if TYPE_CHECKING:
    import pandas as pd

MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def _moment(text: str) -> str:
    time.strptime(text, MOMENT)
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True)

    notebook: Annotated[str, Field(pattern=r"^[0-9a-z_]{1,60}$")]  # names files of the run, so it leads nowhere else
    seconds: float = 0.0
    failed_at: str | None = None
    error: str | None = None


class _Record(BaseModel):
    """What `run.json` may hold, as far as it is used again; any of it may be missing."""

    model_config = ConfigDict(strict=True)

    article: str = ""
    title: str = ""
    started: str = ""
    finished: Annotated[str, AfterValidator(_moment)] = ""
    inputs: dict[str, str] = {}
    notes: list[str] = []
    reading: dict[str, Any] = {}
    parameters: dict[str, Any] = {}
    versions: dict[str, str] = {}
    commit: str | None = None
    reproduce: str = ""
    run_key: str = ""
    page_key: dict[str, str] = {}
    keys: dict[str, dict[str, str]] = {}
    notebooks: list[_Entry] = []


def record(folder: Path) -> dict[str, Any]:
    """The `run.json` of a report; empty where there is none that can be used."""
    found = _json(folder / "run.json")
    try:
        _Record.model_validate(found)
    except ValidationError:
        return {}
    return dict(found)


def findings(path: Path) -> dict[str, Any]:
    """What a notebook noted of itself: its findings, and the files that it made.

    Raises:
        BadInput: it cannot be read, or it is not an object of JSON.
    """
    found = _json(path)
    if not isinstance(found, dict):
        raise BadInput(f"cannot read {path}: it is not a JSON object. Run that report again with --force.")
    return found


def made(noted: Mapping[str, Any], folder: Path) -> list[str]:
    """The files that a notebook's notes name; those outside the folder of its run, by `..` or by a link, are no files of it."""
    listed = noted.get("files", [])
    names = [name for name in listed if isinstance(name, str) and name] if isinstance(listed, list) else []
    root = folder.resolve()
    return [name for name in names if _inside(name, root)]


def _inside(name: str, root: Path) -> bool:
    parts = PurePosixPath(name)
    if "\0" in name or parts.is_absolute() or ".." in parts.parts:
        return False
    return (root / name).resolve().is_relative_to(root)


def table(path: Path) -> pd.DataFrame:
    """A Parquet table of a run.

    Raises:
        BadInput: it is none, two of its columns have one name, or one holds lists or records; or it is larger than the limit.
    """
    from presslens.reports import tables  # here, for the process that only waits for others should not load pandas

    data = load(path, limit="table_bytes", remedy="Run that report again.")
    tables.check_parquet(path, data)
    try:
        return tables.from_parquet(data)
    except Exception as error:  # noqa: BLE001 - what pandas noted of its types is anybody's, too
        reason = str(error).split("\n")[0][:200]
        raise BadInput(f"cannot read {path}: it is not a table of a run ({reason}). Run that report again.") from None


def _json(path: Path) -> Any:
    try:
        text = load(path).decode("utf-8")
        found = json_value(text)
        return json_value(whole(json.dumps(found, ensure_ascii=False))) if "\\ud" in text.lower() else found
    except (BadInput, Malformed, UnicodeDecodeError):
        return None
