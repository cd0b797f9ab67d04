"""What a page says of its article in the title block and the footer."""

from collections.abc import Sequence
from typing import Any


def about(document: str, keep: Sequence[str]) -> dict[str, Any]:
    """Title, one line (author, outlet, date, length), file, hash and notes of a document.

    Raises:
        BadInput: it cannot be read as an article.
    """
    from presslens.article.reading import read
    from presslens.reports.layout import locate

    article = read(locate(document), keep=keep)
    meta = article.metadata
    words = int(article.tokens["kind"].isin(["word", "number"]).sum())
    date = f"{meta.date:%d %B %Y}".lstrip("0") if meta.date else ""
    parts = [f"By {article.byline}" if article.byline else "", meta.outlet or "", date, f"{words:,} words"]
    return {
        "title": article.title or article.id,
        "line": " · ".join(part for part in parts if part),
        "source": article.source,
        "sha256": article.sha256,
        "notes": list(article.notes),
    }
