"""The axes that figures are drawn on: matplotlib's, with one tick as a stamp for all, and a layout that measures little.

Matplotlib makes five artists for every tick, and for minor ticks that nobody sees; copies their looks from tick to tick; and
measures all of them seven times a drawing. That was most of the time that a drawing took.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes as MatplotlibAxes
from matplotlib.axis import Axis, XAxis, YAxis
from matplotlib.layout_engine import LayoutEngine
from matplotlib.ticker import FixedFormatter, FixedLocator
from matplotlib.transforms import Bbox

PAD = 3.0  # points of white around all that is drawn


class _Stamping(Axis):
    """An axis that draws all of its ticks with its first."""

    axis_name: str

    @property
    def minorTicks(self) -> list[Any]:  # type: ignore[override]  # noqa: N802 - its name
        """None: not even the one that matplotlib keeps to copy from."""
        return []

    def set_ticks(self, ticks: Any, labels: Any = None, *, minor: bool = False, **kwargs: Any) -> list[Any]:
        """Fix where ticks stand, and what they say; without making them."""
        if minor or kwargs:
            return list(super().set_ticks(ticks, labels, minor=minor, **kwargs))
        places = np.asarray(ticks, dtype=float).tolist()
        if places:
            self.set_view_interval(min(places), max(places))
        self.set_major_locator(FixedLocator(places))
        if labels is not None:
            self.set_major_formatter(FixedFormatter([str(label) for label in labels]))
        return []

    def _stamps(self) -> Iterator[Any]:
        """The tick at each of its places within view, one after the other."""
        places = self.get_majorticklocs().tolist()
        if not places:
            return
        words = self.get_major_formatter().format_ticks(places)
        low, high = sorted(self.get_view_interval())
        slack = (high - low) * 1e-9
        (tick,) = self.get_major_ticks(1)
        for place, said in zip(places, words, strict=True):
            if low - slack <= place <= high + slack:
                tick.update_position(place)
                tick.label1.set_text(said)
                tick.label2.set_text(said)
                yield tick

    def _words(self, renderer: Any) -> list[Bbox]:
        """The boxes of the words beside the ticks."""
        labels = (label for tick in self._stamps() for label in (tick.label1, tick.label2))
        return [label.get_window_extent(renderer) for label in labels if label.get_visible() and label.get_text()]

    def _place_label(self, boxes: list[Bbox]) -> None:
        """Set the axis' own words beside those of its ticks."""
        around = Bbox.union([*boxes, self.axes.bbox])
        x, y = self.label.get_position()
        pad = self.labelpad * self.axes.figure.dpi / 72
        side = self.get_label_position()
        self.label.set_position(
            {
                "bottom": (x, around.y0 - pad),
                "top": (x, around.y1 + pad),
                "left": (around.x0 - pad, y),
                "right": (around.x1 + pad, y),
            }[side]
        )

    def get_tightbbox(self, renderer: Any = None, *, for_layout_only: bool = False) -> Bbox | None:
        """The box of all words of the axis; for a layout, its own words take no room along it."""
        boxes = self._words(renderer)
        if self.label.get_text():
            self._place_label(boxes)
            box = self.label.get_window_extent(renderer)
            if for_layout_only:
                along = ("x0", "x1") if self.axis_name == "x" else ("y0", "y1")
                middle = sum(getattr(box, end) for end in along) / 2
                for end, value in zip(along, (middle - 0.5, middle + 0.5), strict=True):
                    setattr(box, end, value)
            boxes.append(box)
        return Bbox.union(boxes) if boxes else None

    def draw(self, renderer: Any) -> None:
        """Stamp the ticks, then the axis' own words."""
        if not self.get_visible():
            return
        renderer.open_group("matplotlib.axis", gid=self.get_gid())
        for tick in self._stamps():
            tick.draw(renderer)
        if self.label.get_text():
            self._place_label(self._words(renderer))
            self.label.draw(renderer)
        renderer.close_group("matplotlib.axis")


class _XAxis(_Stamping, XAxis):
    pass


class _YAxis(_Stamping, YAxis):
    pass


class Axes(MatplotlibAxes):
    """Matplotlib's axes on two such axis."""

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _XAxis(self, clear=False), _YAxis(self, clear=False)
        for side, axis in (("bottom", self.xaxis), ("top", self.xaxis), ("left", self.yaxis), ("right", self.yaxis)):
            self.spines[side].register_axis(axis)
            self.spines[side].set_in_layout(False)  # they stand on the edge, which counts without them


class Layout(LayoutEngine):
    """Makes the only axes of a figure as large as what stands around it leaves it."""

    _adjust_compatible = False
    _colorbar_gridspec = False

    def execute(self, fig: Any) -> None:
        """Place the axes; twice, for words within it stand elsewhere in a smaller one."""
        renderer = fig._get_renderer()
        (axes,) = fig.axes
        width, height = fig.bbox.size
        pad = PAD * fig.dpi / 72
        for _ in range(2):
            inner, outer = axes.get_window_extent(renderer), axes.get_tightbbox(renderer, for_layout_only=True)
            left, right = inner.x0 - outer.x0 + pad, width - (outer.x1 - inner.x1) - pad
            low, high = inner.y0 - outer.y0 + pad, height - (outer.y1 - inner.y1) - pad
            if left < right and low < high:
                axes.set_position((left / width, low / height, (right - left) / width, (high - low) / height))
