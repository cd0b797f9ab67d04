"""From parameters with several values to the runs of a sweep: every combination, in order."""

import hashlib
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from presslens.errors import BadInput
from presslens.findings.wording import series
from presslens.reports import parameters
from presslens.reports.parameters import Parameters

LIMIT = 64
LONGEST = 40  # characters of a value in the name of a folder
BRACKETS = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class Choices:
    """Several values for one parameter, each to be tried."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Point:
    """One run of a sweep: the name of its folder, the values that it varies, and all its parameters."""

    name: str
    chosen: dict[str, Any]
    parameters: Parameters


@dataclass(frozen=True)
class Grid:
    """Every combination of the varied parameters, the last varying fastest; one point without a name where none varies."""

    varied: dict[str, list[Any]]
    points: list[Point]


def from_options(options: Sequence[str]) -> dict[str, Any]:
    """Values of `NAME=VALUE` options, `Choices` where values are separated by commas.

    A comma inside brackets or quotation marks belongs to the value: `window=3,5,7` is three values, `keep=[duplicate, footer]`
    one, `keep=[duplicate],[]` two, and `lexicon=,mine.csv` two, of which the first is empty. A document is never split.

    Raises:
        BadInput: an option without `=`, or a value that is not YAML.
    """
    values: dict[str, Any] = {}
    for option in options:
        name, equals, text = option.partition("=")
        pieces = split(text) if equals and name.strip() != "document" else [text]
        read = [parameters.from_options([f"{name}{equals}{piece}"]) for piece in pieces]
        found = [value for one in read for value in one.values()]
        values[name.strip()] = found[0] if len(found) == 1 else Choices(tuple(found))
    return values


def split(text: str) -> list[str]:
    """The parts of a text between its commas, but for those inside brackets or quotation marks.

    A text whose brackets or marks do not close is one part.
    """
    parts, waiting, quote = [""], "", ""
    for c in text:
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'" and not parts[-1].strip(" ["):
            quote = c
        elif c in BRACKETS:
            waiting += BRACKETS[c]
        elif waiting and c == waiting[-1]:
            waiting = waiting[:-1]
        elif c == "," and not waiting:
            parts.append("")
            continue
        parts[-1] += c
    return [text] if quote or waiting else [part.strip() for part in parts]


def grid(values: Mapping[str, Any]) -> Grid:
    """The runs that values ask for: those of a file or of `from_options`.

    A list is a choice of values for a parameter that is not a list itself; for one that is (`keep`), a list of lists is.

    Raises:
        BadInput: a choice of nothing, more than 64 runs, or a value that `parameters.check` refuses.
    """
    varied = {name: distinct for name, value in values.items() if len(distinct := _distinct(name, value)) > 1}
    runs = math.prod(len(choices) for choices in varied.values())
    if runs > LIMIT:
        shape = " × ".join(f"{len(choices)} of {name}" for name, choices in varied.items())
        raise BadInput(f"this sweep has {runs} runs ({shape}); at most {LIMIT} are made. Give fewer values.")
    single = {name: _distinct(name, value)[0] for name, value in values.items() if name not in varied}
    named = {name: _names(choices) for name, choices in varied.items()}
    points = []
    for numbers in itertools.product(*(range(len(choices)) for choices in varied.values())):
        at = dict(zip(varied, numbers, strict=True))
        chosen = {name: varied[name][i] for name, i in at.items()}
        folder = ",".join(f"{name}={named[name][i]}" for name, i in at.items())
        points.append(Point(folder, chosen, parameters.check(single | chosen)))
    return Grid(varied, points)


def _distinct(name: str, value: Any) -> list[Any]:
    choices = list(_choices(name, value))
    if not choices:
        raise BadInput(f"parameter {name} is an empty list. Give it a value, or leave it out.")
    return [value for i, value in enumerate(choices) if value not in choices[:i]]


def _choices(name: str, value: Any) -> Iterator[Any]:
    """The values to try, a choice inside a choice taken apart too."""
    if isinstance(value, Choices):
        if _is_list(name) and not all(isinstance(one, list) for one in value.values):
            together, apart = ", ".join(map(shown, value.values)), ",".join(f"[{shown(one)}]" for one in value.values)
            raise BadInput(
                f"parameter {name} takes lists, in brackets. "
                f"Write {name}=[{together}] for all at once, or {name}={apart} for a run each."
            )
        for one in value.values:
            yield from _choices(name, one)
    elif isinstance(value, list) and (not _is_list(name) or (value and all(isinstance(v, list) for v in value))):
        yield from value
    else:
        yield value


def _is_list(name: str) -> bool:
    field = Parameters.model_fields.get(name)
    return field is not None and get_origin(field.annotation) is list


def shown(value: Any) -> str:
    """A value in words: "3", "duplicate, footer", "none" for nothing."""
    if isinstance(value, list):
        return series([str(v) for v in value]) or "none"
    return str(value) if value not in ("", None) else "none"


def _names(choices: Sequence[Any]) -> list[str]:
    """A part of a folder's name for each value; those that would read alike on some disk end in a hash."""
    plain = ["+".join(map(str, v)) if isinstance(v, list) else str(v) for v in choices]
    names = [re.sub(r"[^A-Za-z0-9._+-]+", "-", text).strip("-")[-LONGEST:] or "none" for text in plain]
    folded = [name.casefold() for name in names]
    return [
        name if folded.count(name.casefold()) == 1 else f"{name}-{_digest(value)}"
        for name, value in zip(names, choices, strict=True)
    ]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:6]
