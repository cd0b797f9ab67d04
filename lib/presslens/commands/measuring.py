"""`presslens clean` for a document; `sentiment`, `targets`, `keywords` and `frames` for a table of texts."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from presslens.commands.terminal import say, write

app = typer.Typer()

Table = Annotated[Path, typer.Argument(help="CSV, JSONL or Parquet with `id` and `text`.", show_default=False)]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help=".csv, .jsonl or .parquet; CSV to standard output without it.")
]


@app.command()
def clean(
    file: Annotated[Path, typer.Argument(help="A .txt, .md, .html, .docx or .pdf document.", show_default=False)],
    as_json: Annotated[
        bool, typer.Option("--json", help="Title, dek, paragraphs, sentences and ledger as JSON.")
    ] = False,
    keep: Annotated[list[str] | None, typer.Option(help="A cleaning rule whose finds stay in the text.")] = None,
) -> None:
    """Print a document as presslens reads it, without what is not the article."""
    from presslens.article.reading import read
    from presslens.reports.parameters import check

    article = read(file, keep=check({"keep": keep or []}).keep)
    if not as_json:
        heads = [
            part for part in (article.title, article.dek, f"By {article.byline}" if article.byline else "") if part
        ]
        write("\n\n".join([*heads, *article.paragraphs]) + "\n")
        return
    content = {
        "title": article.title,
        "dek": article.dek,
        "byline": article.byline,
        "language": article.language,
        "notes": list(article.notes),
        "text": article.text,
        "paragraphs": article.paragraphs,
        "sentences": article.sentences.rename(columns={"sentence": "id"})[["id", "start", "end", "text"]].to_dict(
            "records"
        ),
        "ledger": article.ledger[["line", "text", "rule", "reason", "kept"]].to_dict("records"),
    }
    write(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


@app.command()
def sentiment(
    table: Table,
    output: Output = None,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 0,
    lexicon: Annotated[str, typer.Option(help="CSV or YAML lexicon with valences of your own.")] = "",
    tier: Annotated[
        str, typer.Option(help="`default`, `neural` (presslens\\[neural]), or the folder of a sentiment classifier.")
    ] = "default",
) -> None:
    """Tone of each text: id, score (-1..1), low, high, label, compound (VADER)."""
    from presslens.sentiment import classifier, lexicons, measure, scoring

    chosen = measure.named(tier)
    overlay = lexicons.of_user(lexicon)
    _convert(table, output, lambda texts: scoring.texts(texts, seed=seed, overlay=overlay, tier=chosen))
    if chosen not in measure.FILES:
        ours = classifier.load(chosen)
        say(f"scored by the classifier {ours.name} (SHA-256 {ours.sha256[:16]}): {', '.join(ours.labels)}", err=True)


@app.command()
def targets(
    table: Annotated[
        Path, typer.Argument(help="A table with `id`, `text`, `mention`, `start`, `end`.", show_default=False)
    ],
    output: Output = None,
    tier: Annotated[
        str, typer.Option(help="`default`, or `neural` where presslens\\[neural] is installed.")
    ] = "default",
) -> None:
    """Tone of each text toward the mention in it: id, mention, start, end, score (-1..1), label."""
    from presslens.sentiment import targets as toward

    chosen = toward.named_tier(tier)
    columns = ("id", "text", "mention", "start", "end")
    _convert(table, output, lambda texts: toward.targets_table(texts, tier=chosen), columns=columns)


@app.command()
def keywords(
    table: Table,
    output: Output = None,
    top: Annotated[int, typer.Option(help="Key phrases for each text, 1 or more.")] = 15,
    profile: Annotated[
        str, typer.Option(help="`phrases`, as a reader would write, or `terms`, for indexing.")
    ] = "phrases",
) -> None:
    """Key phrases of each text: id, rank, phrase, score."""
    from presslens.errors import BadInput
    from presslens.keywords import ranking

    if profile not in ranking.PROFILES:
        raise BadInput(f"there is no profile {profile!r}. Choose from {', '.join(ranking.PROFILES)}.")
    _convert(table, output, lambda texts: ranking.texts(texts, top=top, profile=profile))


@app.command()
def frames(
    table: Table,
    output: Output = None,
    codebook: Annotated[str, typer.Option(help="A codebook's name or YAML file.")] = "policy_frames",
    coder: Annotated[Path | None, typer.Option(help="A trained coder, in place of a codebook's indicators.")] = None,
    tier: Annotated[
        str, typer.Option(help="`default`, or `neural` where presslens\\[neural] is installed.")
    ] = "default",
) -> None:
    """Frames of each text: id, frame, score, coded, evidence; a row for every text and every frame."""
    from presslens.framing import codebook as codebooks
    from presslens.framing import coding, judging, meaning, trained

    if coder is not None:
        learnt = trained.load(coder)
        _convert(table, output, learnt.code)
        say(f"coded by {judging.said(learnt.card)}, codebook {learnt.codebook.name} ({learnt.codebook.hash})", err=True)
        return
    book, chosen = codebooks.load(codebook), meaning.named(tier)
    _convert(table, output, lambda texts: coding.texts(texts, book, tier=chosen))
    say(f"coded by {meaning.said(chosen)}, codebook {book.name} {book.version} ({book.hash})", err=True)


def _convert(
    table: Path, output: Path | None, measure: Callable[[Any], Any], columns: tuple[str, ...] = ("id", "text")
) -> None:
    from presslens.reports import tables

    if output is not None:
        tables.check_writable(output)
    result = measure(tables.read_texts(table, columns=columns))
    if output is None:
        write(tables.as_csv(result))
    else:
        tables.write(result, output)
