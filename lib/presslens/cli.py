"""The command line: a thin face over functions of the same names and defaults."""

import signal
import sys
from typing import Annotated

import typer

from presslens import __version__
from presslens.commands import (
    codebooks,
    coding,
    concordance,
    corpora,
    corpus,
    lexicons,
    measuring,
    reporting,
    runs,
)
from presslens.commands.terminal import say
from presslens.errors import PresslensError

STOPPED = 130

app = typer.Typer(
    name="presslens",
    help="Close and distant reading of news: tone, key phrases and framing, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (reporting, runs, coding, measuring, concordance, corpora, corpus):
    app.add_typer(commands.app)
app.add_typer(codebooks.app, name="codebook")
app.add_typer(lexicons.app, name="lexicon")


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        say(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise typer.Exit(2)


def main() -> None:
    """Run the command line; an error of ours is one sentence on standard error and its exit code.

    A request to terminate ends a command as Ctrl-C does: what it was building aside is cleared away first.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except PresslensError as error:
        say(f"presslens: {error}", err=True)
        sys.exit(error.exit_code)
    except SystemExit as ended:
        if ended.code == STOPPED:
            say("presslens: stopped; what was there before is as it was.", err=True)
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
