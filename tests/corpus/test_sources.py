from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from presslens.corpus import records
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.sources import entries
from presslens.errors import BadInput

BODY = "The council met on Tuesday and spoke of the harbour."


def read(path: Path, **options: dict[str, str]) -> tuple[list[Entry], list[Fault]]:
    found = list(entries(str(path), **options))
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Fault)]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_a_folder_of_documents_gives_one_entry_each_in_order_of_names_with_what_sidecars_state(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.html").write_text(f"<html><body><p>{BODY}</p></body></html>")
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "a.yaml").write_text("outlet: The Post\ndate: 2020-02-03\n")
    (tmp_path / "c.md").write_text(f"# Head\n\n{BODY}")
    (tmp_path / ".hidden.txt").write_text(BODY)
    found, faults = read(tmp_path)
    assert [(one.id, one.format) for one in found] == [("a", "text"), ("b/page", "html"), ("c", "markdown")]
    assert (found[0].outlet, found[0].date, faults) == ("The Post", "2020-02-03", [])


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_jsonl_is_read_packed_or_not(tmp_path: Path, packing: str) -> None:
    path, data = tmp_path / f"a.jsonl{packing}", lines({"id": "x", "text": BODY}, {"text": BODY})
    if packing == ".zst":
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(data)
    else:
        path.write_bytes(gzip.compress(data) if packing else data)
    assert [(one.id, one.source) for one in read(path)[0]] == [
        ("x", f"{path.name}, line 1"),
        ("a:2", f"{path.name}, line 2"),
    ]


def test_columns_are_found_by_the_names_that_exports_use_or_as_the_user_says(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Headline;Full Text;Pub-Date;Newspaper;Meinung\nA head;{BODY};13/4/2018;Post;An other text\n")
    ((one,), _) = read(path)
    assert (one.title, one.text, one.date, one.outlet) == ("A head", BODY, "2018-04-13", "Post")
    assert read(path, columns={"text": "Meinung"})[0][0].text == "An other text"
    with pytest.raises(BadInput, match="no column 'Words'"):
        read(path, columns={"text": "Words"})


def test_a_table_without_a_text_is_refused_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,score\n1,2\n")
    with pytest.raises(BadInput, match=r"no column with the text \(its columns: id, score\)"):
        read(path)


def test_a_parquet_folder_states_columns_in_its_names(tmp_path: Path) -> None:
    for outlet in ("Post", "Times"):
        folder = tmp_path / f"outlet={outlet}"
        folder.mkdir()
        pd.DataFrame({"id": [outlet + "1"], "text": [BODY], "date": [pd.Timestamp("2020-05-06 07:08")]}).to_parquet(
            folder / "part.parquet"
        )
    found, faults = read(tmp_path)
    assert [(one.id, one.outlet, one.date) for one in found] == [
        ("Post1", "Post", "2020-05-06"),
        ("Times1", "Times", "2020-05-06"),
    ]
    assert faults == []


def test_bad_records_become_faults_that_say_where_and_why_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = lines({"text": BODY})
    deep = b'{"text": ' + b"[" * 500 + b"]" * 500 + b"}\n"
    bad = [b"{not json\n", b"[1, 2]\n", b'{"text": "\xff\xfe"}\n', lines({"text": ""}), lines({"text": "123"}), deep]
    bad += [lines({"id": 1}), lines({"text": None}), lines({"id": "x" * 501, "text": BODY}), b'"words"\n']
    bad += [lines({"text": text}) for text in ([BODY, BODY], 12.5, True, {"words": BODY}, [])]
    path.write_bytes(good + b"".join(bad) + good)
    found, faults = read(path)
    assert [one.id for one in found] == ["a:1", "a:17"]
    assert [fault.source for fault in faults] == [f"a.jsonl, line {number}" for number in range(2, 17)]
    assert all(fault.reason.endswith(".") for fault in faults)


@pytest.mark.parametrize("name", ["table.csv", "story.txt"])
def test_where_an_encoding_was_guessed_each_article_says_so(tmp_path: Path, name: str) -> None:
    story = "The café in the harbour was closed by the council, and the owner’s naïve hopes were gone. " * 3
    text = f"id,text\na,{story.replace(',', ';')}\n" if name.endswith(".csv") else story
    (tmp_path / name).write_bytes(text.encode("cp1252"))
    found, faults = read(tmp_path)
    assert [(one.notes, "café" in one.text) for one in found] == [("The encoding was guessed: cp1252.", True)]
    (tmp_path / name).write_bytes(text.encode())
    assert [one.notes for one in read(tmp_path)[0]] == [""]
    assert not faults


def test_a_csv_row_of_another_width_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"{BODY}"\n2,too,many\n3\n4,{BODY}\n')
    found, faults = read(path)
    assert [one.id for one in found] == ["1", "4"]
    assert [fault.reason for fault in faults] == [
        "it has 3 fields where the header has 2.",
        "it has 1 fields where the header has 2.",
    ]


def test_ids_are_unique_in_the_corpus(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_bytes(lines({"id": "7", "text": BODY}))
    assert [one.id for one in read(tmp_path)[0]] == ["7", "7 [b.jsonl, line 1]"]


def test_dates_that_cannot_be_told_are_left_out_and_said_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    dates = ["2020-02-30", "3/4/2018", "soon", "Monday, 11. July 2016", "20180311T101010Z"]
    path.write_bytes(lines(*({"text": BODY, "date": date} for date in dates)))
    found, (fault,) = read(path)
    assert [one.date for one in found] == ["", "", "", "2016-07-11", "2018-03-11"]
    assert fault.reason.startswith("3 dates could not be read as one day (a.jsonl, line 1: '2020-02-30')")


def test_a_file_that_cannot_be_read_is_a_fault_in_a_folder_and_refused_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(lines({"text": BODY}) * 1000)[:60])
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "table.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "word.docx").write_bytes(b"PK\x03\x04")
    found, faults = read(tmp_path)
    assert [one.id for one in found] == ["a"]
    assert [fault.source for fault in faults] == ["cut.jsonl.gz", "picture.png", "table.parquet", "word.docx"]
    for name in ("cut.jsonl.gz", "picture.png", "table.parquet", "word.docx"):
        with pytest.raises(BadInput, match=name):
            read(tmp_path / name)


def test_an_address_with_nothing_behind_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing there"):
        read(tmp_path / "no")
    with pytest.raises(BadInput, match="there is no file in it"):
        read(tmp_path)
    with pytest.raises(BadInput, match=r"s3:// needs a package that is not installed\. Install it: pip install s3fs"):
        list(entries("s3://bucket/a.jsonl"))


def test_any_file_system_of_fsspec_is_read() -> None:
    import fsspec

    with fsspec.open("memory://corpus/a.jsonl", "wb") as file:
        file.write(lines({"id": "m", "text": BODY}))
    assert [one.id for one in entries("memory://corpus/a.jsonl")] == ["m"]
    assert [one.id for one in entries("memory://corpus")] == ["m"]


def test_a_record_over_the_limit_is_a_fault_and_is_never_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSLENS_MAX_BYTES", "200")
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines({"text": BODY}, {"text": BODY * 20}, {"text": BODY}))
    found, (fault,) = read(path)
    assert [one.id for one in found] == ["a:1", "a:3"]
    assert "PRESSLENS_MAX_BYTES" in fault.reason


