"""From a matplotlib figure to its SVG and its picture, in one pass.

Matplotlib would go over a drawing four times: to lay it out, to see whether that held, for the SVG, and for the picture.
Most of that is the measuring of words. Here one renderer serves them all, at one point a pixel, and keeps what it measured.
"""

import io
import struct
import zlib
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import RendererAgg, get_hinting_flag
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, TransformedPath

POINTS = 72  # to the inch, and the resolution of the drawing
FINE = 200  # pixels to the inch of a picture
UNIT = 100.0  # font size at which words are measured


class Renderer(RendererSVG):
    """Writes SVG, and paints the same on `picture` where there is one."""

    def __init__(self, width: float, height: float, file: io.StringIO, *, picture: RendererAgg | None) -> None:
        super().__init__(width, height, file, image_dpi=POINTS, metadata={"Date": None, "Creator": None})
        self._picture = picture
        self._scale = Affine2D().scale(FINE / POINTS)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """The size of words in points, without hinting: it grows evenly with the font's."""
        if ismath:
            return tuple(super().get_text_width_height_descent(s, prop, ismath))
        size = prop.get_size_in_points()
        width, height, descent = _measured(s, _at_unit(prop))
        return width * size, height * size, descent * size

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        """Ascent, descent and gap of a line; matplotlib asks a renderer before it looks into the font, each time."""
        size = prop.get_size_in_points()
        ascent, descent, gap = _line(_at_unit(prop))
        return ascent * size, descent * size, gap * size

    def _context(self, context: Any) -> Any:
        """The graphics context with what it cuts off at the scale of the picture."""
        scaled = self.new_gc()
        scaled.copy_properties(context)
        box, (path, placed) = context.get_clip_rectangle(), context.get_clip_path()
        if box is not None:
            scaled.set_clip_rectangle(box.transformed(self._scale))
        if path is not None:
            scaled.set_clip_path(TransformedPath(path, placed + self._scale))
        return scaled

    def draw_path(self, gc: Any, path: Any, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803 - its name
        """A line or an area."""
        super().draw_path(gc, path, transform, rgbFace)
        if self._picture:
            self._picture.draw_path(self._context(gc), path, transform + self._scale, rgbFace)

    def draw_markers(
        self,
        gc: Any,
        marker_path: Any,
        marker_trans: Any,
        path: Any,
        trans: Any,
        rgbFace: Any = None,  # noqa: N803
    ) -> None:
        """One mark at many places."""
        super().draw_markers(gc, marker_path, marker_trans, path, trans, rgbFace)
        if self._picture:
            places = marker_path, marker_trans + self._scale, path, trans + self._scale
            self._picture.draw_markers(self._context(gc), *places, rgbFace)

    def draw_path_collection(
        self,
        gc: Any,
        master_transform: Any,
        paths: Any,
        all_transforms: Any,
        offsets: Any,
        offset_trans: Any,
        *rest: Any,
        **named: Any,
    ) -> None:
        """Many marks of many sizes and colours."""
        picture, self._picture = self._picture, None  # what SVG makes of it, path by path, is painted in one go
        super().draw_path_collection(gc, master_transform, paths, all_transforms, offsets, offset_trans, *rest, **named)
        self._picture = picture
        if picture:
            placed, moved = master_transform + self._scale, offset_trans + self._scale
            picture.draw_path_collection(
                self._context(gc), placed.frozen(), paths, all_transforms, offsets, moved, *rest, **named
            )

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Words."""
        super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
        if self._picture:
            place = self._context(gc), x * FINE / POINTS, y * FINE / POINTS, s, prop
            if angle or ismath:
                self._picture.draw_text(*place, angle, ismath, mtext)
            else:
                _stamp(self._picture, *place)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Refused: a drawing is made of lines, areas, marks and words, which stay sharp."""
        raise NotImplementedError("drawings hold no images")

    def draw_gouraud_triangles(self, gc: Any, triangles_array: Any, colors_array: Any, transform: Any) -> None:
        """Refused, as images are."""
        raise NotImplementedError("drawings hold no shaded triangles")


class Canvas(FigureCanvasBase):
    """Gives the layout of a figure the renderer that will draw it."""

    def __init__(self, figure: Any, renderer: Renderer) -> None:
        super().__init__(figure)
        self._renderer = renderer

    def get_renderer(self) -> Renderer:
        """Asked for by whatever measures words."""
        return self._renderer


def drawn(figure: Any, *, picture: bool = False) -> tuple[str, bytes]:
    """The SVG element of a figure and, where asked for, its PNG on white; the same bytes for the same figure."""
    figure.set_dpi(POINTS)
    for patch in (figure.patch, *(axes.patch for axes in figure.axes)):  # the page shows through
        patch.set_facecolor("none")
        patch.set_edgecolor("none")
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        if not axis.label.get_text():  # else every label of a tick is measured to place no words
            axis.set_label_coords(0.5, 0.5)
    width, height = figure.get_size_inches()
    paper = _paper(width, height) if picture else None
    text = io.StringIO()
    renderer = Renderer(width * POINTS, height * POINTS, text, picture=paper)
    Canvas(figure, renderer)
    figure.draw(renderer)
    renderer.finalize()
    written = text.getvalue()
    return written[written.index("<svg") :].strip(), _png(paper) if paper else b""


def _paper(width: float, height: float) -> RendererAgg:
    """A white sheet, in inches."""
    paper = RendererAgg(int(width * FINE), int(height * FINE), FINE)
    context = paper.new_gc()
    context.set_linewidth(0)
    paper.draw_path(context, Path.unit_rectangle(), Affine2D().scale(paper.width, paper.height), (1.0, 1.0, 1.0, 1.0))
    return paper


def _stamp(paper: RendererAgg, context: Any, x: float, y: float, words: str, prop: FontProperties) -> None:
    """Put level words on a sheet in one go; matplotlib would put them there letter by letter."""
    font = paper._prepare_font(prop)
    font.set_text(words, 0.0, flags=get_hinting_flag())
    font.draw_glyphs_to_bitmap(antialiased=context.get_antialiased())
    right, down = (offset / 64 for offset in font.get_bitmap_offset())
    low = y + down + font.get_descent() / 64
    paper._renderer.draw_text_image(font.get_image(), round(x + right), round(low) + 1, 0, context)


def _png(paper: RendererAgg) -> bytes:
    """The sheet as a PNG without the guesses at each line that a PNG may hold: flat colours pack as well without them."""
    sheet = np.asarray(paper.buffer_rgba())
    lines, across, _ = sheet.shape
    plain = np.zeros((lines, 1 + 3 * across), dtype=np.uint8)  # a 0 before each line: as it is
    for channel in range(3):  # one by one, for numpy copies three bytes at a time slowly
        plain[:, 1 + channel :: 3] = sheet[:, :, channel]
    size = struct.pack(">IIBBBBB", int(paper.width), int(paper.height), 8, 2, 0, 0, 0)  # 8 bits of red, green, blue
    metre = round(FINE / 0.0254)
    parts = (
        (b"IHDR", size),
        (b"pHYs", struct.pack(">IIB", metre, metre, 1)),
        (b"IDAT", zlib.compress(plain.data, 2)),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in (*parts, (b"IEND", b"")))


def _chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def _at_unit(prop: FontProperties) -> FontProperties:
    same = prop.copy()
    same.set_size(UNIT)
    return same


@lru_cache(maxsize=4096)
def _measured(text: str, prop: FontProperties) -> tuple[float, float, float]:
    """Width, height and descent of words."""
    width, height, descent = text_to_path.get_text_width_height_descent(text, prop, False)
    return width / UNIT, height / UNIT, descent / UNIT


@lru_cache(maxsize=64)
def _line(prop: FontProperties) -> tuple[float, float, float]:
    """Ascent, descent and gap of a line of a font, as it says itself."""
    font = get_font(findfont(prop))
    head, table = font.get_sfnt_table("head"), font.get_sfnt_table("OS/2")
    if head is None or table is None:
        raise ValueError(f"the font {font.family_name} does not say how high its lines are")
    units = head["unitsPerEm"]
    return table["sTypoAscender"] / units, -table["sTypoDescender"] / units, table["sTypoLineGap"] / units
