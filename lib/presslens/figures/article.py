"""Figures of the article itself: its build, its hedges, its actors."""

from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import article as findings
from presslens.findings.actors import cast
from presslens.findings.wording import number, rows, series, times


def structure(table: pd.DataFrame) -> Figure:
    """Words in each paragraph of the body.

    Args:
        table: as `findings.article.paragraph_table` returns it.
    """
    body = table[table["section"] == "body"]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(2.2 if narrow else 2.6, narrow=narrow)
        axes.bar(body["paragraph"], body["words"], color=style.SERIES[0], width=0.72)
        step = max(1, int(np.ceil(len(body) / (8 if narrow else 20))))
        axes.set_xticks(body["paragraph"].iloc[::step])
        axes.set_xlabel("paragraph")
        axes.set_ylabel("words")
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        return canvas

    longest = body.iloc[int(body["words"].to_numpy().argmax())] if len(body) else None
    return Figure(
        name="structure",
        title=findings.structure(table).rstrip("."),
        caption=f"Words in each of the {len(body)} paragraphs of the body.",
        alt=(
            f"Bar chart of words by paragraph; between {number(int(body['words'].min()))} and "
            f"{number(int(longest['words']))} words, most in paragraph {int(longest['paragraph'])}."
            if longest is not None
            else "An empty chart: there is no body."
        ),
        data=body,
        draw=draw,
    )


def hedges(rates: pd.DataFrame) -> Figure:
    """How often each kind of hedge or modality occurs.

    Args:
        rates: as `language.hedges.hedge_rates` returns it, of one article.
    """
    shown = rates.sort_values(["count", "kind"], ascending=[False, True], kind="stable").reset_index(drop=True)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.5 + 0.28 * max(len(shown), 1), narrow=narrow)
        colours = [
            style.SERIES[1] if kind in findings.SURE else style.SERIES[0] if kind in findings.UNSURE else style.NEUTRAL
            for kind in shown["kind"]
        ]
        axes.barh(shown.index, shown["count"], color=colours, height=0.66)
        for at, value in enumerate(shown["count"]):
            axes.annotate(number(int(value)), (value, at), xytext=(4, 0), textcoords="offset points", va="center")
        axes.set_yticks(shown.index, shown["kind"])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return canvas

    return Figure(
        name="hedges",
        title=findings.sureness(rates).split(":")[0].rstrip("."),
        caption=(
            "Words and phrases of doubt (blue) and of certainty or obligation (orange); grey counts for neither. By kind, "
            "from presslens' own list."
        ),
        alt="Bar chart of hedges by kind: "
        + series([f"{r.kind} {r.count_}" for r in rows(shown.rename(columns={"count": "count_"}))])
        + ".",
        data=shown,
        draw=draw,
    )


def actors(table: pd.DataFrame, mentions: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 12) -> Figure:
    """Where in the article each actor is named: a row an actor, a mark a mention.

    Args:
        table: as `actors.mentions.actors` returns it, of one article.
        mentions: as `actors.mentions.mentions` returns it.
        sentences: of the article, for their order.
        most: actors to show.
    """
    shown = table.head(most)
    order = {name: at for at, name in enumerate(sentences["sentence"], start=1)}

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.8 + 0.28 * max(len(shown), 1), narrow=narrow)
        for at, row in enumerate(rows(shown)):
            places = [order[s] for s in mentions.loc[mentions["actor"] == row.actor, "sentence"]]
            axes.axhline(at, color=style.RULE, linewidth=0.7, zorder=0)
            axes.scatter(places, [at] * len(places), marker="|", s=90, linewidths=1.8, color=style.SERIES[0])
        labels = [f"{r.actor}  {r.mentions}" if not narrow else f"{_short(r.actor)}  {r.mentions}" for r in rows(shown)]
        axes.set_yticks(range(len(shown)), labels)
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, len(order) + 1)
        axes.set_xlabel("sentence of the article" if narrow else "sentence of the article, from title to end")
        return canvas

    listed = series([f"{r.actor} {times(int(r.mentions))}" for r in rows(shown.head(6))])
    return Figure(
        name="actors",
        title=cast(table.assign(ambiguous=False)).removesuffix(".") if len(table) else "The article names nobody",
        caption=(
            f"Each mark is a mention; the number is how many. All names of an actor count together. {len(shown)} of "
            f"{len(table)} actors are shown."
        ),
        alt=f"Strip chart of mentions along the article: {listed}." if listed else "An empty chart: nobody is named.",
        data=mentions[mentions["actor"].isin(shown["actor"])],
        draw=draw,
    )


def _short(name: str, *, most: int = 22) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