def test_an_option_that_names_no_field_is_refused() -> None:
    assert records.given(["text=Volltext", "outlet=a=b"]) == {"text": "Volltext", "outlet": "a=b"}
    for wrong in ("text", "words=Volltext"):
        with pytest.raises(BadInput, match="write FIELD=NAME"):
            records.given([wrong])


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_damaged_packed_files_cost_no_memory_that_stays(tmp_path: Path, packing: str) -> None:
    path = tmp_path / f"a.jsonl{packing}"
    path.write_bytes(b"no packed file at all\n" * 10)
    (tmp_path / "b.txt").write_text(BODY)
    assert [fault.source for fault in read(tmp_path)[1]] == [path.name]  # what is loaded once is loaded
    tracemalloc.start()
    try:
        for _ in range(20):
            read(tmp_path)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 100_000  # one buffer has 65,536 bytes


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_a_small_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    monkeypatch.setenv("PRESSLENS_MAX_UNPACKED_BYTES", "1000000")
    path, blank = tmp_path / f"a.jsonl{packing}", b" " * 999 + b"\n"
    if packing == ".zst":
        with pa.CompressedOutputStream(str(path), "zstd") as stream:
            stream.write(lines({"text": BODY}) + blank * 5000)
    else:
        path.write_bytes(gzip.compress(lines({"text": BODY}) + blank * 5000))
    with pytest.raises(BadInput, match="unpacks to more than 200 times its size"):
        read(path)
    (tmp_path / "b.txt").write_text(BODY)
    found, (fault,) = read(tmp_path)
    assert [one.id for one in found] == ["a:1", "b"]
    assert fault.source == path.name
