"""Which units to code next: those the trained coder is least sure of, and that stand for many others."""

import numpy as np
import pandas as pd

from presslens.framing import features
from presslens.framing.trained import Coder

COLUMNS = ("id", "text", "uncertainty", "typicality", "frame")
MOST_COMPARED = 5000  # units that typicality is measured against; a sample where there are more


def next_units(coder: Coder, table: pd.DataFrame, *, top: int = 20, seed: int = 0) -> pd.DataFrame:
    """Units in the order in which coding them would teach most.

    Information density (Settles and Craven 2008, EMNLP): uncertainty, one less the lead of the best frame over the second,
    times typicality, the mean cosine of the unit's words to those of the others. So neither clear cases nor oddities come.

    Args:
        coder: as `trained.train` gives it.
        table: `id` and `text` of units not yet coded.
        top: how many to give.
        seed: of the sample that typicality is measured against, beyond five thousand units.

    Returns:
        A row a unit, best first: `id`, `text`, `uncertainty` (0..1), `typicality` (0..1), `frame` (the coder's best guess;
        leave it out of the coding sheet).
    """
    texts = table["text"].tolist()
    if not texts:
        return pd.DataFrame({name: pd.Series(dtype="float64" if name.endswith("ty") else "str") for name in COLUMNS})
    chance = coder.probabilities(texts)
    order = np.sort(chance, axis=1)
    unsure = 1 - (order[:, -1] - order[:, -2])
    words = [features.names(text, "word") for text in features.words(texts)]
    matrix = features.vocabulary(words, least=1).matrix(words)
    chosen = np.sort(np.random.default_rng(seed).permutation(len(texts))[:MOST_COMPARED])
    total = np.asarray(matrix[chosen].sum(axis=0)).reshape(-1)
    itself = np.zeros(len(texts))
    itself[chosen] = 1.0
    own = itself * np.asarray(matrix.multiply(matrix).sum(axis=1)).reshape(-1)
    typical = (np.asarray(matrix @ total).reshape(-1) - own).clip(min=0) / np.maximum(len(chosen) - itself, 1)
    best = np.argsort(-(unsure * typical).round(12), kind="stable")[:top]
    return pd.DataFrame(
        {
            "id": table["id"].array.take(best),
            "text": table["text"].array.take(best),
            "uncertainty": unsure[best],
            "typicality": typical[best],
            "frame": pd.Series([coder.frames[number] for number in chance[best].argmax(axis=1).tolist()], dtype="str"),
        }
    )
