"""`presslens status`, `diff` and `reproduce`: what runs there are, how two differ, and whether one comes out the same again."""

import json
from pathlib import Path
from typing import Annotated

import typer

from presslens.commands.terminal import say, write

app = typer.Typer()

Out = Annotated[Path, typer.Option(help="Where reports are.")]
Run = Annotated[str, typer.Argument(help="A report's folder, or its name in --out.", show_default=False)]


@app.command()
def status(
    out: Out = Path("outputs"),
    as_json: Annotated[bool, typer.Option("--json", help="One object a run.")] = False,
) -> None:
    """Every run: its key, its age, and whether it is up to date, stale (what would run again and why) or failed."""
    from presslens.reports import status as runs

    found = runs.status(out)
    if as_json:
        write(json.dumps([one.row() for one in found], ensure_ascii=False, indent=2) + "\n")
    else:
        say(runs.text(found, out))


@app.command()
def diff(
    run_a: Run,
    run_b: Run,
    out: Out = Path("outputs"),
    html: Annotated[Path | None, typer.Option(help="Write a page of it, too.")] = None,
) -> None:
    """How two runs differ: parameters, input, versions, findings and numbers.

    Exit code 0 where they are the same, 1 where a parameter, an input, a finding or a table differs (versions and commits
    alone do not count), 2 for bad input.
    """
    from presslens import saving
    from presslens.reports import differences, records

    found = differences.compare(records.find(run_a, out=out), records.find(run_b, out=out))
    if html is not None:
        with saving.said(html):
            saving.save(html, differences.page(found))
    say(differences.text(found))
    if not found.same:
        raise typer.Exit(1)


@app.command()
def reproduce(
    run: Run,
    out: Out = Path("outputs"),
    keep: Annotated[Path | None, typer.Option(help="A new folder for what is made; else it is thrown away.")] = None,
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds that a cell may take.")] = None,
) -> None:
    """Run a report again from its record, elsewhere, and compare every file byte for byte; the report is left alone.

    Exit code 0 where all agree, 1 where one does not or a notebook fails, 2 for bad input (such as an input that has changed).
    """
    from presslens.commands.reporting import progress
    from presslens.reports import records, reproducing

    folder = records.find(run, out=out)
    with progress(folder.name) as on_cell:
        done = reproducing.reproduce(folder, keep=keep, timeout=timeout, on_cell=on_cell)
    say(done.text())
    if not done.ok:
        raise typer.Exit(1)
