"""From a file to an Article: title, dek, byline, paragraphs, and a ledger of what was left out."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from presslens.article import cut, downloads, factiva, formats, kinds, nexis, paragraphs, pdf, word
from presslens.article.cleaning import Cleaned, Found, clean, ledger_table
from presslens.article.dates import dateline
from presslens.article.decoding import decode, load, tidy
from presslens.article.display import article_html, counted
from presslens.article.document import Document, Outside, Paragraph
from presslens.article.heading import find_head, repeats
from presslens.article.languages import detect, foreign
from presslens.article.segmenting import Block, segment, sentence_rows, sentence_table
from presslens.article.sidecar import Sidecar, read_sidecar
from presslens.errors import BadInput
from presslens.language.tokens import tokenize
from presslens.limits import in_time, kept_limits, limits, setting


@dataclass(frozen=True, eq=False)
class Article:
    """One news article as read and cleaned.

    `text` is title, dek and body paragraphs with a blank line between; `blocks` says where each stands in it. `sha256`
    is that of the file's bytes. `notes` tells what was guessed or lost in reading, `found` what cleaning found.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    byline: str = ""
    found: tuple[Found, ...] = ()
    metadata: Sidecar = field(default_factory=Sidecar)
    language: str = "en"
    source: str = ""
    sha256: str = ""
    notes: tuple[str, ...] = ()

    def _section(self, section: str) -> list[str]:
        return [self.text[b.start : b.end] for b in self.blocks if b.section == section]

    @property
    def title(self) -> str:
        """The headline, empty where there is none."""
        return " ".join(self._section("title"))

    @property
    def dek(self) -> str:
        """The standfirst, empty where there is none."""
        return " ".join(self._section("dek"))

    @property
    def paragraphs(self) -> list[str]:
        """The body, a string a paragraph."""
        return self._section("body")

    def __repr__(self) -> str:
        title = f"{self.title[:60]!r}, " if self.title else ""
        facts = [
            counted(len(self.paragraphs), "paragraph"),
            counted(len(self.sentences), "sentence"),
            f"{counted(self.removed, 'line')} left out",
            f"language {self.language!r}",
        ]
        return f"Article({self.id!r}, {title}{', '.join(facts)})"

    def _repr_html_(self) -> str:
        return article_html(self)

    @property
    def removed(self) -> int:
        """How many lines cleaning left out."""
        return sum(not one.kept for one in self.found)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The table of `cleaning.ledger_table`."""
        return ledger_table(self.found)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """The table of sentences of `segmenting.segment`."""
        return segment(self.id, self.text, self.blocks)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """The table of tokens of `language.tokens.tokenize`."""
        return tokenize(self.sentences)


def read(path: Path | str, *, keep: Collection[str] = (), largest: int | None = None) -> Article:
    """Read and clean one document: .txt, .md or .html in any encoding, .docx or .pdf, with its sidecar `NAME.yaml`.

    Args:
        path: the file.
        keep: cleaning rules whose finds stay in the text ("all" for every rule).
        largest: the most bytes a file may have; None for the limit that is set (see `presslens.limits`).

    Raises:
        BadInput: the file cannot be read as an article; the message says why and what to do.
    """
    with kept_limits(), in_time(str(path)):
        return _read(Path(path), keep, largest)


def _read(path: Path, keep: Collection[str], largest: int | None) -> Article:
    data = load(path, largest=largest)
    suffix = path.suffix.lower()
    if suffix and suffix not in kinds.DOCUMENTS:
        decode(data, name=str(path))
        raise BadInput(
            f"cannot read {path}: files of kind {path.suffix} are not read. Give one of {', '.join(kinds.DOCUMENTS)}."
        )
    sha256 = hashlib.sha256(data).hexdigest()
    document, notes = _document(data, suffix, str(path))
    article = _made(document, str(path), name_of(path), keep, stated=read_sidecar(path), notes=notes)
    return replace(article, source=_said(path.name), sha256=sha256)


def _document(data: bytes, suffix: str, name: str) -> tuple[Document, tuple[str, ...]]:
    """What a file holds, of an archive's download its one article, and what was guessed where it was decoded."""
    if suffix in kinds.WORD:
        package = word.opened(data, name=name)
        return downloads.document(nexis.lines_of(package), name=name) or word.document(package), ()
    if suffix in kinds.PDF:
        printed = pdf.opened(data, name=name)
        return downloads.document(pdf.lines(printed), name=name) or pdf.document(printed, name=name), ()
    decoded = decode(data, name=name, declared=formats.declared_encoding(data) if suffix in kinds.HTML else "")
    _refuse_many(decoded.text.count("\n"), name)
    lines = _lines(decoded.text, suffix)
    return downloads.document(lines, name=name) or formats.parse(decoded.text, suffix=suffix), decoded.notes


def _lines(text: str, suffix: str) -> list[str]:
    """The lines by which a download is told; none where it cannot be one."""
    if suffix in kinds.HTML:
        return factiva.html_lines(text)
    return [] if suffix in kinds.MARKDOWN else text.split("\n")


def read_text(
    text: str,
    *,
    id: str,
    suffix: str = ".txt",
    stated: Sidecar | None = None,
    keep: Collection[str] = (),
    notes: tuple[str, ...] = (),
) -> Article:
    """Read and clean one document that is text already, as `read` does with a file of that suffix.

    Args:
        text: plain text, Markdown or HTML.
        id: of the article, and what errors call it.
        suffix: `.txt`, `.md` or `.html`.
        stated: what is known of the article beside its words.
        keep: as for `read`.
        notes: what was guessed or lost before it was text.

    Raises:
        BadInput: there is no article in it; the message says why.
    """
    with in_time(id):
        _refuse_many(text.count("\n"), id)
        return _made(formats.parse(text, suffix=suffix), id, id, keep, stated=stated or Sidecar(), notes=notes)


