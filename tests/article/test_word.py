"""Word documents: what is read, what goes to the ledger, what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from presslens.article import word
from presslens.article.document import Document
from presslens.article.reading import read
from presslens.errors import BadInput
from presslens.reports import layout

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in (("Titel", "Title"), ("Untertitel", "Subtitle"), ("H1", "heading 1"))
)


def package(body: str, *, before: str = "", more: dict[str, str] | None = None) -> bytes:
    """A Word document with `body`; `more` are parts beside it (`footnotes`, `header1`) with their words."""
    parts = {
        "document": f"{before}<w:document {SPACES}>{body}</w:document>",
        "styles": f"<w:styles {SPACES}>{STYLES}</w:styles>",
    }
    for name, words in (more or {}).items():
        parts[name] = f"<w:root {SPACES}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:root>"
    kinds = {name: name.rstrip("1") + ("" if name != "document" else ".main") for name in parts}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kinds[name]}+xml"/>' for name in parts)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for n, name in enumerate(parts)
        if name != "document"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>')
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="m" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        packed.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        for name, xml in parts.items():
            packed.writestr(f"word/{name}.xml", xml)
    return made.getvalue()


def paragraph(words: str, style: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def document(*parts: str, **more: str) -> Document:
    return word.document(word.opened(package(f"<w:body>{''.join(parts)}</w:body>", more=more), name="x.docx"))


def texts(found: Document) -> list[str]:
    return [one.text for one in found.paragraphs]


def test_title_and_standfirst_are_told_by_their_styles_in_whatever_language_word_speaks() -> None:
    found = document(
        paragraph("By Ann"), paragraph("A head", "Titel"), paragraph("A dek.", "Untertitel"), paragraph("One.")
    )
    assert (found.title, found.dek, texts(found)) == ("A head", "A dek.", ["By Ann", "One."])
    assert [one.line for one in found.paragraphs] == [1, 4]


def test_the_first_heading_is_the_title_where_no_style_says_so() -> None:
    found = document(paragraph("A head", "H1"), paragraph("One."), paragraph("Part two", "H1"), paragraph("Two."))
    assert (found.title, texts(found)) == ("A head", ["One.", "Part two", "Two."])


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    tracked = (
        "<w:p><w:r><w:t>It was </w:t></w:r><w:del><w:r><w:delText>good</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>bad</w:t></w:r></w:ins><w:hyperlink><w:r><w:t> news</w:t></w:r></w:hyperlink></w:p>"
    )
    assert texts(document(tracked)) == ["It was bad news"]
    moved = (
        "<w:p><w:moveFrom><w:r><w:t>Later. </w:t></w:r></w:moveFrom><w:r><w:t>First.</w:t></w:r></w:p>"
        "<w:p><w:moveTo><w:r><w:t>Later.</w:t></w:r></w:moveTo></w:p>"
    )
    assert texts(document(moved)) == ["First.", "Later."]


def test_cells_are_paragraphs_and_an_empty_line_divides_them() -> None:
    cells = f"<w:tbl><w:tr><w:tc>{paragraph('One.')}</w:tc><w:tc>{paragraph('Two.')}</w:tc></w:tr></w:tbl>"
    broken = "<w:p><w:r><w:t>Three</w:t><w:br/><w:t>lines.</w:t><w:br/><w:br/><w:t>Four.</w:t></w:r></w:p>"
    assert texts(document(cells, broken)) == ["One.", "Two.", "Three lines.", "Four."]


def test_what_stands_beside_the_text_goes_to_the_ledger_and_what_is_not_read_is_said() -> None:
    box = (
        f"<w:p><w:r><w:t>Text.</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>{paragraph('A box.')}</w:txbxContent>"
        f"</mc:Choice><mc:Fallback><w:txbxContent>{paragraph('A box.')}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )
    found = document(box, footnotes="A note.", header1="The Daily")
    assert texts(found) == ["Text."]
    assert [(one.text, one.rule) for one in found.outside] == [
        ("A box.", "outside the article"), ("The Daily", "outside the article"),
    ]  # fmt: skip
    assert found.notes == ("Footnotes of the Word document are not read.",)


def test_a_word_document_is_read_as_the_same_words_in_markdown_are(tmp_path: Path) -> None:
    body = ["By Ann Author", "The council hated the awful plan in Leeds.", "“It is over,” the mayor said on Tuesday."]
    parts = [paragraph("A bridge too far", "Titel"), *map(paragraph, body)]
    (tmp_path / "a.docx").write_bytes(package(f"<w:body>{''.join(parts)}</w:body>"))
    (tmp_path / "a.yaml").write_text("outlet: The Post\n")
    (tmp_path / "b.md").write_text("\n\n".join(["# A bridge too far", *body]), encoding="utf-8")
    one, other = read(tmp_path / "a.docx"), read(tmp_path / "b.md")
    assert (one.text, one.blocks, one.byline) == (other.text, other.blocks, other.byline)
    assert (one.id, one.source, one.metadata.outlet) == ("a", "a.docx", "The Post")
    assert len(one.sha256) == 64


@pytest.mark.parametrize(
    "data",
    [
        b"plain words",
        b"PK\x03\x04 no zip",
        package("<w:body>")[:-40],
        package("", before="<"),
        package("<w:other/>"),
        package("<w:body/>").replace(b"officeDocument/2006", b"officeDocument/2007"),
    ],
)
def test_what_is_no_word_document_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"a\.docx"):
        read(path)


def test_a_document_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(package("<w:body><w:p/></w:body>"))
    with pytest.raises(BadInput, match="no text in it"):
        read(tmp_path / "a.docx")


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSLENS_MAX_UNPACKED_BYTES", "100000")
    with pytest.raises(BadInput, match=r"unpacked it is larger than 0\.1 MB"):
        word.opened(package(f"<w:body>{paragraph('a' * 200_000)}</w:body>"), name="a.docx")


def test_no_entity_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("TOP SECRET")
    outer = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    data = package(f"<w:body>{paragraph('Words &e; here.')}</w:body>", before=outer)
    found = word.document(word.opened(data, name="a.docx"))
    assert "SECRET" not in " ".join(texts(found))


def test_seeds_are_found_whatever_their_kind_but_not_what_word_lays_beside_an_open_one(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for name in ("a.docx", "b.MD", "~$a.docx", ".c.txt", "README.md", "d.yaml"):
        (tmp_path / "seeds" / name).write_text("x")
    assert [path.name for path in layout.seeds(tmp_path)] == ["a.docx", "b.MD"]
