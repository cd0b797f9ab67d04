"""YAML, JSON and CSV that somebody else wrote: plain values, or one error that says where it is wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

import yaml

from presslens.limits import limits, setting

if TYPE_CHECKING:
    import pandas as pd

# What the constructors of PyYAML's safe loader raise beside its own errors, for `!!int ""`, `2020-13-45`, `!!bool maybe`.
SURPRISES = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)
HALVES = re.compile("[\ud800-\udfff]")
MOST_COLUMNS = 10_000  # of a table: pandas works for each of them
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Malformed(ValueError):  # noqa: N818 - said to the user as it reads
    """What is wrong with a text, and in which line and column (from 1; 0 where that cannot be told)."""

    def __init__(self, problem: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(problem)
        self.line = line
        self.column = column

    @property
    def place(self) -> str:
        """`, line 3`, or nothing."""
        return f", line {self.line}" if self.line else ""


class _Loader(_Parser):  # type: ignore[misc]
    """The safe loader, refusing a key that stands twice: YAML itself keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key, _ in node.value:
            name = key.value if isinstance(key.value, Hashable) else id(key)
            if name in seen and key.tag != "tag:yaml.org,2002:merge":
                mark = key.start_mark
                raise yaml.constructor.ConstructorError(None, None, f"the key {_short(name)} stands twice", mark)
            seen.add(name)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def yaml_value(text: str, *, distinct: bool = False) -> Any:
    """The plain values (no objects) of YAML text.

    Args:
        text: one YAML document.
        distinct: refuse a key that stands twice in a mapping.

    Raises:
        Malformed: not YAML, nested deeper than the limit, or more values than the limit, those behind aliases counted
            every time; an alias inside what it names.
    """
    return _guarded(text, lambda: yaml.load(text, Loader=_Loader if distinct else _Parser))  # noqa: S506 - both are safe


def yaml_nodes(text: str) -> yaml.Node | None:
    """As `yaml_value`, but the nodes, which know their lines; None for a text that holds nothing."""
    composed: yaml.Node | None = _guarded(text, lambda: yaml.compose(text, Loader=_Parser))
    return composed


def _guarded(text: str, build: Callable[[], Any]) -> Any:
    try:
        _measure(text)
        return build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "it cannot be read").split())
        last = text.count("\n") + 1
        line, column = (min(mark.line + 1, last), mark.column + 1) if mark else (0, 0)
        raise Malformed(problem, line=line, column=column) from None
    except yaml.reader.ReaderError as error:
        code = f"U+{error.character:04X}" if isinstance(error.character, int) else repr(error.character)
        raise Malformed(f"it holds a character that YAML does not allow ({code})") from None
    except yaml.YAMLError as error:
        raise Malformed(" ".join(str(error).split())[:200]) from None
    except UnicodeError:
        raise Malformed("it holds half of a surrogate pair, which is no character") from None
    except SURPRISES as error:
        problem = str(error).split(":")[0].strip()[:100] or type(error).__name__
        raise Malformed(f"it holds a value that is not what it is said to be ({problem})") from None


def _measure(text: str) -> None:
    """Refuse depth, size and loops from the parser's events alone, before anything is built."""
    most = limits()
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    count = 0
    for event in yaml.parse(text, Loader=_Parser):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in opened):
                raise Malformed(f"the alias *{event.anchor} stands inside what it names", line=line)
            count += sizes.get(str(event.anchor), 1)
        elif isinstance(event, yaml.ScalarEvent):
            count += 1
            if event.anchor:
                sizes[event.anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            count += 1
            opened.append((event.anchor, count))
            if len(opened) > most.depth:
                raise Malformed(f"it is nested deeper than {most.depth} levels ({setting('depth')})", line=line)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, began = opened.pop()
            if anchor:
                sizes[anchor] = count - began + 1
        if count > most.nodes:
            raise Malformed(f"it holds more than {most.nodes:,} values ({setting('nodes')})", line=line)


def json_value(text: str, *, depth: int | None = None) -> Any:
    """The value of JSON text; `depth` is the limit of that name, for those who have looked it up for many texts.

    Raises:
        Malformed: not JSON, or nested deeper than the limit.
    """
    most = limits().depth if depth is None else depth
    if text.count("[") + text.count("{") > most and _json_depth(text) > most:
        raise Malformed(f"it is nested deeper than {most} levels ({setting('depth')})")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(error.msg, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError) as error:  # a number of more than 4,300 digits
        raise Malformed(str(error).split(":")[0]) from None


def _json_depth(text: str) -> int:
    """The deepest nesting of brackets outside strings."""
    depth = deepest = 0
    quoted = escaped = False
    for c in text:
        if quoted:
            quoted = escaped or c != '"'
            escaped = c == "\\" and not escaped
        elif c == '"':
            quoted = True
        elif c in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif c in "]}":
            depth -= 1
    return deepest


def separator(text: str) -> str:
    """What stands between the cells of a table: commas, semicolons or tabs, whichever its first line has most of."""
    return max(",;\t", key=text[:20_000].split("\n", 1)[0].count)


def csv_table(text: str, *, once: Sequence[str]) -> pd.DataFrame:
    """The rows under the header of CSV text (see `separator`), every cell a string (`str`); blank lines are left out.

    Args:
        text: the table.
        once: columns that must not stand there twice.

    Raises:
        Malformed: not CSV, no header, too many columns, or a row with more or fewer cells than the header: where a comma
            stands outside quotes, the rest of a text would be taken for another cell.
    """
    import pandas as pd

    mark = separator(text)
    wide = text.split("\n", 1)[0].count(mark)
    if wide > MOST_COLUMNS:
        raise Malformed(f"it has {wide + 1:,} columns")
    try:
        rows = pd.read_csv(io.StringIO(text), sep=mark, header=None, dtype="str", keep_default_na=False)
    except (ValueError, OverflowError) as error:  # pandas has errors of its own for this, and they are ValueErrors
        raise Malformed(str(error).split("\n")[0].rpartition("C error: ")[2][:200]) from None
    if (rows[rows.columns[-1]] == "").any():  # pandas fills up rows that are too short
        _no_short_rows(text, mark, rows.shape[1])
    names = [str(name) for name in rows.iloc[0].tolist()]
    twice = [name for name in once if names.count(name) > 1]
    if twice:
        raise Malformed(f"two columns are named {twice[0]!r}")
    return rows.iloc[1:].set_axis(names, axis="columns").reset_index(drop=True)


def _no_short_rows(text: str, mark: str, width: int) -> None:
    before = csv.field_size_limit(max(len(text), 1))
    try:
        rows = (
            row
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
            if "".join(row).strip() or len(row) > 1
        )
        for number, row in enumerate(rows):
            if len(row) < width:
                raise Malformed(f"row {number} has {len(row)} cells where the header has {width}")
    except csv.Error as error:
        raise Malformed(str(error)) from None
    finally:
        csv.field_size_limit(before)


def whole(text: str) -> str:
    """Text with U+FFFD for each half of a surrogate pair, which JSON may hold and no file can; lengths stay."""
    return text if text.isascii() else HALVES.sub("\ufffd", text)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
