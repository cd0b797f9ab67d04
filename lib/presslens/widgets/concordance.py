"""A concordance to look around in, in JupyterLab: choose a key phrase, or type any pattern, and read its lines.

from presslens.widgets.concordance import concordances
concordances(article.sentences, article.tokens, phrases["phrase"], mentions=run.mentions)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from markupsafe import Markup

from presslens.errors import BadInput
from presslens.findings.concordance import described, lines, pattern_of
from presslens.findings.wording import count
from presslens.keywords.concordance import SORTS, concordance, unnamed

FIRST = 3  # key phrases whose lines a page without a kernel shows
MOST = 100  # lines shown at once
HELP = (
    "A word or a phrase; sanction* finds any ending, ?at one letter, virus | disease either, @North Korea any name of that "
    "actor. Press Enter."
)


class Lookup:
    """What is looked up in an article, and how; `view` shows it."""

    def __init__(
        self,
        sentences: pd.DataFrame,
        tokens: pd.DataFrame,
        phrases: Iterable[str] = (),
        *,
        mentions: pd.DataFrame | None = None,
        width: int = 60,
    ) -> None:
        """Begin with the first key phrase.

        Args:
            sentences: of one article.
            tokens: of these sentences.
            phrases: to choose from, the best first.
            mentions: who is named where; a key phrase that is an actor then finds all its names.
            width: characters of context on each side.
        """
        self.sentences, self.tokens, self.mentions, self.width = sentences, tokens, mentions, width
        self.phrases = list(phrases)
        self.sort, self.stems = "text", True
        self.pattern = pattern_of(self.phrases[:1], mentions)

    def choose(self, phrase: str) -> None:
        """Look up a key phrase."""
        self.pattern = pattern_of([phrase], self.mentions)

    def found(self) -> pd.DataFrame:
        """The lines, as `keywords.concordance.concordance` gives them. Raises BadInput for an empty pattern."""
        return concordance(
            self.sentences,
            self.tokens,
            pattern=self.pattern,
            width=self.width,
            sort=self.sort,
            stems=self.stems,
            mentions=self.mentions,
        )

    def html(self) -> Markup:
        """The lines, or why there are none."""
        try:
            table = self.found()
        except BadInput as error:
            return Markup('<p role="status">{}</p>').format(str(error))
        strange = [] if self.mentions is None else unnamed(self.pattern, self.mentions)
        said = count(len(table), "line") + "".join(f"; the article names no actor “{name}”" for name in strange)
        return Markup('<p role="status">{}: {}.</p>{}').format(
            described(self.pattern),
            said,
            lines(table, caption=f"Concordance of {described(self.pattern)}", most=MOST) if len(table) else Markup(""),
        )

    def first(self) -> pd.DataFrame:
        """The lines of the first key phrases, by match; none where there are none."""
        return concordance(
            self.sentences,
            self.tokens,
            pattern=pattern_of(self.phrases[:FIRST], self.mentions) or "*",
            width=self.width,
            sort="match",
            stems=True,
            mentions=self.mentions,
            within=None if self.phrases else self.sentences.head(0),
        )

    def static(self) -> Markup:
        """These lines, for a page without a kernel."""
        if not self.phrases:
            return Markup('<p class="note">There is no key phrase to look up.</p>')
        first = described(pattern_of(self.phrases[:FIRST], self.mentions))
        return lines(self.first(), caption=f"Concordance of {first}", most=MOST)


def look_up(state: Lookup) -> None:
    """Show the lookup as a widget; in a report, where nobody can choose, the lines of the first key phrases."""
    import os

    from IPython import display

    from presslens.reports import workbench

    if os.environ.get(workbench.FOLDER):
        workbench.display(state.static())
        return
    jupyter: Any = display
    jupyter.display(view(state))


def view(state: Lookup) -> Any:
    """Widgets around a lookup; a table of the first key phrases stays where there is no kernel."""
    import ipywidgets as widgets

    class Shown(widgets.VBox):  # type: ignore[misc]
        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            return {**(bundle or {}), "text/html": str(state.static())}

    wide = {"description_width": "5.5em"}
    phrase = widgets.Dropdown(options=state.phrases, description="key phrase", style=wide)
    typed = widgets.Text(
        value=state.pattern, description="or pattern", continuous_update=False, tooltip=HELP, style=wide
    )
    order = widgets.Dropdown(
        options=[(f"by {name}", name) for name in SORTS], value=state.sort, description="order", style=wide
    )
    stems = widgets.Checkbox(value=state.stems, description="inflections too", indent=False)
    out = widgets.HTML()

    def draw() -> None:
        out.value = str(state.html())

    def on_phrase(change: Any) -> None:
        if change["new"] is not None:
            state.choose(change["new"])
            typed.value = state.pattern  # draws, where that is another pattern

    def on_typed(change: Any) -> None:
        state.pattern = change["new"]
        draw()

    def on_order(change: Any) -> None:
        state.sort = change["new"]
        draw()

    def on_stems(change: Any) -> None:
        state.stems = change["new"]
        draw()

    for control, act in ((phrase, on_phrase), (typed, on_typed), (order, on_order), (stems, on_stems)):
        control.observe(act, names="value")
    draw()
    explained = widgets.HTML(str(Markup('<p style="color:GrayText;margin:0">{}</p>').format(HELP)))
    controls = widgets.Box([phrase, typed, order, stems], layout={"flex_flow": "row wrap"})
    return Shown([controls, explained, out])
