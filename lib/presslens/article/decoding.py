"""From the bytes of a file to text: limits, binary files, encodings, stray characters."""

import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from presslens.errors import BadInput

LARGEST = 20_000_000  # bytes; a novel has about one million
SIGNATURES = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a media file",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"\x1f\x8b": "a gzip archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"PAR1": "a Parquet table",
    b"\x7fELF": "a program",
    b"SQLite": "a database",
    b"{\\rtf": "an RTF document",
}
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
STRAY = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
BLANKS = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
REMEDY = "Give a .txt, .md or .html file, or convert it to text first."


class Decoded(NamedTuple):
    """Text with plain line ends, the encoding it was read in, and what a reader should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def load(path: Path, *, largest: int = LARGEST) -> bytes:
    """The bytes of a regular file.

    Raises:
        BadInput: no such file, a folder or a device, not readable, empty, or larger than `largest` bytes.
    """
    try:
        with open(path, "rb", opener=_open_now) as file:  # noqa: PTH123 - Path.open takes no opener
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BadInput(f"cannot read {path}: it is not a regular file. {REMEDY}")
            data = file.read(largest + 1)
    except FileNotFoundError:
        raise BadInput(f"cannot read {path}: there is no such file. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BadInput(f"cannot read {path}: it is a folder. Give the files in it, one by one.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read {path}: {reason}. Check the file and its permissions.") from None
    if len(data) > largest:
        raise BadInput(
            f"cannot read {path}: it is larger than {largest / 1e6:.0f} MB, too long for one article. "
            "Split it into one file an article."
        )
    if not data.strip():
        raise BadInput(f"cannot read {path}: it is empty. Give a file with the text of an article.")
    return data


def _open_now(name: str, flags: int) -> int:
    """Open without waiting: a FIFO with no writer would otherwise hang the run."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, *, name: str) -> Decoded:
    """Text of bytes in any common encoding: byte-order mark, then UTF-8, then a guess by charset-normalizer.

    Raises:
        BadInput: the bytes are not text; `name` is the file as the user knows it.
    """
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            raise BadInput(f"cannot read {name}: it holds binary data ({kind}), not text.\n  {REMEDY}")
    encoding, guessed = _encoding(data)
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise BadInput(f"cannot read {name}: its encoding cannot be told. Save it as UTF-8 and try again.") from None
    controls = sum(1 for character in text[:100_000] if unicodedata.category(character) in {"Cc", "Cn", "Co"})
    controls -= sum(text[:100_000].count(blank) for blank in "\t\n\r\f\v")
    if controls > 0.05 * len(text[:100_000]) + 2:
        raise BadInput(f"cannot read {name}: it holds binary data, not text.\n  {REMEDY}")
    notes = [f"The encoding was guessed: {encoding}."] if guessed else []
    return Decoded(LINE_ENDS.sub("\n", text), encoding, tuple(notes))


def _encoding(data: bytes) -> tuple[str, bool]:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", False
    if _is_western(data):
        return "cp1252", True
    best = from_bytes(data[:200_000]).best()
    return (best.encoding if best else "utf-8"), True


def _is_western(data: bytes) -> bool:
    """Whether the bytes beyond ASCII, read as Windows-1252, are what English prose holds: quotes, dashes, accents."""
    if data.count(0):
        return False
    try:
        beyond = [c for c in data.decode("cp1252") if c > "\x7f"]
    except UnicodeDecodeError:
        return False
    expected = sum(c in "‘’“”–—…•€£©®°½¼ \xa0" or (c.isalpha() and c.islower()) for c in beyond)
    return len(beyond) < 0.1 * len(data) + 5 and expected >= 0.9 * len(beyond)


def tidy(text: str) -> tuple[str, int]:
    """One line of text in NFC, without control and invisible characters, blanks made single; and how many it lost."""
    cleaned, count = STRAY.subn("", text)
    return BLANKS.sub(" ", unicodedata.normalize("NFC", cleaned)).strip(), count
