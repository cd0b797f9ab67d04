"""What a result depends on: the modules of presslens behind it, by what its code imports, their data, and the key of it all."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parent
OWN = re.compile(
    r"^[ \t]*(?:from[ \t]+(presslens[\w.]*)[ \t]+import[ \t]*(\([^()]*\)|[^\n]*)|import[ \t]+(presslens[^\n]*))", re.M
)
UNUSUAL = re.compile(  # several statements or a comment on a line, a line that goes on in the next
    r"[;:,][ \t]*+(?:(?:from|import)[ \t]++)?presslens\b"
    r"|^[ \t]*+(?:from|import)\b[^\n]*(?:[#;]|\\\n)|\bimport[ \t]*+\([^()#]*#",
    re.M,
)


def digest(path: Path) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a file."""
    known = path.stat()
    return _digest(path, known.st_mtime_ns, known.st_ctime_ns, known.st_size, known.st_ino)


@lru_cache(maxsize=4096)
def _digest(path: Path, *_: int) -> str:
    """Read again only where the file is another by its times, size or number: every notebook shares most of the library."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


@cache
def module_file(name: str, *, package: Path = PACKAGE) -> Path | None:
    """The file of a module of presslens by its dotted name; None where it is an attribute or of another package."""
    parts = name.split(".")
    if parts[0] != "presslens":
        return None
    base = package.joinpath(*parts[1:])
    if (base / "__init__.py").is_file():
        return base / "__init__.py"
    return base.with_suffix(".py") if len(parts) > 1 and base.with_suffix(".py").is_file() else None


def imported(source: str) -> list[str]:
    """The dotted names that Python source imports anywhere, with what it takes `from` them."""
    names: list[str] = []
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def own(source: str) -> list[str]:
    """The dotted names of presslens that Python source imports anywhere; those in its strings may be among them.

    Statements written in the usual way are found without parsing, which would take most of the time that a run key takes.
    """
    if UNUSUAL.search(source):
        return imported(source)
    names: list[str] = []
    for module, taken, plain in OWN.findall(source):
        listed = [part.split(" as ")[0].strip() for part in (plain or taken.strip("()")).split(",")]
        names += listed if plain else [module, *(f"{module}.{name}" for name in listed if name)]
    return names


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement in a tree; expressions, which are most of it, hold none."""
    for name in ("body", "handlers", "orelse", "finalbody", "cases"):
        inner = getattr(node, name, ())
        for child in inner if isinstance(inner, list) else ():
            yield child
            yield from _statements(child)


def modules(source: str, *, package: Path = PACKAGE) -> list[Path]:
    """Every module of presslens that Python source imports, directly or not, with the packages around them; sorted."""
    found: set[Path] = set()
    waiting = _files(imported(source), package)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imports_of(path, package)
    return sorted(found)


def _files(names: Sequence[str], package: Path) -> list[Path]:
    """The files behind dotted names, those of the packages around them included."""
    heads = {".".join(name.split(".")[:end]) for name in names for end in range(1, name.count(".") + 2)}
    return [path for name in sorted(heads) if (path := module_file(name, package=package))]


@cache
def _imports_of(path: Path, package: Path) -> tuple[Path, ...]:
    return tuple(_files(own(path.read_text("utf-8")), package))


def library(paths: Sequence[Path], *, package: Path = PACKAGE) -> dict[str, str]:
    """The hash of each module, and of every data file in the packages that they belong to."""
    data = {
        file
        for folder in {path.parent for path in paths}
        for pattern in ("data/**/*", "codebooks/*")
        for file in folder.glob(pattern)
        if file.is_file() and "__pycache__" not in file.parts
    }
    return {file.relative_to(package).as_posix(): digest(file) for file in sorted({*paths, *data})}


def key(named: Mapping[str, str]) -> str:
    """The run key: 16 hexadecimal digits of the SHA-256 of all parts."""
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:16]
