"""From a finished run to one file in the form that is asked for."""

from collections.abc import Callable
from pathlib import Path

from presslens import saving
from presslens.errors import BadInput
from presslens.exports.runs import Finished

FORMS = ("html", "pdf", "docx", "xlsx", "zip")


def export(run: Finished, *, to: str, path: Path | None = None) -> Path:
    """Write a finished run as one file, whole or not at all; the run itself is left as it is.

    Args:
        run: as `runs.finished` gives it.
        to: `html` (all pages in one), `pdf` (that, printed by an installed Chromium), `docx`, `xlsx` (one sheet a table
            and a codebook of the columns) or `zip` (the run's folder).
        path: the file to write; by default beside the run's folder, with its name.

    Returns:
        The file that was written.

    Raises:
        BadInput: there is no such form, the place cannot be written, or for pdf no browser is installed.
    """
    if to not in FORMS:
        raise BadInput(f"cannot export to {to!r}. Choose from {', '.join(FORMS)}.")
    target = path or run.folder.resolve().parent / f"{run.name}.{to}"
    if target.is_dir() or run.folder.resolve() in target.resolve().parents:
        what = "it is a folder" if target.is_dir() else "it lies inside the run"
        raise BadInput(f"cannot write {target}: {what}. Name a file elsewhere with -o.")
    content = _maker(to)(run)
    with saving.said(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        saving.save(target, content)
    return target


def _maker(to: str) -> Callable[[Finished], str | bytes]:
    if to == "html":
        from presslens.exports.joining import page

        return page
    if to == "pdf":
        from presslens.exports import joining, printing

        printing.browser()  # before any work
        return lambda run: printing.printed(joining.page(run))
    if to == "docx":
        from presslens.exports.document import document

        return document
    if to == "xlsx":
        from presslens.exports.workbook import workbook

        return workbook
    from presslens.exports import archive

    return lambda run: archive.folder(run.folder, name=run.name)
