"""Axes with one tick for all and a layout of their own draw what matplotlib's axes and its constrained layout draw."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from presslens.figures import rendering, style


def dots(axes: Any) -> None:
    axes.scatter([0.2, 0.9], [0, 1], s=40)
    axes.set_yticks([0, 1], ["a rather long name", "a name\non two lines"])
    axes.annotate("beyond the right edge", (0.9, 1), xytext=(5, 0), textcoords="offset points", va="center")
    axes.set(xlim=(0, 1), ylim=(1.6, -0.6), xlabel="share")


def bars(axes: Any) -> None:
    axes.bar([1, 2, 3], [20_000, 55_000, 110_000])
    axes.set(xlabel="paragraph", ylabel="words")
    axes.grid(axis="y")


def bare(axes: Any) -> None:
    axes.barh([0, 1], [3, 4])
    axes.set_yticks([0, 1], ["one", "two"])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def above(axes: Any) -> None:
    axes.plot([0, 1], [-1, 1])
    axes.set_xticks([0, 0.5, 1, 7], ["left", "middle", "right", "out of view"])
    axes.xaxis.tick_top()
    axes.set_xlim(-0.1, 1.1)
    axes.set_title("what it is", loc="left")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:+.1f}")


def none(axes: Any) -> None:
    axes.text(0.5, 0.5, "in the middle", ha="center")
    axes.axis("off")


DRAWINGS = (dots, bars, bare, above, none)


def svg(draw: Callable[[Any], None], *, narrow: bool, ours: bool) -> str:
    with style.theme(narrow=narrow):
        if ours:
            figure, axes = style.canvas(2.4, narrow=narrow)
        else:
            figure = Figure(figsize=(style.NARROW if narrow else style.WIDE, 2.4), layout="constrained")
            axes = figure.subplots()
        draw(axes)
        return rendering.drawn(figure)[0]


def words(text: str) -> list[tuple[str, float, float]]:
    """What is written where, in points."""
    found = re.findall(r'<text style="[^"]*"(?: x="([-\d.]+)" y="([-\d.]+)")?[^>]*?>([^<]*)</text>', text)
    moved = re.findall(r'<text[^>]*transform="[^"]*translate\(([-\d.]+) ([-\d.]+)\)[^"]*"[^>]*>([^<]*)</text>', text)
    return sorted((said, float(x or 0), float(y or 0)) for x, y, said in [*found, *moved])


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
def test_words_and_lines_stand_where_matplotlib_puts_them(draw: Callable[[Any], None], *, narrow: bool) -> None:
    found, expected = (svg(draw, narrow=narrow, ours=ours) for ours in (True, False))
    assert [said for said, *_ in words(found)] == [said for said, *_ in words(expected)]
    for one, other in zip(words(found), words(expected), strict=True):
        assert one[1:] == pytest.approx(other[1:], abs=0.6)
    assert (found.count("<path"), found.count("<use")) == (expected.count("<path"), expected.count("<use"))
    lines = [
        np.array(re.findall(r"-?\d+\.?\d*", " ".join(re.findall(r' d="([^"]+)"', text))), float)
        for text in (found, expected)
    ]
    assert lines[0] == pytest.approx(lines[1], abs=0.6)


def test_an_axis_has_one_tick_however_many_it_shows() -> None:
    with style.theme():
        figure, axes = style.canvas(3.0, narrow=False)
        axes.set_yticks(range(40), [f"line {number}" for number in range(40)])
        drawn = rendering.drawn(figure)[0]
    assert drawn.count(">line ") == 40
    assert [len(axis.majorTicks) for axis in (axes.xaxis, axes.yaxis)] == [1, 1]


def test_panels_side_by_side_are_laid_out_together() -> None:
    with style.theme():
        figure, axes = style.canvas(3.0, narrow=False, columns=2)
        for one in axes:
            dots(one)
        rendering.drawn(figure)
    boxes = [one.get_tightbbox() for one in axes]
    assert boxes[0].x1 <= boxes[1].x0
    assert boxes[1].x1 <= figure.bbox.x1
