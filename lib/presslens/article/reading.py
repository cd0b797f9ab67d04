"""From a file to an Article: title, dek, byline, paragraphs, and a ledger of what was left out."""

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median

import pandas as pd

from presslens.article import formats, paragraphs
from presslens.article.cleaning import Paragraph, clean, ledger_table
from presslens.article.decoding import LARGEST, Decoded, decode, load, tidy
from presslens.article.languages import detect
from presslens.article.segmenting import Block, segment, sentence_table
from presslens.article.sidecar import Sidecar, read_sidecar
from presslens.errors import BadInput
from presslens.language.tokens import tokenize

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}[A-Z](?:, [A-Z][\w .]{2,20})?\s*(?:\([A-Z][\w .]{1,20}\)\s*)?[—–-]")


@dataclass(frozen=True, eq=False)
class Article:
    """One news article as read and cleaned.

    `text` is title, dek and body paragraphs with a blank line between; `blocks` says where each stands in it. `sha256`
    is that of the file's bytes. `notes` tells what was guessed or lost in reading. `ledger` is that of `cleaning`.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    byline: str = ""
    ledger: pd.DataFrame = field(default_factory=lambda: ledger_table([]))
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

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """The table of sentences of `segmenting.segment`."""
        return segment(self.id, self.text, self.blocks)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """The table of tokens of `language.tokens.tokenize`."""
        return tokenize(self.sentences)


def read(path: Path | str, *, keep: Collection[str] = (), largest: int = LARGEST) -> Article:
    """Read and clean one document: .txt, .md or .html, in any encoding, with its sidecar `NAME.yaml` if there is one.

    Args:
        path: the file.
        keep: cleaning rules whose finds stay in the text ("all" for every rule).
        largest: the most bytes a file may have.

    Raises:
        BadInput: the file cannot be read as an article; the message says why and what to do.
    """
    path = Path(path)
    data = load(path, largest=largest)
    if path.suffix.lower() not in SUFFIXES and path.suffix:
        kinds = ", ".join(SUFFIXES)
        decode(data, name=str(path))
        raise BadInput(f"cannot read {path}: files of kind {path.suffix} are not read. Give one of {kinds}.")
    decoded = decode(data, name=str(path))
    document = formats.parse(decoded.text, suffix=path.suffix.lower())
    sidecar = read_sidecar(path)
    lines, lost = _tidy_paragraphs(document.paragraphs)
    cleaned = clean(path.stem, lines, keep=keep)
    left_out = [
        (path.stem, line, text, "outside the article", reason, False) for line, text, reason in document.outside
    ]
    ledger = cleaned.ledger
    if left_out:
        ledger = pd.concat([ledger, ledger_table(left_out)], ignore_index=True)
    head, body = _head([p.text for p in cleaned.paragraphs], title=document.title, dek=document.dek)
    title, dek = sidecar.title or head[0], sidecar.dek or head[1]
    text, blocks = _compose(title, dek, body)
    if not any(character.isalpha() for character in text):
        raise BadInput(f"cannot read {path}: there is no text in it, no letter at all. Give the text of an article.")
    language, language_note = detect(text, stated=sidecar.language)
    return Article(
        id=path.stem,
        text=text,
        blocks=blocks,
        byline=sidecar.author or cleaned.byline or document.author,
        ledger=ledger,
        metadata=document.metadata.filled_by(sidecar),
        language=language,
        source=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(note for note in (*decoded.notes, _lost_note(lost), language_note) if note),
    )


def from_text(text: str, *, id: str = "text") -> Article:  # noqa: A002 - the column's name
    """An article of plain text exactly as given: nothing is cleaned, every paragraph is body, offsets are into `text`."""
    blocks = tuple(Block("body", number, *span) for number, span in enumerate(paragraphs.spans(text), start=1))
    return Article(id=id, text=text, blocks=blocks, sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())


def from_table(table: pd.DataFrame) -> pd.DataFrame:
    """The sentences of a table of texts, each row an article of its own.

    Args:
        table: needs `id` and `text`; the text is taken as given, so offsets are into it.

    Returns:
        The table of `segmenting.segment` for all rows, in order; `article` is the row's number as a string, so that
        repeated ids stay apart.
    """
    pieces = [
        segment(str(number), text, from_text(text).blocks)
        for number, text in enumerate(table["text"].astype("str").tolist())
    ]
    pieces = [piece for piece in pieces if len(piece)]
    return pd.concat(pieces, ignore_index=True) if pieces else sentence_table([])


def _tidy_paragraphs(rough: Sequence[Paragraph]) -> tuple[list[Paragraph], int]:
    tidied = [(p.line, *tidy(p.text.replace("\n", " "))) for p in rough]
    return [Paragraph(line, text) for line, text, _ in tidied if text], sum(lost for _, _, lost in tidied)


def _lost_note(lost: int) -> str:
    if not lost:
        return ""
    return f"{lost:,} control or invisible character{'s were' if lost > 1 else ' was'} left out."


def _head(lines: list[str], *, title: str, dek: str) -> tuple[tuple[str, str], list[str]]:
    """Title and dek of a document, and the paragraphs below them.

    What the format states (a heading, an HTML title) is taken. Of plain text, the first line is the title if it is
    short and does not end like a sentence; the next is the dek if it is much shorter than the paragraphs below it and
    does not begin like a news report.
    """
    body = list(lines)
    if title:
        body = body[1:] if body and _same(body[0], title) else body
    elif len(body) > 1 and len(body[0]) <= 200 and not body[0].endswith((".", ",", ":", ";", ".”", '."')):
        title, *body = body
    if dek:
        body = body[1:] if body and _same(body[0], dek) else body
    elif title and len(body) > 2 and _is_dek(body[0], body[1:]):
        dek, *body = body
    return (title, dek), body


def _is_dek(line: str, below: list[str]) -> bool:
    typical = median(len(paragraph) for paragraph in below)
    short = len(line) <= min(250.0, 0.6 * typical) if typical > 120 else not line.endswith((".", "”", '"'))
    return short and len(line) > 20 and not DATELINE.match(line) and " said" not in line and line[0] not in "“\"'‘"


def _same(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().casefold() == re.sub(r"\W+", " ", b).strip().casefold()


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


__all__ = ["Article", "Decoded", "from_table", "from_text", "read"]
