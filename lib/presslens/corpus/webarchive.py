"""WARC files of web news: every page that was served as HTML is an article."""

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any
from urllib.parse import urlsplit

from presslens.article.decoding import decode
from presslens.article.formats import declared_encoding
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.records import refusal
from presslens.errors import BadInput
from presslens.limits import limits, setting

KINDS = ("text/html", "application/xhtml+xml")


def warc(stream: Any, *, file: str, stem: str) -> Iterator[Entry | Fault]:
    """The pages of a WARC file, packed or not; redirects, errors of servers, pictures and scripts are no articles.

    The outlet is the page's host. The date of a record is that of the visit, not of publication, so it is left open:
    reading the page finds the date that it states.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    most, number = limits().bytes, 0
    try:
        records = ArchiveIterator(stream)
        records.INC_RECORD = ""  # what it writes to the terminal; it counts these records too, which is enough
        for record in records:
            number += 1
            if not _is_page(record):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            source, name = f"{file}, record {number}", url[:500] or f"{stem}:{number}"
            try:
                with redirect_stderr(io.StringIO()) as said:  # where warcio says what it cannot unpack, and goes on
                    content = record.content_stream().read(most + 1)
                if said.getvalue():
                    raise BadInput(f"its content is damaged ({' '.join(said.getvalue().split())[:150]}).")
                if len(content) > most:
                    raise BadInput(f"the page is larger than {most / 1e6:g} MB. Raise {setting('bytes')}.")
                decoded = decode(content, name="the page", declared=declared_encoding(content))
            except (BadInput, OSError, ValueError, EOFError) as error:
                yield Fault(name, source, str(error))
                continue
            text = decoded.text
            if reason := refusal(text):
                yield Fault(name, source, reason)
                continue
            outlet = (urlsplit(url).hostname or "").removeprefix("www.")
            yield Entry(
                name,
                text,
                format="html",
                outlet=outlet,
                url=url if url.startswith("http") else "",
                source=source,
                notes=" ".join(decoded.notes),
            )
        if records.err_count:
            many = "1 record is" if records.err_count == 1 else f"{records.err_count:,} records are"
            yield Fault(file, file, f"{many} not as long as stated; what could be read of the file was.")
    except (ArchiveLoadFailed, OSError, EOFError, OverflowError, ValueError, AttributeError) as error:
        after = f"after record {number}" if number else "at its start"
        yield Fault(
            f"{stem}:{number + 1}", file, f"it is no WARC file, or a damaged one, {after} ({str(error)[:150]})."
        )


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in KINDS
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    return str(headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in KINDS
