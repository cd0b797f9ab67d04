"""What a format yields before anything is cleaned."""

from dataclasses import dataclass, field
from typing import NamedTuple

from presslens.article.sidecar import Sidecar


class Paragraph(NamedTuple):
    """One paragraph of a document and the number of its first line, counted from 1."""

    line: int
    text: str


class Removal(NamedTuple):
    """Which paragraph a cleaning rule takes, and why."""

    position: int
    reason: str


class Outside(NamedTuple):
    """Words that stand in the file but not in the article, for the ledger."""

    line: int
    text: str
    rule: str
    reason: str


@dataclass
class Document:
    """Paragraphs, what the file states of itself, and what it holds beside the article."""

    paragraphs: list[Paragraph]
    title: str = ""
    dek: str = ""
    author: str = ""
    metadata: Sidecar = field(default_factory=Sidecar)
    outside: list[Outside] = field(default_factory=list)
    notes: tuple[str, ...] = ()
