"""A run as a Word document: headings, findings, tables with header rows, figures with alternative text."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from presslens.errors import BadInput
from presslens.exports import archive, joining
from presslens.exports.runs import Finished

EPOCH = datetime(1980, 1, 1)  # the format has no zone
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SKIPPED = frozenset({"style", "script", "nav", "svg", "input", "button", "select", "template", "noscript", "label"})
LEVELS = {"h3": 2, "h4": 3, "h5": 4, "h6": 5}
STYLES = {"finding": "Normal", "lead": "Intense Quote", "note": "Subtle", "paragraph": "Normal"}
INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"}
)
TEXT_WIDTH = 16.0  # centimetres between the margins
SPACE = re.compile(r"\s+")

Run = tuple[str, str]  # words and how they stand: "", "strong", "mark", "where", "code"


def document(run: Finished) -> bytes:
    """The Word document of a finished run; the same run gives the same bytes.

    Raises:
        BadInput: a picture of the run cannot be read.
    """
    from docx import Document

    page = Document()
    made = _Document(page, run)
    made.front()
    for name, heading, tree in joining.chapters(run):
        made.chapter(name, heading, tree)
    made.back()
    core = page.core_properties
    core.title, core.author, core.comments = made.title, "presslens", ""
    core.created = core.modified = EPOCH
    core.last_modified_by, core.revision, core.language = "", 1, "en"
    buffer = io.BytesIO()
    page.save(buffer)
    return archive.settled(buffer.getvalue())


class _Document:
    """Fills a Word document from the pages of a run."""

    def __init__(self, page: Any, run: Finished) -> None:
        self.page, self.run = page, run
        self.title = joining.title(run)
        self._prepare()

    def _prepare(self) -> None:
        """The look: a serif text, sans headings in ink, small grey notes; A4 with ordinary margins."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        section = self.page.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        styles, ink, muted = self.page.styles, RGBColor(0x1B, 0x1E, 0x23), RGBColor(0x5B, 0x62, 0x6C)
        styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        subtle = styles.add_style("Subtle", WD_STYLE_TYPE.PARAGRAPH)
        subtle.base_style = styles["Normal"]
        subtle.font.size, subtle.font.color.rgb = Pt(9), muted
        for name, size in (
            ("Title", 24),
            ("Heading 1", 18),
            ("Heading 2", 14),
            ("Heading 3", 11.5),
            ("Heading 4", 10.5),
        ):
            font = styles[name].font
            font.name, font.size, font.color.rgb, font.bold = "Arial", Pt(size), ink, True
            font.element.rPr.rFonts.attrib.clear()
            for kind in ("ascii", "hAnsi", "cs"):
                font.element.rPr.rFonts.set(qn(f"w:{kind}"), "Arial")
        for name in ("Intense Quote", "Quote", "Caption"):
            styles[name].font.color.rgb = muted if name == "Caption" else ink
            styles[name].font.italic = False
        styles["Caption"].font.bold, styles["Caption"].font.size = False, Pt(9)
        styles["Intense Quote"].font.bold, styles["Intense Quote"].font.size = False, Pt(12)

    def front(self) -> None:
        self.page.add_heading(_clean(self.title), 0)
        self._paragraph([(joining.about(self.run), "")], "Subtle")
        self._paragraph([("A reading by presslens.", "")], "Subtle")

    def chapter(self, name: str, heading: str, tree: HtmlElement) -> None:
        """One page of the report."""
        self.page.add_heading(_clean(heading), 1).paragraph_format.page_break_before = True
        self._blocks(tree, name)

    def back(self) -> None:
        """How the report was made."""
        self.page.add_heading("How this report was made", 1).paragraph_format.page_break_before = True
        record = self.run.record
        rows = [["Command", str(record.get("reproduce", ""))], ["Run key", str(record["run_key"])]]
        rows += [[f"SHA-256 of {name}", str(digest)] for name, digest in record["inputs"].items()]
        rows += [["Versions", ", ".join(f"{name} {number}" for name, number in record["versions"].items())]]
        rows += [["Rights", "The rights in the article stay with its author and publisher."]]
        self._grid([["what", "value"], *rows], head=1)

    def _blocks(self, tree: HtmlElement, name: str) -> None:
        """Every block of a page, in order; words that stand free between blocks become paragraphs."""
        loose: list[Run] = _words(tree.text, "")
        for child in tree:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                pass
            elif child.tag in INLINE:
                loose += _runs(child)
            else:
                loose = self._flush(loose)
                self._block(child, name)
            loose += _words(child.tail, "")
        self._flush(loose)

    def _flush(self, loose: list[Run]) -> list[Run]:
        if "".join(words for words, _ in loose).strip():
            self._paragraph(loose, "Normal")
        return []

    def _block(self, block: HtmlElement, name: str) -> None:
        kinds = (block.get("class") or "").split()
        if block.tag in LEVELS:
            self.page.add_heading(_clean(_plain(block)), LEVELS[block.tag])
        elif block.tag == "figure":
            self._figure(block, name)
        elif block.tag == "table":
            self._table(block)
        elif block.tag == "blockquote":
            self._paragraph(_runs(block), "Quote")
        elif block.tag in {"ul", "ol"}:
            for item in block.findall("li"):
                self._paragraph(_runs(item), "List Bullet" if block.tag == "ul" else "List Number")
        elif block.tag in {"p", "pre", "summary", "dt", "dd", "figcaption"}:
            style = next((STYLES[kind] for kind in kinds if kind in STYLES), "Normal")
            self._paragraph(_runs(block), style)
        else:
            self._blocks(block, name)

    def _paragraph(self, runs: list[Run], style: str) -> None:
        merged = _joined(runs)
        if not merged:
            return
        from docx.shared import Pt, RGBColor

        paragraph = self.page.add_paragraph(style=style)
        for words, how in merged:
            run = paragraph.add_run(_clean(words))
            run.bold = True if how in {"strong", "mark"} else None
            if how == "where":
                run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x5B, 0x62, 0x6C)
            if how == "code":
                run.font.name = "Courier New"

    def _figure(self, block: HtmlElement, name: str) -> None:
        """A figure: its title, its picture with alternative text, its caption; without a picture the text stands for it."""
        from docx.shared import Cm

        file = (block.get("id") or "").removeprefix(f"page-{name}-").removeprefix("figure-")
        pictures: Any = block.xpath(".//*[@role='img']")
        alt = pictures[0].get("aria-label", "") if pictures else ""
        titles: Any = block.xpath(".//*[contains(@class, 'figure-title')]")
        if titles:
            self._paragraph([(_plain(titles[0]), "strong")], "Normal")
            self.page.paragraphs[-1].paragraph_format.keep_with_next = True
        path = self.run.folder / "figures" / f"{file}.png"
        if re.fullmatch(r"[\w-]+", file) and path.is_file():
            paragraph = self.page.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            try:
                shape = paragraph.add_run().add_picture(str(path), width=Cm(TEXT_WIDTH))
            except Exception as error:  # noqa: BLE001 - python-docx has no common error for a picture it cannot read
                raise BadInput(
                    f"cannot read {path}: it is not a PNG picture ({error}). Run the report again."
                ) from None
            if shape.height > Cm(21):  # a page holds no more, with title and caption
                shape.width, shape.height = int(shape.width * Cm(21) / shape.height), Cm(21)
            shape._inline.docPr.set("descr", _clean(alt))
            shape._inline.docPr.set("name", file)
        elif alt:
            self._paragraph([(alt, "")], "Subtle")
        for caption in block.findall("figcaption"):
            self._paragraph(_runs(caption), "Caption")

    def _table(self, block: HtmlElement) -> None:
        captions = block.findall("caption")
        if captions:
            self._paragraph([(_plain(captions[0]), "strong")], "Normal")
            self.page.paragraphs[-1].paragraph_format.keep_with_next = True
        rows = [[_plain(cell) for cell in row if cell.tag in {"th", "td"}] for row in block.iter("tr")]
        self._grid([row for row in rows if row], head=len(block.xpath(".//thead/tr")))

    def _grid(self, rows: list[list[str]], *, head: int) -> None:
        """A table whose header rows repeat on every page."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        if not rows:
            return
        width = max(len(row) for row in rows)
        table = self.page.add_table(rows=0, cols=width, style="Table Grid")
        for at, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=False):
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(1)
                run = paragraph.add_run(_clean(text))
                run.font.size = Pt(8.5)
                run.bold = True if at < head else None
            marks = table.rows[-1]._tr.get_or_add_trPr()
            marks.append(OxmlElement("w:cantSplit"))
            if at < head:
                marks.append(OxmlElement("w:tblHeader"))
        self.page.add_paragraph(style="Subtle")


def _plain(element: HtmlElement) -> str:
    return SPACE.sub(" ", "".join(words for words, _ in _runs(element))).strip()


def _words(text: str | None, how: str) -> list[Run]:
    return [(text, how)] if text else []


def _runs(element: HtmlElement, how: str = "") -> list[Run]:
    """The words of an element, and how they stand."""
    kinds = (element.get("class") or "").split()
    if element.tag in {"strong", "b"} or "where" in kinds or element.tag in {"mark", "code"}:
        how = {"strong": "strong", "b": "strong", "mark": "mark", "code": "code"}.get(str(element.tag), "where")
    return list(_walk(element, how))


def _walk(element: HtmlElement, how: str) -> Iterator[Run]:
    if element.tag == "br":
        yield "\n", how
    if element.text:
        yield element.text, how
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _runs(child, how)
            if child.tag in {"p", "div", "li", "dd", "dt"}:
                yield " ", how
        if child.tail:
            yield child.tail, how


def _joined(runs: list[Run]) -> list[Run]:
    """The runs with blanks as a page shows them: one between words, none at the ends."""
    found: list[Run] = []
    for words, how in runs:
        plain = words if how == "code" else SPACE.sub(" ", words)
        if not found or found[-1][0].endswith(" "):
            plain = plain.lstrip(" ")
        if plain:
            found.append((plain, how))
    if found:
        found[-1] = (found[-1][0].rstrip(" "), found[-1][1])
    return [run for run in found if run[0]]


def _clean(text: str) -> str:
    """Text that XML can hold."""
    return CONTROLS.sub("", text)
