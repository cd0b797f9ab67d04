"""Figures of key phrases."""

from typing import Any

import pandas as pd

from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import keywords as findings
from presslens.findings.wording import number, percent, rows, series


def phrases(table: pd.DataFrame, *, most: int = 15) -> Figure:
    """The key phrases by score.

    Args:
        table: as `ranking.keyphrases` returns it, of one article.
        most: phrases to show.
    """
    shown = table.head(most).reset_index(drop=True)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.5 + 0.27 * max(len(shown), 1), narrow=narrow)
        axes.hlines(shown.index, 0, shown["score"], color=style.RULE, linewidth=2)
        axes.scatter(shown["score"], shown.index, s=42, color=style.SERIES[0], zorder=3)
        for at, value in enumerate(shown["score"]):
            axes.annotate(
                percent(value), (value, at), xytext=(7, 0), textcoords="offset points", va="center", color=style.MUTED
            )
        axes.set_yticks(shown.index, shown["phrase"])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, max(0.1, float(shown["score"].max()) if len(shown) else 0.1) * 1.18)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return canvas

    listed = series([f"{r.phrase} ({percent(r.score)})" for r in rows(shown)])
    return Figure(
        name="keyphrases",
        title=_best(shown),
        caption=f"The {len(shown)} best phrases by the estimated chance that a careful reader would list them.",
        alt=f"Dot chart of key phrases and their scores: {listed}."
        if listed
        else "An empty chart: no phrase was found.",
        data=shown,
        draw=draw,
    )


def _best(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "There is no key phrase"
    names = [f"“{name}”" for name in shown["phrase"].head(2)]
    if len(names) == 1:
        return f"{names[0]} is the only key phrase"
    return f"{series(names)} say best what it is about"


def dispersion(table: pd.DataFrame, occurrences: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 10) -> Figure:
    """Where each key phrase stands in the article.

    Args:
        table: as `ranking.keyphrases` returns it, of one article.
        occurrences: as `ranking.occurrences` returns it.
        sentences: of the article, for their order.
        most: phrases to show.
    """
    shown = table.head(most).reset_index(drop=True)
    order = {name: at for at, name in enumerate(sentences["sentence"], start=1)}

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.8 + 0.28 * max(len(shown), 1), narrow=narrow)
        for at, phrase in enumerate(shown["phrase"]):
            places = [order[s] for s in occurrences.loc[occurrences["phrase"] == phrase, "sentence"]]
            axes.axhline(at, color=style.RULE, linewidth=0.7, zorder=0)
            axes.scatter(places, [at] * len(places), marker="|", s=90, linewidths=1.8, color=style.SERIES[0])
        axes.set_yticks(range(len(shown)), shown["phrase"])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, len(order) + 1)
        axes.set_xlabel("sentence of the article" if narrow else "sentence of the article, from title to end")
        return canvas

    tally = occurrences["phrase"].value_counts()
    listed = series([f"{p} in {number(int(tally.get(p, 0)))} places" for p in shown["phrase"]])
    return Figure(
        name="phrase-dispersion",
        title=findings.spread(table, occurrences, sentences).removesuffix(".").split(".” ")[0].split(". ")[0],
        caption=f"Each mark is a place where the phrase or a form of it stands; {len(order)} sentences.",
        alt=f"Dispersion plot: {listed}." if listed else "An empty chart: no phrase was found.",
        data=occurrences[occurrences["phrase"].isin(shown["phrase"])],
        draw=draw,
    )
