"""The SVG and the picture of a drawing, made in one pass, against those that matplotlib makes in several."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

from presslens.figures import rendering, style


def drawing() -> Any:
    """Every kind of mark that the figures use; some of them reach over the edge of the axes."""
    with style.theme():
        figure, axes = style.canvas(3.0, narrow=False)
        axes.plot([0, 1, 2, 3], [0, 3, 1, 2], color=style.ACCENT, linewidth=2, linestyle="--", marker="o")
        axes.scatter([0.5, 1.5, 2.9], [1, 2, 0.1], s=[20, 200, 2000], color=style.SERIES[:3])
        axes.barh([0, 1], [1, 2], color=style.NEGATIVE, height=0.3)
        axes.fill_between([0, 3], [0.5, 0.1], [0.8, 2.0], color=style.PALE, zorder=0)
        axes.vlines([1, 2], 0, 5, color=style.MUTED, linewidth=0.8)
        axes.annotate("far away", (2.5, 2.5), (0.2, 2.4), arrowprops={"arrowstyle": "-"}, rotation=30)
        axes.text(1.8, 0.2, "two\nlines", bbox={"boxstyle": "round", "facecolor": style.PALE}, ha="center")
        axes.set(xlim=(0, 3), ylim=(0, 3), xlabel="x", ylabel="how many of them")
        return figure


def by_matplotlib(kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    with style.theme():
        drawing().savefig(buffer, format=kind, **options)
    return buffer.getvalue()


def ours(*, picture: bool) -> tuple[str, bytes]:
    with style.theme():
        return rendering.drawn(drawing(), picture=picture)


def test_the_picture_is_what_matplotlib_would_paint() -> None:
    expected = Image.open(io.BytesIO(by_matplotlib("png", dpi=rendering.FINE, facecolor="white"))).convert("L")
    found = Image.open(io.BytesIO(ours(picture=True)[1]))
    assert found.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert found.size == expected.size
    small = [
        np.asarray(image.convert("L").resize((148, 60), Image.Resampling.BOX), float) for image in (found, expected)
    ]
    assert np.abs(small[0] - small[1]).mean() < 1.5  # of 255 grey levels; words may sit a pixel further
    assert np.abs(small[0] - small[1]).max() < 60
    assert np.abs(255 - small[1]).mean() > 15  # an empty sheet would not pass


def test_the_svg_is_what_matplotlib_would_write() -> None:
    def marks(svg: str) -> tuple[list[str], int, int]:
        return re.findall(r"<text[^>]*>([^<]*)</text>", svg), svg.count("<path"), svg.count("<use")

    expected = by_matplotlib("svg", transparent=True).decode()
    found = ours(picture=False)[0]
    assert marks(found) == marks(expected)
    assert re.search(r'id="patch_1">\s*<path[^>]*style="fill: none', found)  # the page shows through
    places = [
        np.array([float(n) for n in re.findall(r"\d+\.?\d*", " ".join(re.findall(r' d="([^"]+)"', svg)))])
        for svg in (found, expected)
    ]
    assert np.abs(places[0] - places[1]).max() < 3  # points: matplotlib measures words with hinting for the screen


def test_the_svg_is_the_same_with_and_without_a_picture() -> None:
    assert ours(picture=True)[0] == ours(picture=False)[0]
    assert ours(picture=False)[1] == b""


def test_the_same_drawing_is_the_same_bytes() -> None:
    assert ours(picture=True) == ours(picture=True)


def test_nothing_is_cut_off_at_the_edge() -> None:
    found = np.asarray(Image.open(io.BytesIO(ours(picture=True)[1])))
    edge = np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]])
    assert (edge == 255).all()


def test_an_image_is_refused() -> None:
    with style.theme():
        figure, axes = style.canvas(2.0, narrow=True)
        axes.imshow([[0, 1], [1, 0]])
        with pytest.raises(NotImplementedError, match="no images"):
            rendering.drawn(figure)
