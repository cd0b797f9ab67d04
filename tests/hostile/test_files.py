"""Files made to hurt: bombs, loops, devices. Each is one clear sentence, exit code 2, under ten seconds and 1 GB."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.conftest import Command

Build = Callable[[Path], tuple[str | Path, ...]]
BILLION = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOOK = "name: x\nframes: [{frame: A, indicators: [tax]}]\n"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def story(folder: Path, sidecar: str) -> Path:
    put(folder, "story.yaml", sidecar)
    return put(folder, "story.txt", "A bridge at last\n\nThe council said yes.\n")


def table(folder: Path) -> Path:
    return put(folder, "t.csv", "id,text\n1,The tax hurts.\n")


def workbook(folder: Path, sheet: bytes, *, name: str = "ann.xlsx") -> Path:
    from openpyxl import Workbook

    plain, made = io.BytesIO(), folder / name
    book = Workbook()
    book.active.append(["unit", "text", "coder", "frame_1"])
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, sheet if member == "xl/worksheets/sheet1.xml" else old.read(member))
    return made


def rows(content: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{content}</sheetData></worksheet>'.encode()


def parquet_bomb(folder: Path) -> tuple[str | Path, ...]:
    """One text of a megabyte, a million times: 3 kB on disk, 1 TB unpacked."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    size = 1_000_000
    text = pa.DictionaryArray.from_arrays(pa.array(np.zeros(size, dtype="int32")), pa.array(["x" * 1_000_000]))
    path = folder / "bomb.parquet"
    parquet.write_table(
        pa.table({"id": pa.array(np.zeros(size, dtype="int8")), "text": text}), path, compression="zstd"
    )
    assert path.stat().st_size < 100_000
    return "sentiment", path


def coder_bomb(folder: Path) -> tuple[str | Path, ...]:
    path = folder / "bomb.coder"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("weights.npy", "w") as member:
        for _ in range(300):
            member.write(bytes(1_000_000))
    return "coder", "show", path


def fifo(folder: Path, name: str) -> Path:
    os.mkfifo(folder / name)
    return folder / name


def link(path: Path, to: str | Path) -> Path:
    path.symlink_to(to)
    return path


def beside(document: Path, _: Path) -> Path:
    return document


