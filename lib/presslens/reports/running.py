"""Make the report of an article: run what has changed, build it beside the old one, and swap it in whole."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from presslens import dependencies, versions
from presslens.errors import BadInput, PresslensError
from presslens.locating import locate, project_root
from presslens.reports import keys, provenance, rereading, subjects, swapping
from presslens.reports.executing import Outcome, accepted, execute
from presslens.reports.layout import KNOWN, NEEDS, NOTEBOOKS, choose
from presslens.reports.parameters import Parameters
from presslens.reports.subjects import Subject

AT_ONCE = 2
RESERVED = (".failed", ".sweep", ".compare", ".corpus")
OnCell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Plan:
    """What a run would do: for each notebook its key and its parts, and why it must run (nothing: it need not)."""

    parts: dict[str, keys.Parts]
    reasons: dict[str, list[str]]
    page_parts: keys.Parts
    pages_changed: list[str]

    @property
    def to_run(self) -> list[str]:
        """The notebooks that must run, in order."""
        return [name for name in KNOWN if self.reasons.get(name)]


@dataclass(frozen=True)
class Report:
    """What a run left: the folder to open, how each notebook ended, and whether anything had to be done."""

    article: str
    folder: Path
    outcomes: list[Outcome] = field(default_factory=list)
    unchanged: bool = False

    @property
    def ok(self) -> bool:
        """Whether every notebook ran to its end."""
        return not any(outcome.error for outcome in self.outcomes)


class NotWritten(PresslensError):  # noqa: N818 - said to the user as it reads
    """The disk or its permissions did not let a report be written; the last good one is as it was."""


class NotebookFailed(PresslensError):  # noqa: N818 - said to the user as it reads
    """A notebook raised where its tables were needed."""


def last_record(folder: Path) -> dict[str, Any]:
    """The `run.json` of a report; empty where there is none that can be read."""
    return rereading.record(folder)


def plan(
    document: Path | Subject,
    *,
    parameters: Parameters | None = None,
    out: Path = Path("outputs"),
    only: Sequence[str] = (),
    force: Sequence[str] | None = None,
    with_code: bool = False,
) -> Plan:
    """What `report` would do, and why, from the run keys alone: nothing is run or written.

    Args:
        document: what to read, or the articles to set side by side.
        parameters: of the run.
        out: where reports are.
        only: notebooks to look at; those whose tables they read come along where they have never run.
        force: notebooks to run in any case; an empty list for all.
        with_code: whether pages show code.
    """
    subject = subjects.of(document)
    values = subject.settle(parameters).model_dump()
    before = last_record(out / subject.name).get("keys", {})
    inputs = subject.inputs()
    chosen = set(subject.notebooks) if subject.notebooks != NOTEBOOKS else _with_needs(choose(only), before)
    forced = set(KNOWN if force is not None and not force else choose(force) if force else ())
    found: dict[str, keys.Parts] = {}
    reasons: dict[str, list[str]] = {}
    for name in subject.notebooks:
        if name not in chosen:
            if name in before:
                found[name] = before[name]
            continue
        needs = {need: dependencies.key(found[need]) for need in NEEDS.get(name, ()) if need in found}
        found[name] = keys.parts(
            name, document=_named(subject), parameters=accepted(name, values), inputs=inputs, needs=needs
        )
        why = keys.changes(before[name], found[name]) if name in before else ["it has not run yet"]
        reasons[name] = why or (["forced"] if name in forced else [])
    page_parts = keys.page_parts(
        with_code=with_code,
        pages={name: dependencies.key(named) for name, named in found.items()},
        quotation=values["quotation"],
    )
    pages_before = last_record(out / subject.name).get("page_key", {})
    return Plan(found, reasons, page_parts, keys.changes(pages_before, page_parts))


def _named(subject: Subject) -> Path:
    return Path(subject.name) if subject.notebooks != NOTEBOOKS else subject.documents[0]


def _with_needs(chosen: Sequence[str], before: Mapping[str, Any]) -> set[str]:
    """The chosen notebooks and those whose tables they read and that have never run."""
    return {*chosen, *(need for name in chosen for need in NEEDS.get(name, ()) if need not in before)}


def report(
    document: Path | Subject,
    *,
    parameters: Parameters | None = None,
    out: Path = Path("outputs"),
    only: Sequence[str] = (),
    force: Sequence[str] | None = None,
    with_code: bool = False,
    timeout: float | None = None,
    on_cell: OnCell = lambda *_: None,
) -> Report:
    """Make `OUT/ARTICLE/`: pages, notebooks, tables, figures, `run.json`. Only what has changed is run.

    The report is built aside and swapped in at the end; where a notebook fails, the last good report stays and what
    there is goes to `OUT/ARTICLE.failed/`.

    Args:
        document: what to read, or the articles to set side by side.
        parameters: of the run.
        out: where the report goes.
        only: notebooks to run, by name or number.
        force: notebooks to run although nothing changed; an empty list for all.
        with_code: show code in the pages.
        timeout: seconds that a cell may take.
        on_cell: called with the notebook, the number of the cell that begins, and how many there are.

    Raises:
        BadInput: the document cannot be read or the folder cannot be written; nothing has been touched then.
    """
    subject = subjects.of(document)
    final = out / subject.name
    if force is not None:
        from presslens.reports import forking

        forking.prepare()  # something will run: the warm process loads while this one looks at what has changed
    planned = plan(document, parameters=parameters, out=out, only=only, force=force, with_code=with_code)
    if not planned.to_run and not planned.pages_changed:
        _finish(final)
        return Report(subject.name, final, unchanged=True)
    from presslens.reports import engine, publishing

    chosen = subject.settle(parameters)
    about = _about(subject, chosen)
    engine.register()
    started = publishing.now()
    with _written(out), swapping.sole(final):
        planned = plan(document, parameters=parameters, out=out, only=only, force=force, with_code=with_code)
        folder = swapping.aside(final)
        try:
            outcomes = _run(planned, final, folder, chosen.model_dump(), timeout, on_cell)
            _publish(planned, folder, subject, chosen, {**about, "started": started}, outcomes, with_code, final)
            failed = any(outcome.error for outcome in outcomes)
            place = final.with_name(f"{final.name}.failed") if failed else final
            swapping.swap(folder, place)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if not failed:
            shutil.rmtree(final.with_name(f"{final.name}.failed"), ignore_errors=True)
        publishing.index_all(out)
    return Report(subject.name, place, outcomes)


def _about(subject: Subject, chosen: Parameters) -> dict[str, Any]:
    """What a report says of its input."""
    from presslens.reports import forking, reading

    if subject.compares:
        return forking.call(reading.together, chosen.documents, chosen.keep)
    if subject.is_corpus:
        return reading.corpus(locate(chosen.corpus))
    return forking.call(reading.about, chosen.document, chosen.keep)


def _finish(final: Path) -> None:
    """Do what a run that was stopped just before its end has left to do: clear its rests, list the report."""
    try:
        listed = (final.parent / "index.html").stat().st_mtime_ns >= (final / "run.json").stat().st_mtime_ns
    except OSError:
        listed = False
    if listed and not swapping.rests(final):
        return
    from presslens.reports import publishing

    with _written(final.parent), swapping.sole(final):
        publishing.index_all(final.parent)


@contextmanager
def _written(out: Path) -> Iterator[None]:
    """Turn a failure to write, or a file that went away meanwhile, into one sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        gone = Path(error.filename) if isinstance(error, FileNotFoundError) and error.filename else out
        if not gone.absolute().is_relative_to(out.absolute()):
            raise NotWritten(
                f"cannot make the report: {gone} was there and is gone. The last good report is as it was; put "
                "the file back, or run it again."
            ) from error
        raise NotWritten(
            f"cannot write the report to {out}: {reason}. The last good report is as it was; make room or choose another "
            "folder with --out."
        ) from error


