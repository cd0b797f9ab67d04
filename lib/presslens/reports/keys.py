"""Run keys: what a notebook's result depends on, part by part, so that a change can be named."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from presslens import dependencies, versions
from presslens.dependencies import PACKAGE, digest
from presslens.locating import locate, locate_tier
from presslens.reports.layout import NEEDS, notebooks_folder

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
Parts = dict[str, str]


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
    named |= dependencies.library(dependencies.modules(notebook_source(path)))
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
