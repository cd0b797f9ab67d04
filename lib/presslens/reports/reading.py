"""What a page says of its article in the title block and the footer."""

from collections.abc import Sequence
from typing import Any


def about(document: str, keep: Sequence[str]) -> dict[str, Any]:
    """Title, one line (author, outlet, date, length), file, hash and notes of a document, and counts of what was left out.

    Raises:
        BadInput: it cannot be read as an article.
    """
    from presslens.article.reading import read
    from presslens.reports.layout import locate

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
    }
