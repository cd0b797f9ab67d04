"""One article as it stands in a corpus, before it is read, and one that cannot be read."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Fault:
    """A record of a corpus that cannot be read: why, in one sentence, and the traceback where there is one."""

    id: str
    source: str
    reason: str
    detail: str = ""
