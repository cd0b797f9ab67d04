"""From the bytes of a file to text: limits, binary files, encodings, stray characters."""

import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from presslens.errors import BadInput
from presslens.limits import limits, setting

SIGNATURES = {
    rb"\x89PNG\r": "a PNG image",
    rb"\xff\xd8\xff": "a JPEG image",
    rb"GIF8[79]a": "a GIF image",
    rb"RIFF.{4}(?:WEBP|WAVE|AVI )": "a media file",
    rb"(?:II\*\x00|MM\x00\*)": "a TIFF image",
    rb".{4}ftyp": "a video or picture",
    rb"(?:ID3[\x02-\x04]|OggS\x00|fLaC)": "a sound file",
    rb"%PDF-": "a PDF document",
    rb"PK\x03\x04": "a zip archive or Office document",
    rb"\xd0\xcf\x11\xe0": "an old Office document",
    rb"(?:\x1f\x8b|\x28\xb5\x2f\xfd|\xfd7zXZ|7z\xbc\xaf|BZh[1-9]1AY)": "a compressed archive",
    rb"PAR1": "a Parquet table",
    rb"\x7fELF": "a program",
    rb"SQLite format 3\x00": "a database",
    rb"\{\\rtf": "an RTF document",
}
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
STRAY = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
# Joiners (U+200C, U+200D) matter in emoji and in Indic and Arabic script, and are stray elsewhere.
STRAY_JOINERS = re.compile("(?<![^\x00-\u058f])[\u200c\u200d]++|(?<![\u200c\u200d])[\u200c\u200d]++(?![^\x00-\u058f])")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
LIGATURE = re.compile("[\ufb00-\ufb06]")
BLANKS = re.compile("[\t\n \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
WRAPPED_HYPHEN = re.compile("(?<=[^\\W\\d_])-\n[\t ]*(?=[^\\W\\d_])")
RECORD_ENDS = re.compile("\r\n?")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
GUESSED = "The encoding was guessed"
REMEDY = "Give a .txt, .md, .html, .docx or .pdf file, or convert it to text first."


class Decoded(NamedTuple):
    """Text with plain line ends, the encoding it was read in, and what a reader should know about that."""

    text: str
    encoding: str
    notes: tuple[str, ...]

    @property
    def guess(self) -> tuple[str, ...]:
        """The note on the encoding, where it was guessed: all that can be said of a file by its start, cut anywhere."""
        return tuple(note for note in self.notes if note.startswith(GUESSED))


def load(
    path: Path,
    *,
    largest: int | None = None,
    limit: str = "bytes",
    remedy: str = REMEDY,
    empty: bool = False,
    what: str = "",
) -> bytes:
    """The bytes of a regular file.

    Args:
        path: the file.
        largest: the most bytes that it may have; None for the limit named by `limit`.
        limit: the field of `limits.Limits` that holds for it, and that the message names.
        remedy: what to give instead of a device or an empty file.
        empty: whether a file without anything in it will do.
        what: what the file is to the user, for the message: `the lexicon`.

    Raises:
        BadInput: no such file, a folder or a device, not readable, empty, or larger than it may be.
    """
    most = getattr(limits(), limit) if largest is None else largest
    named = f"{what} {path}".lstrip()
    try:
        with open(path, "rb", opener=open_now) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BadInput(f"cannot read {named}: it is not a regular file. {remedy}")
            data = file.read(most + 1) if status.st_size <= most else b""
            too_large = status.st_size > most or len(data) > most
    except FileNotFoundError:
        raise BadInput(f"cannot read {named}: there is no such file. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BadInput(f"cannot read {named}: it is a folder. Give the files in it, one by one.") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot read {named}: {reason}. Check the file and its permissions.") from None
    if too_large:
        raise BadInput(
            f"cannot read {named}: it is larger than {most / 1e6:g} MB. "
            + (f"Split it, or raise {setting(limit)}." if largest is None else "Split it.")
        )
    if not empty and not data.strip():
        raise BadInput(f"cannot read {named}: it is empty. {remedy}")
    return data


def open_now(name: str, flags: int) -> int:
    """Open without waiting: a FIFO with no writer would otherwise hang the run."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def decode(data: bytes, *, name: str, declared: str = "", table: bool = False) -> Decoded:
    """Text of bytes in any common encoding.

    A byte-order mark decides, then UTF-8 if the bytes fit (all but a few), UTF-16 if every other one is zero, the
    encoding that the file declares of itself, Windows-1252 if that gives English prose, and last a guess by
    charset-normalizer.

    Args:
        data: what the file holds.
        name: the file as the user knows it, for the message.
        declared: the encoding that an HTML page states.
        table: the lines are records: a separator of lines or paragraphs within one (U+2028, U+2029) ends none.

    Raises:
        BadInput: the bytes are not text.
    """
    for signature, kind in SIGNATURES.items():
        if re.match(signature, data[:16], re.DOTALL):
            raise BadInput(f"cannot read {name}: it holds binary data ({kind}), not text.\n  {REMEDY}")
    encoding, notes = _encoding(data, declared)
    sample = data[:100_000]
    if not encoding.startswith("utf-") and len(CONTROLS.findall(sample)) > 0.02 * len(sample) + 2:
        raise BadInput(f"cannot read {name}: it holds binary data, not text.\n  {REMEDY}")
    try:
        text = data.decode(encoding, "replace" if encoding.startswith("utf-") else "strict")
    except (UnicodeDecodeError, LookupError):
        raise BadInput(f"cannot read {name}: its encoding cannot be told. Save it as UTF-8 and try again.") from None
    start = text[:100_000]
    strange = sum(unicodedata.category(c) in {"Cc", "Co"} or c == "\ufffd" for c in start)
    strange -= sum(start.count(blank) for blank in "\t\n\r\f\v")
    if strange > 0.05 * len(start) + 2:
        raise BadInput(f"cannot read {name}: it holds binary data, not text.\n  {REMEDY}")
    if "\ufffd" in text:
        notes = (*notes, f"Unreadable characters, shown as \ufffd: {text.count(chr(0xFFFD)):,}.")
    return Decoded((RECORD_ENDS if table else LINE_ENDS).sub("\n", text), encoding, notes)


def _encoding(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return encoding, ()
    if wide := _wide(data[:4000]):
        return wide, (f"{GUESSED}: {wide}.",)
    if _is_mostly_utf8(data):
        return "utf-8", ()
    if _is_known(declared, data):
        return declared.lower(), ()
    if _is_western(data):
        return "cp1252", (f"{GUESSED}: cp1252.",)
    best = from_bytes(data[: data.rfind(b"\n", 0, 200_000) + 1 or 200_000]).best()
    guess = best.encoding if best else "utf-8"
    return guess, (f"{GUESSED}: {guess}.",)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark, told by the zeros of its Latin letters; empty if it is not."""
    start = start[: len(start) // 2 * 2]
    for encoding, zeros, others in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.1 * len(others):
            return encoding
    return ""


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, or nearly so: what does not fit is damage (a cut file, a stray byte)."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        whole = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
        return whole > 2 * damaged
    return True


def _is_known(declared: str, data: bytes) -> bool:
    try:
        data.decode(declared)
    except (LookupError, UnicodeDecodeError, ValueError):
        return False
    return bool(declared)


def _is_western(data: bytes) -> bool:
    """Whether the bytes beyond ASCII, read as Windows-1252, are what English prose holds: quotes, dashes, accents."""
    if data.count(0):
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = re.findall("[^\x00-\x7f]", text)
    expected = sum(c in "‘’“”–—…•€£©®°½¼™\xa0" or (c.isalpha() and c.islower()) for c in beyond)
    expected += len(re.findall("(?<![a-zß-ÿ])[À-ÖØ-Þ](?=[a-zß-ÿ])", text))  # Élysée
    return len(beyond) < 0.1 * len(data) + 5 and expected >= 0.9 * len(beyond)


def _is_plain(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not LIGATURE.search(text)


def tidy(text: str) -> tuple[str, int]:
    """One line of text in NFC, without control and invisible characters, blanks made single; and how many it lost."""
    if text.isprintable() and (text.isascii() or _is_plain(text)):  # nothing but single blanks can be amiss
        return (BLANKS.sub(" ", text) if "  " in text else text).strip(), 0
    cleaned, lost = STRAY.subn("", WRAPPED_HYPHEN.sub("-", text))
    single = BLANKS.sub(" ", unicodedata.normalize("NFC", cleaned).translate(LIGATURES))
    joined = STRAY_JOINERS.sub("", single)
    lost += len(single) - len(joined)
    if len(joined) < len(single):  # what they kept apart may now be one blank, or one letter
        joined = BLANKS.sub(" ", unicodedata.normalize("NFC", joined))
    return joined.strip(), lost
