"""How an article feels toward each of its actors, in its own voice and in the voices that it quotes."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
    table = table.assign(
        order=pd.factorize(table["article"])[0],
        heard=table["voice"].map({voice: place for place, voice in enumerate(VOICES)}),
        **{label: table["label"].eq(label).astype("int64") for label in LABELS},
    )
    table = table.sort_values(["order", "heard", "actor"], kind="stable")
    groups = table.groupby(["order", "heard", "actor"], sort=False)
    numbers = np.asarray(groups.ngroup(), dtype=np.int64)
    means = intervals.means(
        table["score"].to_numpy(dtype=np.float64), numbers, noise=errors(tier), seed=seed, draws=draws
    ).reset_index(drop=True)
    first = table.drop_duplicates(["order", "heard", "actor"])[["article", "actor", "kind", "voice", "order", "heard"]]
    counts = groups[list(LABELS)].sum().reset_index(drop=True)
    found = pd.concat([first.reset_index(drop=True), counts], axis=1).assign(
        mentions=means["sentences"],
        sentences=groups["sentence"].nunique().to_numpy(),
        score=means["mean"],
        few=means["sentences"] < fewest,
    )
    low, high = means["low"].where(~found["few"]), means["high"].where(~found["few"])
    side = np.select([found["few"], high < 0, low > 0], [TOO_FEW, *CLEAR], OPEN)
    found = found.assign(low=low, high=high, verdict=side)
    found = found.sort_values(["order", "heard", "few", "score", "actor"], kind="stable")
    return found[list(COLUMNS)].astype(COLUMNS).reset_index(drop=True)


def errors(tier: Tier = "default") -> intervals.Floats:
    """Human rating less score, as equally likely values, on mentions of articles that the model had not learnt from."""
    return np.array(settings(tier)["errors"], dtype=np.float64)
