"""Run the notebooks on an article with papermill, build the report beside the old one, and swap it in whole."""

import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from presslens.article.reading import SUFFIXES, Article, read
from presslens.errors import BadInput, PresslensError
from presslens.reports import exporting, provenance
from presslens.reports.parameters import Parameters
from presslens.reports.workbench import NEEDS, locate, project_root

NOTEBOOKS = ("1_article", "2_sentiment", "3_keywords", "4_framing", "5_brief")
OnCell = Callable[[str, str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """How one notebook ended."""

    notebook: str
    seconds: float
    failed_at: str = ""
    error: str = ""


@dataclass(frozen=True)
class Report:
    """What a run left: the folder to open, and how each notebook ended."""

    article: str
    folder: Path
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every notebook ran to its end."""
        return not any(outcome.error for outcome in self.outcomes)


class NotebookFailed(PresslensError):  # noqa: N818
    """At least one notebook raised; the reports name the cells."""


def notebooks_folder() -> Path:
    """The notebooks of the checkout, or those that an installed package carries."""
    own = project_root() / "notebooks"
    return own if own.is_dir() else Path(str(files("presslens") / "notebooks"))


def seeds() -> list[Path]:
    """Every document of `seeds/`, by name.

    Raises:
        BadInput: there is none.
    """
    folder = project_root() / "seeds"
    found = [p for p in sorted(folder.glob("*")) if p.suffix.lower() in SUFFIXES and p.name != "README.md"]
    found = [p.relative_to(Path.cwd()) if p.is_relative_to(Path.cwd()) else p for p in found]
    if not found:
        raise BadInput(f"there is no document in {folder}. Put a .txt, .md or .html file there, or name one.")
    return found


def check_only(only: Sequence[str]) -> tuple[str, ...]:
    """The notebooks to run, in order, from names or their numbers; all where none is named.

    Raises:
        BadInput: a name that no notebook has.
    """
    chosen = set()
    for name in only:
        matches = [n for n in NOTEBOOKS if name in {n, n.split("_")[0], n.split("_", 1)[1], f"{n}.ipynb"}]
        if not matches:
            raise BadInput(f"there is no notebook {name!r}. Choose from {', '.join(NOTEBOOKS)}.")
        chosen.update(matches)
    return tuple(n for n in NOTEBOOKS if n in chosen) or NOTEBOOKS


def check_documents(documents: Sequence[Path], *, keep: Sequence[str], out: Path) -> None:
    """Read every document once and try the folder, before any kernel starts.

    Raises:
        BadInput: a document cannot be read, two have one name, or the folder cannot be written.
    """
    seen: dict[str, Path] = {}
    for document in documents:
        article = read(locate(str(document)), keep=keep)
        if article.id in seen:
            raise BadInput(
                f"{seen[article.id]} and {document} would both write {out / article.id}. Rename one, or run them one by one."
            )
        seen[article.id] = document
        shutil.rmtree(_aside(out / article.id), ignore_errors=True)


def report(
    document: Path,
    *,
    parameters: Parameters | None = None,
    out: Path = Path("outputs"),
    only: Sequence[str] = (),
    with_code: bool = False,
    on_cell: OnCell = lambda *_: None,
) -> Report:
    """Run the notebooks on one document and write `OUT/ARTICLE/`: pages, notebooks, tables, figures, `run.json`.

    The report is built aside and swapped in at the end; where a notebook fails, the last good report stays and what
    there is goes to `OUT/ARTICLE.failed/`.

    Raises:
        BadInput: the document cannot be read or the folder cannot be written; nothing has been touched then.
    """
    chosen = check_only(only)
    parameters = (parameters or Parameters()).model_copy(update={"document": str(document)})
    article = read(locate(parameters.document), keep=parameters.keep)
    final = out / article.id
    aside = _aside(final)
    try:
        missing = _needed(chosen, final)
        if final.is_dir() and chosen != NOTEBOOKS:
            shutil.copytree(final, aside, dirs_exist_ok=True)
        outcomes = [
            execute(name, parameters=parameters, folder=aside, on_cell=on_cell)
            for name in NOTEBOOKS
            if name in {*chosen, *missing}
        ]
        _publish(aside, article=article, parameters=parameters, outcomes=outcomes, with_code=with_code)
        failed = any(outcome.error for outcome in outcomes)
        place = final.with_name(f"{final.name}.failed") if failed else final
        _swap(aside, place)
        if not failed:
            shutil.rmtree(final.with_name(f"{final.name}.failed"), ignore_errors=True)
        index_all(out)
        return Report(article.id, place, outcomes)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _aside(final: Path) -> Path:
    aside = final.with_name(f".{final.name}.{os.getpid()}.building")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
    except OSError as error:
        raise BadInput(
            f"cannot write to {final.parent}: {error.strerror or error}. Choose another folder with --out."
        ) from None
    return aside


def _needed(chosen: Sequence[str], final: Path) -> set[str]:
    """The notebooks whose tables a chosen one reads and that the last report does not have."""
    needed = {need for name in chosen for need in NEEDS.get(name, ())}
    return {name for name in needed if not (final / f"{name}.ipynb").is_file()}


def _swap(aside: Path, final: Path) -> None:
    old = final.with_name(f".{final.name}.{os.getpid()}.old")
    if final.exists():
        final.rename(old)
    aside.rename(final)
    shutil.rmtree(old, ignore_errors=True)


def execute(name: str, *, parameters: Parameters, folder: Path, on_cell: OnCell = lambda *_: None) -> Outcome:
    """Run one notebook with papermill in a kernel of its own and keep it, executed, in `folder`."""
    from presslens.reports import engine

    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    path = notebooks_folder() / f"{name}.ipynb"
    began = time.monotonic()
    failed_at = error = ""
    try:
        papermill.execute_notebook(
            path,
            folder / f"{name}.ipynb",
            parameters=_accepted(path, parameters),
            engine_name=engine.register(),
            progress_bar=False,
            request_save_on_cell_execute=False,
            folder=folder.resolve(),
            env=dict(os.environ),
            on_cell=lambda done, whole: on_cell(parameters.document, name, done, whole),
        )
    except PapermillExecutionError as raised:
        failed_at = _heading_above(folder / f"{name}.ipynb", raised.cell_index)
        error = f"{raised.ename}: {raised.evalue}"
    except (CellTimeoutError, DeadKernelError) as raised:
        error = f"{type(raised).__name__}: {raised}".split("\n")[0]
    return Outcome(name, round(time.monotonic() - began, 3), failed_at, error)


def _accepted(path: Path, parameters: Parameters) -> dict[str, Any]:
    """The parameters that a notebook's `parameters` cell names."""
    import papermill

    known = papermill.inspect_notebook(str(path))
    return {name: value for name, value in parameters.model_dump().items() if name in known}


def _heading_above(path: Path, index: int | None) -> str:
    import nbformat

    if not path.is_file():
        return ""
    cells = nbformat.read(path, as_version=4).cells
    above = [c.source.splitlines()[0] for c in cells[: (index or 0) + 1] if c.cell_type == "markdown" and c.source]
    titles = [line.lstrip("# ").strip() for line in above if line.startswith("#")]
    return titles[-1] if titles else ""


def _publish(
    folder: Path, *, article: Article, parameters: Parameters, outcomes: Sequence[Outcome], with_code: bool
) -> None:
    """Export every executed notebook of a folder, and write its index and its record."""
    import nbformat

    executed = {
        n: nbformat.read(folder / f"{n}.ipynb", as_version=4) for n in NOTEBOOKS if (folder / f"{n}.ipynb").is_file()
    }
    pages = [exporting.Page(name, exporting.heading(notebook)) for name, notebook in executed.items()]
    for page in pages:
        html = exporting.export(
            executed[page.name], page=page, pages=pages, article=article, parameters=parameters, with_code=with_code
        )
        exporting.write(folder / f"{page.name}.html", html)
    cards = [
        {"href": f"{page.name}.html", "label": page.heading, "finding": finding(folder, page.name)}
        for page in sorted(pages, key=lambda p: p.name != "5_brief")
    ]
    exporting.write(
        folder / "index.html",
        exporting.index_page(
            title=article.title or article.id,
            kicker="A reading by presslens",
            about=exporting.about(article),
            cards=cards,
            files="Beside these pages: the executed notebooks, tables/ (CSV and Parquet), figures/ (SVG and PNG), run.json.",
        ),
    )
    record = {
        "article": article.id,
        "inputs": provenance.inputs(locate(parameters.document)),
        "notes": list(article.notes),
        "parameters": parameters.model_dump(),
        "versions": provenance.versions(),
        "commit": provenance.commit(project_root()),
        "reproduce": provenance.command(parameters),
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "notebooks": [vars(outcome) for outcome in outcomes],
    }
    (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def finding(folder: Path, notebook: str) -> str:
    """The finding that a notebook states of the whole page; says so where it did not get there."""
    path = folder / "findings" / f"{notebook}.json"
    if not path.is_file():
        return "This notebook did not finish."
    return str(json.loads(path.read_text("utf-8"))["finding"])


def index_all(out: Path) -> None:
    """Write `OUT/index.html`, a page of links to every finished report."""
    cards = []
    for record in sorted(out.glob("*/run.json")):
        folder = record.parent
        if folder.name.endswith(".failed") or folder.name.startswith("."):
            continue
        cards.append({"href": f"{folder.name}/index.html", "label": folder.name, "finding": finding(folder, "5_brief")})
    page = exporting.index_page(title="Reports", kicker="presslens", about=f"{len(cards)} read", cards=cards)
    exporting.write(out / "index.html", page)


def make_ready(notebooks: Sequence[str], *, parameters: Parameters, folder: Path) -> None:
    """Run those notebooks whose tables are missing in `folder`, or were made from other parameters or another text."""
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    sha = provenance.sha256(locate(parameters.document))
    state = {"sha256": sha, **parameters.model_dump()}
    for name in notebooks:
        path, made = folder / f"{name}.ipynb", folder / f"{name}.json"
        if path.is_file() and made.is_file() and json.loads(made.read_text("utf-8")) == state:
            continue
        outcome = execute(name, parameters=parameters, folder=folder)
        if outcome.error:
            raise NotebookFailed(f"notebook {name} failed at “{outcome.failed_at}”: {outcome.error}. See {path}.")
        nbformat.write(nbformat.read(path, as_version=4), path)
        made.write_text(json.dumps(state), encoding="utf-8")
