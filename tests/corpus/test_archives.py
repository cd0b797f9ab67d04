"""Exports of news archives: samples in the layout of each, with words of our own."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from docx import Document
from tests.article import pdfs

from presslens.corpus.entries import Entry, Fault
from presslens.corpus.sources import entries
from presslens.errors import BadInput

MOCK = Path(__file__).parents[3] / "shared" / "data" / "archives"
LEXIS = """


                               1 of {stated} DOCUMENTS



                               The Harbour Times

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Council meets in
the old hall

BYLINE: By Ann Author

SECTION: NEWS; Pg. 3

LENGTH: 14 words


The council met on
Tuesday.

It spoke of the harbour: all of it, to the end.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH


                       Copyright 2010 Harbour Press
                              All Rights Reserved

                               2 of {stated} DOCUMENTS


                                 The Gazette

                                July 2, 2011

No words

LENGTH: 0 words

LOAD-DATE: July 2, 2011
"""
LABELS = {
    "SE": "News", "HD": "Council meets", "BY": "By Ann Author", "WC": "12 words", "PD": "3 May 2018", "ET": "10:00",
    "SN": "The Harbour Times", "SC": "HARB", "LA": "English", "CY": "(c) 2018", "LP": "The council met.",
    "TD": "IN the hall it spoke of the harbour.\n\nIt went on until noon.", "NS": "gpol : Politics", "RE": "uk",
    "AN": "Document HARB000020180503ee530001",
}  # fmt: skip


def warc_record(number: int, status: str, kind: str) -> bytes:
    page = b"<html><body><p>The council met.</p></body></html>"
    content = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{number}>\r\n"
        f"WARC-Target-URI: https://www.post.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def read(path: Path) -> tuple[list[Entry], list[Fault]]:
    found = list(entries(str(path)))
    return [one for one in found if isinstance(one, Entry)], [one for one in found if isinstance(one, Fault)]


def test_lexisnexis_text_is_read_field_by_field_and_its_number_checked(tmp_path: Path) -> None:
    path = tmp_path / "lexis.txt"
    path.write_text("\ufeff" + LEXIS.format(stated=3), encoding="utf-8", newline="\r\n")
    (one,), (empty, number) = read(path)
    assert one == Entry(
        "lexis:1",
        "The council met on Tuesday.\n\nIt spoke of the harbour: all of it, to the end.",
        title="Council meets in the old hall",
        outlet="The Harbour Times",
        date="2010-01-11",
        author="Ann Author",
        section="NEWS",
        source="lexis.txt, article 1",
    )
    assert (empty.source, empty.reason) == ("lexis.txt, article 2", "there is no text in it, no letter at all.")
    assert number.reason == "it states 3 articles, and 2 were read. Check whether the download is whole."


@pytest.mark.parametrize("stated", [",", "9" * 5000])
def test_a_number_that_is_none_ends_no_download(tmp_path: Path, stated: str) -> None:
    (tmp_path / "lexis.txt").write_text(LEXIS.format(stated=3).replace("2 of 3", f"2 of {stated}"))
    found, _ = read(tmp_path / "lexis.txt")
    assert found[0].title == "Council meets in the old hall"


def test_nexis_uni_word_documents_are_read_and_their_number_checked(tmp_path: Path) -> None:
    document = Document()
    rows = [
        "Documents (2)",
        "1. Council meets",
        "",
        "Council meets",
        "The Gazette",
        "July 1, 2019 Monday 9:20 AM GMT",
        "",
    ]
    rows += ["Section: POLITICS; Version:2", "Length: 9 words", "Byline: Ann Author", "Body", "", "The council met."]
    rows += ["", "It spoke of the harbour.", "Load-Date: July 2, 2019", "End of Document"]
    for row in rows:
        document.add_paragraph(row)
    document.save(str(tmp_path / "nexis.DOCX"))
    (one,), (number,) = read(tmp_path / "nexis.DOCX")
    assert (one.title, one.outlet, one.date, one.author, one.section) == (
        "Council meets", "The Gazette", "2019-07-01", "Ann Author", "POLITICS",
    )  # fmt: skip
    assert one.text == "The council met.\n\nIt spoke of the harbour."
    assert number.reason.startswith("it states 2 articles, and 1 were read.")


def test_nexis_uni_pdfs_are_read(tmp_path: Path) -> None:
    rows = ["Council meets", "The Gazette", "July 1, 2019 Monday", "Body", "The council met.", "End of Document"]
    sizes = {"Council meets": 14.0, "End of Document": 8.0}
    pages = [[(60.0, 640.0 - 24 * n, sizes.get(row, 10.0), row) for n, row in enumerate(rows)] for _ in range(2)]
    pages[1][4] = (60.0, 544.0, 10.0, "It met again.")
    (tmp_path / "nexis.pdf").write_bytes(pdfs.pdf(pages))
    found, faults = read(tmp_path / "nexis.pdf")
    assert [(one.title, one.outlet, one.date, one.text) for one in found] == [
        ("Council meets", "The Gazette", "2019-07-01", "The council met."),
        ("Council meets", "The Gazette", "2019-07-01", "It met again."),
    ]
    assert faults == []


def test_a_word_document_of_another_origin_is_one_article(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("A letter", 0)
    document.add_paragraph("The council met on Tuesday and spoke of the harbour.")
    document.add_paragraph("It will meet again.")
    document.save(str(tmp_path / "letter.docx"))
    (tmp_path / "letter.yaml").write_text("outlet: The Post\n")
    ((one,), faults) = read(tmp_path / "letter.docx")
    assert (one.title, one.outlet, one.text, faults) == (
        "A letter",
        "The Post",
        "The council met on Tuesday and spoke of the harbour.\n\nIt will meet again.",
        [],
    )


def factiva_text() -> str:
    return "\n".join(
        f"{label}  {value}" if label not in {"LP", "TD"} else f"{label}\n\n{value}\n" for label, value in LABELS.items()
    )


def factiva_html() -> str:
    rows = "".join(
        f"<tr><td><b>{label}</b></td><td>{''.join(f'<p>{p}</p>' for p in value.split(chr(10) * 2))}</td></tr>"
        for label, value in LABELS.items()
    )
    return f"<html><body><p>Results Found: 2</p><div class='article'><table>{rows}</table></div></body></html>"


def factiva_rtf() -> str:
    escaped = "\n".join(f"{label}\n{value}" for label, value in LABELS.items()).replace("\n", "\\par\n")
    return r"{\rtf1\ansi " + escaped + "}"


@pytest.mark.parametrize(
    ("suffix", "content"), [(".txt", factiva_text()), (".html", factiva_html()), (".rtf", factiva_rtf())]
)
def test_factiva_labels_are_read_in_text_html_and_rtf(tmp_path: Path, suffix: str, content: str) -> None:
    path = tmp_path / f"factiva{suffix}"
    path.write_text(content)
    (one,), faults = read(path)
    assert (one.id, one.title, one.author, one.date, one.outlet, one.section) == (
        "HARB000020180503ee530001", "Council meets", "Ann Author", "2018-05-03", "The Harbour Times", "News",
    )  # fmt: skip
    assert one.text == "The council met.\n\nIN the hall it spoke of the harbour.\n\nIt went on until noon."
    assert [fault.reason[:39] for fault in faults] == (
        ["it states 2 articles, and 1 were read. "] if suffix == ".html" else []
    )


def test_factiva_articles_are_told_apart_by_their_accession_numbers(tmp_path: Path) -> None:
    path = tmp_path / "factiva.txt"
    path.write_text(factiva_text() + "\n\n(c) 2018 Factiva\n\n" + factiva_text().replace("0001", "0002"))
    assert [one.id[-4:] for one in read(path)[0]] == ["0001", "0002"]


def test_rtf_of_another_origin_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi A letter.}")
    with pytest.raises(BadInput, match="no export of Factiva"):
        read(tmp_path / "a.rtf")


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_gives_its_html_pages_and_survives_a_cut(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("web.warc.gz" if packed else "web.warc")
    pages = enumerate([("200 OK", "text/html"), ("404 Not Found", "text/html"), ("200 OK", "image/png")])
    records = [warc_record(number, status, kind) for number, (status, kind) in pages]
    path.write_bytes(b"".join(gzip.compress(record) if packed else record for record in records))
    (one,), faults = read(path)
    assert (one.id, one.format, one.outlet, one.url, one.date) == (
        "https://www.post.example/0", "html", "post.example", "https://www.post.example/0", "",
    )  # fmt: skip
    assert faults == []
    path.write_bytes(b"no archive at all, only words\n" * 3)
    assert read(path)[0] == []


def test_a_warc_whose_record_states_an_impossible_length_keeps_what_stands_before_it(tmp_path: Path) -> None:
    good = warc_record(0, "200 OK", "text/html")
    endless = re.sub(
        rb"(?<=\r\n)Content-Length: \d+", b"Content-Length: " + b"9" * 30, warc_record(1, "200 OK", "text/html")
    )
    (tmp_path / "web.warc").write_bytes(good + endless)
    found, (fault,) = read(tmp_path / "web.warc")
    assert [one.id for one in found] == ["https://www.post.example/0"]
    assert fault.reason.startswith("it is no WARC file, or a damaged one, after record 1")


def test_a_character_that_xml_cannot_hold_loses_no_factiva_page(tmp_path: Path) -> None:
    (tmp_path / "factiva.html").write_text(factiva_html().replace("</td><td><p>Council", "</td><td><p>&#1;Council"))
    found, _ = read(tmp_path / "factiva.html")
    assert [one.outlet for one in found] == ["The Harbour Times"]


@pytest.mark.parametrize("name", ["sample.TXT", "sample.DOCX"])
def test_the_archive_samples_give_ten_articles_with_outlet_day_and_title(name: str) -> None:
    if not (MOCK / name).is_file():
        pytest.skip("the archive samples are not here")
    found, _ = read(MOCK / name)
    assert len(found) == 10
    assert all(one.outlet and one.title and one.date[:2] == "20" and len(one.text) > 300 for one in found)


def test_the_words_of_a_lexisnexis_sample_are_as_many_as_it_states() -> None:
    if not (MOCK / "sample.TXT").is_file():
        pytest.skip("the archive samples are not here")
    counts = [len(one.text.split()) for one in read(MOCK / "sample.TXT")[0]]
    stated = [355, 927, 677, 453, 918, 471, 607, 698, 446, 2968]
    assert [abs(count - number) <= 0.05 * number for count, number in zip(counts, stated, strict=True)] == [True] * 10


def test_records_of_a_warc_that_are_not_as_long_as_stated_are_counted_and_nothing_goes_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = warc_record(0, "200 OK", "text/html")
    path = tmp_path / "web.warc"
    path.write_bytes(good[:-4] + b"more\r\n\r\n" + warc_record(1, "200 OK", "text/html"))
    found, (fault,) = read(path)
    assert [one.id for one in found] == ["https://www.post.example/0", "https://www.post.example/1"]
    assert fault.reason == "1 record is not as long as stated; what could be read of the file was."
    assert capfd.readouterr().err == ""
