"""Corpora: `presslens demo-corpus` writes one of our own making; `corpus-report` and `corpus-sample` use analysed ones."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from presslens.commands.reporting import make_one
from presslens.commands.terminal import write

app = typer.Typer()


@app.command("demo-corpus")
def demo_corpus(
    articles: Annotated[int, typer.Option(min=0, help="How many articles; the first ones do not depend on it.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of every random draw.")] = 0,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file; JSONL to standard output without it.")
    ] = None,
) -> None:
    """Write a synthetic news corpus as JSONL, with frames, tone, trends, an event and syndicated copies planted in it.

    What was planted stands in the field `planted`, which no analysis reads, and in `presslens.corpus.plan.expected`.
    """
    from presslens import saving
    from presslens.corpus import demo

    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in demo.articles(articles, seed=seed))
    if output is None:
        for line in lines:
            write(line)
        return
    with saving.said(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        with saving.replacing(output) as aside, aside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)


@app.command("corpus-report")
def corpus_report(
    folder: Annotated[Path, typer.Argument(help="An analysed corpus.", show_default=False)],
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE", help="Such as period=year.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where reports go.")] = Path("outputs"),
    force: Annotated[bool, typer.Option("--force", help="Run although nothing changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say whether it would run and why; run nothing.")] = False,
    with_code: Annotated[bool, typer.Option("--with-code", help="Show the code in the page.")] = False,
    timeout: Annotated[float | None, typer.Option(min=1, help="Seconds that a cell may take.")] = None,
) -> None:
    """Say what an analysed corpus shows: volume, tone, frames, events, and the articles behind them."""
    from presslens.reports import executing, layout, parameters, running, subjects

    given = parameters.from_options(parameter or [])
    executing.refuse_unused(given, (layout.CORPUS,))
    chosen = parameters.check(given | {"corpus": str(folder)})
    subject = subjects.corpus(folder)
    running.check_documents([], out=out)
    options: dict[str, Any] = {"parameters": chosen, "out": out, "with_code": with_code, "force": [] if force else None}
    make_one(subject, options, dry_run=dry_run, timeout=timeout)


@app.command("corpus-sample")
def corpus_sample(
    folder: Annotated[Path, typer.Argument(help="An analysed corpus.", show_default=False)],
    size: Annotated[int, typer.Option(min=1, help="Articles in all.")] = 100,
    by: Annotated[
        str, typer.Option(help="What makes a stratum: outlet, month, quarter, year, section, label.")
    ] = "outlet,year",
    seed: Annotated[int, typer.Option(min=0, help="Of the draw.")] = 0,
    copies: Annotated[bool, typer.Option("--copies", help="Draw from copies too.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=".csv, .jsonl or .parquet; CSV to standard output without it.")
    ] = None,
) -> None:
    """Draw articles for people to code, the same number from each stratum; `presslens coding sheet` takes the table."""
    from presslens.corpus import counting, looking
    from presslens.reports import tables

    if output is not None:
        tables.check_writable(output)
    strata = [name.strip() for name in by.split(",") if name.strip()]
    drawn = looking.sample(counting.parts(folder, copies=copies), size=size, by=strata, seed=seed)
    if output is None:
        write(tables.as_csv(drawn))
    else:
        tables.write(drawn, output)
