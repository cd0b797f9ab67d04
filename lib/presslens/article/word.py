"""Word documents (.docx): the words in their order, and what stands beside them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from presslens.article.document import Document, Outside, Paragraph
from presslens.errors import BadInput
from presslens.limits import limits, setting

if TYPE_CHECKING:
    from docx.document import Document as Package

FIRST = 5  # paragraphs among which a heading may be the headline
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH, BOX, STYLE = f"{WORDS}p", f"{WORDS}txbxContent", f"{WORDS}style"
MEANT = {f"{WORDS}tab": " ", f"{WORDS}br": "\n", f"{WORDS}cr": "\n", f"{WORDS}noBreakHyphen": "\u2011"}
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BLANK_LINE = re.compile(r"\n[^\S\n]*+\n\s*+")
LINE_BREAK = re.compile(r"\n[^\S\n]*+")
# Not words of a paragraph, or not there any more: what was moved away stands where it was moved to.
PASSED = (PARAGRAPH, BOX, FALLBACK, f"{WORDS}pPr", f"{WORDS}moveFrom")
NOTES = {"/footnotes": "Footnotes", "/endnotes": "Endnotes", "/comments": "Comments"}


def opened(data: bytes, *, name: str) -> Package:
    """A Word document, looked at before it is unpacked.

    Raises:
        BadInput: it is no Word document, a damaged one, or larger than the limit unpacked.
    """
    import docx

    most = limits().unpacked_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > most:
            raise BadInput(
                f"cannot read {name}: unpacked it is larger than {most / 1e6:g} MB. Split it, or raise "
                f"{setting('unpacked_bytes')}."
            )
        package = docx.Document(io.BytesIO(data))
        if package.styles is not None and getattr(package.element, "body", None) is not None:
            return package
    except BadInput:
        raise
    except Exception as error:  # noqa: BLE001 - python-docx raises whatever a broken file makes it
        raise BadInput(
            f"cannot read {name}: it is no Word document, or a damaged one ({type(error).__name__}). Save it again."
        ) from None
    raise BadInput(f"cannot read {name}: it is a Word document without a body. Save it again.")


def document(package: Package) -> Document:
    """What a Word document holds: text in its order, tables cell by cell, with insertions and without deletions that are tracked.

    The headline is the paragraph in the style Title, or the first heading among the first five; the standfirst is in the
    style Subtitle. Text boxes, headers and footers go to the ledger. A line is the number of a paragraph.
    """
    styles = {one.get(f"{WORDS}styleId"): _value(one, "name").lower() for one in package.styles.element.iter(STYLE)}
    found: list[tuple[Paragraph, str]] = []
    outside: list[Outside] = []
    for number, element in enumerate(package.element.body.iter(PARAGRAPH), 1):
        text = _text(element)
        if not text.strip():
            continue
        if any(above.tag == FALLBACK for above in element.iterancestors()):
            continue  # the same words again, for older programs
        if any(above.tag == BOX for above in element.iterancestors()):
            outside.append(Outside(number, text, "outside the article", "a text box of the document"))
            continue
        style = styles.get(_value(element, "pPr", "pStyle"), "")
        parts = [LINE_BREAK.sub(" ", part).strip() for part in BLANK_LINE.split(text)]
        found += [(Paragraph(number, part), style) for part in parts if part]
    headings = [place for place, (_, style) in enumerate(found[:FIRST]) if style.startswith("heading")]
    title = _taken(found, [place for place, (_, style) in enumerate(found) if style == "title"] or headings)
    dek = _taken(found, [place for place, (_, style) in enumerate(found) if style == "subtitle"])
    outside += [Outside(0, text, "outside the article", "a header or footer of the page") for text in _edges(package)]
    return Document(
        [paragraph for paragraph, _ in found], title=title, dek=dek, outside=outside, notes=tuple(_unread(package))
    )


def _value(element: Any, *path: str) -> str:
    """The value of the element at a path of names, empty where there is none."""
    found = element.find("/".join(WORDS + name for name in path))
    return "" if found is None else str(found.get(f"{WORDS}val", ""))


def _taken(found: list[tuple[Paragraph, str]], places: list[int]) -> str:
    """The words of the first of some paragraphs, which is taken out."""
    return " ".join(found.pop(places[0])[0].text.split()) if places else ""


def _text(paragraph: Any) -> str:
    """The words of one paragraph, without those of the text boxes in it; `w:delText` is another element."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{WORDS}t":
            yield child.text or ""
        elif child.tag in MEANT:
            yield MEANT[child.tag]
        elif child.tag not in PASSED:
            yield from _pieces(child)


def _edges(package: Package) -> list[str]:
    """What headers and footers say, each once."""
    parts = [one.target_part for one in package.part.rels.values() if not one.is_external]
    edges = [part for part in parts if str(part.partname).startswith(("/word/header", "/word/footer"))]
    texts = [_text(p) for edge in edges if hasattr(edge, "element") for p in edge.element.iter(PARAGRAPH)]
    return list(dict.fromkeys(text for text in texts if text.strip()))


def _unread(package: Package) -> Iterator[str]:
    """What the document has and is not read: notes below the text, comments beside it."""
    for one in package.part.rels.values():
        for ending, what in NOTES.items():
            if not one.is_external and one.reltype.endswith(ending) and b"<w:t" in one.target_part.blob:
                yield f"{what} of the Word document are not read."
