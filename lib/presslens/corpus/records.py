"""From a record with named fields to an Entry: which column is which, dates to ISO, what cannot be read."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from presslens.corpus.days import day
from presslens.corpus.entries import Entry, Fault
from presslens.corpus.plan import data
from presslens.errors import BadInput
from presslens.limits import limits, setting
from presslens.untrusted import whole

FIELDS = ("id", "text", "title", "dek", "outlet", "date", "author", "section", "url")
LONGEST = 2_000  # characters of a field of metadata
LINK = re.compile(r"https?://\S{1,2000}")


@cache
def aliases() -> dict[str, list[str]]:
    """`columns.yaml`."""
    content: dict[str, list[str]] = data("columns.yaml")
    return content


def mapping(names: Sequence[str], *, given: Mapping[str, str] | None = None, what: str) -> dict[str, str]:
    """Which column holds which field.

    Args:
        names: the columns of a table.
        given: field to column, as the user says; before all aliases.
        what: the table, for the message.

    Raises:
        BadInput: a field that does not exist, a column that is not there, or no column with the text.
    """
    plain = {re.sub(r"[\W_]", "", name).lower(): name for name in reversed(names)}
    found: dict[str, str] = {}
    for field, column in (given or {}).items():
        if field not in FIELDS:
            raise BadInput(f"there is no field {field!r}. Choose from {', '.join(FIELDS)}.")
        if column not in names:
            raise BadInput(f"cannot use {what}: it has no column {column!r} (its columns: {_some(names)}).")
        found[field] = column
    for field in FIELDS:
        column = next((plain[alias] for alias in aliases()[field] if alias in plain), "")
        if field not in found and column and column not in found.values():
            found[field] = column
    if "text" not in found:
        raise BadInput(
            f"cannot use {what}: it has no column with the text (its columns: {_some(names)}). "
            "Name it: --column text=NAME."
        )
    return found


def given(options: Sequence[str]) -> dict[str, str]:
    """Field to column, from `FIELD=NAME` options.

    Raises:
        BadInput: an option without `=`, or a field that does not exist.
    """
    found: dict[str, str] = {}
    for option in options:
        field, equals, column = option.partition("=")
        if not equals or field not in FIELDS:
            raise BadInput(f"cannot use --column {option}: write FIELD=NAME, with a field of {', '.join(FIELDS)}.")
        found[field] = column
    return found


def _some(names: Sequence[str]) -> str:
    return ", ".join(map(str, names[:12])) or "none"


class Dates:
    """Counts the dates of one file that could not be read, so that it can be said once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.first = ""

    def iso(self, value: object, source: str) -> str:
        """The ISO day of a value, "" where it cannot be read."""
        found = day(value)
        if found is None:
            self.count += 1
            self.first = self.first or f"{source}: {str(value)[:40]!r}"
        return found or ""

    def faults(self) -> list[Fault]:
        """One sentence, where there is something to say."""
        if not self.count:
            return []
        many = "1 date" if self.count == 1 else f"{self.count:,} dates"
        reason = f"{many} could not be read as one day ({self.first}); the articles are kept without a date."
        return [Fault(self.file, self.file, reason)]


def entry(
    record: Mapping[str, object], *, fields: Mapping[str, str], name: str, source: str, dates: Dates
) -> Entry | Fault:
    """The entry of a record.

    Args:
        record: column to value.
        fields: as `mapping` gives it.
        name: the id where the record states none.
        source: file and place.
        dates: of the file.
    """
    written = record.get(fields["text"]) if "text" in fields else None
    values = {field: _text(record.get(column)) for field, column in fields.items() if field != "date"}
    identity = values.pop("id", "") or name
    text = values.pop("text", "")
    if len(identity) > 500:
        return Fault(name, source, "its id is longer than 500 characters.")
    if "\0" in identity:
        return Fault(name, source, "its id holds a character without meaning (NUL).")
    if not isinstance(written, str) and written is not None and written == written:
        return Fault(identity, source, f"its text is {_called(written)}, not text. Give the text as one string.")
    if reason := refusal(text):
        return Fault(identity, source, reason)
    url = values.pop("url", "")
    date = dates.iso(record.get(fields["date"]), source) if "date" in fields else ""
    short = {field: " ".join(value.split())[:LONGEST] for field, value in values.items()}
    return Entry(
        identity,
        text,
        title=short.get("title", ""),
        dek=short.get("dek", ""),
        outlet=short.get("outlet", ""),
        date=date,
        author=short.get("author", ""),
        section=short.get("section", ""),
        url=url if LINK.fullmatch(url) else "",
        source=source,
    )


def _called(value: object) -> str:
    """What a value is to a reader."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list | tuple) else "an object" if isinstance(value, dict) else "binary data"


def refusal(text: str) -> str:
    """Why a text is not read as an article, "" where it is."""
    if not any(character.isalpha() for character in text[:10_000]) and not any(c.isalpha() for c in text):
        return "there is no text in it, no letter at all."
    most = limits()
    if len(text) > most.bytes:
        return f"its text is longer than {most.bytes:,} characters. Split it, or raise {setting('bytes')}."
    if text.count("\n") > most.paragraphs:
        return f"it has more than {most.paragraphs:,} lines. Split it, or raise {setting('paragraphs')}."
    if text[:4000].count("\0") + text[:4000].count("\ufffd") > 0.05 * len(text[:4000]) + 2:
        return "it holds binary data, not text."
    return ""


def _text(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_text(part) for part in value)
    return whole(str(value)).strip()
