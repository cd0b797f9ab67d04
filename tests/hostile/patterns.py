"""Every regular expression of the package with the way it is used, and strings that make a backtracking matcher work hard.

Patterns compiled at import are seen by watching `re` while the modules are imported; those in functions are read from
the source. The strings come from the pattern's own parse: what stands before a repetition, then what it repeats, many
times, then something that it cannot go on with (the shape of attacks in Davis et al. 2018, ESEC/FSE,
https://doi.org/10.1145/3236024.3236027).
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import presslens

METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
FOREIGN = "\x00"  # a character that next to no pattern takes
LIB = Path(presslens.__file__).parent


class Use(NamedTuple):
    """A pattern, where it stands, and the method of `re` that it is used with."""

    place: str
    name: str
    pattern: re.Pattern[str]
    method: str


def collected() -> list[Use]:
    """Every use in the package, by place."""
    sources = {path: ast.parse(path.read_text("utf-8")) for path in sorted(LIB.rglob("*.py"))}
    methods = {path: _methods(tree) for path, tree in sources.items()}
    found: dict[tuple[str, int, str], Use] = {}
    for module in _modules():
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                for method in methods[Path(module.__file__)].get(name, ()):
                    found.setdefault((value.pattern, value.flags, method), Use(module.__name__, name, value, method))
    named = {pattern for pattern, _, _ in found}  # whatever flags it was compiled with
    for path, tree in sources.items():
        for place, pattern, method in _inside(path, tree):
            if not method:  # compiled: it is used under its name, or somewhere that is not seen from here
                if pattern.pattern in named:
                    continue
                method = "search"
            found.setdefault((pattern.pattern, pattern.flags, method), Use(place, "", pattern, method))
    return sorted(found.values(), key=lambda use: (use.place, use.name, use.method))


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(presslens.__path__, "presslens."):
        if not module.name.endswith("__main__"):
            yield importlib.import_module(module.name)


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """Name of a pattern to the methods that a module calls on it."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            found.setdefault(name, set()).add(node.attr)
    return found


def _inside(path: Path, tree: ast.Module) -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Patterns written right into a call: `re.sub(r"...", ...)`, and those compiled, with no method."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        of, first = node.func.value, node.args[0]
        if not (isinstance(of, ast.Name) and of.id == "re" and isinstance(first, ast.Constant)):
            continue
        if isinstance(first.value, str) and node.func.attr in (*METHODS, "compile"):
            flags = [eval(ast.unparse(word.value), {"re": re}) for word in node.keywords if word.arg == "flags"]  # noqa: S307 - our own source
            place = f"{path.relative_to(LIB.parent)}:{node.lineno}"
            method = "" if node.func.attr == "compile" else node.func.attr
            yield place, re.compile(first.value, flags[0] if flags else 0), method


def attacks(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Strings of about `size` characters for each repetition in the pattern."""
    seen: set[tuple[str, str]] = set()
    for before, body in _pumps(parser.parse(pattern.pattern, pattern.flags), ""):
        for start, unit in ((before, body), ("", before + body), (before, body + FOREIGN)):
            if unit and (start, unit) not in seen:
                seen.add((start, unit))
                yield start + unit * max(1, (size - len(start)) // len(unit)) + FOREIGN
    for unit in (" ", "a", "A", "\n", "1", "-", '"', "<", "é"):
        yield unit * size


def _pumps(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """What leads to each repetition, and what it repeats; alternatives inside are tried one by one."""
    for op, value in parsed:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            low, high, inner = value
            if high > 8:
                for body in _examples(inner):
                    yield before, body
            yield from _pumps(inner, before)
            before += _example(inner) * min(low, 50)
            continue
        if op is codes.SUBPATTERN:
            yield from _pumps(value[-1], before)
        elif op is codes.ATOMIC_GROUP:
            yield from _pumps(value, before)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _pumps(value[1], before)
        before += _example([(op, value)])


def _examples(parsed: Any) -> list[str]:
    """What a piece may match: one string for each alternative at its top."""
    items = list(parsed)
    found = [_example(items)]
    for index, (op, value) in enumerate(items):
        inner = value[-1] if op is codes.SUBPATTERN else [(op, value)]
        for kind, branches in list(inner):
            if kind is codes.BRANCH:
                before, after = _example(items[:index]), _example(items[index + 1 :])
                found += [before + _example(branch) + after for branch in branches[1]]
        if op is codes.IN or kind is codes.IN:
            found += [_example(items[:index]) + unit + _example(items[index + 1 :]) for unit in _members(items[index])]
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            before, after = _example(items[:index]), _example(items[index + 1 :])
            found += [before + one * 3 + after for one in _examples(value[2])[:12]]
    return list(dict.fromkeys(one for one in found if one))[:40]


def _members(item: Any) -> list[str]:
    op, value = item
    if op is codes.SUBPATTERN:
        value = next((inner for kind, inner in value[-1] if kind is codes.IN), [])
    return [_one([part]) for part in value if part[0] is not codes.NEGATE][:6]


def _example(parsed: Any) -> str:
    """One string that the piece matches, looks aside left out."""
    out = ""
    for op, value in parsed:
        if op is codes.LITERAL:
            out += chr(value)
        elif op is codes.NOT_LITERAL:
            out += "b" if value == ord("a") else "a"
        elif op is codes.ANY:
            out += "a"
        elif op is codes.IN:
            out += _one(value)
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out += _example(value[2]) * min(max(value[0], 1 if value[1] > 1 else value[0]), 50)
        elif op is codes.SUBPATTERN:
            out += _example(value[-1])
        elif op is codes.ATOMIC_GROUP:
            out += _example(value)
        elif op is codes.BRANCH:
            out += _example(value[1][0])
    return out


def _one(members: Any) -> str:
    """A character of a set."""
    text = "".join(_written(part) for part in members)
    pattern = re.compile(f"[{text}]")
    return next((char for char in "a A1.,-'\"\n\té“(<>/&:;=#*_!?~@+" if pattern.fullmatch(char)), "") or next(
        (chr(code) for code in range(1, 0x3000) if pattern.fullmatch(chr(code))), ""
    )


def _written(part: Any) -> str:
    op, value = part
    if op is codes.NEGATE:
        return "^"
    if op is codes.LITERAL:
        return re.escape(chr(value))
    if op is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
    return names[str(value).removeprefix("CATEGORY_")]
