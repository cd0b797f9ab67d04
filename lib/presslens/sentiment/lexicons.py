"""Lexicons: the ones that come with the project, a user's own, and what is wrong with a file of one.

A lexicon is a table of `term` (a word or a phrase, lower case) and `valence` (a number; negative is bad).
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from presslens.article.decoding import load as load_bytes
from presslens.errors import BadInput
from presslens.sentiment import vocabulary
from presslens.sentiment.listed import columns
from presslens.untrusted import Malformed, yaml_nodes

NAMES = ("vader", "pattern", "labmt", "opinion")
LIMIT = 4.0
"""Valences of a user's lexicon run from -4 to 4."""

# To -1..1 from each lexicon's own scale: its neutral point, and its half-range.
_SCALES = {"vader": (0.0, 4.0), "pattern": (0.0, 1.0), "labmt": (5.4, 4.0), "opinion": (0.0, 1.0)}


@cache
def load(name: str) -> dict[str, float]:
    """A lexicon of the project (see NAMES) as term to valence, about -1..1. Raises KeyError for another name."""
    middle, half = _SCALES[name]
    if name == "vader":
        raw = vocabulary.lexicon()
    else:
        path = resources.files("presslens.sentiment") / "data" / "lexicons" / f"{name}.csv"
        with path.open(encoding="utf-8") as file:
            raw = {term: float(valence) for term, valence in columns(file, "term", "valence")}
    return {term: (valence - middle) / half for term, valence in raw.items()}


def overlay(path: str | Path) -> dict[str, float]:
    """A user's lexicon: terms and phrases, lower case, to valence (-4..4).

    CSV with the columns `term` and `valence`, or YAML: either a mapping of term to valence or a list of such pairs
    (`{term: ..., valence: ...}`). Raises BadInput, naming the first faulty line, if `check` finds an error in it.
    """
    rows, problems = _read(Path(path))
    table = _problems(rows, problems)
    errors = table[table["severity"] == "error"]
    if len(errors):
        first = errors.iloc[0]
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        raise BadInput(f"cannot use the lexicon {path}: line {first['line']}: {first['problem']}{more}.")
    return {str(term).strip().lower(): float(valence) for _, term, valence in rows}


def of_user(path: str | Path) -> dict[str, float]:
    """As `overlay`; nothing for an empty path."""
    return overlay(path) if str(path) else {}


def check(path: str | Path) -> pd.DataFrame:
    """What is wrong with the lexicon in a file (CSV or YAML, see `overlay`).

    Returns:
        One row a problem, by line: `line` (int, from 1), `term`, `severity` (`error`: cannot be used, or `warning`),
        `problem`. Errors: no term, not a number, out of -4..4, one term with valences of different sign. Warnings: a
        duplicate, a valence of 0, capitals or spaces around a term. No rows for a lexicon that is good.
    """
    return _problems(*_read(Path(path)))


_Row = tuple[int, Any, Any]


def _read(path: Path) -> tuple[list[_Row], list[tuple[int, str, str, str]]]:
    """Line, term and valence of each entry, and problems of the file as a whole."""
    data = load_bytes(
        path,
        limit="settings_bytes",
        remedy="Give a .csv or .yaml file of terms and valences.",
        empty=True,
        what="the lexicon",
    )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"cannot read the lexicon {path}: it is not UTF-8 text.") from error
    if path.suffix.lower() in (".yaml", ".yml"):
        return _read_yaml(text)
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in ("term", "valence") if name not in (reader.fieldnames or [])]
    if missing:
        return [], [(1, "", "error", f"no column {' or '.join(missing)}")]
    try:
        return [(reader.line_num, row["term"], row["valence"]) for row in reader], []
    except csv.Error as error:
        return [], [(reader.line_num + 1, "", "error", f"broken CSV: {error}")]


def _read_yaml(text: str) -> tuple[list[_Row], list[tuple[int, str, str, str]]]:
    try:
        node = yaml_nodes(text)
    except Malformed as error:
        return [], [(max(error.line, 1), "", "error", f"broken YAML: {error}")]
    rows: list[_Row] = []
    if isinstance(node, yaml.MappingNode):
        rows = [(key.start_mark.line + 1, key.value, value.value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            inner = entry.value if isinstance(entry, yaml.MappingNode) else []
            pairs = {str(key.value): value.value for key, value in inner}
            rows.append((entry.start_mark.line + 1, pairs.get("term"), pairs.get("valence")))
    elif node is not None:
        return [], [(1, "", "error", "neither a mapping of terms to valences nor a list of them")]
    return rows, []


def _problems(rows: list[_Row], found: list[tuple[int, str, str, str]]) -> pd.DataFrame:
    problems = list(found)
    seen: dict[str, tuple[int, float]] = {}
    for line, term, valence in rows:
        name = str(term).strip().lower() if isinstance(term, str) else ""
        if not name:
            problems.append((line, "", "error", "no term"))
            continue
        if name != term:
            problems.append((line, name, "warning", f"{term!r} is read as {name!r}"))
        try:
            value = float(valence)
        except (TypeError, ValueError):
            problems.append((line, name, "error", f"the valence {valence!r} is not a number"))
            continue
        if not abs(value) <= LIMIT:
            problems.append((line, name, "error", f"the valence {value:g} is not between -4 and 4"))
            continue
        if value == 0:
            problems.append((line, name, "warning", "the valence is 0: the term will carry no feeling"))
        if name in seen:
            first, other = seen[name]
            if value * other < 0:
                problems.append((line, name, "error", f"{value:g} here but {other:g} in line {first}"))
            else:
                problems.append((line, name, "warning", f"already in line {first}"))
        seen.setdefault(name, (line, value))
    table = pd.DataFrame(sorted(problems), columns=["line", "term", "severity", "problem"])
    return table.astype({"line": "int64", "term": "str", "severity": "str", "problem": "str"})
