"""`presslens coding`, `agreement` and `coder`: sheets for people, how far they agree, and coders that learn from them."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from presslens.commands.terminal import say

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer()
sheets = typer.Typer(help="Coding sheets for people.", no_args_is_help=True)
coders = typer.Typer(help="Coders that learn from labels of your own.", no_args_is_help=True)
app.add_typer(sheets, name="coding")
app.add_typer(coders, name="coder")

Book = Annotated[str, typer.Option(help="A codebook's name or YAML file.")]
Labels = Annotated[
    list[Path],
    typer.Argument(help="A table of id, text, labels (.csv, .jsonl), or coding sheets with text.", show_default=False),
]


@sheets.command("sheet")
def make_sheet(
    source: Annotated[Path, typer.Argument(help="A document, or a table of id and text.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The sheet: .csv or .xlsx.", show_default=False)],
    codebook: Book = "policy_frames",
    unit: Annotated[str, typer.Option(help="Of a document: sentence or paragraph.")] = "sentence",
    coder: Annotated[str, typer.Option(help="Who will code.")] = "",
    sample: Annotated[int | None, typer.Option(min=1, help="Units to draw; all without it.")] = None,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 0,
) -> None:
    """Write a blank coding sheet; in Excel with drop-downs and the codebook on a second tab."""
    from presslens.errors import BadInput
    from presslens.framing import codebook as codebooks
    from presslens.framing import sheets as coding_sheets

    if unit not in {"sentence", "paragraph"}:
        raise BadInput(f"there is no unit {unit!r}. Choose sentence or paragraph.")
    if output.exists():
        raise BadInput(f"{output} is there already, perhaps with codes in it. Give another name, or move it away.")
    book = codebooks.load(codebook)
    sheet = coding_sheets.blank(_units(source, unit), book, coder=coder, sample=sample, seed=seed)
    coding_sheets.write(sheet, output, book)
    say(f"{output}: {len(sheet)} units to code with {book.name} ({book.hash})")


@sheets.command("next")
def choose_next(
    model: Annotated[Path, typer.Argument(help="A trained coder.", show_default=False)],
    source: Annotated[Path, typer.Argument(help="A document, or a table of id and text.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The sheet: .csv or .xlsx.", show_default=False)],
    top: Annotated[int, typer.Option(min=1, help="How many units.")] = 100,
    done: Annotated[list[Path] | None, typer.Option(help="A sheet whose units are coded already.")] = None,
) -> None:
    """Write a blank sheet of the units that would teach a trained coder most; it does not say what the coder thinks."""
    from presslens.errors import BadInput
    from presslens.framing import choosing, coded, trained
    from presslens.framing import sheets as coding_sheets

    if output.exists():
        raise BadInput(f"{output} is there already, perhaps with codes in it. Give another name, or move it away.")
    coder = trained.load(model)
    units = _units(source, "sentence")
    taken = set(coded.read(done).codes["unit"]) if done else set()
    chosen = choosing.next_units(coder, units[~units["id"].astype("str").isin(taken)], top=top)
    coding_sheets.write(coding_sheets.blank(chosen[["id", "text"]], coder.codebook), output, coder.codebook)
    say(f"{output}: {len(chosen)} units to code next")


@app.command()
def agreement(
    files: Annotated[list[Path], typer.Argument(help="Sheets of several coders.", show_default=False)],
    codebook: Annotated[str, typer.Option(help="Its frames; any codes without it.")] = "",
    machine: Annotated[
        bool, typer.Option("--machine", help="Set the codebook's indicators beside the people.")
    ] = False,
    coder: Annotated[str, typer.Option(help="Set this trained coder beside the people.")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Agreement as .csv, .jsonl, .parquet.")] = None,
    disagreements: Annotated[Path | None, typer.Option(help="Where coders differ, with the text, as a table.")] = None,
    html: Annotated[Path | None, typer.Option(help="The notebook `validate` on these sheets as one page.")] = None,
    document: Annotated[str, typer.Option(help="The article that was coded, where sheets hold no text.")] = "",
    draws: Annotated[int, typer.Option(min=100, max=20_000, help="Bootstrap draws behind each interval.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 2020,
) -> None:
    """How far coders agree, a row a frame: Krippendorff's alpha with its interval, and where they differ."""
    from presslens.article.reading import read as read_article
    from presslens.errors import BadInput
    from presslens.framing import agreement as agreeing
    from presslens.framing import codebook as codebooks
    from presslens.framing import coded, comparing, judging, trained
    from presslens.reports import tables

    for path in (output, disagreements):
        if path is not None:
            tables.check_writable(path)
    book = codebooks.load(codebook or "policy_frames") if codebook or machine else None
    found = coded.read(files, codebook=book)
    if document:
        found = judging.with_texts(found, read_article(Path(document)).sentences)
    for note in found.notes:
        say(f"presslens: {note}", err=True)
    if found.codes.empty:
        raise BadInput(f"no unit is coded in {', '.join(str(f) for f in files)}. Fill in the frames first.")
    frames = comparing.frames_in(found.codes, book)
    people = agreeing.agreement(found.codes, frames=frames, resamples=draws, seed=seed)
    codes = found.codes
    if machine or coder:
        _need_texts(found.texts)
        judge = trained.load(coder) if coder else None
        codes = _with_machine(found, book or codebooks.load("policy_frames"), judge)
    _tell_agreement(people)
    if len(codes) > len(found.codes):
        frames = comparing.frames_in(codes, book)
        _tell_machine(comparing.beside(codes, frames=frames, resamples=draws, seed=seed))
        _tell_scores(codes)
    apart = agreeing.disagreements(found.codes, found.texts)
    say(f"{len(apart)} of {found.codes['unit'].nunique()} units are coded differently by people")
    if output is not None:
        tables.write(people.assign(codebook_hash=book.hash if book else ""), output)
    if disagreements is not None:
        tables.write(apart, disagreements)
    if html is not None:
        values = {"sheets": [str(path) for path in files], "coder": coder, "draws": draws, "seed": seed}
        chosen = {"codebook": codebook, "document": document}
        _page(html, values | {name: value for name, value in chosen.items() if value})


