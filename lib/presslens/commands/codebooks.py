"""`presslens codebook`: list, show and check codebooks."""

from pathlib import Path
from typing import Annotated

import typer

from presslens.commands.terminal import say

app = typer.Typer(help="Codebooks for framing.", no_args_is_help=True)


@app.command("list")
def list_codebooks() -> None:
    """The codebooks that come with presslens."""
    from presslens.framing import codebook

    for name in codebook.names():
        book = codebook.load(name)
        say(f"{name}: {len(book.frames)} frames, version {book.version}. {book.title}")


@app.command("show")
def show_codebook(codebook: Annotated[str, typer.Argument(help="A codebook's name or YAML file.")]) -> None:
    """A codebook's frames with their definitions and indicators."""
    from presslens.framing import codebook as codebooks

    book = codebooks.load(codebook)
    say(f"{book.title}\nsource: {book.source}\nlicence: {book.licence}\nversion: {book.version}\nhash: {book.hash}\n")
    for frame in book.frames:
        say(f"{frame.frame}\n  {frame.definition}\n  indicators: {len(frame.indicators)}\n")


@app.command("new")
def new_codebook(
    name: Annotated[str, typer.Argument(help="Letters, digits, - and _.", show_default=False)],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to; NAME.yaml without it.")] = None,
) -> None:
    """Write a commented start for a codebook of one's own."""
    import re

    from presslens import saving
    from presslens.errors import BadInput
    from presslens.framing import codebook as codebooks

    if not re.fullmatch(r"[A-Za-z0-9_\-]{1,60}", name) or name in codebooks.names():
        raise BadInput(f"a codebook cannot be called {name!r}: take letters, digits, - and _, and no shipped name.")
    path = output or Path(f"{name}.yaml")
    if path.exists():
        raise BadInput(f"{path} is there already. Give another name with -o, or move it away.")
    with saving.said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        saving.save(path, codebooks.template(name))
    say(f"{path}: fill in the frames, then run presslens codebook check {path}")


@app.command("check")
def check_codebook(
    file: Annotated[str, typer.Argument(help="A codebook's name or YAML file.")],
    corpus: Annotated[
        Path | None, typer.Option(help="A table of id and text: indicators that never fire on it, or too often.")
    ] = None,
) -> None:
    """What is wrong or doubtful in a codebook; exit code 1 where something is."""
    from presslens.findings.wording import count
    from presslens.framing import codebook as codebooks
    from presslens.reports import tables

    problems = codebooks.check(file, corpus=None if corpus is None else tables.read_texts(corpus))
    for row in problems.itertuples(index=False):
        say(" · ".join(str(value) for value in row if str(value)))
    errors = int((problems["level"] == "error").sum())
    say(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}" if len(problems) else "no problems")
    if len(problems):
        raise typer.Exit(1)
