"""Any corpus as one stream of entries: a file or a folder, tables, archives of news, web archives, single articles."""

import io
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from presslens.article import downloads, factiva, nexis, pdf, word
from presslens.article.decoding import decode
from presslens.article.document import Document
from presslens.article.formats import declared_encoding
from presslens.article.kinds import HTML, MARKDOWN, PDF, PLAIN, WORD
from presslens.article.sidecar import read_sidecar
from presslens.corpus import tables, webarchive
from presslens.corpus.archives import entries_of
from presslens.corpus.entries import Entry, Fault, Format, noted
from presslens.corpus.places import Place, places
from presslens.corpus.records import refusal
from presslens.corpus.seen import Seen
from presslens.errors import BadInput
from presslens.limits import limits, setting

TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
TEXTS = (*PLAIN, *MARKDOWN, *HTML)
KINDS = (*TEXTS, *TABLES, *WORD, *PDF, ".rtf", ".warc")
BESIDE = (".yaml", ".yml")  # sidecars of documents


def entries(address: str, *, columns: Mapping[str, str] | None = None) -> Iterator[Entry | Fault]:
    """Every article of a corpus, in the order of the files' names and of the records in them.

    Args:
        address: a file or a folder, or an address of fsspec (`https://`, `s3://`); also packed with gzip or zstd.
        columns: which column of a table holds which field (`{"text": "Volltext"}`), before the usual names.

    Yields:
        Entries with ids that are unique in the corpus (one that stands twice gets its source behind it); a Fault for
        each record that cannot be read, and one for a file that is not whole. Memory grows by 16 bytes an article.

    Raises:
        BadInput: nothing is there, or a corpus of one file cannot be read at all.
    """
    found = [place for place in places(address) if place.is_alone or place.suffixes[0] not in BESIDE]
    if not found:
        raise BadInput(f"cannot read {address}: there is no file in it. Give a folder with articles or tables.")
    return _distinct(chain.from_iterable(_read(place, columns) for place in found))


def _distinct(stream: Iterator[Entry | Fault]) -> Iterator[Entry | Fault]:
    seen = Seen()
    for one in stream:
        if isinstance(one, Entry) and not seen.add(one.id):
            one = replace(one, id=f"{one.id} [{one.source}]")
            seen.add(one.id)
        yield one


def _read(place: Place, columns: Mapping[str, str] | None) -> Iterator[Entry | Fault]:
    """What one file holds; what goes wrong with the whole file ends a corpus only where it is the whole corpus."""
    try:
        with place.opened() as stream:
            yield from _parsed(place, stream, columns)
    except BadInput as error:
        if place.is_alone:
            raise
        yield Fault(place.name, place.name, str(error))
    except Exception as error:  # noqa: BLE001 - a file that no reader foresaw must not end a run of millions
        reason = f"it cannot be read ({type(error).__name__})."
        yield Fault(place.name, place.name, reason, traceback.format_exc())


def _parsed(place: Place, stream: Any, columns: Mapping[str, str] | None) -> Iterator[Entry | Fault]:
    kind = place.suffixes[0]
    named = {"file": place.name, "stem": place.stem}
    if kind in {".jsonl", ".ndjson", ".json"}:
        yield from tables.jsonl(_json_lines(place, stream, kind), **named, columns=columns)
    elif kind in {".csv", ".tsv"}:
        yield from tables.delimited(stream, **named, columns=columns)
    elif kind == ".parquet":
        yield from tables.parquet(_seekable(place, stream), **named, columns=columns, partition=_partition(place.name))
    elif kind == ".warc":
        yield from webarchive.warc(stream, **named)
    elif kind in WORD:
        package = word.opened(_whole(place, stream), name=place.name)
        yield from _laid_out(place, nexis.lines_of(package), lambda: word.document(package))
    elif kind in PDF:
        printed = pdf.opened(_whole(place, stream), name=place.name)
        yield from _laid_out(place, pdf.lines(printed), lambda: pdf.document(printed, name=place.name))
    elif kind == ".rtf":
        lines = factiva.rtf_lines(_whole(place, stream).decode("latin-1"))
        if not factiva.is_labelled(lines):
            raise BadInput(f"cannot read {place.name}: it is RTF, but no export of Factiva. Save its text as .txt.")
        yield from entries_of(factiva.stories(lines), **named)
    elif kind in TEXTS or not kind:
        yield from _texts(place, stream, kind)
    else:
        raise BadInput(f"cannot read {place.name}: files of kind {kind} are not read. Give {', '.join(KINDS)}.")


