"""`presslens corpus`: the same measures over as many articles as there are."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from presslens.commands.terminal import say

if TYPE_CHECKING:
    from presslens.corpus.engine import Progress

app = typer.Typer()

EVERY = 10.0  # seconds between lines of progress where they are kept; on a terminal one line changes all the time
TICK = 0.5


@app.command()
def corpus(
    source: Annotated[
        str,
        typer.Argument(metavar="INPUT", help="A folder or file of articles, or its address.", show_default=False),
    ],
    out: Annotated[Path, typer.Option(help="Folder of the data set; a run that was stopped goes on there.")],
    workers: Annotated[int, typer.Option(min=0, help="Processes on this machine; 0 for one a processor.")] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a Dask scheduler, in place of processes here.")] = "",
    codebook: Annotated[
        list[str] | None,
        typer.Option(help="A codebook's name or YAML file; may be given again. [default: policy_frames, entman]"),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME", help="The column of a table that holds a field, as text=Volltext; again for others."
        ),
    ] = None,
    lexicon: Annotated[str, typer.Option(help="CSV or YAML lexicon with valences of your own.")] = "",
    actors: Annotated[str, typer.Option(help="YAML file with actors of your own.")] = "",
    batch: Annotated[int, typer.Option(help="Articles in a batch.")] = 500,
    most_errors: Annotated[float, typer.Option(help="Share of the records that may fail before the run stops.")] = 0.1,
    seed: Annotated[int, typer.Option(help="Of every random draw.")] = 0,
    draws: Annotated[int, typer.Option(min=1, help="Bootstrap draws behind each interval.")] = 1000,
    top: Annotated[int, typer.Option(min=1, help="Key phrases for each article.")] = 15,
    dashboard: Annotated[bool, typer.Option("--dashboard", help="Open the page of the Dask scheduler.")] = False,
) -> None:
    """Analyse a corpus into a Parquet data set: articles, sentences, actors, mentions, keyphrases, frames."""
    from presslens.corpus import server

    if not scheduler:
        server.start()  # first of all, for it takes as long to load as all that follows
    from presslens.actors import gazetteer
    from presslens.corpus import records
    from presslens.corpus.analysing import Settings
    from presslens.corpus.running import analyse_corpus, plan
    from presslens.corpus.sizing import expected
    from presslens.corpus.sources import entries
    from presslens.errors import BadInput
    from presslens.framing.codebook import load
    from presslens.sentiment import lexicons

    if dashboard and not scheduler:
        raise BadInput("there is no dashboard without Dask: give --scheduler ADDRESS, or leave --dashboard out.")
    columns = records.given(column or [])
    settings = Settings(
        codebooks=tuple(load(one) for one in codebook or ("policy_frames", "entman")),
        lexicon=tuple(sorted(lexicons.of_user(lexicon).items())),
        actors=gazetteer.load(actors) if actors else None,
        seed=seed,
        draws=draws,
        top=top,
    )
    chosen = plan(source, settings, size=batch, most_errors=most_errors)
    line = _Line()
    manifest = analyse_corpus(
        entries(source, columns=columns), out, chosen, workers=workers, scheduler=scheduler, total=expected(source),
        tell=line.tell, opened=_open if dashboard else None,
    )  # fmt: skip
    line.end()
    counts = manifest["counts"]
    say(f"{counts['articles']:,} articles in {out}, {_errors(counts['errors'])}", err=True)


def _open(address: str) -> None:
    say(f"dashboard: {address}", err=True)
    typer.launch(address)


def _errors(count: int) -> str:
    return f"{count:,} error{'' if count == 1 else 's'}" + (" (see errors.parquet)" if count else "")


class _Line:
    """Progress on standard error: one line that changes on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._changes = sys.stderr.isatty()
        self._told = time.monotonic()

    def tell(self, progress: "Progress") -> None:
        """Say how far the run is, if it is time to."""
        now = time.monotonic()
        if now - self._told < (TICK if self._changes else EVERY):
            return
        self._told = now
        said = words(progress)
        if self._changes:
            sys.stderr.write(f"\r{said:<100}")
            sys.stderr.flush()
        else:
            say(said, err=True)

    def end(self) -> None:
        """Leave the line."""
        if self._changes:
            sys.stderr.write("\r" + " " * 100 + "\r")


def words(progress: Any) -> str:
    """How far a run is, in one line: records, rate, errors and the time left."""
    of = f" of {progress.total:,}" if progress.total else ""
    left = "" if progress.left is None else f", {_time(progress.left)} left"
    skipped = f", {progress.skipped:,} done before" if progress.skipped else ""
    return f"{progress.records:,}{of} articles, {progress.rate:.0f} a second{left}, {_errors(progress.errors)}{skipped}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
