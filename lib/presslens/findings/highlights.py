"""The article's own text with the words of each frame marked: one layer a frame."""

import pandas as pd
from markupsafe import Markup

from presslens.findings.framing import OTHER
from presslens.findings.layers import FRAMES, Layer, Mark, Text, layered
from presslens.findings.wording import rows

MOST = len(FRAMES)  # frames with a switch; there are no more colours than can be told apart, and numbers tell the rest
SHOWN = 2  # frames whose words are marked from the start


def highlights(
    frames: pd.DataFrame,
    codings: pd.DataFrame,
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    doubtful: frozenset[str] = frozenset(),
) -> Markup:
    """The text with marks at the words that speak for the frames coded in their sentence; a switch a frame.

    A mark has the number of its frame beside it, so that colour is never alone.

    Args:
        frames: as `aggregating.articles` gives them; the frames with the largest shares get the switches.
        codings, evidence: as `coding.analyse` gives them.
        sentences: of the article.
        doubtful: frames on which coders agree too little; their switches say so and are off.
    """
    leading = frames[(frames["share"] > 0) & (frames["frame"] != OTHER)].sort_values("rank", kind="stable")
    names = [str(name) for name in leading["frame"].head(MOST)]
    if not names:
        return Markup('<p class="note">No frame has words to mark.</p>')
    sizes = dict(zip(leading["frame"], leading["sentences"], strict=True))
    on = [name for name in names if name not in doubtful][:SHOWN]
    layers = [
        Layer(
            key=key,
            switch=switch,
            name=f"{sign}\u00a0{name}{', not reliable' if name in doubtful else ''} ({sizes[name]})",
            sign=sign,
            on=name in on,
        )
        for name, (key, switch, _, sign) in zip(names, FRAMES, strict=False)
    ]
    keys = {name: layer.key for name, layer in zip(names, layers, strict=True)}
    return layered(
        Text(sentences=sentences, layers=layers, marks=marks(codings, evidence, keys), numbered=False),
        label="The text, with the words of the frames that are switched on",
    )


def marks(codings: pd.DataFrame, evidence: pd.DataFrame, keys: dict[str, str]) -> list[Mark]:
    """The words that speak for the frames that are coded in their sentence.

    Args:
        codings, evidence: as `coding.analyse` gives them.
        keys: the key of the layer of each frame to mark.
    """
    coded = set(codings.loc[codings["coded"], ["sentence", "frame"]].itertuples(index=False, name=None))
    return [
        Mark(int(row.start), int(row.end), keys[row.frame], f"{row.frame}: {row.indicator} (weight {row.weight:g})")
        for row in rows(evidence[(evidence["weight"] > 0) & evidence["frame"].isin(list(keys))])
        if (row.sentence, row.frame) in coded
    ]