@coders.command("train")
def train_coder(
    labels: Labels,
    output: Annotated[Path, typer.Option("-o", "--output", help="The trained coder.", show_default=False)],
    codebook: Book = "policy_frames",
    tier: Annotated[
        str, typer.Option(help="`default`, or `neural` where presslens\\[neural] is installed.")
    ] = "default",
    folds: Annotated[int, typer.Option(min=2, max=20, help="Of the cross-validation.")] = 5,
    seed: Annotated[int, typer.Option(help="Of the folds.")] = 0,
) -> None:
    """Learn to code as people have coded: from about 100 units on. Says how well it does on units it has not seen."""
    from presslens.framing import codebook as codebooks
    from presslens.framing import trained

    coder = trained.train(_labelled(labels), codebook=codebooks.load(codebook), folds=folds, seed=seed, tier=tier)
    coder.save(output)
    _tell_card(coder.card)
    say(f"{output}")


@coders.command("show")
def show_coder(model: Annotated[Path, typer.Argument(help="A trained coder.", show_default=False)]) -> None:
    """The model card of a trained coder: what it learnt from, and how well it codes what it has not seen."""
    from presslens.framing import trained

    _tell_card(trained.load(model).card)


def _units(source: Path, unit: str) -> "pd.DataFrame":
    from presslens.framing import sheets as coding_sheets
    from presslens.reports import tables

    if source.suffix.lower() in tables.SUFFIXES:
        return tables.read_texts(source)
    from presslens.article.reading import read

    return coding_sheets.from_sentences(read(source).sentences, unit="sentence" if unit == "sentence" else "paragraph")


def _labelled(paths: list[Path]) -> "pd.DataFrame":
    from presslens.errors import BadInput
    from presslens.framing import coded, labelled

    if len(paths) == 1 and paths[0].suffix.lower() != ".xlsx":
        try:
            return labelled.read(paths[0])
        except BadInput as refused:
            if "has no column" not in str(refused):
                raise
    found = coded.read(paths)
    _need_texts(found.texts)
    return coded.labelled(found)


def _need_texts(texts: "pd.DataFrame") -> None:
    from presslens.errors import BadInput

    if texts.empty:
        raise BadInput("these files hold codes but not the words that were coded. Give sheets with a column text.")


