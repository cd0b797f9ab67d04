"""Figures of a corpus: what changes over time, and how outlets differ."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from presslens.corpus.estimating import Period, periods
from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import corpus as findings
from presslens.findings.wording import number, percent, series, signed

LEFT_OUT = "where a period has fewer than five articles the line has no band"


def volume(table: pd.DataFrame, *, period: Period) -> Figure:
    """How many articles each period has, and how many copies beside them.

    Args:
        table: as `counting.volume` gives it.
        period: how long one is.
    """
    dated = table[table["month"] != ""]
    shown = dated.assign(period=periods(dated["month"], period=period))
    shown = shown.groupby("period", as_index=False)[["articles", "copies"]].sum()
    said = findings.amounts(table, period=period)[0]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(2.4 if narrow else 2.6, narrow=narrow)
        places = np.arange(len(shown))
        axes.bar(places, shown["articles"], color=style.ACCENT, width=0.8, linewidth=0)
        if shown["copies"].any():
            axes.bar(
                places,
                shown["copies"],
                bottom=shown["articles"],
                color=style.NEUTRAL,
                width=0.8,
                linewidth=0,
                label="copies",
            )
            axes.legend(loc="upper left")
        _years(axes, shown["period"].tolist(), narrow=narrow)
        axes.set_ylabel("articles")
        axes.yaxis.set_major_formatter(lambda value, _: number(int(value)))
        axes.grid(axis="y")
        axes.margins(x=0.01)
        return canvas

    return Figure(
        name="corpus-volume",
        title=said.rstrip("."),
        caption=f"Articles a {period}."
        + (
            " Grey, on top: copies of earlier articles, left out of all other figures." if shown["copies"].any() else ""
        ),
        alt=f"Bar chart of articles by {period}. {said}",
        data=shown,
        draw=draw,
    )


def panels(
    table: pd.DataFrame,
    *,
    by: str,
    name: str,
    title: str,
    period: Period,
    order: Sequence[str] = (),
    events: pd.DataFrame | None = None,
    most: int = 6,
) -> Figure:
    """Small multiples of a rate over time on one scale, each with its 95 % interval; the line of all others behind it.

    Args:
        table: `estimating.rates` by `by` and `period`, of one measure.
        by: the column that makes a panel: `of` or `outlet`; "" for one panel.
        name: of the figure.
        title: what it shows, as a finding.
        period: how long one is.
        order: panels, in order; by size where none are given.
        events: of these series, marked by a line.
        most: panels.
    """
    column = by or "measure"
    sizes = table.groupby(column)["n"].sum().sort_values(ascending=False, kind="stable")
    shown = [one for one in dict.fromkeys(order or sizes.index) if one in sizes.index][:most]
    labels = sorted(table["period"].unique())
    share = bool(len(table)) and table["measure"].iloc[0] == "frame"
    rows = table[table[column].isin(shown)]
    limits = _limits(rows, share=share)

    def draw(narrow: bool) -> Any:
        across = min(max(len(shown), 1), 2 if narrow or len(shown) == 4 else 3)
        down = max(-(-len(shown) // across), 1)
        canvas, grid = _grid(down, across, narrow=narrow, alone=len(shown) < 2)
        for place, axes in enumerate(grid):
            if place >= len(shown):
                axes.set_visible(False)
                continue
            for other in shown:
                if other != shown[place]:
                    _line(axes, rows[rows[column] == other], labels, colour=style.RULE, width=0.8, band=False)
            _line(axes, rows[rows[column] == shown[place]], labels, colour=style.ACCENT, width=1.6, band=True)
            for month in _months(events, column, shown[place]):
                axes.axvline(_at(month, labels, period), color=style.NEGATIVE, linewidth=1, linestyle=(0, (3, 2)))
            _dress(axes, shown[place] if by else "", limits, labels, share=share, narrow=narrow)
            axes.tick_params(labelleft=place % across == 0, labelbottom=place + across >= len(shown))
        return canvas

    return Figure(
        name=name,
        title=title,
        caption=(
            f"A point a {period}; bands: 95 % intervals over articles; {LEFT_OUT}."
            + (" Grey: the other panels." if len(shown) > 1 else "")
            + (
                " Dashed: an event."
                if events is not None and any(_months(events, column, one) for one in shown)
                else ""
            )
        ),
        alt=f"{count_panels(len(shown))} over time. {title}.",
        data=rows[[column, "period", "n", "rate", "low", "high"]].reset_index(drop=True),
        draw=draw,
    )


def count_panels(panels_shown: int) -> str:
    """ "Line chart", "6 line charts on one scale"."""
    return "Line chart" if panels_shown < 2 else f"{panels_shown} line charts on one scale"


def _months(events: pd.DataFrame | None, column: str, one: str) -> list[str]:
    if events is None or events.empty:
        return []
    fits = events if column == "measure" else events[events[column] == one]
    return sorted(set(fits["month"]))


def _at(month: str, labels: list[str], period: Period) -> float:
    """Where the beginning of a month lies among the periods."""
    label = periods(pd.Series([month]), period=period).iloc[0]
    place = labels.index(label) if label in labels else len(labels)
    number_in = {"month": 0.0, "quarter": (int(month[5:7]) - 1) % 3 / 3, "year": (int(month[5:7]) - 1) / 12}[period]
    return place - 0.5 + number_in


def _grid(down: int, across: int, *, narrow: bool, alone: bool) -> tuple[Any, list[Any]]:
    height = (2.6 if narrow else 3.0) if alone else 0.4 + (1.45 if narrow else 1.6) * down
    canvas, axes = style.canvas(height, narrow=narrow, lines=down, columns=across, squeeze=False, sharex=True)
    return canvas, list(axes.ravel())


def _limits(rows: pd.DataFrame, *, share: bool) -> tuple[float, float]:
    values = rows[["rate", "low", "high"]].to_numpy(dtype=float)
    values = values[np.isfinite(values)]
    if not len(values):
        return (0.0, 1.0) if share else (-1.0, 1.0)
    low, high = float(values.min()), float(values.max())
    if share:
        return 0.0, min(high * 1.08, 1.0) or 1.0
    reach = (max(high, 0.02) - min(low, -0.02)) * 0.06
    return max(min(low, -0.02) - reach, -1.05), min(max(high, 0.02) + reach, 1.05)


def _line(axes: Any, one: pd.DataFrame, labels: list[str], *, colour: str, width: float, band: bool) -> None:
    series_of = one.set_index("period").reindex(labels)
    places = np.arange(len(labels))
    if band:
        axes.fill_between(places, series_of["low"], series_of["high"], color=colour, alpha=0.18, linewidth=0)
    axes.plot(places, series_of["rate"], color=colour, linewidth=width, solid_capstyle="round")
    if band and len(labels) <= 24:
        axes.plot(places, series_of["rate"], "o", color=colour, markersize=2.5)


def _dress(axes: Any, name: str, limits: tuple[float, float], labels: list[str], *, share: bool, narrow: bool) -> None:
    if not share:
        axes.axhline(0, color=style.MUTED, linewidth=0.7)
    axes.set_ylim(*limits)
    axes.set_xlim(-0.6, len(labels) - 0.4)
    if name:
        axes.set_title("\n".join(textwrap.wrap(name, 22 if narrow else 34)[:2]), loc="left", color=style.INK)
    _years(axes, labels, narrow=narrow or bool(name))
    digits = 1 if limits[1] - limits[0] > 0.5 else 2
    axes.yaxis.set_major_formatter(lambda value, _: percent(value) if share else signed(value, digits=digits))
    axes.locator_params(axis="y", nbins=5, steps=[1, 2, 5, 10])
    axes.grid(axis="y")


def _years(axes: Any, labels: list[str], *, narrow: bool) -> None:
    """Years below the first period of each; few enough to be read."""
    first = [place for place, label in enumerate(labels) if place == 0 or label[:4] != labels[place - 1][:4]]
    step = max(-(-len(first) // (4 if narrow else 10)), 1)
    axes.set_xticks(first[::step], [labels[place][:4] for place in first[::step]])


def frames_by_outlet(table: pd.DataFrame, *, outlets: Sequence[str], most: int = 8) -> Figure:
    """Which outlet uses which frame how much: a dot a pair, its area the share of sentences.

    Args:
        table: `estimating.rates` of frames by `of` and `outlet`.
        outlets: to show, in order.
        most: frames.
    """
    rows = table[(table["of"] != findings.OTHER) & table["outlet"].isin(outlets)]
    grid = rows.pivot_table(index="of", columns="outlet", values="rate", aggfunc="first", fill_value=0.0)
    grid = grid.reindex(columns=[one for one in outlets if one in grid.columns], fill_value=0.0)
    grid = grid.loc[grid.mean(axis=1).sort_values(ascending=False, kind="stable").index[:most]]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.9 + (0.44 if narrow else 0.4) * max(len(grid), 1), narrow=narrow)
        largest = max(float(grid.to_numpy().max(initial=0.0)), 0.01)
        for row, name in enumerate(grid.index):
            values = grid.loc[name].to_numpy(dtype=float)
            places = np.arange(len(values))
            axes.scatter(
                places,
                np.full(len(values), row),
                s=(230 if narrow else 420) * values / largest,
                color=style.SERIES[2],
                linewidths=0,
            )
            if not narrow:
                for place, value in enumerate(values):
                    axes.annotate(
                        percent(value),
                        (place, row),
                        xytext=(16, 0),
                        textcoords="offset points",
                        va="center",
                        color=style.MUTED,
                    )
        axes.hlines(range(len(grid)), -0.5, len(grid.columns) - 0.5, color=style.RULE, linewidth=0.6, zorder=0)
        axes.set_yticks(
            range(len(grid)), ["\n".join(textwrap.wrap(str(one), 18 if narrow else 34)) for one in grid.index]
        )
        names = ["\n".join(textwrap.wrap(str(one), 9 if narrow else 16)) for one in grid.columns]
        axes.set_xticks(range(len(names)), names)
        axes.xaxis.tick_top()
        axes.tick_params(axis="x", length=0)
        axes.spines["bottom"].set_visible(False)
        axes.set_ylim(max(len(grid), 1) - 0.4, -0.6)
        axes.set_xlim(-0.6, len(grid.columns) - 0.3)
        return canvas

    peaks = [
        f"{name} most in {grid.loc[name].idxmax()} ({percent(float(grid.loc[name].max()))})" for name in grid.index[:5]
    ]
    return Figure(
        name="corpus-frames-by-outlet",
        title=findings.outlets_apart(table).rstrip("."),
        caption="The larger the dot, the larger the share of the outlet's sentences that are coded with the frame.",
        alt=f"Dot matrix of frames by outlet: {series(peaks)}." if peaks else "An empty chart: no frame was coded.",
        data=grid.reset_index(),
        draw=draw,
    )
