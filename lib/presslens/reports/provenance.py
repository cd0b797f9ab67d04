"""Where a report comes from: hashes of its input, versions, the commit, and how to make it again."""

import hashlib
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from presslens.errors import BadInput
from presslens.reports.parameters import Parameters
from presslens.reports.versions import versions

__all__ = ["command", "commit", "inputs", "sha256", "versions"]


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
        BadInput: the document cannot be opened.
    """
    sidecar = document.with_suffix(".yaml")
    if document.exists() and not document.is_file() and not document.is_dir():  # a device or a pipe never ends
        raise BadInput(f"cannot read {document}: it is not a regular file. Give a file with the text of an article.")
    try:
        return {path.name: sha256(path) for path in (document, *([sidecar] if sidecar.exists() else []))}
    except FileNotFoundError:
        raise BadInput(f"cannot read {document}: there is no such file. Check the name and the folder.") from None
    except IsADirectoryError:
        raise BadInput(f"cannot read {document}: it is a folder. Give the files in it, one by one.") from None
    except OSError as error:
        raise BadInput(f"cannot read {document}: {error.strerror}. Check the file and its permissions.") from None


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
