"""PDF documents: what is read, what goes to the ledger, what is refused; all by the process that reads them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.article import pdfs

from presslens.article import pdf, printed
from presslens.article.document import Document
from presslens.article.reading import read
from presslens.corpus import sources
from presslens.corpus.entries import Entry
from presslens.errors import BadInput

STORY = [
    (60, 740, 24, "A bridge at last"),
    (60, 700, 10, "By Jane Doe"),
    (60, 670, 12, "The council said yes to the bridge on Tues-"),
    (60, 656, 12, "day, and the mayor praised it. \u201cIt is over,\u201d"),
    (60, 642, 12, "she said."),
    (60, 616, 12, "Nobody was against it (not even the cafés)."),
]  # fmt: skip


def parsed(data: bytes) -> Document:
    return pdf.document(pdf.opened(data, name="x.pdf"), name="x.pdf")


def test_headline_paragraphs_and_divided_words(tmp_path: Path) -> None:
    (tmp_path / "story.pdf").write_bytes(pdfs.pdf([STORY]))
    article = read(tmp_path / "story.pdf")
    assert article.text == (
        "A bridge at last\n\nThe council said yes to the bridge on Tuesday, and the mayor praised it. “It is over,” she said."
        "\n\nNobody was against it (not even the cafés)."
    )
    assert [block.section for block in article.blocks] == ["title", "body", "body"]
    assert (article.byline, article.source) == ("Jane Doe", "story.pdf")
    assert article.notes[:2] == (
        "Headline and paragraphs were told from how the pages of the PDF look.",
        "Words divided at the end of a line and put together: 1, with their hyphen 0.",
    )


def test_numbers_of_notes_are_left_out_and_told() -> None:
    page = [
        (60, 700, 10, "The pandemic."),
        (138, 704, 6, "12"),
        (146, 700, 10, "It took 5 m"),
        (212, 704, 6, "2"),
        (220, 700, 10, "in 2020."),
    ]
    found = parsed(pdfs.pdf([page]))
    assert [one.text for one in found.paragraphs] == ["The pandemic. It took 5 m2 in 2020."]
    assert "Numbers of notes, small and raised, left out of the text: 2." in found.notes


def test_a_blank_is_told_by_its_room_where_none_is_drawn() -> None:
    drawn = (
        b"BT /F 10 Tf 60 700 Td (A victory) Tj 4 Tc 54 0 Td (,g) Tj 0 Tc 16 0 Td (iving him it.) Tj "
        b"3 Tc 0 -20 Td (TRACKED.) Tj ET"
    )
    found = parsed(pdfs.of_contents([drawn]))
    assert " ".join(one.text for one in found.paragraphs) == "A victory, giving him it. TRACKED."


def test_a_blank_that_the_next_letter_covers_is_none() -> None:
    drawn = b"BT /F 10 Tf 60 700 Td (A W ) Tj 18 0 Td (hat is in all of it.) Tj ET"
    assert [one.text for one in parsed(pdfs.of_contents([drawn])).paragraphs] == ["A What is in all of it."]


def test_ligatures_whose_bytes_were_swapped_are_read() -> None:
    """As Ghostscript 10.00 writes them: <66006900> for fi."""
    assert printed.text(map(ord, "signi\u6600\u6900cantly, o\u6600\u6600\u6900ce")) == "significantly, office"
    assert printed.text(map(ord, "\u6600\u5149")) == "\u6600\u5149"  # Chinese


def test_what_stands_on_every_page_goes_to_the_ledger(tmp_path: Path) -> None:
    pages = [
        [
            (60, 770, 9, "The Morning Post"),
            (60, 600, 12, f"Paragraph {word} goes on for a line and then it"),
            (60, 586, 12, "has an end."),
            (300, 20, 9, f"{number}/3"),
        ]
        for number, word in enumerate(("one", "two", "six"), 1)
    ]
    (tmp_path / "story.pdf").write_bytes(pdfs.pdf(pages, turned="PREVIEW"))
    article = read(tmp_path / "story.pdf")
    assert article.text.split("\n\n") == [
        f"Paragraph {word} goes on for a line and then it has an end." for word in ("one", "two", "six")
    ]
    reasons = article.ledger.groupby("reason")["text"].agg(list).to_dict()
    assert reasons == {
        "a header or footer of the page": [words for n in (1, 2, 3) for words in ("The Morning Post", f"{n}/3")],
        "turned against the text": ["PREVIEW"],
    }


def test_the_title_that_the_file_states_is_the_headline_where_it_is_printed() -> None:
    page = [
        (60, 700, 24, "The Morning Post"),
        (60, 650, 16, "A bridge at last"),
        (60, 600, 12, "The council said yes."),
    ]
    assert parsed(pdfs.pdf([page])).title == "The Morning Post"
    found = parsed(pdfs.pdf([page], title="A bridge at last | The Morning Post"))
    assert (found.title, [one.text for one in found.paragraphs]) == ("A bridge at last", ["The council said yes."])
    assert [(one.text, one.reason) for one in found.outside] == [("The Morning Post", "before the headline")]


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    found = parsed(pdfs.pdf([STORY, []]))
    assert "Pages without text, which may be pictures of one and are not read: 1 of 2." in found.notes


ENCRYPTED = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >> /ID [(a) (b)]"
)
REFUSED = {
    "nothing of the kind": (b"Dear colleague", "it is no PDF document, or a damaged one"),
    "cut": (pdfs.pdf([STORY])[:60], "it is no PDF document, or a damaged one"),
    "pictures": (pdfs.pdf([[]]), "there is no text in it, only pictures of pages. Let a program recognise"),
    "locked": (pdfs.of_contents([b""], trailer=ENCRYPTED), "it is locked with a password"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(name: str) -> None:
    data, says = REFUSED[name]
    with pytest.raises(BadInput, match=says) as refused:
        parsed(data)
    assert "\n" not in str(refused.value)


def test_characters_that_no_font_explains() -> None:
    lines = [pdf.Line("\ufffd\ufffd and more letters", 60, 200, 700, 12, 20)]
    assert (
        "Unreadable characters, shown as \ufffd: 2."
        in pdf.document(pdf.Printed("", [pdf.Page(792, lines)]), name="x").notes
    )
    with pytest.raises(BadInput, match="its fonts do not say which letters they show"):
        pdf.document(pdf.Printed("", [pdf.Page(792, [lines[0]._replace(text="\ufffd\ufffd a")])]), name="x")


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as set_to:
        set_to.setenv("PRESSLENS_MAX_PARAGRAPHS", "1")
        with pytest.raises(BadInput, match="it has more than 1 pages"):
            parsed(pdfs.pdf([STORY, STORY]))
    with monkeypatch.context() as set_to:
        set_to.setenv("PRESSLENS_MAX_UNPACKED_BYTES", "20")
        with pytest.raises(BadInput, match="it has more than 20 characters"):
            parsed(pdfs.pdf([STORY]))


def test_a_bomb_is_ended_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdfs.bomb(1 << 28)
    assert len(data) < 10_000
    monkeypatch.setenv("PRESSLENS_MAX_MEMORY", "250000000")
    with pytest.raises(BadInput, match="takes more than 250 MB of memory, or it is damaged"):
        parsed(data)


def test_what_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that draws itself twice, as deep as PDFium goes: 2 to the power of that."""
    own = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    monkeypatch.setenv("PRESSLENS_MAX_SECONDS", "1")
    began = time.monotonic()
    with pytest.raises(BadInput, match="it takes longer than 1 seconds"):
        parsed(pdfs.of_contents([b"/X Do /X Do"], more=own))
    assert time.monotonic() - began < 30


def test_a_module_beside_the_user_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)
    assert parsed(pdfs.pdf([STORY])).title == "A bridge at last"


def test_a_corpus_holds_pdfs(tmp_path: Path) -> None:
    (tmp_path / "story.pdf").write_bytes(pdfs.pdf([STORY], turned="PREVIEW"))
    (tmp_path / "story.yaml").write_text("outlet: The Post\n")
    (one,) = sources.entries(str(tmp_path))
    assert isinstance(one, Entry)
    assert (one.title, one.outlet) == ("A bridge at last", "The Post")
    assert one.text.endswith("Nobody was against it (not even the cafés).")
    assert "Lines outside the article: 1." in one.notes
