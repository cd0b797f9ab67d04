"""The house style: colours by meaning, one matplotlib theme, and SVG that follows the page's light or dark mode."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from presslens.leaving_out import without

# Each colour has a role. In a page it becomes a CSS variable, which the stylesheet sets for light, dark and print.
# Okabe and Ito's palette, darkened where text needs contrast: told apart by readers with any colour blindness.
INK = "#1b1e23"
MUTED = "#5b626c"
RULE = "#d5d9df"
NEGATIVE = "#b8430a"
NEUTRAL = "#8a919b"
POSITIVE = "#0a6e94"
ACCENT = "#1e42b7"
PALE = "#e9edf2"
SERIES = ("#0a6e94", "#b8430a", "#6049a3", "#044b13", "#8c245e", "#8a6738")
ROLES = {
    INK: "ink",
    MUTED: "muted",
    RULE: "rule",
    NEGATIVE: "negative",
    NEUTRAL: "neutral",
    POSITIVE: "positive",
    ACCENT: "accent",
    PALE: "pale",
    SERIES[2]: "series-3",
    SERIES[3]: "series-4",
    SERIES[4]: "series-5",
    SERIES[5]: "series-6",
}
WIDE = 7.4
NARROW = 3.7
FONTS = ["DejaVu Sans"]


@contextmanager
def theme(*, narrow: bool = False) -> Iterator[None]:
    """Seaborn's white theme in the colours and sizes of the house, for the figures drawn inside the block."""
    import matplotlib as mpl

    with without("scipy", "ipywidgets"):  # for trees, density curves and palette widgets, of which there are none
        import seaborn as sns

    size = 9.0 if narrow else 9.5
    settings: Any = {
        "axes.edgecolor": RULE,
        "axes.labelcolor": MUTED,
        "axes.labelsize": size,
        "axes.spines.left": False,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlesize": size,
        "font.family": FONTS,
        "font.size": size,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
        "legend.frameon": False,
        "patch.linewidth": 0.0,  # bars have no edge: on dark paper seaborn's white one would outline them
        "svg.fonttype": "none",
        "svg.hashsalt": "presslens",
        "text.color": INK,
        "text.parse_math": False,  # a dollar sign in a name is one
        "xtick.color": MUTED,
        "xtick.labelsize": size - 0.5,
        "ytick.color": INK,
        "ytick.labelsize": size,
        "ytick.left": False,
    }
    with mpl.rc_context(), sns.axes_style("white"):
        mpl.rcParams.update(settings)
        yield


def canvas(height: float, *, narrow: bool, columns: int = 1, lines: int = 1, **options: Any) -> tuple[Any, Any]:
    """A figure of the page's width (or the phone's) and `height` inches, with its axes in `lines` of `columns`."""
    from matplotlib.figure import Figure as Canvas

    from presslens.figures.axes import Axes, Layout

    alone = columns == lines == 1 and not options
    figure = Canvas(figsize=(NARROW if narrow else WIDE, height), layout=Layout() if alone else "constrained")
    if alone:
        return figure, figure.add_axes(Axes(figure, (0.125, 0.11, 0.775, 0.77)))
    return figure, figure.subplots(lines, columns, subplot_kw={"axes_class": Axes}, **options)


def bars(axes: Any, places: Sequence[float], heights: Sequence[float], *, at: float, colours: Sequence[str]) -> None:
    """Many upright bars from the line `at`, as one artist: each bar of `axes.bar` is one, which for hundreds takes long."""
    import matplotlib as mpl
    from matplotlib.collections import PolyCollection

    corners = [
        [(place - 0.4, at), (place - 0.4, at + height), (place + 0.4, at + height), (place + 0.4, at)]
        for place, height in zip(places, heights, strict=True)
    ]
    edge, width = mpl.rcParams["patch.edgecolor"], mpl.rcParams["patch.linewidth"]
    axes.add_collection(PolyCollection(corners, facecolors=colours, edgecolors=edge, linewidths=width))
    axes.autoscale_view()


def for_page(svg_text: str, *, name: str) -> str:
    """The SVG for use inside a page: ids of its own, and colours that follow the page's mode."""
    text = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg_text)
    text = re.sub(r'(url\(|href=")#([^")]+)', rf"\1#{name}-\2", text)
    text = re.sub(r"<metadata>[^<]*+(?:<(?!/?metadata>)[^<]*+)*+</metadata>", "", text)
    for colour, role in ROLES.items():
        text = text.replace(f": {colour}", f": var(--{role}, {colour})")
    text = re.sub(r"<svg\b[^<>]*+>", _bare, text)
    # A path on a line: of executed notebooks, most lines would be its points.
    text = re.sub(r"(?<!\s)[^\S\n]*+\n\s*+(?!<)", " ", text)
    return re.sub(r"(?<!\s)[^\S\n]*+\n\s*+", "\n", text)


def _bare(tag: re.Match[str]) -> str:
    """The tag of a drawing with nothing but its size, where it states one."""
    box = re.search(r'\bviewBox="([^"]+)"', tag[0])
    return f'<svg viewBox="{box[1]}" aria-hidden="true" focusable="false">' if box else tag[0]


def diverging(values: Sequence[float], *, least: float = 0.0) -> list[str]:
    """The colour of each value by its sign; within ±`least` it counts as neutral."""
    return [POSITIVE if value > least else NEGATIVE if value < -least else NEUTRAL for value in values]
