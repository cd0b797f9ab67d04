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


@app.command("check")
def check_codebook(file: Annotated[Path, typer.Argument(help="A codebook's YAML file.")]) -> None:
    """What is wrong or doubtful in a codebook; exit code 1 where something is."""
    from presslens.framing import codebook as codebooks

    problems = codebooks.check(file)
    for row in problems.itertuples(index=False):
        say(" · ".join(str(value) for value in row if str(value)))
    say(f"{len(problems)} problems" if len(problems) else "no problems")
    if len(problems):
        raise typer.Exit(1)
