"""Labelled texts to learn from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from presslens.article.decoding import load
from presslens.errors import BadInput
from presslens.limits import limits
from presslens.untrusted import csv_table, json_value, whole

COLUMNS = ("id", "text", "labels")


def read(path: str | Path) -> pd.DataFrame:
    """Labelled texts from a CSV or JSONL file.

    Returns:
        `id` (str), `text`, `labels` (joined by `|`; a JSONL file may have lists).

    Raises:
        BadInput: no such file, not such a table, or a column missing; the message says which.
    """
    where = Path(path)
    data = load(where, limit="table_bytes", remedy="Give a CSV or JSONL file of id, text and labels.", empty=True)
    try:
        text = data.decode("utf-8-sig")
        if where.suffix.lower() == ".jsonl":
            depth = limits().depth
            lines = [json_value(line, depth=depth) for line in text.split("\n") if line.strip()]
            if not all(isinstance(line, dict) for line in lines):
                raise ValueError("a line is no JSON object")
            table = pd.DataFrame(
                {name: [line.get(name, "") for line in lines] for name in COLUMNS if _named(name, lines)}
            )
        else:
            table = csv_table(text, once=COLUMNS)
    except ValueError as error:
        raise BadInput(
            f"{where} is not a CSV or JSONL table in UTF-8: {' '.join(str(error).split())[:150]}."
        ) from error
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise BadInput(f"{where} has no column {missing[0]!r}: it needs id, text and labels.")
    labels = ["|".join(map(str, one)) if isinstance(one, list) else str(one) for one in table["labels"].tolist()]
    result = pd.DataFrame(
        {name: [whole(str(value)) for value in table[name].tolist()] for name in ("id", "text")}, dtype="str"
    )
    return result.assign(labels=pd.Series(list(map(whole, labels)), dtype="str", index=result.index))


def _named(name: str, lines: Sequence[Mapping[str, object]]) -> bool:
    return any(name in line for line in lines)


def label_sets(labelled: pd.DataFrame) -> list[frozenset[str]]:
    """The labels of each text."""
    return [frozenset(part.strip() for part in text.split("|") if part.strip()) for text in labelled["labels"].tolist()]
