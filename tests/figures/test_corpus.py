"""Figures of a corpus: outlets and actors have the names that strangers gave them."""

from __future__ import annotations

import pandas as pd

from presslens.figures import corpus as figures

HOSTILE = "<script>alert(1)</script> & $x_1$ Post"


def rates(names: list[str], *, column: str = "outlet") -> pd.DataFrame:
    rows = [
        ("frame", name, f"{year} Q{quarter}", 12, 0.1 * (place + 1), 0.05, 0.3)
        for place, name in enumerate(names)
        for year in (2018, 2019)
        for quarter in (1, 2, 3, 4)
    ]
    return pd.DataFrame(rows, columns=["measure", column, "period", "n", "rate", "low", "high"])


def test_names_of_outlets_are_escaped_and_never_read_as_mathematics() -> None:
    figure = figures.panels(rates([HOSTILE, "B"]), by="outlet", name="x", title=HOSTILE, period="quarter")
    html = str(figure.html())
    assert "<script>" not in html
    assert "$x_1$" in html


def test_there_are_no_more_panels_than_asked_for_the_first_in_order() -> None:
    names = [f"outlet {number}" for number in range(9)]
    figure = figures.panels(rates(names), by="outlet", name="x", title="x", period="quarter", order=names[::-1], most=4)
    assert sorted(set(figure.data["outlet"])) == ["outlet 5", "outlet 6", "outlet 7", "outlet 8"]
    assert figure.alt.startswith("4 line charts")


def test_an_event_is_marked_in_its_own_panel_alone() -> None:
    events = pd.DataFrame({"outlet": ["A"], "month": ["2019-02"]})
    figure = figures.panels(rates(["A", "B"]), by="outlet", name="x", title="x", period="quarter", events=events)
    marked = [axes for axes in figure.draw(False).axes if any(line.get_linestyle() == "--" for line in axes.lines)]
    assert [axes.get_title(loc="left") for axes in marked] == ["A"]
    assert figure.caption.endswith("Dashed: an event.")


def test_the_same_table_gives_the_same_bytes() -> None:
    first, second = (
        figures.panels(rates(["A", "B"]), by="outlet", name="x", title="x", period="quarter").html() for _ in range(2)
    )
    assert first == second


def test_an_empty_table_is_drawn_as_an_empty_figure() -> None:
    empty = rates(["A"]).head(0)
    assert figures.panels(empty, by="outlet", name="x", title="nothing", period="year").data.empty
