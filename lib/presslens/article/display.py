"""How an Article shows itself in a notebook."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presslens.article.reading import Article


def counted(number: int, noun: str) -> str:
    """ "1 paragraph", "1,200 paragraphs"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def article_html(article: "Article") -> str:
    """The article as an HTML fragment: its text, how long it is, and what was left out; every word of it escaped."""
    facts = " · ".join(
        [
            counted(len(article.paragraphs), "paragraph"),
            counted(int((article.sentences["section"] == "body").sum()), "body sentence"),
            counted(int((article.tokens["kind"] == "word").sum()), "word"),
            f"language {article.language}",
        ]
    )
    origin = [article.byline, article.metadata.outlet, article.metadata.date and f"{article.metadata.date:%d %B %Y}"]
    parts = [
        f"<h3>{escape(article.title)}</h3>" if article.title else "",
        f"<p><strong>{escape(article.dek)}</strong></p>" if article.dek else "",
        f"<p><em>{escape(', '.join(str(part) for part in origin if part))}</em></p>" if any(origin) else "",
        f"<p><small>{escape(facts)}</small></p>",
        *(f"<p>{escape(note)}</p>" for note in article.notes),
        *(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs),
        _ledger_html(article),
    ]
    return f'<article lang="{escape(article.language)}" dir="auto">{"".join(parts)}</article>'


def _ledger_html(article: "Article") -> str:
    if not article.found:
        return "<p><small>Nothing was left out.</small></p>"
    rows = "".join(
        f"<tr><td>{one.line}</td><td>{escape(one.rule)}</td><td>{escape(one.reason)}{' (kept)' if one.kept else ''}</td>"
        f"<td>{escape(one.text)}</td></tr>"
        for one in article.found
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("line", "rule", "reason", "text"))
    left_out = article.removed
    kept = len(article.found) - left_out
    summary = f"{left_out:,} left out by cleaning" + (f", {kept:,} noted but kept" if kept else "")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<details><summary>{summary}</summary>{table}</details>"
