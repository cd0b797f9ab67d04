"""A concordance on a page: one line a place, aligned on the match."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from presslens.findings.wording import number, rows, series

# The middle column takes what it needs; what is before is cut at its left edge, what is after at its right.
STYLE = (
    ".kwic td, .kwic th { white-space: nowrap; text-align: left; line-height: 1.35; padding: .2rem .45rem; } "
    ".kwic tbody th { width: 1%; } .kwic td.before, .kwic td.after { width: 50%; max-width: 0; overflow: hidden; } "
    ".kwic .before { direction: rtl; text-align: right; padding-left: 0; } "
    ".kwic .where { padding-right: 0; color: var(--muted); } "
    ".kwic td { text-overflow: ellipsis; } @media (max-width: 33rem) { .kwic .where { display: none; } "
    ".kwic { font-size: .75rem; } }"
)


def pattern_of(phrases: Sequence[str], mentions: pd.DataFrame | None = None) -> str:
    """What a concordance looks for to find these phrases; an actor by any of its names."""
    actors = set() if mentions is None else set(mentions["actor"])
    return " | ".join(f"@{phrase}" if phrase in actors else phrase for phrase in phrases)


def described(pattern: str) -> str:
    """A pattern for readers: its alternatives in a series; `@` is any name of an actor."""
    parts = [part.strip() for part in pattern.split("|") if part.strip()]
    return series([f"{part[1:]} (any name)" if part.startswith("@") else f"“{part}”" for part in parts])


def lines(table: pd.DataFrame, *, caption: str, most: int = 25) -> Markup:
    """A concordance as a table, aligned on the match; each line stays one line, cut where the page is narrow.

    Args:
        table: as `concordance.concordance` gives it.
        caption: what was looked up.
        most: lines to show.
    """
    line = Markup(
        '<tr><td class="before"><bdi dir="ltr">{}</bdi></td><th scope="row">{}</th><td class="after">{}</td>'
        '<td class="where">{}</td></tr>'
    )
    shown = [line.format(r.left, r.match, r.right, r.sentence) for r in rows(table.head(most))]
    more = f" The first {most} of {number(len(table))} lines." if len(table) > most else ""
    return Markup(
        '<style>{}</style><div class="table" role="region" aria-label="{}" tabindex="0">'
        '<table class="kwic"><caption>{}{}</caption><thead><tr><th scope="col" class="before">before</th>'
        '<th scope="col">match</th><th scope="col">after</th><th scope="col" class="where">sentence</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        Markup(STYLE),  # noqa: S704 - our own rules
        caption,
        caption,
        more,
        Markup("").join(shown) or Markup('<tr><td colspan="4">none</td></tr>'),
    )
