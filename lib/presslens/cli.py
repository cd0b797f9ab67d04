"""The command line: a thin face over functions of the same names and defaults."""

import errno
import gc
import logging
import shlex
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Annotated

import typer

from presslens import __version__
from presslens.commands import (
    codebooks,
    coding,
    concordance,
    corpora,
    corpus,
    exporting,
    lexicons,
    logs,
    measuring,
    reporting,
    runs,
)
from presslens.commands.terminal import say
from presslens.errors import BadInput, PresslensError

UNUSABLE = {errno.ENAMETOOLONG, errno.EACCES, errno.ELOOP}  # faults of a path that was given
STOPPED = 130
CLOSED = 141
GARBAGE = 20_000  # objects made before garbage is looked for: most of what a command makes lives as long as it does

app = typer.Typer(
    name="presslens",
    help="Close and distant reading of news: tone, key phrases and framing, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for commands in (reporting, runs, exporting, coding, measuring, concordance, corpora, corpus):
    app.add_typer(commands.app)
app.add_typer(codebooks.app, name="codebook")
app.add_typer(lexicons.app, name="lexicon")

_verbose = False


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="With an error, show where in the program it rose.")
    ] = False,
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Append what happens to a file, a JSON object a line.")
    ] = None,
) -> None:
    global _verbose  # noqa: PLW0603 - one command line a process
    _verbose = verbose
    if log is not None:
        logs.to_file(log)
        logs.note("begin", command=shlex.join(sys.argv), version=__version__, folder=str(Path.cwd()))
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
    gc.set_threshold(GARBAGE)
    began = time.monotonic()
    code = 1
    try:
        code = _run()
    finally:
        logs.note("end", exit_code=code, seconds=round(time.monotonic() - began, 3))
        logs.close()
    sys.exit(code)


def _run() -> int:
    try:
        app()
    except PresslensError as error:
        _trace(error)
        say(f"presslens: {error}", err=True)
        return error.exit_code
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
        if code == STOPPED:
            say("presslens: stopped; what was there before is as it was.", err=True)
        return code
    except BrokenPipeError:
        sys.stderr.close()
        return CLOSED
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and the command ends with 1
        _trace(error)
        if isinstance(error, OSError) and error.errno in UNUSABLE and error.filename:
            say(f"presslens: cannot use {error.filename}: {error.strerror}. Give another path.", err=True)
            return BadInput.exit_code
        name = type(error).__name__
        told = " ".join(str(error).split())[:300]
        say(
            f"presslens: an error that should not be: {name}{': ' if told else ''}{told}. Nothing that was there before has "
            "been replaced. Run it with presslens --verbose … to see where it rose, and report it.",
            err=True,
        )
        return 1
    return 0


def _trace(error: BaseException) -> None:
    """Note an error with where it rose; show that on the terminal where it was asked for."""
    logs.note("error", level=logging.ERROR, raised=error, message=str(error), kind=type(error).__name__)
    if _verbose:
        for line in "".join(traceback.format_exception(error)).rstrip("\n").split("\n"):
            say(line, err=True)
