"""`presslens export`: a finished run as one file."""

from pathlib import Path
from typing import Annotated

import typer

from presslens.commands.terminal import say

app = typer.Typer()


@app.command()
def export(
    run: Annotated[str, typer.Argument(help="A report's folder, or its name in --out.", show_default=False)],
    to: Annotated[list[str], typer.Option(help="html, pdf, docx, xlsx or zip; may be given several times.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; by default beside the run's folder.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Where reports are.")] = Path("outputs"),
) -> None:
    """Write a finished report as one file: all pages in one (html, pdf, docx), its tables (xlsx), or its folder (zip)."""
    from presslens.errors import BadInput
    from presslens.exports import exporting, runs

    forms = list(dict.fromkeys(form.lower().lstrip(".") for form in to))
    if output is not None and len(forms) > 1:
        raise BadInput("-o names one file, and --to asks for several. Ask for one, or leave -o away.")
    unknown = [form for form in forms if form not in exporting.FORMS]
    if unknown:
        raise BadInput(f"cannot export to {unknown[0]!r}. Choose from {', '.join(exporting.FORMS)}.")
    found = runs.finished(run, out=out)
    for form in forms:
        say(str(exporting.export(found, to=form, path=output)))
