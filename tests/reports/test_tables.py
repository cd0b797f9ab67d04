from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.reports import tables


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_what_is_written_is_read_again(tmp_path: Path, suffix: str) -> None:
    table = pd.DataFrame({"id": ["1", "b"], "text": ["One, two.", "“Drei”\nvier"]})
    path = tmp_path / f"texts{suffix}"
    tables.write(table, path)
    assert tables.read_texts(path).to_dict("list") == table.to_dict("list")


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed_in_csv() -> None:
    table = pd.DataFrame({"text": ["=1+1", "+x", "-y", "@z", "plain"], "score": [-1.0, 0.0, 1.0, 2.0, 3.0]})
    lines = tables.as_csv(table).splitlines()
    assert lines[1:] == ["'=1+1,-1", "'+x,0", "'-y,1", "'@z,2", "plain,3"]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,words\n1,hello\n")
    with pytest.raises(BadInput, match=r"no column 'text' \(its columns: id, words\)"):
        tables.read_texts(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b'id,text\n1,"never closed\n'),
        ("t.jsonl", b'{"id": 1, "text": "a"}\n{"id": 2,'),
        ("t.jsonl", b"[1, 2]\n"),
        ("t.parquet", b"PAR1 nothing"),
        ("t.xlsx", b"PK\x03\x04"),
        ("t.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("t.csv", b""),
    ],
)
def test_a_broken_table_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput, match=name.replace(".", r"\.")):
        tables.read_texts(path)


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("1,Yes, she said.\n2,No.\n", "line 2, saw 3"),
        ("1,No.\n2,Yes, she said.\n", "line 3, saw 3"),
        ("1,No.\n2\n", "row 2 has 1 cells where the header has 2"),
    ],
)
def test_a_text_with_a_comma_outside_quotes_is_refused_not_cut(tmp_path: Path, rows: str, wrong: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"id,text\n{rows}")
    with pytest.raises(BadInput, match=f"{wrong}.*Put texts that hold commas in quotes"):
        tables.read_texts(path)


@pytest.mark.parametrize(("name", "mark"), [("t.csv", ";"), ("t.csv", "\t"), ("t.tsv", "\t")])
def test_semicolons_and_tabs_divide_cells_where_the_header_has_most_of_them(
    tmp_path: Path, name: str, mark: str
) -> None:
    path = tmp_path / name
    path.write_text(f'id{mark}text{mark}note, by me\n1{mark}Yes, she said.{mark}x\n2{mark}"No{mark} he said."{mark}\n')
    assert tables.read_texts(path)["text"].tolist() == ["Yes, she said.", f"No{mark} he said."]
    path.write_text(f"id{mark}text\n1{mark}Yes{mark} she said.\n")
    with pytest.raises(BadInput, match="line 2, saw 3"):
        tables.read_texts(path)


def test_of_two_columns_of_one_name_none_is_chosen_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,text,note,note,text\n1,One.,x,y,Two.\n")
    with pytest.raises(BadInput, match="two columns are named 'text'"):
        tables.read_texts(path)
    path.write_text("id,text,note,note\n1,One.,x,y\n")
    assert tables.read_texts(path)["text"].tolist() == ["One."]


def test_a_header_of_very_many_columns_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,text" + ",x" * 20_000 + "\n")
    with pytest.raises(BadInput, match="it has 20,002 columns"):
        tables.read_texts(path)


def test_offsets_must_be_whole_numbers(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("id,text,mention,start,end\n1,Kim left,Kim,0,3\n2,Moon left,Moon,zero,4\n")
    with pytest.raises(BadInput, match="row 2: start is 'zero'"):
        tables.read_texts(path, columns=("id", "text", "mention", "start", "end"))


def test_a_missing_text_is_an_empty_text(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": 1, "text": null}\n{"id": 2, "text": "x"}\n')
    assert tables.read_texts(path)["text"].tolist() == ["", "x"]


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    tables.write(pd.DataFrame({"a": [1]}), path)
    with pytest.raises(BadInput, match="tables are written as"):
        tables.write(pd.DataFrame({"a": [2]}), tmp_path / "t.xml")
    assert path.read_text() == "a\n1\n"
    assert [p.name for p in tmp_path.iterdir()] == ["t.csv"]


def test_a_separator_of_lines_inside_a_text_ends_no_record(tmp_path: Path) -> None:
    words = ["It is over,\u2028she said.", "No\u2029more\x85of\x0cit."]
    (tmp_path / "t.csv").write_text(f'id,text\r\n1,"{words[0]}"\r\n2,{words[1]}\r\n', encoding="utf-8", newline="")
    (tmp_path / "t.jsonl").write_text(
        "".join(json.dumps({"id": n, "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(words, 1))
    )
    for name in ("t.csv", "t.jsonl"):
        assert tables.read_texts(tmp_path / name)["text"].tolist() == words


@pytest.mark.parametrize("offset", ["inf", "1e400", "1e19", "-1"])
def test_an_offset_that_is_no_place_is_refused(tmp_path: Path, offset: str) -> None:
    (tmp_path / "m.csv").write_text(f"id,text,mention,start,end\n1,Anna came.,Anna,0,{offset}\n")
    with pytest.raises(BadInput, match="not an offset"):
        tables.read_texts(tmp_path / "m.csv", columns=("id", "text", "mention", "start", "end"))


def test_a_parquet_text_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    broken = pa.array([b"The \xff council"]).cast(pa.binary()).view(pa.string())
    parquet.write_table(pa.table({"id": ["1"], "text": broken}), tmp_path / "t.parquet")
    with pytest.raises(BadInput, match="not a Parquet table"):
        tables.read_texts(tmp_path / "t.parquet")
