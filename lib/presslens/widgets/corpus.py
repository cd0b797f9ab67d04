"""In JupyterLab: from any point of a corpus down to its articles, with evidence, and any word in its contexts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from presslens.corpus import looking
from presslens.corpus.changes import without_residual
from presslens.corpus.counting import Parts
from presslens.corpus.estimating import Period, periods
from presslens.errors import BadInput
from presslens.findings import concordance, corpus
from presslens.findings.wording import capital, count
from presslens.widgets.later import Later

ALL = "all"
MOST, LINES, SEARCHED = 10, 50, 200  # articles shown, lines of a concordance, articles that it looks through


@dataclass
class Depth:
    """What is looked at: a measure and of what (`frame`, `Economic`), an outlet, a period, a word; "" for all."""

    data: Parts
    sums: pd.DataFrame
    codebook: str
    period_length: Period
    seed: int = 0
    measure: str = "tone"
    of: str = ""
    outlet: str = ""
    period: str = ""
    word: str = ""

    def points(self) -> list[tuple[str, tuple[str, str]]]:
        """What can be looked at, by its name: tone, each frame that there is, each actor, the commonest first."""
        sums = self.sums.groupby(["measure", "of"], sort=True)[["x", "s"]].sum().reset_index()
        frames, actors = without_residual(sums[sums["measure"] == "frame"]), sums[sums["measure"] == "actor"]
        found = frames[frames["x"] > 0].sort_values("x", ascending=False, kind="stable")["of"]
        named = actors.sort_values("s", ascending=False, kind="stable")["of"]
        return [
            ("tone", ("tone", "")),
            *((f"frame {of}", ("frame", of)) for of in found.tolist()),
            *((f"tone toward {of}", ("actor", of)) for of in named.tolist()),
        ]

    def outlets(self) -> list[str]:
        """The outlets, by name."""
        return sorted(set(self.sums["outlet"].astype(str)))

    def periods(self) -> list[str]:
        """The periods that have articles, in order."""
        months = self.sums.loc[self.sums["month"] != "", "month"].drop_duplicates()
        return sorted(set(periods(months, period=self.period_length)))

    def html(self) -> Markup:
        """The articles behind the point, and the word in its contexts; what is wrong with a word is said in its place."""
        options: dict[str, Any] = {"outlet": self.outlet, "period": self.period, "seed": self.seed}
        found = looking.behind(
            self.data, measure=self.measure, of=self.of, codebook=self.codebook, most=MOST, **options
        )
        quotes = Markup("").join(one.html() for one in corpus.behind(found, most=MOST))
        number = found["article"].nunique()
        many = f"{capital(count(number, 'article'))} behind this point, drawn by seed; marked is the evidence."
        said = Markup('<p class="note">{}</p>').format(many if number else "No article is behind this point.")
        return said + quotes + self._lines(options)

    def _lines(self, options: dict[str, Any]) -> Markup:
        if not self.word.strip():
            return Markup("")
        try:
            found = looking.concordance(self.data, pattern=self.word, most=SEARCHED, **options)
        except BadInput as error:
            return Markup('<p role="alert">{}</p>').format(str(error))
        where = found.assign(sentence=found["outlet"] + ", " + found["date"] + ", " + found["sentence"])
        many = f"{count(len(found), 'place')} in {count(found['article'].nunique(), 'article')}"
        looked = f"{SEARCHED} articles, drawn by seed, are looked through at most."
        return concordance.lines(where, caption=f"“{self.word}”: {many}; {looked}", most=LINES)


def view(depth: Depth) -> Any:
    """Its choices as widgets, and what they lead to a moment after the last; a first view stays without a kernel."""
    import ipywidgets as widgets

    first = str(depth.html())

    class Shown(widgets.VBox):  # type: ignore[misc]
        def _repr_mimebundle_(self, **options: Any) -> Any:
            bundle = super()._repr_mimebundle_(**options)
            return {**(bundle or {}), "text/plain": "The articles behind a point of a corpus", "text/html": first}

    wide: dict[str, Any] = {"style": {"description_width": "5em"}, "layout": {"width": "26em"}}
    point = widgets.Dropdown(options=depth.points(), value=(depth.measure, depth.of), description="point", **wide)
    outlet = widgets.Dropdown(options=[(ALL, ""), *((o, o) for o in depth.outlets())], description="outlet", **wide)
    period = widgets.Dropdown(options=[(ALL, ""), *((p, p) for p in depth.periods())], description="period", **wide)
    word = widgets.Text(
        placeholder="a word in its contexts: strike*", description="word", continuous_update=False, **wide
    )
    state, shown = widgets.HTML(), widgets.HTML(value=first)

    def draw() -> None:
        state.value = '<p class="note" role="status">looking …</p>'
        (depth.measure, depth.of), depth.outlet = point.value, outlet.value
        depth.period, depth.word = period.value, word.value
        shown.value = str(depth.html())
        state.value = ""

    later = Later(draw)
    for control in (point, outlet, period, word):
        control.observe(lambda _: later(), names="value")
    box = Shown([widgets.Box([point, outlet, period, word], layout={"flex_flow": "row wrap"}), state, shown])
    for name in ("presslens", "presslens-explorer"):
        box.add_class(name)
    return box
