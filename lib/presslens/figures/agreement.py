"""Figures of agreement: people, the machine beside them, and the learning curve."""

from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.figures.framing import wrapped
from presslens.findings.framing import in_words
from presslens.findings.wording import count, number, rows, series

LEAST = 0.667
ALL = "all frames"


def alphas(table: pd.DataFrame) -> Figure:
    """Alpha of people by frame, and that of the machine with them below it; what is under .667 is grey.

    Args:
        table: as `comparing.beside` returns it.
    """
    shown = table[table["humans"].notna() | table["machine"].notna()]
    machine = bool(shown["machine"].notna().any())

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(1.0 + (0.5 if narrow else 0.4) * max(len(shown), 1), narrow=narrow)
        places = np.arange(len(shown))
        axes.axvline(LEAST, color=style.MUTED, linewidth=0.8, linestyle=(0, (4, 3)))
        for at, row in zip(places.tolist(), rows(shown), strict=True):
            colour = style.POSITIVE if row.humans >= LEAST else style.NEUTRAL
            axes.hlines(at - 0.12, row.low, row.high, color=colour, linewidth=1.6)
            axes.plot(row.humans, at - 0.12, "o", color=colour, markersize=6)
            axes.hlines(at + 0.16, row.machine_low, row.machine_high, color=style.NEGATIVE, linewidth=1.0)
            axes.plot(row.machine, at + 0.16, "D", color=style.NEGATIVE, markersize=4.5, markerfacecolor="none")
        axes.set_yticks(places, [wrapped(name, narrow=narrow) for name in shown["frame"]])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        low = float(np.nanmin([*shown["low"], *shown["machine_low"], 0.0]))
        axes.set_xlim(max(low, -1) - 0.05, 1.05)
        axes.set_xlabel("Krippendorff's alpha")
        return canvas

    judged = shown[~shown["frame"].isin((ALL, "Other")) & shown["humans"].notna()]
    good = int((judged["humans"] >= LEAST).sum())
    listed = series([f"{r.frame} {number(float(r.humans))}" for r in rows(shown[shown["humans"].notna()])])
    title = (
        f"People agree well enough on {in_words(good)} of {count(len(judged), 'frame')}"
        if len(judged)
        else "No two people to compare"
    )
    return Figure(
        name="agreement-frames",
        title=title,
        caption=(
            "Dots: people among themselves, grey under .667 (the dashed line)."
            + (" Diamonds: the machine with each of them, on average." if machine else "")
            + " Lines: 95 % bootstrap intervals over units."
        ),
        alt=f"Alpha among people by frame: {listed}." if listed else "An empty chart: no unit is coded by two people.",
        data=shown,
        draw=draw,
    )


def learning(table: pd.DataFrame, hoped: float, *, more: int = 100) -> Figure:
    """The learning curve of a trained coder, and where it would go.

    Args:
        table: as `learning.curve` returns it.
        hoped: as `learning.expected` returns it.
        more: codes that `hoped` supposes.
    """

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(2.6, narrow=narrow)
        axes.plot(table["labels"], table["macro_f1"], "o-", color=style.POSITIVE, linewidth=1.8, markersize=5)
        for row in rows(table):
            axes.annotate(
                number(float(row.macro_f1)),
                (row.labels, row.macro_f1),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
            )
        if len(table) and np.isfinite(hoped):
            last = table.iloc[-1]
            axes.plot(
                [last["labels"], last["labels"] + more],
                [last["macro_f1"], hoped],
                "--",
                color=style.MUTED,
                linewidth=1.4,
            )
        axes.set_ylim(0, 1.05)
        axes.set_xlabel("units learnt from")
        axes.set_ylabel("macro-F1")
        axes.grid(axis="y")
        return canvas

    points = series([f"{number(float(r.macro_f1))} from {r.labels}" for r in rows(table)])
    best = table["macro_f1"].iloc[-1] if len(table) else float("nan")
    return Figure(
        name="agreement-learning",
        title=f"A trained coder reaches macro-F1 {number(float(best))}"
        if len(table)
        else "Too few codes to learn from",
        caption=f"Macro-F1 of the best-scoring frame, five-fold cross-validated. Dashed: {more} codes more, as the curve goes.",
        alt=f"Learning curve, macro-F1: {points}." if points else "An empty chart: too few codes to train a coder on.",
        data=table,
        draw=draw,
    )