def _made(
    document: Document, called: str, name: str, keep: Collection[str], *, stated: Sidecar, notes: tuple[str, ...]
) -> Article:
    _refuse_many(len(document.paragraphs) + len(document.outside), called)
    beside, stated = stated, document.metadata.filled_by(stated)
    lines, lost = _tidied(document.paragraphs)
    title, dek = tidy(stated.title or document.title)[0], tidy(stated.dek or document.dek)[0]
    cleaned = _cleaned(name, lines, tidy(document.title)[0], keep)
    head = find_head([p.text for p in cleaned.paragraphs], title=title, dek=dek, front=cleaned.front)
    text, blocks = _compose(*head)
    outside = [*document.outside, *_overruled(document, stated)]
    found = [*cleaned.found, *(Found(name, *entry, False) for entry in outside)]
    if not any(character.isalpha() for character in text):
        raise BadInput(f"cannot read {called}: there is no text in it, no letter at all. {_why(document.notes)}")
    language, language_note = detect(text, stated=stated.language)
    date_note = _date_note(beside.date, document.metadata.date, cleaned.date)
    body = [text[block.start : block.end] for block in blocks if block.section == "body"]
    return Article(
        id=name,
        text=text,
        blocks=blocks,
        byline=stated.author or cleaned.byline or document.author,
        found=tuple(sorted(found, key=lambda one: one.line)),
        metadata=Sidecar(date=cleaned.date or dateline(body[0] if body else "")).filled_by(stated),
        language=language,
        notes=tuple(
            note
            for note in (
                *notes,
                *document.notes,
                _lost_note(lost),
                cut.note(cleaned.paragraphs, cleaned.found),
                language_note,
                date_note,
                foreign(body, language),
            )
            if note
        ),
    )


def name_of(path: Path) -> str:
    """The id of a document: its file's name without the suffix; a byte that is no UTF-8 shows as a question mark."""
    return _said(path.stem)


def _said(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _refuse_many(paragraphs: int, called: str) -> None:
    most = limits().paragraphs
    if paragraphs > most:
        raise BadInput(
            f"cannot read {called}: it has more than {most:,} lines or paragraphs. Split it, or raise {setting('paragraphs')}."
        )


def from_text(text: str, *, id: str = "text") -> Article:
    """An article of plain text as given: nothing is cleaned, every paragraph is body, offsets are into `text`."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Article(id=id, text=text, blocks=_all_body(text), sha256=digest)


def from_table(table: pd.DataFrame) -> pd.DataFrame:
    """The sentences of a table of texts, each row an article of its own.

    Args:
        table: needs `id` and `text`; the text is taken as given, so offsets are into it.

    Returns:
        The table of `segmenting.segment` for all rows, in order; `article` is the row's number as a string, so that
        repeated ids stay apart.
    """
    if "text" not in table.columns:
        raise BadInput("the table has no column text. Give a table with the columns id and text.")
    texts = ["" if text is None or text is pd.NA or text != text else str(text) for text in table["text"].tolist()]
    return sentence_table(
        [row for number, text in enumerate(texts) for row in sentence_rows(str(number), text, _all_body(text))]
    )


def _all_body(text: str) -> tuple[Block, ...]:
    return tuple(Block("body", number, *span) for number, span in enumerate(paragraphs.spans(text), start=1))


def _cleaned(article: str, lines: list[Paragraph], title: str, keep: Collection[str]) -> Cleaned:
    """The lines cleaned with the headline above them that the format states: a byline is one because it stands below."""
    above = [] if not title or repeats(title, [p.text for p in lines]) else [Paragraph(0, title)]
    cleaned = clean(article, [*above, *lines], keep=keep)
    if not above:
        return cleaned
    found = [one for one in cleaned.found if one.line > 0]
    return cleaned._replace(paragraphs=[p for p in cleaned.paragraphs if p.line], found=found)


def _overruled(document: Document, stated: Sidecar) -> Iterator[Outside]:
    """A headline or standfirst in the file that gives way to another one that was stated for it."""
    for name, own, given in (("title", document.title, stated.title), ("dek", document.dek, stated.dek)):
        if own and given and own != given:
            yield Outside(1, own, "overruled", f"another {name} is stated for this article")


def _tidied(rough: Sequence[Paragraph]) -> tuple[list[Paragraph], int]:
    tidied = [(paragraph.line, *tidy(paragraph.text)) for paragraph in rough]
    return [Paragraph(line, text) for line, text, _ in tidied if text], sum(lost for _, _, lost in tidied)


def _why(notes: Sequence[str]) -> str:
    return " ".join(notes) or "Give the text of an article."


def _lost_note(lost: int) -> str:
    if not lost:
        return ""
    return f"{lost:,} control or invisible character{'s were' if lost > 1 else ' was'} left out."


def _date_note(beside: dt.date | None, stated: dt.date | None, found: dt.date | None) -> str:
    """What a date was taken from that nobody states beside the document."""
    if beside or not (stated or found):
        return ""
    date = stated or found
    source = "what the file says of itself" if stated else "a line of the text"
    return f"The date, {date:%d %B %Y}, was taken from {source}.".replace(", 0", ", ")


def _compose(title: str, dek: str, body: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    named = [("title", 0, title), ("dek", 0, dek), *(("body", n, p) for n, p in enumerate(body, start=1))]
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for section, number, piece in named:
        if piece:
            blocks.append(Block(section, number, at, at + len(piece)))
            pieces.append(piece)
            at += len(piece) + 2
    return "\n\n".join(pieces), tuple(blocks)
