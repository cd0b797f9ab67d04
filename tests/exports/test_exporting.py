"""`presslens export` as a user meets it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput
from presslens.exports import archive, exporting, printing
from presslens.exports.runs import Finished

RUNNER = CliRunner()


def test_a_file_is_written_beside_the_run_and_the_run_is_left_as_it_is(folder: Path) -> None:
    before = sorted(p for p in folder.rglob("*"))
    done = RUNNER.invoke(app, ["export", "bread", "--to", "html", "--to", "xlsx", "--out", str(folder.parent)])
    assert done.exit_code == 0, done.output
    assert {p.name for p in folder.parent.iterdir()} == {"bread", "bread.html", "bread.xlsx"}
    assert sorted(p for p in folder.rglob("*")) == before


def test_a_zip_unpacks_to_the_folder_and_has_no_times_of_its_own(run: Finished, tmp_path: Path) -> None:
    (run.folder / ".hidden").write_text("x")
    made = exporting.export(run, to="zip", path=tmp_path / "a.zip")
    with zipfile.ZipFile(made) as zipped:
        names = zipped.namelist()
        assert zipped.read("bread/5_brief.html") == run.pages[0].read_bytes()
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == sorted(names)
    assert "bread/.hidden" not in names
    os.utime(run.folder / "run.json", (1, 1))
    assert archive.folder(run.folder, name="bread") == made.read_bytes()


def test_a_link_out_of_the_folder_is_not_packed(run: Finished, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    (run.folder / "leak").symlink_to(tmp_path / "secret")
    names = zipfile.ZipFile(io.BytesIO(archive.folder(run.folder, name="bread"))).namelist()
    assert "bread/leak" not in names


def test_a_file_inside_the_run_is_refused(run: Finished) -> None:
    with pytest.raises(BadInput, match="lies inside the run"):
        exporting.export(run, to="html", path=run.folder / "x.html")


def test_a_folder_is_no_file(run: Finished, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="it is a folder"):
        exporting.export(run, to="html", path=tmp_path)


def test_an_unknown_form_is_one_sentence(folder: Path) -> None:
    done = RUNNER.invoke(app, ["export", "bread", "--to", "odt", "--out", str(folder.parent)])
    assert isinstance(done.exception, BadInput)
    assert str(done.exception) == "cannot export to 'odt'. Choose from html, pdf, docx, xlsx, zip."


def test_one_name_for_two_files_is_refused(folder: Path) -> None:
    command = ["export", "bread", "--to", "zip", "--to", "html", "-o", "x", "--out", str(folder.parent)]
    assert isinstance(RUNNER.invoke(app, command).exception, BadInput)


def test_without_a_browser_pdf_says_what_to_do(run: Finished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(printing.CHOICE, raising=False)
    monkeypatch.setattr(printing.shutil, "which", lambda _: None)
    with pytest.raises(
        BadInput, match=r"no Chromium, Chrome or Edge is installed\. Install Chromium, set PRESSLENS_CHR"
    ):
        exporting.export(run, to="pdf", path=tmp_path / "x.pdf")


def test_a_browser_that_prints_nothing_is_said(run: Finished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho no display >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv(printing.CHOICE, str(program))
    with pytest.raises(printing.NotPrinted, match="left no PDF: no display"):
        exporting.export(run, to="pdf", path=tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_a_browser_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv(printing.CHOICE, str(program))
    with pytest.raises(printing.NotPrinted, match=r"longer than 0\.3 seconds"):
        printing.printed("<p>x</p>", timeout=0.3)


def test_dates_in_a_pdf_keep_their_length() -> None:
    pdf = b"<</CreationDate (D:20240501123456+00'00')\n/ModDate (D:20240501123456Z)>> x"
    assert printing.settled(pdf) == b"<</CreationDate (D:19800101000000+00'00')\n/ModDate (D:19800101000000Z)>> x"


def test_a_pdf_keeps_no_numbers_that_chromium_gave_to_its_parts() -> None:
    first = rb"/ID (node00001041) /Headers [(node00001038) (node00001041)] (text \(node00001038\))"
    second = first.replace(b"41)", b"43)").replace(b"(node00001038)", b"(node00001040)")
    assert printing.settled(first) == printing.settled(second)
    assert (
        printing.settled(first)
        == rb"/ID (node00000002) /Headers [(node00000001) (node00000002)] (text \(node00001038\))"
    )


def test_a_name_of_the_browser_that_is_no_program_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(printing.CHOICE, "/no/such/browser")
    with pytest.raises(BadInput, match="names /no/such/browser, which is no program"):
        printing.browser()
