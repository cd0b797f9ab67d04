"""Plain English for numbers, lists and places."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

STRAIGHT = re.compile(r'(?<![^\s(\[])"')  # a straight mark that opens
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(value: Any, *, digits: int = 2) -> str:
    """A number for people: thousands apart, a true minus, no `-0.00`."""
    import pandas as pd  # here, for commands that only need words should not wait for it

    if pd.isna(value):
        return "–"
    text = f"{value:,.{digits}f}" if isinstance(value, float) else f"{value:,}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "\u2212")


def signed(value: float, *, digits: int = 2) -> str:
    """A number with its sign, zero without."""
    text = number(float(value), digits=digits)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def count(n: int, noun: str, plural: str = "") -> str:
    """ "one sentence", "12 sentences", "no sentences"."""
    words = SMALL[n] if 0 <= n < len(SMALL) else number(n)
    return f"{words} {noun if n == 1 else plural or noun + 's'}"


def series(items: Sequence[str], *, last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def times(n: int) -> str:
    """ "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(n) or count(n, "time")


def quoted(name: object) -> str:
    """A name for a list: in quotation marks where its own "and" would read as the list's."""
    return f"“{name}”" if " and " in str(name) else str(name)


def interval(low: float, high: float, *, digits: int = 2) -> str:
    """A 95 % interval of signed numbers."""
    return f"95 % interval {signed(low, digits=digits)} to {signed(high, digits=digits)}"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    if 0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def place(section: str, paragraph: int) -> str:
    """Where a sentence stands: "the title", "paragraph 3"."""
    return f"the {section}" if section in {"title", "dek"} else f"paragraph {paragraph}"


def excerpt(text: str, *, most: int = 160) -> str:
    """A sentence in quotation marks on one line, cut at a word where it is long; marks of its own become single ones."""
    line = within(" ".join(text.split()))
    if len(line) > most:
        line = line[: most - 1].rsplit(" ", 1)[0].rstrip(",;:–— ") + " …"
    return f"“{line}”"


def within(text: str) -> str:
    """Text for inside quotation marks: its own double marks become single ones."""
    single = text.translate({ord("“"): "‘", ord("”"): "’", ord("„"): "‘"})
    single = STRAIGHT.sub("‘", single).replace('"', "’")
    # a sentence that begins inside a quotation gets the mark that opened it before
    return f"‘{single}" if text.count("”") > text.count("“") + text.count("„") else single


def text_of(sentences: pd.DataFrame, sentence: str) -> str:
    """The words of a sentence by its id; empty where there is none."""
    found = sentences.loc[sentences["sentence"] == sentence, "text"]
    return str(found.iloc[0]) if len(found) else ""


def rows(table: pd.DataFrame) -> list[Any]:
    """The rows of a table as named tuples; their fields have the types of their columns."""
    columns = [table.index.tolist(), *(column.tolist() for _, column in table.items())]
    return list(map(_named(("Index", *map(str, table.columns)))._make, zip(*columns, strict=True)))


@lru_cache(maxsize=256)
def _named(fields: tuple[str, ...]) -> Any:
    """The class of a row; pandas makes one for every table, which takes longer than the rows do."""
    return namedtuple("Row", fields, rename=True)