def _with_machine(found: Any, book: Any, judge: Any) -> "pd.DataFrame":
    import pandas as pd

    from presslens.framing import comparing

    texts = found.texts[found.texts["id"].isin(found.codes["unit"])]
    codes: pd.DataFrame = pd.concat([found.codes, comparing.machine_codes(texts, book, coder=judge)], ignore_index=True)
    return codes


def _number(value: float) -> str:
    return "   –" if math.isnan(value) else f"{value:4.2f}"


def _tell_agreement(table: "pd.DataFrame") -> None:
    from presslens.findings.wording import rows

    width = max(len(name) for name in table["frame"])
    say(f"{'frame':<{width}}  alpha  95 % interval  units  coders")
    for row in rows(table):
        low = "" if row.reliable or math.isnan(row.alpha) else "  not reliable (under .667)"
        say(
            f"{row.frame:<{width}}  {_number(row.alpha):>5}  {_number(row.low)} to {_number(row.high)}   "
            f"{row.units:>5}  {row.coders:>6}{low}"
        )


def _tell_machine(table: "pd.DataFrame") -> None:
    from presslens.findings.wording import rows

    width = max(len(name) for name in table["frame"])
    say(f"\n{'frame':<{width}}  among people  with the machine")
    for row in rows(table):
        say(
            f"{row.frame:<{width}}  {_number(row.humans):>12}  {_number(row.machine)} "
            f"({_number(row.machine_low)} to {_number(row.machine_high)})"
        )


def _tell_scores(codes: "pd.DataFrame") -> None:
    from presslens.framing import agreement as agreeing
    from presslens.framing.comparing import MACHINE

    for name in sorted(set(codes["coder"]) - {MACHINE}):
        table = agreeing.scores(codes, truth=name, coder=MACHINE)
        if len(table):
            say(f"the machine by {name}: macro-F1 {table['f1'].iloc[-1]:.2f} on {table['support'].iloc[-1]} units")


def _tell_card(card: dict[str, Any]) -> None:
    say(
        f"tier: {card.get('tier', 'default')}; {card['units']} units; macro-F1 {card['macro_f1']:.3f} of the best frame"
    )
    say(
        f"measured by {card['measured']}; codebook {card['codebook']} ({card['codebook_hash']}); data {card['data_hash']}"
    )
    for name, one in card["frames"].items():
        say(f"  {name}: F1 {one['f1']:.3f} on {one['units']} units")


def _page(path: Path, values: dict[str, Any]) -> None:
    """Run the notebook `validate` and write it as one page that needs no other."""
    import hashlib
    import re
    import shlex
    import tempfile

    from presslens import saving
    from presslens.errors import BadInput
    from presslens.reports import exporting
    from presslens.reports.executing import accepted, execute
    from presslens.reports.parameters import check

    full = check(values).model_dump()
    options = [
        word for name, value in values.items() if name != "sheets" and value for word in (f"--{name}", str(value))
    ]
    with tempfile.TemporaryDirectory() as folder:
        outcome = execute("validate", parameters=full, folder=Path(folder))
        if outcome.error:
            raise BadInput(f"the notebook validate failed at “{outcome.failed_at}”: {outcome.error}.")
        notebook = _notebook(Path(folder) / "validate.ipynb")
    names = ", ".join(Path(one).name for one in values["sheets"])
    digest = hashlib.sha256(b"".join(Path(one).read_bytes() for one in values["sheets"])).hexdigest()
    page = exporting.Page("validate", exporting.heading(notebook))
    about = {
        "title": "How far do the coders agree?",
        "line": names,
        "source": names,
        "sha256": digest,
        "notes": [],
        "parameters": accepted("validate", full),
        "reproduce": shlex.join(["presslens", "agreement", *values["sheets"], *options, "--html", str(path)]),
    }
    text = exporting.export(notebook, page=page, pages=[page], about=about)
    text = re.sub(r'<nav [^<>]*class="set"(?:[^<]++|<(?!/?nav))*+</nav>', "", text, count=1)
    with saving.said(path):
        saving.save(path, text)
    say(str(path))


def _notebook(path: Path) -> Any:
    import nbformat

    reader: Any = nbformat
    return reader.read(path, as_version=4)
