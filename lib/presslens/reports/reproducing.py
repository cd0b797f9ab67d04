"""Run a report again from its record, and compare the bytes."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presslens import versions
from presslens.errors import BadInput, PresslensError
from presslens.findings.wording import count
from presslens.locating import project_root
from presslens.reports import crate, provenance, records, running, subjects

TIMED = ("run.json", crate.NAME)  # they hold the times of the run


@dataclass(frozen=True)
class Reproduction:
    """Which files came out the same, byte for byte, which did not, and what else had changed since the first run."""

    same: list[str]
    differ: list[str]
    missing: list[str]
    extra: list[str]
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)
    commits: tuple[str | None, str | None] = (None, None)

    @property
    def ok(self) -> bool:
        """Whether every file agrees."""
        return not (self.differ or self.missing or self.extra)

    def text(self) -> str:
        """What came of it, a line each."""
        whole = len(self.same) + len(self.differ) + len(self.missing)
        lines = [f"{name}: then {before}, now {now}" for name, (before, now) in self.versions.items()]
        before, now = self.commits
        if before != now:
            lines.append(f"commit: then {before or 'unknown'}, now {now or 'unknown'}")
        for words, names in (("differs", self.differ), ("was not made again", self.missing), ("is new", self.extra)):
            lines += [f"{words}: {name}" for name in names]
        if self.ok:
            lines.append(
                f"Reproduced: all {count(whole, 'file')} agree, byte for byte ({' and '.join(TIMED)} hold times)."
            )
        else:
            lines.append(f"Not reproduced: {len(self.same)} of {count(whole, 'file')} agree, byte for byte.")
        return "\n".join(lines)


class DidNotFinish(PresslensError):  # noqa: N818 - said to the user as it reads
    """A notebook failed when the report was run again."""


def reproduce(
    folder: Path, *, keep: Path | None = None, timeout: float | None = None, on_cell: running.OnCell = lambda *_: None
) -> Reproduction:
    """Run a report again in a folder of its own, from its record alone, and compare every file but those that hold times.

    Args:
        folder: of the run.
        keep: where to keep what is made; it is thrown away otherwise.
        timeout: seconds that a cell may take.
        on_cell: called with the notebook, the number of the cell that begins, and how many there are.

    Raises:
        BadInput: the record cannot be used, the run had failed, or its input is missing or has changed since.
        DidNotFinish: a notebook failed this time.
    """
    record = records.read(folder)
    if any(entry.get("error") for entry in record["notebooks"]):
        raise BadInput(f"cannot reproduce {folder}: that run had failed. Reproduce a finished one.")
    chosen = records.parameters(record)
    check_inputs(record, folder)
    with tempfile.TemporaryDirectory(prefix="presslens-reproduce-") as place:
        again = running.report(
            subjects.recorded(record),
            parameters=chosen,
            out=Path(place),
            only=records.notebooks(record),
            with_code=records.with_code(record),
            timeout=timeout,
            on_cell=on_cell,
        )
        if not again.ok:
            failed = next(outcome for outcome in again.outcomes if outcome.error)
            raise DidNotFinish(f"notebook {failed.notebook} failed at “{failed.failed_at}”: {failed.error}.")
        if keep is not None:
            _keep(again.folder, keep)
        return compare(folder, again.folder, record)


def _keep(made: Path, keep: Path) -> None:
    try:
        shutil.copytree(made, keep)
    except FileExistsError:
        raise BadInput(f"cannot keep what was made in {keep}: it is there already. Name a new folder.") from None
    except OSError as error:
        raise BadInput(f"cannot write {keep}: {error.strerror or error}. Name a folder that can be written.") from None


def compare(folder: Path, again: Path, record: Mapping[str, Any]) -> Reproduction:
    """Compare the files of two run folders byte for byte; `record` is that of the first."""
    first, second = _files(folder), _files(again)
    both = sorted(first & second)
    same = [name for name in both if (folder / name).read_bytes() == (again / name).read_bytes()]
    now = versions.versions()
    changed = {
        name: (str(record["versions"].get(name, "not recorded")), str(now.get(name, "not used")))
        for name in sorted({*record["versions"], *now})
        if record["versions"].get(name) != now.get(name)
    }
    return Reproduction(
        same=same,
        differ=[name for name in both if name not in set(same)],
        missing=sorted(first - second),
        extra=sorted(second - first),
        versions=changed,
        commits=(record.get("commit"), provenance.commit(project_root())),
    )


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - set(TIMED)


def check_inputs(record: Mapping[str, Any], folder: Path) -> None:
    """Refuse to run where the document or its sidecar is not what was read then.

    Raises:
        BadInput: a file is missing, has changed, or is there that was not; the message says which.
    """
    subject = subjects.recorded(record)
    said = f"cannot reproduce {folder}:"
    for name, digest in record["inputs"].items():
        if name != Path(name).name or "\0" in name or len(name.encode()) > subjects.LONGEST_NAME:
            raise BadInput(f"{said} its record names the input {name[:80]!r}, which is no name of a file.")
        path = subject.where(name)
        if not path.is_file():
            raise BadInput(f"{said} its input {path} is missing. Put back the file whose SHA-256 is {digest}.")
        if provenance.sha256(path) != digest:
            raise BadInput(f"{said} its input {path} has changed since. Put back the file whose SHA-256 is {digest}.")
    for name in subject.inputs():
        if name not in record["inputs"]:
            raise BadInput(f"{said} {subject.where(name)} was not there when it ran. Move it away for this.")
