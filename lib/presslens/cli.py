"""The command line: a thin face over functions of the same names and defaults."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from presslens import __version__
from presslens.errors import PresslensError

app = typer.Typer(
    name="presslens",
    help="Close and distant reading of news: tone, key phrases and framing, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
codebook_app = typer.Typer(help="Codebooks for framing.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")
lexicon_app = typer.Typer(help="Lexicons of your own for tone.", no_args_is_help=True)
app.add_typer(lexicon_app, name="lexicon")

Table = Annotated[Path, typer.Argument(help="CSV, JSONL or Parquet with `id` and `text`.", show_default=False)]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help=".csv, .jsonl or .parquet; CSV to standard output without it.")
]


@app.command()
def report(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Documents; by default every one in seeds/.", show_default=False)
    ] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    parameter_file: Annotated[Path | None, typer.Option("-f", "--parameter-file", help="YAML of parameters.")] = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("outputs"),
    only: Annotated[list[str] | None, typer.Option(help="A notebook to run, by name or number.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Run (all, or those of --only) although nothing changed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would run and why; run nothing.")] = False,
    with_code: Annotated[bool, typer.Option("--with-code", help="Show the code in the pages.")] = False,
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds that a cell may take.")] = None,
) -> None:
    """Run the notebooks on each document and write its set of HTML reports; only what has changed is run."""
    from presslens.reports import layout, parameters, running

    values = parameters.from_file(parameter_file) if parameter_file else {}
    values |= parameters.from_options(parameter or [])
    if "document" in values:
        files = [*(files or []), Path(str(values.pop("document")))]
    checked = parameters.check(values)
    chosen = only or []
    layout.choose(chosen)
    documents = files or layout.seeds()
    running.check_documents(documents, out=out)
    options: dict[str, Any] = {"parameters": checked, "out": out, "only": chosen, "with_code": with_code}
    options["force"] = chosen if force else None
    ok = True
    for document in documents:
        if dry_run:
            _tell_plan(document, running.plan(document, **options))
            continue
        with _progress(document) as on_cell:
            done = running.report(document, **options, timeout=timeout, on_cell=on_cell)
        _tell(done)
        ok = ok and done.ok
    if not ok:
        raise typer.Exit(1)


def _tell_plan(document: Path, planned: Any) -> None:
    for name, reasons in planned.reasons.items():
        more = f" (and {len(reasons) - 3} more)" if len(reasons) > 3 else ""
        _say(
            f"{document.name}: {name} " + (f"would run: {'; '.join(reasons[:3])}{more}" if reasons else "is up to date")
        )
    if planned.pages_changed and not planned.to_run:
        _say(f"{document.name}: its pages would be made anew: {'; '.join(planned.pages_changed[:3])}")


def _tell(done: Any) -> None:
    for outcome in done.outcomes:
        if outcome.error:
            where = f" at “{outcome.failed_at}”" if outcome.failed_at else ""
            _say(f"presslens: notebook {outcome.notebook} failed{where}: {outcome.error}", err=True)
            _say(f"  What there is: {done.folder / outcome.notebook}.ipynb and .html", err=True)
    if done.unchanged:
        _say(f"{done.folder / 'index.html'} (nothing has changed)")
    elif done.ok:
        _say(f"{done.folder / 'index.html'}")
    else:
        _say(f"presslens: the report of {done.article} was not replaced.", err=True)


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(help="A .txt, .md or .html document.", show_default=False)],
    as_json: Annotated[
        bool, typer.Option("--json", help="Title, dek, paragraphs, sentences and ledger as JSON.")
    ] = False,
    keep: Annotated[list[str] | None, typer.Option(help="A cleaning rule whose finds stay in the text.")] = None,
) -> None:
    """Print a document as presslens reads it, without what is not the article."""
    from presslens.article.reading import read
    from presslens.reports.parameters import check

    article = read(file, keep=check({"keep": keep or []}).keep)
    if not as_json:
        heads = [
            part for part in (article.title, article.dek, f"By {article.byline}" if article.byline else "") if part
        ]
        _write("\n\n".join([*heads, *article.paragraphs]) + "\n")
        return
    content = {
        "title": article.title,
        "dek": article.dek,
        "byline": article.byline,
        "language": article.language,
        "notes": list(article.notes),
        "text": article.text,
        "paragraphs": article.paragraphs,
        "sentences": article.sentences.rename(columns={"sentence": "id"})[["id", "start", "end", "text"]].to_dict(
            "records"
        ),
        "ledger": article.ledger[["line", "text", "rule", "reason", "kept"]].to_dict("records"),
    }
    _write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


@app.command()
def sentiment(
    table: Table,
    output: Output = None,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    lexicon: Annotated[str, typer.Option(help="CSV or YAML lexicon with valences of your own.")] = "",
    tier: Annotated[str, typer.Option(help="`default`, or `neural` where presslens[neural] is installed.")] = "default",
) -> None:
    """Tone of each text: id, score (-1..1), low, high, label, compound (VADER)."""
    from presslens.sentiment import lexicons, measure, scoring

    chosen = measure.named(tier)
    overlay = lexicons.of_user(lexicon)
    _convert(table, output, lambda texts: scoring.texts(texts, seed=seed, overlay=overlay, tier=chosen))


@app.command()
def targets(
    table: Annotated[
        Path, typer.Argument(help="A table with `id`, `text`, `mention`, `start`, `end`.", show_default=False)
    ],
    output: Output = None,
) -> None:
    """Tone of each text toward the mention in it: id, mention, start, end, score (-1..1), label."""
    from presslens.sentiment import targets as toward

    _convert(table, output, toward.targets_table, columns=("id", "text", "mention", "start", "end"))


@app.command()
def keywords(
    table: Table,
    output: Output = None,
    top: Annotated[int, typer.Option(min=1, help="Key phrases for each text.")] = 15,
    profile: Annotated[
        str, typer.Option(help="`phrases`, as a reader would write, or `terms`, for indexing.")
    ] = "phrases",
) -> None:
    """Key phrases of each text: id, rank, phrase, score."""
    from presslens.errors import BadInput
    from presslens.keywords import ranking

    if profile not in ranking.PROFILES:
        raise BadInput(f"there is no profile {profile!r}. Choose from {', '.join(ranking.PROFILES)}.")
    _convert(table, output, lambda texts: ranking.texts(texts, top=top, profile=profile))


@app.command()
def frames(
    table: Table,
    output: Output = None,
    codebook: Annotated[str, typer.Option(help="A codebook's name or YAML file.")] = "policy_frames",
) -> None:
    """Frames of each text: id, frame, score, coded, evidence; a row for every text and every frame."""
    from presslens.framing import codebook as codebooks
    from presslens.framing import coding

    book = codebooks.load(codebook)
    _convert(table, output, lambda texts: coding.texts(texts, book))


@codebook_app.command("list")
def list_codebooks() -> None:
    """The codebooks that come with presslens."""
    from presslens.framing import codebook

    for name in codebook.names():
        book = codebook.load(name)
        _say(f"{name}: {len(book.frames)} frames, version {book.version}. {book.title}")


@codebook_app.command("show")
def show_codebook(codebook: Annotated[str, typer.Argument(help="A codebook's name or YAML file.")]) -> None:
    """A codebook's frames with their definitions and indicators."""
    from presslens.framing import codebook as codebooks

    book = codebooks.load(codebook)
    _say(f"{book.title}\nsource: {book.source}\nlicence: {book.licence}\nversion: {book.version}\nhash: {book.hash}\n")
    for frame in book.frames:
        _say(f"{frame.frame}\n  {frame.definition}\n  indicators: {len(frame.indicators)}\n")


