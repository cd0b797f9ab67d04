"""What a page says of its article in the title block and the footer."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from presslens.findings.wording import capital, count, series
from presslens.locating import locate

RIGHTS = "The rights in the articles stay with their authors and publishers."


def together(documents: Sequence[str], keep: Sequence[str]) -> dict[str, Any]:
    """As `about`, of several documents side by side.

    Raises:
        BadInput: one cannot be read as an article.
    """
    each = [about(document, keep) for document in documents]
    many = capital(count(len(each), "article"))
    return {
        "title": f"{many} side by side",
        "line": " · ".join(one["title"] for one in each),
        "source": series([one["source"] for one in each]),
        "sha256": ", ".join(one["sha256"] for one in each),
        "notes": [f"{one['source']}: {note}" for one in each for note in one["notes"]],
        "reading": _summed([one["reading"] for one in each]),
        "rights": RIGHTS,
    }


def _summed(readings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts of several documents together."""
    rules = sorted({rule for one in readings for rule in one["left_out"]})
    left_out = {rule: sum(one["left_out"].get(rule, 0) for one in readings) for rule in rules}
    whole = {name: sum(one[name] for one in readings) for name in ("paragraphs", "sentences", "kept", "notes")}
    return {**whole, "left_out": left_out}


def corpus(folder: Path) -> dict[str, Any]:
    """As `about`, of an analysed corpus: what its run read, guessed, could not read, and marked as a copy."""
    from presslens.corpus import counting
    from presslens.reports import provenance

    counts = counting.manifest(folder)["counts"]
    copies = len(counting.parts(folder).copies)
    read = counting.reading(counting.parts(folder, copies=True))
    name = folder.resolve().name
    others = sum(read["languages"].values())
    listed = series([f"{code} {n:,}" for code, n in list(read["languages"].items())[:5]])
    told = {
        f"{count(counts['errors'], 'record')} could not be analysed: see errors.parquet of the corpus.": counts[
            "errors"
        ],
        f"{count(copies, 'article')} copy others: see duplicates.parquet of the corpus.": copies,
        f"{count(others, 'article')} in another language than English ({listed}): nothing measured on them can be "
        "trusted.": others,
        f"{count(read['cut'], 'article')} that may be only the beginning of one: see the column notes of its articles.": (
            read["cut"]
        ),
        f"{count(read['noted'], 'article')} with a note on what was guessed, lost or missing in reading (of "
        f"{read['guessed_encoding']:,} the encoding was guessed): see the column notes of its articles.": read["noted"],
    }
    return {
        "title": "The corpus" if name == "corpus" else f"The corpus {name}",
        "line": count(counts["articles"], "article"),
        "source": "manifest.json",
        "sha256": provenance.sha256(folder / "manifest.json"),
        "notes": [capital(note) for note, there in told.items() if there],
        "reading": {**counts, "copies": copies, **read},
        "rights": RIGHTS,
    }


def about(document: str, keep: Sequence[str]) -> dict[str, Any]:
    """Title, one line (author, outlet, date, length), file, hash and notes of a document, and counts of what was left out.

    Raises:
        BadInput: it cannot be read as an article.
    """
    from presslens.article.reading import read

    article = read(locate(document), keep=keep)
    meta, out = article.metadata, article.ledger[~article.ledger["kept"]]
    words = int(article.tokens["kind"].isin(["word", "number"]).sum())
    date = f"{meta.date:%d %B %Y}".lstrip("0") if meta.date else ""
    parts = [f"By {article.byline}" if article.byline else "", meta.outlet or "", date, f"{words:,} words"]
    return {
        "title": article.title or article.id,
        "line": " · ".join(part for part in parts if part),
        "source": article.source,
        "sha256": article.sha256,
        "notes": list(article.notes),
        "reading": {
            "paragraphs": len(article.paragraphs),
            "sentences": len(article.sentences),
            "left_out": {str(rule): int(n) for rule, n in out["rule"].value_counts().sort_index().items()},
            "kept": int(article.ledger["kept"].sum()),
            "notes": len(article.notes),
        },
        "lang": article.language or "en",
        "sentences": article.sentences["sentence"].astype("str").tolist(),
        "cite": _citation(article, date),
    }


def _citation(article: Any, date: str) -> str:
    """The article as a reference: author, title, outlet and date, as far as they are known."""
    title = article.title or article.id
    end = "" if title[-1:] in "?!." else "."
    parts = [f"{article.byline}." if article.byline else "", f"“{title}{end}”"]
    where = ", ".join(part for part in (article.metadata.outlet, date) if part)
    return " ".join(part for part in [*parts, f"{where}." if where else ""] if part)