def far_workbook(folder: Path) -> Path:
    return workbook(folder, rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def wide_sheet(folder: Path) -> Path:
    return put(folder, "a.csv", "unit,coder,label\n" + "a,b,c\n" * 50_000 + "," * 100_000 + "x")


def wide_table(folder: Path) -> Path:
    return put(folder, "t.csv", ",".join(map(str, range(100_000))) + "\n")


def wide_workbook(folder: Path) -> Path:
    return workbook(
        folder,
        rows("".join(f'<row r="{n}"><c r="XFD{n}" t="inlineStr"><is><t>x</t></is></c></row>' for n in range(1, 3000))),
    )


CASES: dict[str, Build] = {
    "a gzip bomb for a document": lambda f: ("clean", put(f, "b.txt", gzip.compress(bytes(50_000_000)))),
    "a gzip bomb for a table": lambda f: ("sentiment", put(f, "b.csv", gzip.compress(b"id,text\n" + b"a" * 50_000_000))),
    "bzip2": lambda f: ("clean", put(f, "b.txt", bz2.compress(bytes(50_000_000)))),
    "xz": lambda f: ("clean", put(f, "b.html", lzma.compress(bytes(50_000_000)))),
    "zstd": lambda f: ("clean", put(f, "b.txt", b"\x28\xb5\x2f\xfd" + bytes(1000))),
    "an Office document": lambda f: ("clean", workbook(f, rows(""), name="b.txt")),
    "a workbook that unpacks to 1 GB": lambda f: ("agreement", workbook(f, b" " * 200_000_000), table(f)),
    "a workbook as wide as can be": lambda f: ("agreement", wide_workbook(f)),
    "a workbook with entities": lambda f: ("agreement", workbook(f, ENTITIES.encode() + b"]><x>&i;</x>")),
    "a sheet one row of which is wide": lambda f: ("agreement", wide_sheet(f)),
    "a Parquet table of one text repeated": parquet_bomb,
    "a Parquet table cut short": lambda f: ("sentiment", put(f, "t.parquet", b"PAR1" + bytes(100) + b"PAR1")),
    "a coder that unpacks to much": coder_bomb,
    "a coder that is a pickle": lambda f: ("coder", "show", put(f, "p.coder", b"\x80\x04cos\nsystem\n(S'touch hit'\ntR.")),
    "a table with a hundred thousand columns": lambda f: ("sentiment", wide_table(f)),
    "JSON nested deep": lambda f: ("sentiment", put(f, "t.jsonl", '{"id": 1, "text": ' + "[" * 500_000)),
    "a number of a million digits": lambda f: ("sentiment", put(f, "t.jsonl", '{"id": ' + "9" * 1_000_000 + ', "text": ""}')),
    "YAML: a billion laughs in a sidecar": lambda f: ("clean", story(f, BILLION)),
    "YAML: a billion laughs in a codebook": lambda f: ("frames", table(f), "--codebook", put(f, "b.yaml", BILLION + BOOK)),
    "YAML: a billion laughs to check": lambda f: ("codebook", "check", put(f, "b.yaml", BILLION + BOOK)),
    "YAML: a billion laughs as parameters": lambda f: ("report", "-f", put(f, "p.yaml", BILLION)),
    "YAML: a billion laughs as a parameter": lambda _: ("report", "-p", "seed=" + BILLION),
    "YAML: a billion laughs as a lexicon": lambda f: ("sentiment", table(f), "--lexicon", put(f, "l.yaml", BILLION)),
    "YAML: a billion laughs as actors": lambda f: ("report", "-p", f"actors={put(f, 'a.yaml', BILLION + 'actors: *i')}"),
    "YAML: a list that holds itself": lambda f: ("clean", story(f, "title: &a [*a]\n")),
    "YAML: a codebook that holds itself": lambda f: ("codebook", "check", put(f, "b.yaml", "name: x\nframes: &a [*a]\n")),
    "YAML: nested deep": lambda f: ("clean", story(f, "title: " + "[" * 40_000)),
    "YAML: an object of Python": lambda f: ("clean", story(f, "title: !!python/object/apply:os.system [touch hit]\n")),
    "YAML: values that are not what they say": lambda f: ("clean", story(f, "title: !!int ''\n")),
    "YAML: a number of ten thousand digits": lambda _: ("report", "-p", "seed=" + "9" * 10_000),
    "a document of a million lines": lambda f: ("clean", put(f, "t.txt", "a\n\n" * 1_000_000)),
    "a file that never ends": lambda _: ("clean", "/dev/zero"),
    "a report on a file that never ends": lambda _: ("report", "/dev/zero"),
    "a report on a pipe": lambda f: ("report", fifo(f, "p.txt")),
    "a pipe": lambda f: ("clean", fifo(f, "p.txt")),
    "a pipe for a sidecar": lambda f: ("clean", beside(put(f, "p.txt", "The council said yes."), fifo(f, "p.yaml"))),
    "a pipe for the sidecar of a report": lambda f: (
        "report", beside(put(f, "p.txt", "The council said yes."), fifo(f, "p.yaml"))
    ),
    "a pipe for a table": lambda f: ("sentiment", fifo(f, "p.csv")),
    "a pipe for a codebook": lambda f: ("codebook", "check", fifo(f, "p.yaml")),
    "a pipe for a lexicon": lambda f: ("lexicon", "check", fifo(f, "p.csv")),
    "a pipe for a sheet": lambda f: ("agreement", fifo(f, "p.csv")),
    "a pipe for a coder": lambda f: ("coder", "show", fifo(f, "p.coder")),
    "a pipe for labels": lambda f: ("coder", "train", fifo(f, "p.csv"), "-o", f / "m"),
    "a pipe for parameters": lambda f: ("report", "-f", fifo(f, "p.yaml")),
    "a pipe for actors": lambda f: ("report", "-p", f"actors={fifo(f, 'p.yaml')}"),
    "a table on a device": lambda f: ("sentiment", link(f / "z.csv", "/dev/zero")),
    "a link to itself": lambda f: ("clean", link(f / "l.txt", f / "l.txt")),
    "a name too long": lambda _: ("clean", "a" * 300 + ".txt"),
    "a document with a name too long": lambda _: ("report", "a" * 300 + ".txt"),
    "a lexicon with a name too long": lambda f: ("report", put(f, "s.txt", "Yes."), "-p", f"lexicon={'a' * 300}"),
    "a run with a name too long": lambda _: ("diff", "a" * 300, "b" * 300),
    "a folder of reports with a name too long": lambda _: ("status", "--out", "a" * 300),
    "a corpus with a name too long": lambda _: ("corpus-report", "a" * 300),
    "a codebook's name with a NUL": lambda f: ("frames", table(f), "--codebook", "a\0b"),
    "a document whose name climbs": lambda f: ("report", put(f, "...txt", "The council said yes.")),
    "a document named as a failed report": lambda f: ("report", put(f, "story.failed.txt", "The council said yes.")),
    "a document named as a sweep": lambda f: ("report", put(f, "story.sweep.txt", "The council said yes.")),
    "a document whose name hides it": lambda f: ("report", put(f, ".story.txt", "The council said yes.")),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_in_one_sentence(case: str, tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    done = command(*CASES[case](folder), folder=folder)
    assert done.code == 2, done.err[-2000:]
    assert done.err.startswith("presslens: ")
    assert len(done.err) < 1000
    assert done.err.count("\n") <= 2
    assert done.seconds < 10
    assert done.megabytes < 1000
    assert not (folder / "hit").exists()
    assert not (folder / "outputs").exists()


def test_deep_markup_is_read_or_refused(tmp_path: Path, command: Command) -> None:
    for name, text in {
        "deep.html": "<div>" * 100_000 + "<p>The council said yes to the bridge.",
        "entities.html": ENTITIES + "]><html><p>&i; The council said yes to the bridge.</p>",
        "quotes.md": ">" * 50_000 + " The council said yes.",
        "brackets.md": "[" * 50_000 + "The council said yes.",
        "emphasis.md": "*a **a " * 20_000,
        "ticks.md": "".join("`" * (n % 500) + "a" for n in range(1, 3000)),
        "links.md": "[a](" * 20_000 + "The council.",
        "tags.html": "<a href='x' " * 50_000 + "><p>The council said yes.",
        "rows.html": "<table><tr><td>" * 5_000 + "<p>The council said yes.",
    }.items():
        done = command("clean", put(tmp_path, name, text))
        assert done.code in {0, 2}, (name, done.err[-2000:])
        assert done.seconds < 10, name
        assert done.megabytes < 1000, name


def test_a_workbook_with_one_cell_far_out_costs_little(tmp_path: Path, command: Command) -> None:
    done = command("agreement", far_workbook(tmp_path))
    assert done.code in {0, 2}
    assert done.seconds < 10
    assert done.megabytes < 1000


def test_what_is_too_deep_to_be_read_is_said(tmp_path: Path, command: Command) -> None:
    page = put(tmp_path, "a.html", "<p>The council said yes.</p>" + "<div>" * 3000 + "<p>Below.")
    found = json.loads(command("clean", "--json", page).out)
    assert "nests its elements too deeply" in " ".join(found["notes"])
    assert (
        "nests its elements too deeply" in command("clean", put(tmp_path, "b.html", "<div>" * 3000 + "<p>Below.")).err
    )


def test_archives_of_documents_are_refused_unopened(tmp_path: Path, command: Command) -> None:
    path = tmp_path / "docs.txt"
    with tarfile.open(path, "w:gz") as packed:
        packed.add(put(tmp_path, "x", "y"), "../../escaped.txt")
    assert command("clean", path).code == 2
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_a_file_that_vanishes_or_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from presslens.article import decoding
    from presslens.errors import BadInput

    path = put(tmp_path, "a.txt", "The council said yes.")

    def gone(name: str, flags: int) -> int:
        path.unlink(missing_ok=True)
        return os.open(name, flags)

    monkeypatch.setattr(decoding, "open_now", gone)
    with pytest.raises(BadInput, match="there is no such file"):
        decoding.load(path)

    path = put(tmp_path, "b.txt", "The council said yes.")

    def grown(name: str, flags: int) -> int:
        handle = os.open(name, flags)
        os.truncate(path, 5000)
        return handle

    monkeypatch.setattr(decoding, "open_now", grown)
    with pytest.raises(BadInput, match="larger than"):
        decoding.load(path, largest=1000)


def test_limits_are_settings(tmp_path: Path, command: Command) -> None:
    text = put(tmp_path, "a.txt", "The council said yes.\n\n" * 30)
    rows = put(tmp_path, "t.csv", "id,text\n1,a\n2,b\n3,c\n")
    deep = put(tmp_path, "t.jsonl", json.dumps({"id": 1, "text": [[[[1]]]]}))
    for name, arguments in {
        "BYTES": ("clean", text),
        "PARAGRAPHS": ("clean", text),
        "SECONDS": ("clean", text),
        "TABLE_BYTES": ("sentiment", rows),
        "ARTICLES": ("sentiment", rows),
        "DEPTH": ("sentiment", deep),
        "CELLS": ("agreement", rows),
    }.items():
        value = "0.000001" if name == "SECONDS" else "2"
        done = command(*arguments, environment={f"PRESSLENS_MAX_{name}": value})
        assert done.code == 2, name
        assert f"PRESSLENS_MAX_{name}" in done.err
    assert command("clean", text, environment={"PRESSLENS_MAX_BYTES": "2000000"}).code == 0
    assert "PRESSLENS_MAX_BYTES=many" in command("clean", text, environment={"PRESSLENS_MAX_BYTES": "many"}).err
    assert (
        "there is no setting PRESSLENS_MAX_BITES"
        in command("clean", text, environment={"PRESSLENS_MAX_BITES": "1"}).err
    )
