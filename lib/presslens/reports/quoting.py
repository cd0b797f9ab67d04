"""How much of the words behind the figures of a corpus a report of it may carry."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from presslens.corpus import looking
from presslens.reports.rights import EXCERPTS, FULL, SHARE, WORD
from presslens.reports.withholding import gap


def shared(tables: Sequence[pd.DataFrame], *, quotation: str) -> list[pd.DataFrame]:
    """Sentences behind points of figures, with the text of those that may not be quoted withheld.

    Of each article one sentence may be quoted in all tables together, the most telling of the first that names the article,
    unless it is more than a quarter of its words. What is withheld leaves its length and its offsets in the article,
    `⟦12 words: 340-402⟧`.

    Args:
        tables: as `looking.behind` gives them.
        quotation: `full`, `excerpts` or `none`.

    Returns:
        The same tables, `text` changed.
    """
    if quotation == FULL:
        return list(tables)
    quoted: dict[str, str] = {}
    for table in tables if quotation == EXCERPTS else ():
        for article, one in table.groupby("article", sort=False):
            sentence = looking.telling(one)
            first = one[one["sentence"] == sentence].iloc[0]
            quoted.setdefault(str(article), sentence if _size(first["text"]) <= SHARE * first["words"] else "")
    return [_withheld(table, quoted) for table in tables]


def said(quotation: str) -> str:
    """What the footer of a report says of how much it quotes, and how to see more."""
    if quotation == FULL:
        return "full: this report carries every sentence behind its events; ask the publishers before you share it."
    what = (
        "excerpts: of an article one sentence at most, and no more than a quarter of its words, stand in this report"
        if quotation == EXCERPTS
        else "none: of the articles only titles, numbers, offsets and single words stand in this report"
    )
    return f"{what}. For every sentence behind its events, run it again with -p quotation=full."


def _withheld(table: pd.DataFrame, quoted: dict[str, str]) -> pd.DataFrame:
    texts = [
        row["text"]
        if quoted.get(row["article"]) == row["sentence"]
        else gap(row["start"], row["end"], _size(row["text"]))
        for row in table.to_dict("records")
    ]
    return table.assign(text=pd.Series(texts, index=table.index, dtype=table["text"].dtype))


def _size(text: str) -> int:
    return len(WORD.findall(text))
