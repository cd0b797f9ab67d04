"""One article as it stands in a corpus, before it is read, and one that cannot be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Format = Literal["text", "html", "markdown"]

METADATA = ("title", "dek", "outlet", "date", "author", "section", "url")


@dataclass(frozen=True)
class Entry:
    """One article as it stands in a corpus.

    Attributes:
        id: unique in the corpus and stable: as given, or made from source and place.
        text: the article's words; without the title where that stands in `title`.
        format: how `text` is written.
        title, dek, outlet, author, section, url: as given, "" where unknown.
        date: an ISO 8601 day, "" where unknown.
        source: file and place, for a reader: "nexis.txt, article 3", "a.jsonl, line 17".
        notes: what was guessed or lost where its file was decoded; "" where nothing was.
    """

    id: str
    text: str
    format: Format = "text"
    title: str = ""
    dek: str = ""
    outlet: str = ""
    date: str = ""
    author: str = ""
    section: str = ""
    url: str = ""
    source: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Fault:
    """A record of a corpus that cannot be read: why, in one sentence, and the traceback where there is one."""

    id: str
    source: str
    reason: str
    detail: str = ""


def noted(entries: Iterable[Entry | Fault], notes: Sequence[str]) -> Iterable[Entry | Fault]:
    """The same records, with what was guessed or lost where their file was decoded."""
    if not notes:
        return entries
    said = " ".join(notes)
    return (replace(one, notes=said) if isinstance(one, Entry) else one for one in entries)
