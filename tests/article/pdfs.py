"""PDFs for tests, in Courier, where each letter is .6 of the size wide."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

WIDE = 0.6
Words = tuple[float, float, float, str]  # from the left, from below, size, text
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"


def pdf(pages: Sequence[Sequence[Words]], *, title: str = "", turned: str = "") -> bytes:
    """Pages of 612 by 792 points with words where they are said to stand; `turned` stands upright along the edge of the first."""
    drawn = [[_shown(f"1 0 0 1 {x} {y} Tm", size, text) for x, y, size, text in page] for page in pages]
    if turned:
        drawn[0].append(_shown("0 1 -1 0 20 100 Tm", 9, turned))
    return of_contents([b"".join(page) for page in drawn], title=title)


def _shown(place: str, size: float, text: str) -> bytes:
    escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return f"BT /F {size} Tf {place} (".encode() + escaped + b") Tj ET\n"


def of_contents(contents: Sequence[bytes], *, title: str = "", more: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF with a page for each stream of drawing; `more` goes to the dictionary of streams, which it says are packed."""
    first = 4  # objects: catalogue, pages, information, font, then two a page
    kids = b" ".join(b"%d 0 R" % (first + 1 + 2 * n) for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(contents),
        b"<< /Title (" + title.encode("cp1252") + b") >>",
        FONT,
    ]
    for content in contents:
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F 4 0 R >> /XObject << /X %d 0 R >> >> >>" % ((len(objects) + 2,) * 2),
            b"<< /Length %d %s >>\nstream\n" % (len(content), more) + content + b"\nendstream",
        ]
    return of_objects(objects, trailer=b"/Info 3 0 R " + trailer)


def of_objects(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, the first of which is its catalogue."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + one + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def bomb(size: int) -> bytes:
    """A page of that many blanks, packed twice: a few kilobytes for a gigabyte."""
    packer = zlib.compressobj(1)
    once = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return of_contents([zlib.compress(once, 9)], more=b"/Filter [/FlateDecode /FlateDecode]")
