"""How an article feels toward each of its actors, in its own voice and in the voices that it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from presslens.language.chunks import Ints, coded, different, strings
from presslens.sentiment import intervals
from presslens.sentiment.measure import Tier
from presslens.sentiment.targets import LABELS, settings

COLUMNS = {
    "article": "str",
    "actor": "str",
    "kind": "str",
    "voice": "str",
    "mentions": "int64",
    "sentences": "int64",
    "negative": "int64",
    "neutral": "int64",
    "positive": "int64",
    "score": "float64",
    "low": "float64",
    "high": "float64",
    "verdict": "str",
}
FEWEST = 3
CLEAR = ("negative", "positive")
OPEN, TOO_FEW = "not clear", "too few to say"
VOICES = ("author", "attributed")


def actor_tones(
    mentions: pd.DataFrame, *, fewest: int = FEWEST, draws: int = 1000, seed: int = 0, tier: Tier = "default"
) -> pd.DataFrame:
    """The mean tone toward each actor of each article, by voice, with a 95 % bootstrap interval.

    The interval (see `intervals.means`) is over mentions and holds the errors of the measure too, as they were on news
    sentences that it had not learnt from: it says where the mean of human ratings of these mentions would lie.

    Args:
        mentions: as `presslens.sentiment.targets.tone` gives them: `article`, `sentence`, `actor`, `kind`, `score`, `label`;
            with `voice` (`author`, `attributed`: see `presslens.actors.voices`) each voice has a row of its own, without it
            all is the author's.
        fewest: mentions below which a row has no interval and the verdict "too few to say".
        draws: bootstrap samples.
        seed: of the bootstrap; the same seed gives the same interval.
        tier: the one that gave the scores; its errors go into the interval.

    Returns:
        Within the article the author's voice first, each voice from most negative to most positive, rows with too few
        mentions last: `article`, `actor`, `kind`, `voice`, `mentions`, `sentences`, `negative`, `neutral`, `positive`
        (mentions by label), `score`, `low`, `high` (-1..1), `verdict` (`negative` or `positive` where the whole interval is,
        `not clear`, `too few to say`).
    """
    if mentions.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    table = mentions if "voice" in mentions.columns else mentions.assign(voice=VOICES[0])
    article, _ = coded(table["article"])
    heard = _places(table["voice"], VOICES)
    actor = _places(table["actor"], sorted(coded(table["actor"])[1].tolist()))
    rows = np.lexsort((actor, heard, article))
    group = np.cumsum(np.any([np.diff(key[rows], prepend=-1) != 0 for key in (article, heard, actor)], axis=0)) - 1
    scores = table["score"].to_numpy(dtype=np.float64)[rows]
    means = intervals.means(scores, group, noise=errors(tier), seed=seed, draws=draws)
    first = rows[np.flatnonzero(np.diff(group, prepend=-1))]
    label, sentence = _places(table["label"], LABELS)[rows], coded(table["sentence"])[0][rows]
    counts = np.bincount(group * len(LABELS) + label, minlength=len(first) * len(LABELS)).reshape(-1, len(LABELS))
    of_group = different(group * (sentence.max() + 1) + sentence) // (sentence.max() + 1)
    few = means["sentences"].to_numpy() < fewest
    low, high = (np.where(few, np.nan, means[name]) for name in ("low", "high"))
    score = means["mean"].to_numpy()
    order = np.lexsort((actor[first], score, few, heard[first], article[first]))
    columns = {
        **{name: table[name].array.take(first) for name in ("article", "actor", "kind", "voice")},
        "mentions": means["sentences"].to_numpy(),
        "sentences": np.bincount(of_group, minlength=len(first)),
        **dict(zip(LABELS, counts.T, strict=True)),
        "score": score,
        "low": low,
        "high": high,
        "verdict": strings(np.select([few, high < 0, low > 0], [TOO_FEW, *CLEAR], OPEN).tolist()),
    }
    return pd.DataFrame({name: columns[name].take(order) for name in COLUMNS})


def _places(column: pd.Series[Any], values: Sequence[str]) -> Ints:
    """For each value of a column its place among some; all are among them."""
    codes, distinct = coded(column)
    place = {value: number for number, value in enumerate(values)}
    return np.array([place[value] for value in distinct.tolist()], dtype=np.int64)[codes]


def errors(tier: Tier = "default") -> intervals.Floats:
    """Human rating less score, as equally likely values, on mentions of articles that the model had not learnt from."""
    return np.array(settings(tier)["errors"], dtype=np.float64)
