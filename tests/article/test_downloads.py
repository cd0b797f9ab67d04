"""The download of a news archive with one article is read as that article; with several it is refused."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from tests.article import pdfs

from presslens.article.downloads import READ
from presslens.article.reading import Article, read
from presslens.errors import BadInput

LEXIS = """
                               {number} of {all} DOCUMENTS

                               The Harbour Times

                            January 11, 2010 Monday

Council meets in
the old hall

BYLINE: By Ann Author

LENGTH: 14 words

The council met on
Tuesday.

It spoke of the harbour.

LOAD-DATE: January 12, 2010

                       Copyright 2010 Harbour Press
"""
LABELS = {
    "HD": "Council meets in the old hall", "BY": "By Ann Author", "WC": "12 words", "PD": "11 January 2010",
    "SN": "The Harbour Times", "LP": "The council met on Tuesday.", "TD": "It spoke of the harbour.", "NS": "gpol : Politics",
    "AN": "Document HARB000020100111",
}  # fmt: skip
FACTIVA = "".join(f"{label}\n\n{value}\n\n" for label, value in LABELS.items())
SPOKEN = [
    "Council meets in the old hall", "The Harbour Times", "January 11, 2010 Monday 9:20 AM GMT", "Copyright 2010 Harbour Press",
    "Section: POLITICS; Version:2", "Length: 9 words", "Byline: Ann Author", "Body", "The council met on Tuesday.",
    "It spoke of the harbour.", "Load-Date: January 12, 2010", "End of Document",
]  # fmt: skip


def factiva_html() -> str:
    cells = "".join(f"<tr><td><b>{label}</b></td><td><p>{value}</p></td></tr>" for label, value in LABELS.items())
    return f"<html><body><table>{cells}</table></body></html>"


def word(path: Path, rows: list[str]) -> Path:
    package = docx.Document()
    for row in rows:
        package.add_paragraph(row)
    package.save(str(path))
    return path


def printed(path: Path, rows: list[str]) -> Path:
    sizes = [14 if row in {rows[0], "Body"} else 8 if row.startswith(("Copyright", "End of")) else 10 for row in rows]
    page = [(60.0, 700 - 24.0 * n, size, row) for n, (size, row) in enumerate(zip(sizes, rows, strict=True))]
    second = [(500.0, 763.0, 10.0, "Page 2 of 2"), (60.0, 748.0, 10.0, rows[0]), (60.0, 680.0, 8.0, "End of Document")]
    path.write_bytes(pdfs.pdf([page[:-1], second]))
    return path


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def is_the_article(article: Article) -> None:
    assert article.title == "Council meets in the old hall"
    assert article.paragraphs == ["The council met on Tuesday.", "It spoke of the harbour."]
    assert (article.byline, article.metadata.outlet, str(article.metadata.date)) == (
        "Ann Author",
        "The Harbour Times",
        "2010-01-11",
    )
    assert READ in article.notes


def test_a_download_of_one_article_is_read_field_by_field(tmp_path: Path) -> None:
    is_the_article(read(written(tmp_path / "lexis.txt", LEXIS.format(number=1, all=1))))
    is_the_article(read(written(tmp_path / "factiva.txt", FACTIVA)))
    is_the_article(read(written(tmp_path / "factiva.html", factiva_html())))
    is_the_article(read(word(tmp_path / "nexis.docx", SPOKEN)))
    is_the_article(read(printed(tmp_path / "nexis.pdf", SPOKEN)))


def test_what_stands_beside_a_download_overrules_its_fields(tmp_path: Path) -> None:
    (tmp_path / "nexis.yaml").write_text("outlet: The Post\n")
    assert read(word(tmp_path / "nexis.docx", SPOKEN)).metadata.outlet == "The Post"


def test_a_download_of_several_articles_is_no_article(tmp_path: Path) -> None:
    several = LEXIS.format(number=1, all=2) + LEXIS.format(number=2, all=2)
    for path in (
        written(tmp_path / "lexis.txt", several),
        written(tmp_path / "factiva.txt", FACTIVA + FACTIVA),
        word(tmp_path / "nexis.docx", SPOKEN + SPOKEN),
    ):
        with pytest.raises(BadInput, match="as one article: it is a download of 2 articles") as refused:
            read(path)
        assert path.name in str(refused.value)


def test_a_download_without_words_is_refused(tmp_path: Path) -> None:
    rows = [row for row in SPOKEN if not row.startswith(("The council", "It spoke"))]
    with pytest.raises(BadInput, match="the download of a news archive without a text in it"):
        read(word(tmp_path / "nexis.docx", rows))


def test_a_text_that_ends_with_the_words_of_a_download_is_none(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", "A letter\n\nThe council met on Tuesday.\n\nEnd of Document\n")
    assert READ not in read(path).notes
