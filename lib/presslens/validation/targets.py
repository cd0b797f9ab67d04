"""Tone toward mentions against human coders (NewsMTSC: Hamborg and Donnay 2021, EACL)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from presslens.sentiment import targets_training as training
from presslens.sentiment.rules import compound
from presslens.sentiment.targets import LABELS
from presslens.sentiment.targets_tokens import Ints

COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]
WINDOW = 8  # words on each side of the mention that the peer reads


def measure(data: Path, *, draws: int = 500, seed: int = 0) -> pd.DataFrame:
    """Macro-F1 over three classes of our model, cross-validated by source article, and of VADER on a window.

    Intervals are 95 % bootstrap intervals over articles.

    Returns:
        `task`, `data`, `system`, `metric`, `value`, `low`, `high`, `n`, `note`.
    """
    path = data / "targets" / "newsmtsc_train.jsonl"
    coded = training.read(path)
    table = pd.read_json(path, lines=True, dtype=False)
    systems = {
        "presslens": (
            training.cross_validated(coded).argmax(axis=1),
            f"trained on this set, {training.FOLDS}-fold cross-validated by source article",
        ),
        "vaderSentiment": (_window(table), f"compound of {WINDOW} words on each side, cut at ±.05"),
    }
    rows = []
    for system, (predicted, note) in systems.items():
        value = training.macro_f1(coded.coded, predicted)
        low, high = _interval(coded.coded, predicted, coded.article, draws=draws, seed=seed)
        rows.append(("targets", "newsmtsc_train", system, "macro-F1", value, low, high, len(predicted), note))
    return pd.DataFrame(rows, columns=COLUMNS)


def _window(table: pd.DataFrame) -> Ints:
    texts = []
    for text, start, end in zip(table["text"], table["start"], table["end"], strict=True):
        before, after = text[:start].split()[-WINDOW:], text[end:].split()[:WINDOW]
        texts.append(" ".join([*before, text[start:end], *after]))
    scores = compound(texts, variant="vadersentiment")
    return np.where(scores >= 0.05, 2, np.where(scores <= -0.05, 0, 1)).astype(np.int64)


def _interval(coded: Ints, predicted: Ints, articles: list[str], *, draws: int, seed: int) -> tuple[float, float]:
    """The bootstrap interval of macro-F1, articles drawn with replacement."""
    unit = pd.factorize(np.array(articles, dtype=object))[0]
    classes = len(LABELS)
    cells = np.zeros((int(unit.max()) + 1, classes * classes))
    np.add.at(cells, (unit, coded * classes + predicted), 1)
    generator = np.random.default_rng(seed)
    values = []
    for _ in range(draws):
        picked = np.bincount(generator.integers(0, len(cells), len(cells)), minlength=len(cells))
        confusion = (picked @ cells).reshape(classes, classes)
        total = confusion.sum(axis=0) + confusion.sum(axis=1)
        values.append(float(np.mean(2 * confusion.diagonal() / np.maximum(total, 1))))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
