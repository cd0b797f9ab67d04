"""Downloads of news archives (Nexis, Factiva) where one article is read: told by their lines, taken field by field."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from presslens.article import factiva, nexis
from presslens.article.dates import date_line
from presslens.article.document import Document, Paragraph
from presslens.article.sidecar import Sidecar
from presslens.article.stories import Story
from presslens.errors import BadInput

FIRST = 400  # lines by which a download is told
READ = "Read as the download of a news archive: title, outlet, date, author and text are those of its fields."

Reader = Callable[[Iterable[str]], Iterator[Story]]


def reader(first: Sequence[str]) -> Reader | None:
    """What reads a text as a download, by its first lines; None where it is none."""
    if any(map(nexis.NUMBERED.fullmatch, first)):
        return nexis.numbered
    return factiva.stories if factiva.is_labelled(first) else None


def document(lines: Sequence[str], *, name: str) -> Document | None:
    """The one article of a download; None where the lines are none of Nexis or Factiva.

    Args:
        lines: of a text, or the paragraphs of a document that was laid out (`Nexis Uni` ends each article with a line).
        name: the file as the user knows it, for the message.

    Raises:
        BadInput: it holds several articles, or none.
    """
    read = reader(lines[:FIRST]) or (nexis.spoken if nexis.is_spoken(lines) else None)
    if read is None:
        return None
    found = [story.fields for story in read(lines) if story.fields]
    if len(found) > 1:
        raise BadInput(
            f"cannot read {name} as one article: it is a download of {len(found):,} articles. Read them with "
            "`presslens corpus`, or download one of them."
        )
    if not found or not found[0].get("text"):
        raise BadInput(f"cannot read {name}: it is the download of a news archive without a text in it.")
    return _made(found[0])


def _made(fields: dict[str, str]) -> Document:
    day = date_line(fields.get("date", ""))
    return Document(
        [Paragraph(number, text) for number, text in enumerate(fields["text"].split("\n\n"), 1)],
        title=fields.get("title", ""),
        dek=fields.get("dek", ""),
        author=fields.get("author", "")[:300],
        metadata=Sidecar(outlet=fields.get("outlet", "")[:300] or None, date=day.date if day else None),
        notes=(READ,),
    )
