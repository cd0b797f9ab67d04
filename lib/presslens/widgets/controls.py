"""The explorer as widgets of JupyterLab; a picture of its first view stays where there is no kernel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from presslens.article.cleaning import rules
from presslens.errors import BadInput
from presslens.framing.codebook import names as codebooks
from presslens.reports.parameters import Parameters
from presslens.widgets import words
from presslens.widgets.explorer import Explorer
from presslens.widgets.later import Later

WIDE = {"description_width": "7em"}
ROOM = {"width": "25em"}
LABELS = {
    "document": "document",
    "keep": "cleaning",
    "actors": "own actors",
    "lexicon": "own lexicon",
    "tier": "measure",
    "window": "window",
    "draws": "draws",
    "top": "key phrases",
    "codebook": "codebook",
    "second_codebook": "second",
    "threshold": "threshold",
}
HINTS = {
    "keep": "cleaning rules whose finds stay in the text",
    "threshold": "weight of evidence that codes a frame; 0 takes the codebook's own",
}
SLIDERS = {"window": (1, 25), "top": (3, 40)}
DRAWS = (100, 500, 1000, 5000)


def view(explorer: Explorer) -> Any:
    """The explorer's controls, what they lead to, and all about a word; changes are drawn a moment after the last."""
    import ipywidgets as widgets

    first = str(explorer.html())

    class Shown(widgets.VBox):  # type: ignore[misc]
        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            return {**(bundle or {}), "text/plain": f"Explorer of {explorer.notebook}", "text/html": first}

    looks = widgets.ToggleButtons(
        options=[one.name for one in explorer.views], style={"button_width": "auto"}, tooltips=[], description=""
    )
    state, figure, kept, word = (widgets.HTML(value=value) for value in ("", first, "", ""))
    asked = widgets.Combobox(
        placeholder=words.PLACEHOLDER,
        description="word",
        continuous_update=False,
        ensure_option=False,
        style=WIDE,
        layout={"width": "100%", "max_width": "46em"},
    )

    def draw() -> None:
        state.value = str(_status("drawing …"))
        figure.value = str(explorer.html())
        kept.value = str(_keeping(explorer))
        asked.options = explorer.offered()
        if asked.value:
            word.value = str(explorer.word(asked.value))
        state.value = str(_status(""))

    drawing = Later(draw)
    offering = Later(lambda: setattr(asked, "options", explorer.offered()), wait=0.5)

    def on_choice(name: str) -> Callable[[Any], None]:
        def act(change: Any) -> None:
            try:
                explorer.choose(name, _value(name, change["new"]))
            except BadInput as error:
                state.value = str(_status(str(error), role="alert"))
            else:
                drawing()

        return act

    def on_look(change: Any) -> None:
        explorer.chosen = next(one for one in explorer.views if one.name == change["new"])
        drawing()

    def on_word(change: Any) -> None:
        word.value = str(explorer.word(change["new"]))

    controls = [_control(widgets, explorer, name) for name in explorer.choices]
    for name, control in zip(explorer.choices, controls, strict=True):
        control.observe(on_choice(name), names="value")
    looks.observe(on_look, names="value")
    asked.observe(on_word, names="value")
    kept.value = str(_keeping(explorer))
    if _in_loop():
        offering()
    row = widgets.Box(controls, layout={"flex_flow": "row wrap"})
    shown = Shown([row, looks, state, figure, kept, asked, word])
    for name in ("presslens", "presslens-explorer"):
        shown.add_class(name)
    return shown


def _control(widgets: Any, explorer: Explorer, name: str) -> Any:
    parameters = explorer.parameters
    value: Any = 0.0 if name == "threshold" else getattr(parameters, name)
    field = Parameters.model_fields.get(name)
    told = {"description": LABELS[name], "tooltip": HINTS.get(name) or (field and field.description) or name}
    shape = {"style": WIDE, "layout": ROOM, **told}
    if name == "document":
        return widgets.Dropdown(options=explorer.documents(), value=value, **{**shape, "layout": {"width": "32em"}})
    if name == "keep":
        return widgets.Dropdown(options=_cleanings(value), value=tuple(value), **shape)
    if name == "tier":
        return widgets.Dropdown(options=list(dict.fromkeys(("default", "neural", value))), value=value, **shape)
    if name == "draws":
        return widgets.Dropdown(options=sorted({*DRAWS, value}), value=value, **shape)
    if name in SLIDERS:
        least, most = SLIDERS[name]
        return widgets.IntSlider(value=value, min=least, max=max(most, value), **shape)
    if name == "threshold":
        steps = [("its own", 0.0), *((f"{step / 2:g}", step / 2) for step in range(1, 13))]
        return widgets.SelectionSlider(options=steps, value=value, **shape)
    options = list(codebooks()) if "codebook" in name else []
    return widgets.Combobox(
        value=value, options=options, placeholder="a file", continuous_update=False, ensure_option=False, **shape
    )


def _cleanings(value: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    options: dict[str, tuple[str, ...]] = {"clean all": (), "keep all": ("all",)}
    options |= {f"keep {rule}": (rule,) for rule in rules()}
    if tuple(value) not in options.values():
        options[f"keep {', '.join(value)}"] = tuple(value)
    return list(options.items())


def _value(name: str, value: Any) -> Any:
    if name == "keep":
        return list(value)
    return value.strip() if isinstance(value, str) else value


def _status(text: str, *, role: str = "status") -> Markup:
    return Markup('<p class="note" role="{}" style="min-height:1.2em;margin:0">{}</p>').format(role, text)


def _keeping(explorer: Explorer) -> Markup:
    cell = explorer.cell()
    lines = [f"# in the parameters cell\n{cell}"] if cell else []
    lines.append(f"# in a terminal\n{explorer.command()}")
    if explorer.threshold:
        lines.append(f"# in the codebook\nthreshold: {explorer.threshold:g}")
    return Markup("<details><summary>Keep these choices</summary><pre>{}</pre></details>").format("\n\n".join(lines))


def _in_loop() -> bool:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
