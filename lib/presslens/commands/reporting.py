"""`presslens report`: run the notebooks on documents, once or for every combination of some parameters."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import typer

from presslens.commands.terminal import say

app = typer.Typer()


@app.command()
def report(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Documents; by default every one in seeds/.", show_default=False)
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--parameter", metavar="NAME=VALUE", help="Several values, as in window=3,5,7, make a sweep."
        ),
    ] = None,
    parameter_file: Annotated[
        Path | None, typer.Option("-f", "--parameter-file", help="YAML of parameters; a list of values makes a sweep.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("outputs"),
    only: Annotated[list[str] | None, typer.Option(help="A notebook to run, by name or number.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Run (all, or those of --only) although nothing changed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would run and why; run nothing.")] = False,
    with_code: Annotated[bool, typer.Option("--with-code", help="Show the code in the pages.")] = False,
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds that a cell may take.")] = None,
) -> None:
    """Run the notebooks on each document and write its set of HTML reports; only what has changed is run.

    Where a parameter has several values, every combination is run, and an overview says what depends on the choices.
    """
    from presslens.reports import executing, grids, layout, parameters, running

    values = parameters.from_file(parameter_file) if parameter_file else {}
    given = grids.from_options(parameter or [])
    executing.refuse_unused(given, layout.NOTEBOOKS)
    values |= given
    if "document" in values:
        files = [*(files or []), Path(str(values.pop("document")))]
    grid = grids.grid(values)
    chosen = only or []
    layout.choose(chosen)
    documents = files or layout.seeds()
    running.check_documents(documents, out=out)
    options: dict[str, Any] = {"out": out, "only": chosen, "with_code": with_code}
    if grid.varied:
        _sweep(documents, grid, options, force=chosen if force else None, dry_run=dry_run, timeout=timeout)
        return
    options |= {"parameters": grid.points[0].parameters, "force": chosen if force else None}
    ok = True
    for document in documents:
        if dry_run:
            _tell_plan(document.name, running.plan(document, **options))
            continue
        with progress(document.name) as on_cell:
            done = running.report(document, **options, timeout=timeout, on_cell=on_cell)
        _tell(done)
        ok = ok and done.ok
    if not ok:
        raise typer.Exit(1)


@app.command()
def compare(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Two to twenty documents; by default every one in seeds/.", show_default=False),
    ] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    parameter_file: Annotated[Path | None, typer.Option("-f", "--parameter-file", help="YAML of parameters.")] = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("outputs"),
    force: Annotated[bool, typer.Option("--force", help="Run although nothing changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say whether it would run and why; run nothing.")] = False,
    with_code: Annotated[bool, typer.Option("--with-code", help="Show the code in the page.")] = False,
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds that a cell may take.")] = None,
) -> None:
    """Set articles side by side: tone, shared actors, distinguishing words, frames, voices; one report for all."""
    from presslens.reports import executing, layout, parameters, running, subjects

    values = parameters.from_file(parameter_file) if parameter_file else {}
    given = parameters.from_options(parameter or [])
    executing.refuse_unused(given, (layout.COMPARE,))
    values |= given
    named = values.pop("documents", [])
    values.pop("document", None)
    chosen = parameters.check({**values, "documents": named})
    documents = [*(files or []), *(Path(path) for path in chosen.documents)] or layout.seeds()
    subject = subjects.comparison(documents)
    running.check_documents(documents, out=out)
    options: dict[str, Any] = {"parameters": chosen, "out": out, "with_code": with_code, "force": [] if force else None}
    make_one(subject, options, dry_run=dry_run, timeout=timeout)


def make_one(subject: Any, options: dict[str, Any], *, dry_run: bool, timeout: float | None) -> None:
    """Make the one report of a subject, or say whether it would be made and why; exit code 1 where a notebook failed."""
    from presslens.reports import running

    if dry_run:
        _tell_plan(subject.name, running.plan(subject, **options))
        return
    with progress(subject.name) as on_cell:
        done = running.report(subject, **options, timeout=timeout, on_cell=on_cell)
    _tell(done)
    if not done.ok:
        raise typer.Exit(1)


def _sweep(
    documents: list[Path],
    grid: Any,
    options: dict[str, Any],
    *,
    force: list[str] | None,
    dry_run: bool,
    timeout: float | None,
) -> None:
    from presslens.reports import sweeping

    ok = True
    for document in documents:
        if dry_run:
            for name, to_run in sweeping.plans(document, grid=grid, **options).items():
                todo = f"would run: {', '.join(to_run)}" if to_run else "would be put together from other runs"
                say(f"{document.name}, {name}: {'is up to date' if to_run is None else todo}")
            continue
        with ExitStack() as stack:
            on_point = _one_at_a_time(document.name, stack)
            done = sweeping.sweep(document, grid=grid, **options, force=force, timeout=timeout, on_point=on_point)
        for point, made in done.reports:
            if not made.ok:
                say(f"presslens: {point.name}:", err=True)
                _tell(made)
        if done.ok:
            what = "nothing has changed" if done.unchanged else f"{len(done.reports)} runs, {done.ran} notebooks run"
            say(f"{done.folder / 'index.html'} ({what})")
        ok = ok and done.ok
    if not ok:
        raise typer.Exit(1)


def _one_at_a_time(name: str, stack: ExitStack) -> Callable[[Any], Callable[[str, int, int], None]]:
    """Begins a display of progress for each point, ending the last one's."""

    def begin(point: Any) -> Callable[[str, int, int], None]:
        stack.close()
        return stack.enter_context(progress(f"{name}, {point.name}"))

    return begin


def _tell_plan(name: str, planned: Any) -> None:
    """Say which notebooks a run would execute, and why."""
    for notebook, reasons in planned.reasons.items():
        more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
        say(f"{name}: {notebook} " + (f"would run: {'; '.join(reasons[:3])}{more}" if reasons else "is up to date"))
    if planned.pages_changed and not planned.to_run:
        say(f"{name}: its pages would be made anew: {'; '.join(planned.pages_changed[:3])}")


def _tell(done: Any) -> None:
    """Say where a report is, or what failed in it and where what there is lies."""
    for outcome in done.outcomes:
        if outcome.error:
            where = f" at “{outcome.failed_at}”" if outcome.failed_at else ""
            say(f"presslens: notebook {outcome.notebook} failed{where}: {outcome.error}", err=True)
            say(f"  What there is: {done.folder / outcome.notebook}.ipynb and .html", err=True)
    if done.unchanged:
        say(f"{done.folder / 'index.html'} (nothing has changed)")
    elif done.ok:
        say(f"{done.folder / 'index.html'}")
    else:
        say(f"presslens: the report of {done.article} was not replaced.", err=True)


class progress:  # noqa: N801 - reads as a verb where it is used
    """Shows notebook and cell while a report is made; a line a notebook where standard error is not a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: dict[str, Any] = {}
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("cells"))
            self._bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True))
            self._bar.start()
        return self._on_cell

    def _on_cell(self, notebook: str, done: int, whole: int) -> None:
        if notebook not in self._tasks:
            if self._bar is None:
                say(f"{self._name}: {notebook}", err=True)
            self._tasks[notebook] = self._bar.add_task(notebook, total=whole) if self._bar else notebook
        if self._bar:
            self._bar.update(self._tasks[notebook], completed=done + 1)

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()