def _run(
    planned: Plan, final: Path, folder: Path, values: Mapping[str, Any], timeout: float | None, on_cell: OnCell
) -> list[Outcome]:
    """Run what must run, notebooks that do not need each other at the same time; the rest is taken from the last report."""
    for name in planned.parts:
        if name not in planned.to_run:
            _keep(name, final, folder)
    waves = [[n for n in planned.to_run if n not in NEEDS], [n for n in planned.to_run if n in NEEDS]]
    outcomes: list[Outcome] = []
    for wave in waves:
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            jobs = [
                pool.submit(execute, n, parameters=values, folder=folder, timeout=timeout, on_cell=on_cell)
                for n in wave
            ]
            try:
                outcomes += [job.result() for job in jobs]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                from presslens.reports import forking

                forking.stop_all()
                raise
    return outcomes


def _keep(name: str, final: Path, folder: Path) -> None:
    """Copy what a notebook left in the last report."""
    own = rereading.findings(final / "findings" / f"{name}.json")
    files = [f"{name}.ipynb", f"{name}.html", f"findings/{name}.json", *rereading.made(own, final)]
    for file in files:
        if (final / file).is_file():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(final / file, folder / file)


def _publish(
    planned: Plan,
    folder: Path,
    subject: Subject,
    chosen: Parameters,
    about: Mapping[str, Any],
    outcomes: Sequence[Outcome],
    with_code: bool,
    final: Path,
) -> None:
    from presslens.reports import forking, publishing

    before = last_record(final)
    values = chosen.model_dump()
    taken = {name for notebook in planned.parts for name in accepted(notebook, values)} | {"quotation"}
    told = {name: value for name, value in values.items() if name in taken}
    full = {**about, "parameters": told, "reproduce": subject.command(chosen)}
    full["run_key"] = dependencies.key(planned.page_parts)
    names = [page.name for page in publishing.executed(folder)]
    if subject.compares:
        full |= forking.call(publishing.share_together, folder, full)
    elif subject.is_corpus:
        full |= publishing.share_corpus(full)
    else:
        full |= forking.call(publishing.share, folder, full)
        names.append(publishing.TEXT.name)
    jobs = [(folder, names[start::AT_ONCE], full, with_code) for start in range(min(AT_ONCE, len(names)))]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        list(pool.map(lambda job: forking.call(publishing.pages, *job), jobs))
    publishing.index(folder, full)
    failed = {outcome.notebook for outcome in outcomes if outcome.error}
    earlier = {entry["notebook"]: entry for entry in before.get("notebooks", [])}
    earlier |= {outcome.notebook: outcome.record() for outcome in outcomes}
    content = {
        "article": subject.name,
        "title": about["title"],
        "started": about["started"],
        "inputs": subject.inputs(),
        "notes": about["notes"],
        "reading": about["reading"],
        "parameters": chosen.model_dump(),
        "versions": versions.versions(),
        "commit": provenance.commit(project_root()),
        "reproduce": subject.command(chosen),
        "run_key": dependencies.key(planned.page_parts),
        "page_key": planned.page_parts,
        "keys": {name: named for name, named in planned.parts.items() if name not in failed},
    }
    publishing.record(folder, content, [earlier[name] for name in KNOWN if name in earlier])


