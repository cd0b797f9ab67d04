"""Run keys: what a notebook's result depends on, part by part, so that a change can be named."""

import ast
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from presslens.reports import versions
from presslens.reports.layout import NEEDS, locate, locate_tier, notebooks_folder

PACKAGE = Path(__file__).parents[1]
PAGE_PARTS = (
    "findings/data/layers.css",
    "findings/layers.py",
    "findings/text.py",
    "reports/addresses.py",
    "reports/crate.py",
    "reports/exporting.py",
    "reports/policy.py",
    "reports/publishing.py",
    "reports/rights.py",
    "reports/sharing.py",
    "reports/templates",
    "reports/withholding.py",
)
OWN = re.compile(
    r"^[ \t]*(?:from[ \t]+(presslens[\w.]*)[ \t]+import[ \t]*(\([^()]*\)|[^\n]*)|import[ \t]+(presslens[^\n]*))", re.M
)
UNUSUAL = re.compile(  # several statements or a comment on a line, a line that goes on in the next
    r"[;:,][ \t]*+(?:(?:from|import)[ \t]++)?presslens\b"
    r"|^[ \t]*+(?:from|import)\b[^\n]*(?:[#;]|\\\n)|\bimport[ \t]*+\([^()#]*#",
    re.M,
)
Parts = dict[str, str]


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


def notebook_source(path: Path) -> str:
    """The code of a notebook's cells, without magics and without cells that are no Python: those fail where they run."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    codes = ["".join(cell["source"]).splitlines() for cell in cells if cell["cell_type"] == "code"]
    plain = ["\n".join(line for line in code if not line.lstrip().startswith(("%", "!"))) for code in codes]
    return "\n".join(code for code in plain if _parses(code))


def _parses(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


def lib_parts(paths: Sequence[Path], *, package: Path = PACKAGE) -> Parts:
    """The hash of each module, and of every data file in the packages that they belong to."""
    data = {
        file
        for folder in {path.parent for path in paths}
        for pattern in ("data/**/*", "codebooks/*")
        for file in folder.glob(pattern)
        if file.is_file() and "__pycache__" not in file.parts
    }
    return {file.relative_to(package).as_posix(): digest(file) for file in sorted({*paths, *data})}


def parts(
    notebook: str, *, document: Path, parameters: Mapping[str, Any], inputs: Mapping[str, str], needs: Mapping[str, str]
) -> Parts:
    """Everything that a notebook's result depends on, each part with its hash or value.

    Args:
        notebook: its name.
        document: what it reads.
        parameters: those that its `parameters` cell names.
        inputs: the hashes of the document and its sidecar, by name.
        needs: the run keys of the notebooks whose tables it reads.
    """
    path = notebooks_folder() / f"{notebook}.ipynb"
    named = {f"notebook {path.name}": digest(path)}
    named |= lib_parts(modules(notebook_source(path)))
    named |= {f"input {name}": value[:16] for name, value in inputs.items()}
    named |= {f"parameter {name}": json.dumps(value, ensure_ascii=False) for name, value in sorted(parameters.items())}
    files = [parameters.get(name) for name in ("codebook", "second_codebook", "actors", "lexicon", "coder")]
    for given in (*files, *parameters.get("sheets", ())):
        file = locate(str(given)) if given else None
        if file and file.is_file():
            more = sum(name.startswith(f"file {file.name}") for name in named)  # sheets of one name in several folders
            named[f"file {file.name}{f' ({more + 1})' if more else ''}"] = digest(file)
    folder = Path(locate_tier(str(parameters.get("tier", "default"))))
    if folder.is_dir():
        from presslens.sentiment import classifier  # costs a moment, and is seldom needed

        named[f"classifier {folder.name}"] = classifier.fingerprint(folder)[:16]
    named |= {f"version of {name}": value for name, value in versions.versions().items()}
    return named | {f"tables of {name}": key for name, key in needs.items()} | {"document": document.name}


def page_parts(*, with_code: bool, pages: Mapping[str, str], quotation: str = "excerpts") -> Parts:
    """What the pages depend on beside the executed notebooks."""
    files = [
        f
        for part in PAGE_PARTS
        for f in ([PACKAGE / part] if (PACKAGE / part).is_file() else (PACKAGE / part).rglob("*"))
    ]
    hashes = {f.relative_to(PACKAGE).as_posix(): digest(f) for f in sorted(files) if f.is_file()}
    chosen = {"with code": str(with_code), "parameter quotation": json.dumps(quotation)}
    return hashes | chosen | {f"notebook {name}": key for name, key in pages.items()}


def key(named: Parts) -> str:
    """The run key: 16 hexadecimal digits of the SHA-256 of all parts."""
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:16]


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """What differs between two sets of parts, in words."""
    said = [
        f"{name} changed{_values(name, before[name], now[name])}"
        for name in sorted({*before} & {*now})
        if before[name] != now[name]
    ]
    said += [f"{name} is new" for name in sorted({*now} - {*before})]
    return said + [f"{name} is gone" for name in sorted({*before} - {*now})]


def _values(name: str, before: str, now: str) -> str:
    return f" from {before} to {now}" if name.startswith(("parameter", "version", "with code")) else ""


def needs_of(notebook: str) -> tuple[str, ...]:
    """The notebooks whose tables a notebook reads."""
    return NEEDS.get(notebook, ())
