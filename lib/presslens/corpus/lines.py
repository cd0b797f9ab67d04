"""A corpus in one JSONL file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from presslens.corpus.entries import METADATA, Entry, Fault


def entries(address: str) -> Iterator[Entry | Fault]:
    """The articles of a JSONL file, in order."""
    with Path(address).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            source = f"{Path(address).name}, line {number}"
            try:
                record = json.loads(line)
                known: dict[str, Any] = {name: str(record.get(name, "")) for name in METADATA}
                yield Entry(id=str(record["id"]), text=str(record["text"]), source=source, **known)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                yield Fault(source, source, f"it is no record of an article ({type(error).__name__})")
