"""A Figure: what it shows in words, how to draw it at two widths, and the numbers behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from presslens.figures import rendering, style

Draw = Callable[[bool], Any]


@dataclass(frozen=True, eq=False)
class Figure:
    """A drawing with its words.

    `title` states the finding, `caption` the method and n, `alt` what a reader who cannot see it must know; `data` is
    what is drawn. `draw(narrow)` returns a matplotlib figure for the page's or the phone's width.
    """

    name: str
    title: str
    caption: str
    alt: str
    data: pd.DataFrame
    draw: Draw

    def __repr__(self) -> str:
        return f"Figure({self.name!r}, {self.title!r}, {len(self.data)} rows of data)"

    @cached_property
    def _saved(self) -> tuple[str, bytes]:
        """The drawing for the page's width as SVG and PNG."""
        with style.theme():
            return rendering.drawn(self.draw(False), picture=True)

    @cached_property
    def _wide(self) -> str:
        if "_saved" in self.__dict__:
            return self._saved[0]
        with style.theme():
            return rendering.drawn(self.draw(False))[0]

    @cached_property
    def _narrow(self) -> str:
        with style.theme(narrow=True):
            return rendering.drawn(self.draw(True))[0]

    def html(self) -> Markup:
        """The figure for a page: drawn twice, the stylesheet shows the one that fits the screen.

        Where there is no stylesheet of ours, as in an opened notebook, `hidden` leaves the wide one alone; the rule that
        shows the narrow one on a phone is stronger than that attribute.
        """
        drawings = [
            Markup('<div class="drawing {}"{}>{}</div>').format(
                kind,
                Markup(hidden),  # noqa: S704 - ours
                Markup(style.for_page(drawing, name=f"{self.name}-{kind}")),  # noqa: S704 - matplotlib escapes its text
            )
            for kind, hidden, drawing in (("wide", "", self._wide), ("narrow", " hidden", self._narrow))
        ]
        return Markup(
            '<figure class="chart" id="figure-{name}"><p class="figure-title">{title}</p>'
            '<div role="img" aria-label="{alt}">{drawings}</div><figcaption>{caption}</figcaption></figure>'
        ).format(
            name=escape(self.name),
            title=self.title,
            alt=self.alt,
            drawings=Markup("").join(drawings),
            caption=self.caption,
        )

    def save(self, folder: Path) -> None:
        """Write `NAME.svg` and `NAME.png`, wide, to a folder; the PNG is on white. `data` is left to the caller."""
        folder.mkdir(parents=True, exist_ok=True)
        svg, png = self._saved
        (folder / f"{self.name}.svg").write_text(svg + "\n", encoding="utf-8")
        (folder / f"{self.name}.png").write_bytes(png)

    def _repr_html_(self) -> str:
        return str(self.html())