def check_documents(documents: Sequence[Path], *, out: Path) -> None:
    """Refuse what cannot end well before any work is done.

    Raises:
        BadInput: two documents have one name, one has a name that hides or is ours, or the place of the reports is no
            folder.
    """
    seen: dict[str, Path] = {}
    for document in documents:
        if document.stem.startswith(".") or document.stem.endswith(RESERVED):
            raise BadInput(
                f"cannot make a report of {document}: its folder would be named {document.stem!r}, as only presslens names "
                "its own. Rename the document."
            )
        if document.stem in seen:
            raise BadInput(
                f"{seen[document.stem]} and {document} would both write {out / document.stem}. "
                "Rename one, or run them one by one."
            )
        seen[document.stem] = document
    if out.exists() and not out.is_dir():
        raise BadInput(f"cannot write to {out}: it is not a folder. Choose another with --out.")


def make_ready(notebooks: Sequence[str], *, parameters: Parameters, folder: Path) -> None:
    """Run those notebooks whose tables in `folder` are missing, or were made from other parameters or another text.

    Raises:
        NotebookFailed: one of them raised.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values = parameters.model_dump()
    inputs = provenance.inputs(locate(parameters.document))
    for name in notebooks:
        state = {**inputs, **accepted(name, values)}
        made = folder / f"{name}.json"
        if (folder / f"{name}.ipynb").is_file() and made.is_file() and json.loads(made.read_text("utf-8")) == state:
            continue
        outcome = execute(name, parameters=values, folder=folder)
        if outcome.error:
            raise NotebookFailed(f"notebook {name} failed at “{outcome.failed_at}”: {outcome.error}.")
        made.write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")
