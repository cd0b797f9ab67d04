"""A desk for coding by hand in JupyterLab: one unit at a time, by keyboard, saved at every code.

    from presslens.widgets.coding import desk
    desk("ann.csv")

The sheet is one that `presslens coding sheet` has made. The desk shows the unit between its neighbours and never what a
machine says of it. It opens at the first unit without a code, so that one can stop and go on at any time.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from presslens.errors import BadInput
from presslens.framing import coded, sheets
from presslens.framing.codebook import load
from presslens.framing.schema import Codebook
from presslens.locating import locate

HELP = (
    "Type the numbers of the frames, the main one first, and press Enter: 3 or 3 1. Enter alone does nothing; "
    "b goes back, n goes on, x clears the unit, d shows or hides definitions."
)


class Desk:
    """What is being coded, and where one is in it; `view` shows it. Every change is on disk when it is on the screen."""

    def __init__(self, path: Path, codebook: Codebook) -> None:
        """Open a sheet at its first unit without a code. Raises BadInput where it is not a sheet of this codebook."""
        self.path = path
        self.codebook = codebook
        self.sheet = open_sheet(path, codebook)
        left = self.sheet.index[self.sheet["frame_1"] == ""]
        self.at = int(left[0]) if len(left) else 0
        self.message = ""

    @property
    def done(self) -> int:
        """Units with a code."""
        return int((self.sheet["frame_1"] != "").sum())

    @property
    def labels(self) -> list[str]:
        """The codes of the unit, the main one first."""
        return [str(label) for label in self.sheet.loc[self.at, list(sheets.SLOTS)] if label]

    def code(self, labels: Sequence[str]) -> None:
        """Give the unit these codes, and save."""
        kept = list(dict.fromkeys(labels))[: len(sheets.SLOTS)]
        for slot, label in zip(sheets.SLOTS, [*kept, "", "", ""], strict=False):
            self.sheet.loc[self.at, slot] = label
        sheets.write(self.sheet, self.path, self.codebook)

    def toggle(self, label: str) -> None:
        """Take a code away where the unit has it, else add it as its last; and save."""
        mine = self.labels
        if label in mine:
            self.code([one for one in mine if one != label])
        elif len(mine) < len(sheets.SLOTS):
            self.code([*mine, label])
        else:
            self.message = f"A unit takes {len(sheets.SLOTS)} frames at most: take one away first."

    def go(self, steps: int) -> None:
        """Move by so many units, within the sheet."""
        self.at = min(max(self.at + steps, 0), max(len(self.sheet) - 1, 0))

    def type(self, words: str) -> bool:
        """Do what was typed: numbers of frames, or b, n, x. Whether it was understood; `message` says why not."""
        names = self.codebook.labels
        parts = words.replace(",", " ").split()
        self.message = ""
        if parts in (["b"], ["n"]):
            self.go(-1 if parts == ["b"] else 1)
            return True
        if parts == ["x"]:
            self.code([])
            return True
        if not parts or not all(part.isdecimal() and 1 <= int(part) <= len(names) for part in parts):
            self.message = f"Not understood: {words!r}. Type numbers from 1 to {len(names)}."
            return False
        if len(set(parts)) > len(sheets.SLOTS):
            self.message = f"A unit takes {len(sheets.SLOTS)} frames at most."
            return False
        self.code([names[int(part) - 1] for part in parts])
        self.go(1)
        return True

    def unit_html(self) -> Markup:
        """The unit between the one before it and the one after it."""
        text, unit = self.sheet["text"], self.sheet["unit"]
        before = text[self.at - 1] if self.at else ""
        after = text[self.at + 1] if self.at + 1 < len(self.sheet) else ""
        return Markup(
            '<p style="color:GrayText;margin:.3em 0">{before}</p><p style="font-size:1.25em;line-height:1.5;margin:.5em 0">'
            '{text}</p><p style="color:GrayText;margin:.3em 0">{after}</p><p role="status">{unit} · unit {at} of {size} · '
            "{done} coded{message}</p>"
        ).format(
            before=before,
            text=text[self.at],
            after=after,
            unit=unit[self.at],
            at=self.at + 1,
            size=len(self.sheet),
            done=self.done,
            message=f" · {self.message}" if self.message else "",
        )

    def static(self) -> Markup:
        """How far the coding has come, for a page without a kernel."""
        return Markup('<p class="note">{} of {} units of {} are coded with {}.</p>').format(
            self.done, len(self.sheet), self.path.name, self.codebook.title or self.codebook.name
        )


def open_sheet(path: Path, codebook: Codebook) -> pd.DataFrame:
    """A coding sheet of ours as it stands, with the columns of `sheets.COLUMNS`.

    Raises:
        BadInput: it cannot be read, is no sheet with text, or holds codes that are not frames of this codebook.
    """
    rows = coded.cells(path)
    header = [cell.strip().lower() for cell in rows[0]]
    if not {"unit", "text", "frame_1"} <= set(header):
        raise BadInput(f"{path} is not a coding sheet with text: make one with presslens coding sheet.")
    coded.read([path], codebook=codebook)  # refuses codes that are no frames, and units coded twice
    table = pd.DataFrame(rows[1:], columns=header, dtype="str").map(sheets.plain)
    return table.reindex(columns=list(sheets.COLUMNS), fill_value="").fillna("").reset_index(drop=True)


def desk(path: str | Path, *, codebook: str = "") -> Any:
    """The desk as a widget; in a report, where nobody can press a key, a line that says how far the coding has come.

    Args:
        path: the sheet, .csv or .xlsx; every code is saved to it.
        codebook: a name or a YAML file; without it the codebook that the sheet names.
    """
    import os

    from presslens.reports.workbench import FOLDER

    place = locate(str(path))
    named = codebook or _named(place)
    state = Desk(place, load(named))
    if os.environ.get(FOLDER):
        from IPython import display

        shown: Any = display
        return shown.HTML(str(state.static()))
    return view(state)


def _named(path: Path) -> str:
    rows = coded.cells(path)
    header = [cell.strip().lower() for cell in rows[0]]
    names = {row[header.index("codebook")] for row in rows[1:]} - {""} if "codebook" in header else set()
    if len(names) != 1:
        raise BadInput(f"{path} does not say by which codebook it is coded: name it, as desk(path, codebook=...).")
    return str(names.pop())


def view(state: Desk) -> Any:
    """Widgets around a desk: the unit, a line to type in, a button a frame; saved text stays where there is no kernel."""
    import ipywidgets as widgets

    class Shown(widgets.VBox):  # type: ignore[misc]
        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            return {**(bundle or {}), "text/html": str(state.static())}

    unit = widgets.HTML()
    typed = widgets.Text(
        placeholder="frames by number, then Enter", description="codes", continuous_update=False, tooltip=HELP
    )
    buttons = [
        widgets.ToggleButton(
            description=f"{number} {frame}", tooltip=_definition(state.codebook, frame), layout={"width": "auto"}
        )
        for number, frame in enumerate(state.codebook.labels, start=1)
    ]
    definitions = widgets.HTML(layout={"display": "none"})
    definitions.value = str(_definitions(state.codebook))
    moves = [widgets.Button(description=text) for text in ("back", "next")]
    drawing = [False]

    def draw() -> None:
        drawing[0] = True
        unit.value = str(state.unit_html())
        for button, label in zip(buttons, state.codebook.labels, strict=True):
            button.value = label in state.labels
            button.button_style = "primary" if state.labels[:1] == [label] else "info" if button.value else ""
        drawing[0] = False

    def on_typed(change: Any) -> None:
        if not change["new"].strip():
            return
        typed.value = ""  # before the work and before the new unit shows: what is typed after it must not be wiped away
        if change["new"].strip() == "d":
            definitions.layout.display = "none" if definitions.layout.display is None else None
        else:
            state.type(change["new"].strip().lower())
        draw()

    def on_button(label: str) -> Any:
        def pressed(_: Any) -> None:
            if not drawing[0]:
                state.toggle(label)
                draw()

        return pressed

    def on_move(steps: int) -> Any:
        def pressed(_: Any) -> None:
            state.go(steps)
            draw()

        return pressed

    typed.observe(on_typed, names="value")
    for button, label in zip(buttons, state.codebook.labels, strict=True):
        button.observe(on_button(label), names="value")
    for move, steps in zip(moves, (-1, 1), strict=True):
        move.on_click(on_move(steps))
    draw()
    frames = widgets.Box(buttons, layout={"flex_flow": "row wrap"})
    explained = widgets.HTML(str(Markup('<p style="color:GrayText;margin:0">{}</p>').format(HELP)))
    return Shown([unit, typed, frames, widgets.HBox(moves), explained, definitions])


def _definition(codebook: Codebook, label: str) -> str:
    return next(
        (frame.definition for frame in codebook.frames if frame.frame == label), "No frame of this codebook fits."
    )


def _definitions(codebook: Codebook) -> Markup:
    items = [
        Markup("<dt><b>{} {}</b></dt><dd>{}</dd>").format(number, label, _definition(codebook, label))
        for number, label in enumerate(codebook.labels, start=1)
    ]
    return Markup("<dl>{}</dl>").format(Markup("").join(items))
