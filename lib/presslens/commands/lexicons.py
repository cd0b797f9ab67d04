"""`presslens lexicon`: check a lexicon of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from presslens.commands.terminal import say

app = typer.Typer(help="Lexicons of your own for tone.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Lexicons of your own for tone."""


@app.command("check")
def check_lexicon(file: Annotated[Path, typer.Argument(help="A lexicon: CSV or YAML.", show_default=False)]) -> None:
    """What is wrong or doubtful in a lexicon; exit code 1 where an error is, so that it cannot be used."""
    from presslens.findings.wording import count
    from presslens.sentiment import lexicons

    problems = lexicons.check(file)
    for row in problems.itertuples(index=False):
        say("line " + " · ".join(str(value) for value in row if str(value)))
    errors = int((problems["severity"] == "error").sum())
    say(f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}" if len(problems) else "no problems")
    if errors:
        raise typer.Exit(1)
