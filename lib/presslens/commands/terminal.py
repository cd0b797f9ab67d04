"""What the command line prints."""

import sys

import typer


def write(text: str) -> None:
    """Text to standard output, as it is."""
    sys.stdout.write(text)


def say(text: str, *, err: bool = False) -> None:
    """A line for the terminal, without the control characters that text from outside may hold."""
    shown = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
    typer.echo(shown, err=err)
