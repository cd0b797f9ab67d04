"""Words that attack whoever opens what presslens writes: in a browser, a notebook, a spreadsheet, a terminal.

`attacks.jsonl` holds them, made for these tests: `kind` (scripts, handlers, addresses, styles, markup, formulas, terminal,
files) and `words`. A script that runs sets the title of the page to "hit"; whatever is requested is of evil.example.
"""

from __future__ import annotations

import json
from pathlib import Path

_ROWS = [json.loads(line) for line in (Path(__file__).parent / "attacks.jsonl").read_text("utf-8").splitlines()]
ATTACKS: list[str] = [row["words"] for row in _ROWS]
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def of_kind(kind: str) -> list[str]:
    """The attacks of one kind."""
    return [row["words"] for row in _ROWS if row["kind"] == kind]


def one_line(attack: str) -> str:
    """An attack on one line, where lines would make it another thing (a cell of a table, a name)."""
    return " ".join(attack.split("\n"))


def for_yaml(attack: str) -> str:
    """An attack without the characters that YAML and XML refuse to hold."""
    return "".join(c for c in one_line(attack) if c == "\t" or (c >= " " and not "\x7f" <= c <= "\x9f"))
