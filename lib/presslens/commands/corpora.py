"""Corpora: `presslens demo-corpus` writes one of our own making."""

import json
from pathlib import Path
from typing import Annotated

import typer

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
