"""Figures of tone."""

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.figures import sentiment, style
from presslens.sentiment import scoring


@pytest.mark.parametrize("places", [(6, 9), (6, 30), (2, 5), (12, 15), (20, 40), (40, 43), (45, 50)])
@pytest.mark.parametrize("narrow", [True, False])
def test_no_line_of_a_turn_crosses_the_words_of_another(places: tuple[int, int], narrow: bool) -> None:
    text = " ".join(["The minister praised the great success.", "The bridge was closed."] * 25)
    table = scoring.arc(scoring.score(from_text(text, id="a").sentences), seed=1, draws=50)
    turns = dict(zip(places, (1, 2), strict=True))
    table = table.assign(
        turn=table["position"].map(turns).fillna(0).astype(int), change=0.15, change_low=-0.1, change_high=0.4
    )
    words = pd.DataFrame([(turn, True, word) for turn in (1, 2) for word in ("comprehensive", "unlikely")])
    words.columns = ["turn", "after", "word"]
    with style.theme():
        canvas = sentiment.arc(table, window=5, turning=words).draw(narrow)
        (axes,) = canvas.axes
        canvas.canvas.draw()
        said = [one.get_window_extent() for one in axes.texts]
        lines = [
            line.get_window_extent()
            for line in axes.lines
            if len(set(line.get_xdata())) == 1 and line.get_linestyle() != "-"
        ]
    assert len(said) == len(lines) == 2
    assert not any(line.overlaps(words) for line in lines for words in said)
    assert not said[0].overlaps(said[1])
