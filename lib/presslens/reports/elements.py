"""The elements of a page: tables, findings, quotations; all text from outside is escaped."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from presslens.findings.wording import number

SHORT, LONG = 16, 34  # characters of the longest cell of a column


def finding(text: str | Markup) -> Markup:
    """A sentence that states what was found."""
    return Markup('<p class="finding">{}</p>').format(text)


def note(text: str | Markup) -> Markup:
    """A remark for the reader: a limit, a warning, a method."""
    return Markup('<p class="note">{}</p>').format(text)


def table(
    data: pd.DataFrame,
    *,
    caption: str,
    headers: Mapping[str, str] | None = None,
    digits: int = 2,
    most: int = 200,
) -> Markup:
    """A data table with a caption and column headers; the first column heads its row.

    Args:
        data: what to show; a cell that is `Markup` stays as it is, all else is escaped.
        caption: what the table holds.
        headers: the columns to show, in order, with the words above them; all columns by default.
        digits: decimal places of numbers that are not whole.
        most: rows to show; a line says how many more the saved table has.
    """
    names = dict(headers) if headers else {name: str(name).replace("_", " ") for name in data.columns}
    shown = data.head(most)
    kinds = {name: _kind(shown[name]) for name in names}
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_align(kinds[name]), words) for name, words in names.items()
    )
    if "sentence" in names:  # an address: pages of a report link it to the text
        said = [Markup('<span class="where">{}</span>').format(v) for v in shown["sentence"]]
        shown = shown.assign(sentence=pd.Series(said, index=shown.index, dtype="object"))
    rows = [_row(record, kinds, digits) for record in shown[list(names)].to_dict("records")]
    if not rows:
        rows = [Markup('<tr><td colspan="{}">none</td></tr>').format(len(names))]
    more = len(data) - len(shown)
    rest = (
        Markup('<p class="note">{} more rows are in the saved table.</p>').format(number(more)) if more else Markup("")
    )
    return Markup(
        '<div class="table" role="region" aria-label="{caption}" tabindex="0"><table><caption>{caption}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{rest}"
    ).format(caption=caption, head=head, rows=Markup("").join(rows), rest=rest)


def _kind(column: pd.Series) -> str:
    """The class of a column: `number`, `short` (stays on one line), `long` (needs room on a phone), or none."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return "number"
    longest = max((len(str(value.striptags() if isinstance(value, Markup) else value)) for value in column), default=0)
    return "short" if longest <= SHORT else "long" if longest > LONG else ""


def _row(record: Mapping[Any, Any], kinds: Mapping[str, str], digits: int) -> Markup:
    cells = list(record.items())
    name, first = cells[0]
    head = Markup('<th scope="row"{}>{}</th>').format(_align(kinds[name]), _cell(first, digits))
    rest = [Markup("<td{}>{}</td>").format(_align(kinds[name]), _cell(value, digits)) for name, value in cells[1:]]
    return Markup("<tr>{}{}</tr>").format(head, Markup("").join(rest))


def _align(kind: str) -> Markup:
    return Markup(' class="{}"').format(kind) if kind else Markup("")


def _cell(value: Any, digits: int) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, bool):
        return escape("yes" if value else "no")
    if isinstance(value, float):
        return escape(number(value, digits=digits))
    if isinstance(value, int):
        return escape(number(value))
    return escape("–" if value is None or value is pd.NA else value)
