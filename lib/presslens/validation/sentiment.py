"""How well the sentiment of sentences agrees with people: the mean of 20 ratings of each (Hutto and Gilbert 2014)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.sentiment import lexicons, rules, training
from presslens.sentiment import measure as model
from presslens.sentiment.features import Floats, Ints

DRAWS = 1000
COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]


def agreement(rated: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Pearson r with the ratings, and weighted F1 of labels against their signs, with article-bootstrap intervals.

    Args:
        rated: one row a sentence: `article`, `rating`, `score`, `label` (-1, 0, 1).
        seed: of the bootstrap.

    Returns:
        Two rows: `metric` (`pearson r`, `weighted F1`), `value`, `low`, `high` (95 %), `n` (int).
    """
    names, owner = np.unique(rated["article"].astype(str), return_inverse=True)
    members = [np.flatnonzero(owner == index) for index in range(len(names))]
    rating, score = rated["rating"].to_numpy(dtype=float), rated["score"].to_numpy(dtype=float)
    sign, label = np.sign(rating).astype(int), rated["label"].to_numpy(dtype=int)
    generator = np.random.default_rng(seed)
    drawn = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[index] for index in generator.integers(0, len(names), len(names))])
        drawn.append((_pearson(score[rows], rating[rows]), weighted_f1(sign[rows], label[rows])))
    low, high = np.quantile(np.array(drawn), (0.025, 0.975), axis=0)
    values = (_pearson(score, rating), weighted_f1(sign, label))
    table = pd.DataFrame({"metric": ["pearson r", "weighted F1"], "value": values, "low": low, "high": high})
    return table.assign(n=len(rated))


def _pearson(left: Floats, right: Floats) -> float:
    return float(np.corrcoef(left, right)[0, 1]) if left.std() > 0 and right.std() > 0 else 0.0


def weighted_f1(truth: Ints, given: Ints) -> float:
    """Mean of the F1 of -1, 0 and 1, weighted by how often each is true."""
    total = 0.0
    for sign in (-1, 0, 1):
        both = int(((truth == sign) & (given == sign)).sum())
        named = int((given == sign).sum()) + int((truth == sign).sum())
        total += (2 * both / named if named else 0.0) * float((truth == sign).mean())
    return total


def _signs(scores: Floats, edge: float = 0.05) -> Ints:
    return np.where(scores >= edge, 1, np.where(scores <= -edge, -1, 0))


def peers() -> dict[str, Callable[[Sequence[str]], Floats]]:
    """Measures that people use, as functions from texts to scores; those that need a package only where it is there."""
    return {
        "NLTK's VADER": rules.compound,
        "vaderSentiment": lambda texts: rules.compound(texts, variant="vadersentiment"),
        "labMT under our rules": lambda texts: model.by_lexicon(texts, "labmt")[0],
        "opinion lexicon under our rules": lambda texts: model.by_lexicon(texts, "opinion")[0],
        "pattern (TextBlob's lexicon) under our rules": lambda texts: model.by_lexicon(texts, "pattern")[0],
        "mean of four lexicons under our rules": lambda texts: np.mean(
            [
                scaled / max(scaled.std(), 1e-9)
                for scaled in (model.by_lexicon(texts, name)[0] for name in lexicons.NAMES)
            ],
            axis=0,
        ),
    }


def systems(data: Path) -> dict[str, pd.DataFrame]:
    """For each system the rated sentences of the opinion pages with its score and label."""
    table = pd.read_csv(data / "sentiment" / "nyt_editorials_dev.csv")
    texts = table["text"].tolist()
    frame = pd.DataFrame({"article": table["article"].astype(str), "rating": table["valence"]})
    found = {name: frame.assign(score=score(texts)) for name, score in peers().items()}
    found = {name: rated.assign(label=_signs(rated["score"].to_numpy())) for name, rated in found.items()}
    found["presslens, default tier"] = training.cross_validate(data)
    found["presslens, no opinion-page sentence in training"] = training.transfer(data)
    return found


NOTES = {
    "presslens, default tier": "cross-validated by article, 10 folds; thresholds of labels found inside the folds",
    "presslens, neural tier": "cross-validated by article, 10 folds; thresholds of labels found inside the folds",
    "presslens, no opinion-page sentence in training": "lexicons and tweets, film and product reviews only",
}


def measure(data: Path) -> pd.DataFrame:
    """Agreement of every measure and peer with the ratings of opinion-page sentences, by article-bootstrap intervals.

    Returns:
        `task`, `data`, `system`, `metric`, `value`, `low`, `high`, `n`, `note`.
    """
    parts = []
    for name, rated in systems(data).items():
        part = agreement(rated).assign(task="sentiment", data="NYT opinion-page sentences", system=name)
        parts.append(part.assign(note=NOTES.get(name, "labels by score at +-.05")))
    return pd.concat(parts, ignore_index=True)[COLUMNS]