@codebook_app.command("check")
def check_codebook(file: Annotated[Path, typer.Argument(help="A codebook's YAML file.")]) -> None:
    """What is wrong or doubtful in a codebook; exit code 1 where something is."""
    from presslens.framing import codebook as codebooks

    problems = codebooks.check(file)
    for row in problems.itertuples(index=False):
        _say(" · ".join(str(value) for value in row if str(value)))
    _say(f"{len(problems)} problems" if len(problems) else "no problems")
    if len(problems):
        raise typer.Exit(1)


@lexicon_app.command("check")
def check_lexicon(file: Annotated[Path, typer.Argument(help="A lexicon: CSV or YAML.", show_default=False)]) -> None:
    """What is wrong or doubtful in a lexicon; exit code 1 where an error is, so that it cannot be used."""
    from presslens.sentiment import lexicons

    problems = lexicons.check(file)
    for row in problems.itertuples(index=False):
        _say("line " + " · ".join(str(value) for value in row if str(value)))
    errors = int((problems["severity"] == "error").sum())
    _say(f"{errors} errors, {len(problems) - errors} warnings" if len(problems) else "no problems")
    if errors:
        raise typer.Exit(1)


def _convert(
    table: Path, output: Path | None, measure: Callable[[Any], Any], columns: tuple[str, ...] = ("id", "text")
) -> None:
    from presslens.reports import tables

    if output is not None:
        tables.check_writable(output)
    result = measure(tables.read_texts(table, columns=columns))
    if output is None:
        _write(tables.as_csv(result))
    else:
        tables.write(result, output)


def _write(text: str) -> None:
    sys.stdout.write(text)


def _say(text: str, *, err: bool = False) -> None:
    """A line for the terminal, without the control characters that text from outside may hold."""
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
    typer.echo(shown, err=err)


class _progress:  # noqa: N801 - reads as a verb where it is used
    """Shows notebook and cell while a report is made; a line a notebook where standard error is not a terminal."""

    def __init__(self, document: Path) -> None:
        self._name = document.name
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
                _say(f"{self._name}: {notebook}", err=True)
            self._tasks[notebook] = self._bar.add_task(notebook, total=whole) if self._bar else notebook
        if self._bar:
            self._bar.update(self._tasks[notebook], completed=done + 1)

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        _say(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(2)


def main() -> None:
    """Run the command line; an error of ours is one sentence on standard error and its exit code."""
    try:
        app()
    except PresslensError as error:
        _say(f"presslens: {error}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("presslens: stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
