"""A run as a Word document."""

from __future__ import annotations

import io

import docx
import pytest

from presslens.errors import BadInput
from presslens.exports import document
from presslens.exports.runs import Finished


def opened(run: Finished) -> docx.document.Document:
    return docx.Document(io.BytesIO(document.document(run)))


def test_headings_are_headings_and_findings_are_text(run: Finished) -> None:
    found = [(p.style.name, p.text) for p in opened(run).paragraphs if p.text]
    assert found[0] == ("Title", "Bread & water")
    headings = [text for style, text in found if style == "Heading 1"]
    assert headings == ["The brief", "Tone", "How this report was made"]
    assert ("Heading 2", "How does it feel?") in found
    assert ("Intense Quote", "Bread is bad.") in found
    assert ("Normal", "See tone, here, all and out.") in found
    assert ("Quote", "A bad loaf. p01s01") in found


def test_a_figure_is_a_picture_with_its_words(run: Finished) -> None:
    page = opened(run)
    (first, _) = page.inline_shapes
    assert first._inline.docPr.get("descr") == "Two dots, the second higher."
    assert "Dots rise" in [p.text for p in page.paragraphs]
    assert "Two dots." in [p.text for p in page.paragraphs if p.style.name == "Caption"]


def test_a_figure_without_its_picture_is_told_in_words(run: Finished) -> None:
    (run.folder / "figures" / "dots.png").unlink()
    page = opened(run)
    assert len(page.inline_shapes) == 0
    assert "Two dots, the second higher." in [p.text for p in page.paragraphs]


def test_a_picture_that_is_none_is_one_sentence(run: Finished) -> None:
    (run.folder / "figures" / "dots.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match=r"dots\.png: it is not a PNG picture"):
        document.document(run)


def test_a_table_has_a_header_row_that_repeats(run: Finished) -> None:
    table = opened(run).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["word", "n"]
    assert [cell.text for cell in table.rows[1].cells] == ["=cmd()", "2"]
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [True, False]


def test_words_of_the_evidence_stand_out(run: Finished) -> None:
    quote = next(p for p in opened(run).paragraphs if p.style.name == "Quote")
    assert [run.text for run in quote.runs if run.bold] == ["bad"]


def test_what_no_reader_sees_is_left_out(run: Finished) -> None:
    text = "\n".join(p.text for p in opened(run).paragraphs)
    assert "alert(1)" not in text
    assert "M0 0" not in text


def test_the_same_run_gives_the_same_bytes(run: Finished) -> None:
    assert document.document(run) == document.document(run)
    assert opened(run).core_properties.created.year == 1980
