"""Which runs can be exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from presslens.errors import BadInput
from presslens.exports.runs import Finished, finished


def test_a_run_is_found_by_name_and_by_folder_and_the_brief_comes_first(folder: Path, run: Finished) -> None:
    assert [page.stem for page in run.pages] == ["5_brief", "2_sentiment"]
    assert finished(str(folder), out=Path("elsewhere")).pages == run.pages
    assert run.finding("5_brief") == "Bread is bad."


def test_a_failed_run_is_not_exported(folder: Path) -> None:
    record = json.loads((folder / "run.json").read_text())
    record["notebooks"][0]["error"] = "ValueError: x"
    (folder / "run.json").write_text(json.dumps(record))
    with pytest.raises(BadInput, match="2_sentiment failed in that run"):
        finished("bread", out=folder.parent)


def test_a_missing_page_is_named(folder: Path) -> None:
    (folder / "5_brief.html").unlink()
    with pytest.raises(BadInput, match=r"5_brief\.html is missing"):
        finished("bread", out=folder.parent)


def test_a_broken_table_is_named(folder: Path, run: Finished) -> None:
    (folder / "tables" / "keyness.parquet").write_bytes(b"no table")
    with pytest.raises(BadInput, match=r"keyness\.parquet: it is not a Parquet table"):
        run.tables()
