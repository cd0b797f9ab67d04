"""What a run left, read back as if a stranger had packed it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from presslens.errors import BadInput
from presslens.reports import reproducing, rereading, status, subjects

GOOD = {
    "article": "story",
    "finished": "2026-01-02T03:04:05Z",
    "inputs": {"story.txt": "00"},
    "parameters": {"document": "story.txt"},
    "versions": {"python": "3.11.7"},
    "run_key": "1",
    "page_key": {},
    "keys": {"1_article": {"lib": "1"}},
    "notebooks": [{"notebook": "1_article", "seconds": 1.5, "failed_at": None, "error": None}],
}


DAMAGED = Path(__file__).parents[1] / "data" / "damaged"


def put(folder: Path, content: object) -> Path:
    (folder / "run.json").write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def test_a_record_that_is_whole_is_read_as_it_is(tmp_path: Path) -> None:
    assert rereading.record(put(tmp_path, GOOD)) == GOOD


@pytest.mark.parametrize(
    "changed",
    [
        {"keys": []},
        {"keys": {"1_article": 5}},
        {"inputs": {"story.txt": ["00"]}},
        {"parameters": "x"},
        {"notebooks": {"notebook": "1_article"}},
        {"notebooks": [{"seconds": 1.0}]},
        {"notebooks": [{"notebook": "../other/1_article"}]},
        {"notebooks": [{"notebook": "9" * 300}]},
        {"finished": "yesterday"},
        {"finished": "2026-13-45T00:00:00Z"},
        {"versions": None},
        {"article": 5},
    ],
)
def test_a_record_of_another_shape_is_none(tmp_path: Path, changed: dict[str, Any]) -> None:
    assert rereading.record(put(tmp_path, {**GOOD, **changed})) == {}


@pytest.mark.parametrize("content", ["[" * 100_000, '{"keys": ' + "9" * 5000 + "}", "\x00", "null", '"x"'])
def test_a_record_that_is_no_record_is_none(tmp_path: Path, content: str) -> None:
    assert rereading.record(put(tmp_path, content)) == {}


def test_half_a_surrogate_pair_in_a_record_does_not_reach_a_file(tmp_path: Path) -> None:
    assert rereading.record(put(tmp_path, '{"title": "a \\uD800 b \\ud83d\\ude00"}'))["title"] == "a \ufffd b 😀"


@pytest.mark.parametrize("document", ["..", "", "a/..", "a\0b", ".hidden", "x" * 300 + ".txt", 5, None])
def test_a_document_of_a_record_that_can_be_none_is_refused(document: object) -> None:
    with pytest.raises(BadInput, match=r"no name of a document|parameter document\b"):
        subjects.recorded({**GOOD, "parameters": {"document": document}})


@pytest.mark.parametrize("name", ["a/b.txt", "a\0b", "9" * 300])
def test_an_input_of_a_record_that_can_be_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="no name of a file"):
        reproducing.check_inputs({**GOOD, "inputs": {name: "00"}}, tmp_path)


def test_documents_of_a_record_that_are_no_list_are_refused() -> None:
    with pytest.raises(BadInput, match=r"parameter documents\b.*should be a valid list"):
        subjects.recorded({**GOOD, "keys": {"compare": {}}, "parameters": {"documents": 5}})


def test_status_goes_on_beside_a_record_of_another_shape(tmp_path: Path) -> None:
    for name, record in (("bad", {**GOOD, "keys": 5}), ("odd", {**GOOD, "parameters": {"document": ".."}})):
        (tmp_path / name).mkdir()
        put(tmp_path / name, record)
    assert [(one.run, one.state) for one in status.status(tmp_path)] == [("bad", "unknown"), ("odd", "unknown")]


def test_files_outside_the_folder_are_no_files_of_a_notebook(tmp_path: Path) -> None:
    folder, other = tmp_path / "run", tmp_path / "other"
    for made in (folder / "tables", other):
        made.mkdir(parents=True)
        (made / "a.csv").write_text("x")
    (folder / "away").symlink_to(other)
    (folder / "b.csv").symlink_to(other / "a.csv")
    listed = ["tables/a.csv", "../other/a.csv", str(other / "a.csv"), "away/a.csv", "b.csv", "a\0", 5, ""]
    assert rereading.made({"files": listed}, folder) == ["tables/a.csv"]
    assert rereading.made({"files": "tables/a.csv"}, folder) == []


def test_findings_that_are_no_object_are_refused(tmp_path: Path) -> None:
    for content in ("[]", "{", "[" * 100_000):
        (tmp_path / "a.json").write_text(content)
        with pytest.raises(BadInput, match="not a JSON object"):
            rereading.findings(tmp_path / "a.json")


def test_a_table_keeps_the_types_that_it_was_written_with(tmp_path: Path) -> None:
    table = pd.DataFrame({"a": pd.array([1, None], dtype="Int64"), "b": pd.Categorical(["x", "y"]), "c": ["u", None]})
    table.to_parquet(tmp_path / "t.parquet")
    pd.testing.assert_frame_equal(
        rereading.table(tmp_path / "t.parquet"), pd.read_parquet(tmp_path / "t.parquet"), check_exact=True
    )


def test_a_table_that_no_notebook_writes_is_refused(tmp_path: Path) -> None:
    one = pa.array([1])
    bomb = pa.DictionaryArray.from_arrays(pa.array(np.zeros(100_000, dtype="int32")), pa.array(["x" * 1_000_000]))
    tables = {
        "two of its columns": pa.Table.from_arrays([one, one], names=["a", "a"]),
        "lists or records": pa.table({"a": [[1, 2]]}),
        "larger than": pa.table({"a": bomb}),
        "not a table of a run": pa.table({"a": one}).replace_schema_metadata({"pandas": '{"columns": 5}'}),
    }
    for reason, table in tables.items():
        parquet.write_table(table, tmp_path / "t.parquet", compression="zstd")
        with pytest.raises(BadInput, match=reason):
            rereading.table(tmp_path / "t.parquet")


def test_a_damaged_table_of_which_arrow_never_comes_to_the_end_is_read_or_refused() -> None:
    """The fuzzer's: `pyarrow.parquet.read_table` of it goes on for ever, where no signal reaches."""
    code = "import sys, pathlib; from presslens.reports import rereading; rereading.table(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(DAMAGED / "endless.parquet")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0 or "BadInput" in done.stderr
