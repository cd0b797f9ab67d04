"""Figures of how key phrases and key words are laid out: against general English, by paragraph, and side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import network as layout
from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import keyness as findings
from presslens.findings.wording import count, number, rows, series


def keyness(table: pd.DataFrame, text: str = "", *, most: int = 12) -> Figure:
    """How many times more frequent the article's key words are here than in the reference.

    Args:
        table: as `keyness.keyness` gives it, of one article.
        text: the article, for how it writes its words.
        most: words to show.
    """
    found = findings.key(table)
    listed = found[found["listed"]]
    shown = listed.head(most).reset_index(drop=True)
    labels = [findings.cased(str(term), text) for term in shown["term"]]
    times = [findings.fold(float(ratio)) for ratio in shown["log_ratio"]]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.7 + 0.25 * max(len(shown), 1), narrow=narrow)
        at = shown["log_ratio"] * np.log10(2)
        axes.hlines(shown.index, 0, at, color=style.RULE, linewidth=2)
        axes.scatter(at, shown.index, s=42, color=style.SERIES[0], zorder=3)
        for row, (value, n) in enumerate(zip(times, shown["count"], strict=True)):
            axes.annotate(
                f"{value}×" if narrow else f"{value}×, {n} uses",
                (at[row], row),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                color=style.MUTED,
            )
        most_times = max(1.0, float(at.max()) if len(shown) else 1.0)
        axes.set_yticks(shown.index, [label(name, narrow=narrow) for name in labels])
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, most_times * (1.28 if narrow else 1.24))
        powers = range(int(most_times) + 1)
        axes.set_xticks(powers, [f"{10**power:,}×" for power in powers])
        axes.set_xlabel(
            "times as frequent, log scale" if narrow else "times as frequent as in the reference, log scale"
        )
        return canvas

    said = series([f"{name} {value} times" for name, value in zip(labels, times, strict=True)])
    reference = str(table["reference"].iloc[0]) if len(table) else "the reference"
    return Figure(
        name="keyness",
        title=findings.title(table, text),
        caption=(
            f"{count(len(shown), 'word').capitalize()} of {number(len(listed))} that are more frequent here than in {reference} "
            "after correction (q < .05) and not in one paragraph only: those with the largest ratio."
        ),
        alt=f"Dot chart of key words by how many times as frequent they are: {said}."
        if said
        else "An empty chart: no word is key.",
        data=shown,
        draw=draw,
    )


def by_paragraph(counts: pd.DataFrame, segments: pd.DataFrame, *, most: int = 12) -> Figure:
    """Which phrases stand in which paragraphs, with the topic boundaries.

    Args:
        counts: as `structure.by_paragraph` gives it, of one article.
        segments: as `structure.segments` gives it.
        most: phrases to show.
    """
    names = list(dict.fromkeys(counts["phrase"]))[:most]
    shown = counts[counts["phrase"].isin(names) & (counts["paragraph"] > 0)]
    grid = shown.pivot_table(
        index="phrase", columns="paragraph", values="count", aggfunc="sum", fill_value=0, sort=True
    )
    grid = grid.reindex([name for name in names if name in grid.index])
    starts = [int(str(first)[1:3]) for first in segments["first"].iloc[1:] if str(first)[1:3].isdigit()]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.8 + 0.25 * max(len(grid), 1), narrow=narrow)
        columns = [int(name) for name in grid.columns.tolist()]
        at = [(x, y, int(n)) for y, row in enumerate(grid.to_numpy()) for x, n in enumerate(row) if n]
        for x in range(0, len(columns), 2):
            axes.axvspan(x - 0.5, x + 0.5, color=style.PALE, linewidth=0, zorder=0)
        if at:
            marks = np.array(at, dtype="float64")
            sizes = (18 if narrow else 34) * np.sqrt(marks[:, 2]) * min(1.0, 20 / max(len(columns), 1))
            axes.scatter(marks[:, 0], marks[:, 1], s=sizes**1.15, marker="s", color=style.SERIES[0], zorder=3)
        for start in starts:
            if start in columns:
                axes.axvline(columns.index(start) - 0.5, color=style.NEGATIVE, linewidth=1.2, zorder=2)
        step = max(1, len(columns) // (8 if narrow else 16))
        axes.set_xticks(range(0, len(columns), step), [str(name) for name in columns[::step]])
        axes.set_yticks(range(len(grid)), [label(name, narrow=narrow) for name in grid.index])
        axes.set_ylim(max(len(grid), 1) - 0.4, -0.6)
        axes.set_xlim(-0.5, max(len(columns), 1) - 0.5)
        axes.set_xlabel("paragraph")
        return canvas

    spread = (grid > 0).sum(axis=1)
    listed = series([f"{name} in {count(int(n), 'paragraph')}" for name, n in spread.items()])
    return Figure(
        name="phrase-paragraphs",
        title=findings.topics_title(segments),
        caption=(
            f"A square where a phrase stands in a paragraph, larger for more places; a line where the vocabulary clearly turns. "
            f"{count(grid.shape[1], 'paragraph').capitalize()}."
        ),
        alt=f"Heat map of phrases by paragraph: {listed}." if listed else "An empty chart: no phrase was found.",
        data=shown,
        draw=draw,
    )


def label(name: str, *, narrow: bool) -> str:
    """A phrase as a label, cut for the phone."""
    most = 20 if narrow else 34
    return (name if len(name) <= most else name[: most - 1].rstrip() + "…").replace("$", r"\$")


def network(nodes: pd.DataFrame, edges: pd.DataFrame, *, most: int = 20) -> Figure:
    """Which phrases stand in the same sentences.

    Args:
        nodes: as `structure.network` gives them, of one article.
        edges: the same.
        most: phrases to show, those in most sentences; at most 30.
    """
    linked = nodes[nodes["degree"] > 0]

    def draw(narrow: bool) -> Any:
        shown = linked.head(min(most, 12) if narrow else min(most, 30))
        width = style.NARROW if narrow else style.WIDE
        height = max(1.2, (0.36 if narrow else 0.22) * len(shown) + 0.5)
        canvas, axes = style.canvas(height, narrow=narrow)
        names = [str(name) for name in shown["phrase"]]
        place_of = {name: place for place, name in enumerate(names)}
        inside = edges[edges["source"].isin(names) & edges["target"].isin(names)]
        links = [(place_of[r.source], place_of[r.target], float(r.sentences)) for r in rows(inside)]
        uses = shown["sentences"].to_numpy(dtype=np.float64)
        points = (7.6 if narrow else 8.2) + 2.8 * np.sqrt(uses / max(float(uses.max(initial=1)), 1.0))
        labels = [label(name, narrow=narrow) for name in names]
        sizes = np.array(
            [
                [0.0088 * size * len(text) + 0.13, 0.0139 * size + 0.11]
                for size, text in zip(points, labels, strict=True)
            ]
        )
        at = layout.places(links, sizes.reshape(len(names), 2), width=width, height=height)
        for one, other, weight in sorted(links, key=lambda link: link[2]):
            strong = weight > 1
            axes.plot(
                *at[[one, other]].T,
                color=style.SERIES[0] if strong else style.RULE,
                linewidth=0.8 + 0.5 * min(weight, 5) * strong,
                zorder=1,
            )
        for place, size, text in zip(at, points, labels, strict=True):
            box = {"boxstyle": "round,pad=0.28", "facecolor": style.PALE, "edgecolor": style.RULE, "linewidth": 0.6}
            axes.text(*place, text, fontsize=size, ha="center", va="center", bbox=box, zorder=3)
        axes.set(xlim=(0, width), ylim=(0, height))
        axes.axis("off")
        return canvas

    return Figure(
        name="phrase-network",
        title=findings.network_title(edges),
        caption=(
            "A line joins two phrases that share a sentence, in colour and thicker where they share more than one. "
            f"{count(len(linked.head(most)), 'phrase').capitalize()} (on a phone at most 12)."
        ),
        alt=(
            f"Network of {len(linked.head(most))} phrases and {len(edges)} links. {findings.network(edges)}"
            if len(edges)
            else "An empty network: no two key phrases stand in one sentence."
        ),
        data=edges,
        draw=draw,
    )
