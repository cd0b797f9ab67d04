"""What the tables of a run hold and what their columns mean, in words for somebody who opens them in a spreadsheet."""

from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd
import yaml

SOURCE = files("presslens.exports") / "data" / "columns.yaml"
TYPES = {"b": "true or false", "i": "whole number", "u": "whole number", "f": "number"}


@cache
def said() -> dict[str, Any]:
    """All that is said: `shared` by column, `tables` with what each holds and its own columns."""
    return dict(yaml.safe_load(SOURCE.read_text("utf-8")))


def holds(table: str) -> str:
    """What a table holds; empty where nothing is said of it."""
    return str(said()["tables"].get(table, {}).get("holds", ""))


def meaning(table: str, column: str) -> str:
    """What a column of a table means; empty where nothing is said of it."""
    own = said()["tables"].get(table, {}).get("columns", {})
    return str(own.get(column, said()["shared"].get(column, "")))


def codebook(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """What stands in each column of each table.

    Returns:
        One row a column, tables in their order: `table`, `holds` (on the first row of a table), `rows` (int), `column`,
        `type` (text, number, whole number, true or false), `meaning`.
    """
    found = [
        (name, holds(name) if at == 0 else "", len(table), str(column), kind(table[column]), meaning(name, str(column)))
        for name, table in tables.items()
        for at, column in enumerate(table.columns)
    ]
    return pd.DataFrame(found, columns=["table", "holds", "rows", "column", "type", "meaning"])


def kind(values: pd.Series) -> str:
    """The type of a column in words."""
    return TYPES.get(values.dtype.kind, "text")