def _json_lines(place: Place, stream: Any, kind: str) -> Any:
    """The stream; a `.json` only where its first line is an object."""
    if kind != ".json":
        return stream
    buffered = stream if hasattr(stream, "peek") else io.BufferedReader(stream)
    start = buffered.readline(limits().bytes)
    if not tables.is_json(start):
        raise BadInput(f"cannot read {place.name}: it is not one JSON object a line. Write it as JSONL.")
    return _Again(start, buffered)


class _Again:
    """Lines of a stream, the first of which has been read."""

    def __init__(self, first: bytes, stream: Any) -> None:
        self.first, self.stream = first, stream

    def readline(self, size: int) -> bytes:
        line, self.first = self.first, b""
        return line or self.stream.readline(size)


def _partition(name: str) -> dict[str, str]:
    """The columns that folders state: `outlet=Post/year=2019/part-0.parquet`."""
    parts = [part.split("=", 1) for part in PurePosixPath(name).parts[:-1] if "=" in part]
    return {key: value for key, value in parts if key and value}


def _seekable(place: Place, stream: Any) -> Any:
    return io.BytesIO(_whole(place, stream, limit="table_bytes")) if place.suffixes[1] else stream


def _whole(place: Place, stream: Any, *, limit: str = "bytes") -> bytes:
    most = getattr(limits(), limit)
    data: bytes = stream.read(most + 1)
    if len(data) > most:
        raise BadInput(
            f"cannot read {place.name}: it is larger than {most / 1e6:g} MB. Split it, or raise {setting(limit)}."
        )
    return data


def _texts(place: Place, stream: Any, kind: str) -> Iterator[Entry | Fault]:
    """A text: an export of an archive where it begins as one, else a single article."""
    start = stream.read(200_000)
    if not start.strip():
        raise BadInput(f"cannot read {place.name}: it is empty. Give a file with an article in it.")
    named = {"file": place.name, "stem": place.stem}
    if kind not in HTML and kind not in MARKDOWN:
        decoded = decode(start, name=place.name)
        if read := downloads.reader(decoded.text.split("\n")[: downloads.FIRST]):
            yield from noted(entries_of(read(_lines(start, stream, decoded.encoding)), **named), decoded.guess)
            return
    data = start + _whole(place, stream)
    if len(data) > limits().bytes:
        raise BadInput(
            f"cannot read {place.name}: it is larger than {limits().bytes / 1e6:g} MB. Raise {setting('bytes')}."
        )
    decoded = decode(data, name=place.name, declared=declared_encoding(data) if kind in HTML else "")
    text = decoded.text
    if kind in HTML:
        lines = factiva.html_lines(text)
        if factiva.is_labelled(lines):
            yield from noted(entries_of(factiva.stories(lines), **named), decoded.notes)
            return
    if reason := refusal(text):
        yield Fault(place.stem, place.name, reason)
        return
    yield from noted([_article(place, text, kind)], decoded.notes)


def _laid_out(place: Place, lines: list[str], single: Callable[[], Document]) -> Iterator[Entry | Fault]:
    """A document that was laid out, by its lines: a download of Nexis, or with its headline a single article."""
    if nexis.is_spoken(lines):
        yield from entries_of(nexis.spoken(lines), file=place.name, stem=place.stem)
        return
    document = single()
    text = "\n\n".join(paragraph.text for paragraph in document.paragraphs)
    if reason := refusal(text):
        yield Fault(place.stem, place.name, reason)
        return
    one = _article(place, text, "")
    notes = (
        (*document.notes, f"Lines outside the article: {len(document.outside):,}.")
        if document.outside
        else document.notes
    )
    yield from noted([replace(one, title=one.title or document.title, dek=one.dek or document.dek)], notes)


def _lines(start: bytes, stream: Any, encoding: str) -> Iterator[str]:
    """The lines of a text that goes on after its start, none of them held."""
    whole = io.TextIOWrapper(tables.joined(start, stream), encoding=encoding, errors="replace")
    most = limits().bytes
    for line in iter(lambda: whole.readline(most), ""):
        yield line.rstrip("\n").lstrip("\ufeff")


def _article(place: Place, text: str, kind: str) -> Entry:
    """A document by itself, with what its sidecar states."""
    written: Format = "html" if kind in HTML else "markdown" if kind in MARKDOWN else "text"
    one = Entry(place.stem, text, format=written, source=place.name)
    local = place.local()
    if local is None:
        return one
    stated = read_sidecar(local)
    return replace(
        one,
        title=stated.title or "",
        dek=stated.dek or "",
        outlet=stated.outlet or "",
        author=stated.author or "",
        date=stated.date.isoformat() if stated.date else "",
        url=stated.url or "",
    )
