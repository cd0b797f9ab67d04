"""`presslens concordance`: every place of a pattern in a document or a table of texts, in its context."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from presslens.commands.terminal import say, write

if TYPE_CHECKING:
    import pandas as pd

app = typer.Typer()

TONES = ("negative", "neutral", "positive")


@app.command()
def concordance(
    source: Annotated[Path, typer.Argument(help="A document, or a table of `id` and `text`.", show_default=False)],
    pattern: Annotated[
        str,
        typer.Argument(
            help="What to look for: a word or phrase, sanction* (any ending), ?at (one letter), virus | disease, "
            "@North Korea (any name of it).",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help=".csv, .jsonl or .parquet; aligned lines on standard output without it."),
    ] = None,
    width: Annotated[int, typer.Option(help="Characters of context on each side.")] = 50,
    sort: Annotated[str, typer.Option(help="By text, left, right or match.")] = "text",
    stems: Annotated[bool, typer.Option("--stems", help="Find inflections of the words too.")] = False,
    frame: Annotated[list[str] | None, typer.Option(help="Only sentences coded with this frame (or these).")] = None,
    codebook: Annotated[str, typer.Option(help="The frames' codebook: a name or a YAML file.")] = "policy_frames",
    tone: Annotated[str, typer.Option(help="Only negative, neutral or positive sentences.")] = "",
    actors: Annotated[Path | None, typer.Option(help="A YAML file with actors of your own.")] = None,
) -> None:
    """Every place of a word, phrase or actor, in its context: article, sentence, start, end, left, match, right."""
    from presslens.keywords import concordance as kwic
    from presslens.reports import tables

    if output is not None:
        tables.check_writable(output)
    _check_tone(tone)
    sentences, tokens, ids = _articles(source)
    named = None
    if any(part.startswith("@") for part in kwic.alternatives(pattern)):
        from presslens.actors.mentions import mentions

        named = mentions(sentences, tokens, actors=actors)
        for name in kwic.unnamed(pattern, named):
            say(f"nothing in {source} names an actor {name!r}", err=True)
    within = _within(sentences, tokens, frames=frame or [], codebook=codebook, tone=tone)
    found = kwic.concordance(
        sentences, tokens, pattern=pattern, width=width, sort=sort, stems=stems, mentions=named, within=within
    )
    found = found.assign(article=found["article"].map(ids))
    if output is not None:
        tables.write(found, output)
        return
    write(_aligned(found, several=len(ids) > 1))
    say(f"{len(found)} {'line' if len(found) == 1 else 'lines'}", err=True)


def _check_tone(tone: str) -> None:
    from presslens.errors import BadInput

    if tone and tone not in TONES:
        raise BadInput(f"there is no tone {tone!r}. Choose from {', '.join(TONES)}.")


def _articles(source: Path) -> "tuple[pd.DataFrame, pd.DataFrame, dict[str, str]]":
    """Sentences and tokens of a document or of every text of a table, and the name of each article."""
    from presslens.article import reading
    from presslens.language.tokens import tokenize
    from presslens.reports import tables

    if source.suffix.lower() not in tables.SUFFIXES:
        article = reading.read(source)
        return article.sentences, article.tokens, {article.id: article.id}
    texts = tables.read_texts(source)
    sentences = reading.from_table(texts)
    return sentences, tokenize(sentences), {str(row): str(name) for row, name in enumerate(texts["id"])}


def _within(
    sentences: "pd.DataFrame", tokens: "pd.DataFrame", *, frames: list[str], codebook: str, tone: str
) -> "pd.DataFrame | None":
    """The sentences of these frames and this tone; None where all are meant."""
    kept = None
    if frames:
        from presslens.errors import BadInput
        from presslens.framing import codebook as codebooks
        from presslens.framing import coding

        book = codebooks.load(codebook)
        labels = {label.lower(): label for label in book.labels}
        for name in frames:
            if name.lower() not in labels:
                raise BadInput(f"{book.name} has no frame {name!r}. Choose from {', '.join(book.labels)}.")
        coded = coding.code(sentences, tokens, book)
        wanted = [labels[name.lower()] for name in frames]
        kept = coded.loc[coded["coded"] & coded["frame"].isin(wanted), ["article", "sentence"]].drop_duplicates()
    if tone:
        from presslens.sentiment import scoring

        scores = scoring.score(sentences)
        felt = scores.loc[scores["label"] == tone, ["article", "sentence"]]
        kept = felt if kept is None else kept.merge(felt, on=["article", "sentence"])
    return kept


def _aligned(found: "pd.DataFrame", *, several: bool) -> str:
    """The lines as text, aligned on the match; what does not print is shown as a replacement character."""
    table = found.assign(place=found["article"] + " " + found["sentence"] if several else found["sentence"])
    names = ("place", "left", "match", "right")
    cells = {
        name: ["".join(c if c.isprintable() else "\ufffd" for c in text) for text in table[name]] for name in names
    }
    most = {name: max(map(len, texts), default=0) for name, texts in cells.items()}
    return "".join(
        f"{place:<{most['place']}}  {left:>{most['left']}}  {match:<{most['match']}}  {right}".rstrip() + "\n"
        for place, left, match, right in zip(*cells.values(), strict=True)
    )
