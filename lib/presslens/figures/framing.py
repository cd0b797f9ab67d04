"""Figures of frames."""

from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import framing as findings
from presslens.findings.wording import percent, quoted, rows, series


def wrapped(name: str, *, narrow: bool) -> str:
    """A frame's name on as many lines as a phone needs."""
    import textwrap

    return "\n".join(textwrap.wrap(name, 20 if narrow else 40))


def shares(table: pd.DataFrame, *, doubtful: frozenset[str] = frozenset()) -> Figure:
    """The share of the article that each frame has, with its interval.

    Args:
        table: as `aggregating.articles` returns it, of one article.
        doubtful: frames on which coders agree too little; their bars are grey and say so.
    """
    shown = findings.coded(table)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.8 + (0.42 if narrow else 0.34) * max(len(shown), 1), narrow=narrow)
        places = np.arange(len(shown))
        grey = shown["frame"].isin(doubtful)
        axes.barh(
            places, shown["share"], color=np.where(grey, style.NEUTRAL, style.SERIES[2]), height=0.62, linewidth=0
        )
        axes.hlines(places, shown["low"], shown["high"], color=style.INK, linewidth=1.2)
        for at, row in enumerate(rows(shown)):
            axes.annotate(
                percent(row.share) + (", not reliable" if row.frame in doubtful else ""),
                (max(row.high, row.share), at),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
            )
        axes.set_yticks(places, [wrapped(name, narrow=narrow) for name in shown["frame"]])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, max(0.1, float(shown["high"].max() if len(shown) else 0.1)) * (1.5 if grey.any() else 1.2))
        axes.set_xlabel("share of the sentences")
        axes.locator_params(axis="x", nbins=6, steps=[1, 2, 5, 10])
        axes.xaxis.set_major_formatter(lambda value, _: percent(value))
        return canvas

    total = int(table["of"].max()) if len(table) else 0
    listed = series([f"{r.frame} {percent(r.share)}" for r in rows(shown)])
    return Figure(
        name="frame-shares",
        title=_leads(table),
        caption=(
            f"Share of {total} sentences; a sentence with several frames is divided among them. Lines: 95 % bootstrap "
            "intervals over sentences."
            + (" Grey: people agree on the frame too little to rely on it." if doubtful & set(shown["frame"]) else "")
        ),
        alt=f"Bar chart of the share of each frame: {listed}." if listed else "An empty chart: no frame was coded.",
        data=shown,
        draw=draw,
    )


def course(table: pd.DataFrame, *, doubtful: frozenset[str] = frozenset()) -> Figure:
    """Which frame stands in which paragraph: a heat map, darker for a larger share.

    Args:
        table: as `aggregating.paragraphs` returns it, of one article.
        doubtful: frames on which coders agree too little, greyed.
    """
    body = table[(table["frame"] != findings.OTHER)]
    names = body.groupby("frame", sort=False)["share"].sum().sort_values(ascending=False, kind="stable")
    names = names[names > 0]
    label = table["section"].where(table["section"] != "body", table["paragraph"].astype("str"))
    columns = list(dict.fromkeys(label))
    grid = (
        body.assign(place=label).pivot_table(
            index="frame", columns="place", values="share", aggfunc="sum", fill_value=0.0
        )
        if len(names)
        else pd.DataFrame(index=[], columns=columns, dtype="float64")
    ).reindex(index=names.index, columns=columns, fill_value=0.0)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.9 + (0.42 if narrow else 0.34) * max(len(grid), 1), narrow=narrow)
        for row, name in enumerate(grid.index):
            colour = style.NEUTRAL if name in doubtful else style.SERIES[2]
            sizes = (90 if narrow else 170) * grid.loc[name].to_numpy()
            axes.scatter(np.arange(len(sizes)), np.full(len(sizes), row), s=sizes, color=colour, linewidths=0)
        axes.hlines(range(len(grid)), -0.5, len(columns) - 0.5, color=style.RULE, linewidth=0.6, zorder=0)
        axes.set_yticks(range(len(grid)), [wrapped(name, narrow=narrow) for name in grid.index])
        step = 1 if not narrow or len(columns) < 12 else 3
        axes.set_xticks(
            range(0, len(columns), step), [str(c)[:1].upper() if c in {"title", "dek"} else c for c in columns[::step]]
        )
        axes.set_ylim(max(len(grid), 1) - 0.4, -0.6)
        axes.set_xlim(-0.6, len(columns) - 0.4)
        axes.set_xlabel("T title, D dek, then paragraphs")
        return canvas

    peaks = [f"{name} most in {_place(str(grid.loc[name].idxmax()))}" for name in grid.index[:4]]
    return Figure(
        name="frame-course",
        title=_held(grid),
        caption="The larger the dot, the larger the frame's share of the sentences of that paragraph.",
        alt=f"Dot matrix of frames by paragraph: {series(peaks)}." if peaks else "An empty chart: no frame was coded.",
        data=grid.reset_index(),
        draw=draw,
    )


def _leads(table: pd.DataFrame) -> str:
    leading = findings.coded(table)
    if leading.empty:
        return "No frame has evidence"
    if findings.total(table) >= findings.FEW and float(leading["low"].iloc[0]) <= 0:
        return f"No frame is certain; the most evidence is for {quoted(leading['frame'].iloc[0])}"
    if findings.tied(table):
        first, second = leading["frame"].head(2)
        return f"{quoted(first)} and {quoted(second)} come first, too close to tell apart"
    if findings.total(table) < findings.FEW:
        return f"{leading['frame'].iloc[0]} comes first, in very few sentences"
    return f"{leading['frame'].iloc[0]} leads with {percent(leading['share'].iloc[0])}"


def _held(grid: pd.DataFrame) -> str:
    """The frame that is in most paragraphs, and in how many."""
    places = grid.loc[:, [c for c in grid.columns if c not in {"title", "dek"}]]
    if not places.size or not (places > 0).to_numpy().any():
        return "Frames stand only above the body" if len(grid) else "No frame to place"
    held = (places > 0).sum(axis=1)
    name = str(held.index[int(held.to_numpy().argmax())])
    if len(places.columns) == 1:
        return f"{quoted(name)} stands in the only paragraph"
    alone = int((held == held.max()).sum()) == 1
    rest = "" if alone else ", no frame in more"
    return f"{quoted(name)} stands in {int(held.max())} of {len(places.columns)} paragraphs{rest}"


def _place(column: str) -> str:
    return f"the {column}" if column in {"title", "dek"} else f"paragraph {column}"
