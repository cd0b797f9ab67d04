"""Where a report comes from: hashes of its input, versions, the commit, and how to make it again."""

import hashlib
import shlex
import subprocess
from collections.abc import Collection, Sequence
from pathlib import Path

from presslens.article.decoding import load
from presslens.reports.parameters import Parameters

NAMING = {"document", "documents", "corpus"}  # parameters that say what is read


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def inputs(document: Path) -> dict[str, str]:
    """The hash of a document and, if there is one, of its sidecar, by file name.

    Raises:
        BadInput: one of them cannot be opened, is no regular file, or is larger than the limit.
    """
    sidecar = document.with_suffix(".yaml")
    paths = (document, *([sidecar] if sidecar.exists() else []))
    return {path.name: hashlib.sha256(load(path, empty=True)).hexdigest() for path in paths}


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


def command(verb: str, inputs: Sequence[Path], parameters: Parameters, names: Collection[str]) -> str:
    """The command line that makes a report again: those of the named parameters that are not as by default, but for what
    names the inputs."""
    defaults = Parameters().model_dump()
    chosen = {
        name: value for name, value in parameters.model_dump().items() if name in names and value != defaults[name]
    }
    options = [f"-p {shlex.quote(f'{name}={value}')}" for name, value in chosen.items() if name not in NAMING]
    return " ".join(["presslens", verb, *(shlex.quote(str(path)) for path in inputs), *options])
