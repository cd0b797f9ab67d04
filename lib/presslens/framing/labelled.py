"""Labelled texts to learn from."""

import json
from pathlib import Path

import pandas as pd

from presslens.errors import BadInput

COLUMNS = ("id", "text", "labels")


def read(path: str | Path) -> pd.DataFrame:
    """Labelled texts from a CSV or JSONL file.

    Returns:
        `id` (str), `text`, `labels` (joined by `|`; a JSONL file may have lists).

    Raises:
        BadInput: no such file, not such a table, or a column missing; the message says which.
    """
    where = Path(path)
    try:
        if where.suffix.lower() == ".jsonl":
            lines = where.read_text(encoding="utf-8-sig").splitlines()
            table = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
        else:
            table = pd.read_csv(where, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            f"cannot read {where}: {error.strerror}. Give a CSV or JSONL file of id, text and labels."
        ) from error
    except ValueError as error:
        raise BadInput(
            f"{where} is not a CSV or JSONL table in UTF-8: {' '.join(str(error).split())[:150]}."
        ) from error
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise BadInput(f"{where} has no column {missing[0]!r}: it needs id, text and labels.")
    labels = ["|".join(map(str, one)) if isinstance(one, list) else str(one) for one in table["labels"].tolist()]
    result = pd.DataFrame({"id": table["id"].astype("str"), "text": table["text"].astype("str")})
    return result.assign(labels=pd.Series(labels, dtype="str", index=result.index))


def label_sets(labelled: pd.DataFrame) -> list[frozenset[str]]:
    """The labels of each text."""
    return [frozenset(part.strip() for part in text.split("|") if part.strip()) for text in labelled["labels"].tolist()]
