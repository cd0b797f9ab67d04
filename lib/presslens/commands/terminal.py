"""What the command line prints."""

import sys

import typer

from presslens.commands import logs


def write(text: str) -> None:
    """Text to standard output: as it is to a file or a program, harmless to a terminal."""
    sys.stdout.write(harmless(text) if sys.stdout.isatty() else text)


def harmless(text: str) -> str:
    """Text in which U+FFFD stands for whatever a terminal might obey: escapes, control characters, changes of direction."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


def say(text: str, *, err: bool = False) -> None:
    """A line for the terminal, harmless; noted in the log, too."""
    shown = harmless(text)
    logs.note("said", text=shown, stream="error" if err else "output")
    typer.echo(shown, err=err)
