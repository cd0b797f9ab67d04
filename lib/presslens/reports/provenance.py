"""Where a report comes from: hashes of its input, versions, the commit, and how to make it again."""

import hashlib
import platform
import shlex
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from presslens.article.sidecar import sidecar_path
from presslens.reports.parameters import Parameters

PACKAGES = (
    "presslens",
    "pandas",
    "numpy",
    "nltk",
    "nupunkt",
    "scikit-learn",
    "seaborn",
    "matplotlib",
    "vaderSentiment",
    "wordfreq",
    "trafilatura",
    "papermill",
    "nbconvert",
    "nbclient",
)


def versions() -> dict[str, str]:
    """The versions of Python and of the packages whose change may change a number or a page."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def inputs(document: Path) -> dict[str, str]:
    """The hash of a document and, if there is one, of its sidecar, by file name."""
    files = [document, *([sidecar_path(document)] if sidecar_path(document).exists() else [])]
    return {path.name: sha256(path) for path in files}


def commit(folder: Path) -> str | None:
    """The git commit of a checkout, with "+changes" where files differ from it; None outside one."""
    try:
        head = _git(folder, "rev-parse", "HEAD")
        return head + ("+changes" if _git(folder, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments],  # noqa: S607
        capture_output=True,
        text=True,
        timeout=10,
        check=True,
    )
    return done.stdout.strip()


def command(parameters: Parameters) -> str:
    """The command line that makes the report again."""
    defaults = Parameters().model_dump()
    chosen: Mapping[str, Any] = {
        k: v for k, v in parameters.model_dump().items() if v != defaults[k] and k != "document"
    }
    options = [f"-p {shlex.quote(f'{name}={value}')}" for name, value in chosen.items()]
    return " ".join(["presslens report", shlex.quote(parameters.document), *options])
