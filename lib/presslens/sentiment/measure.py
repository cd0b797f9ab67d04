"""The measure for news prose."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from presslens.sentiment import rules


def predict(texts: Sequence[str]) -> rules.Floats:
    """Score of each text, -1..1."""
    return rules.compound(texts)


def evidence(texts: Sequence[str]) -> pd.DataFrame:
    """Words behind the scores, as `rules.evidence` gives them."""
    return rules.evidence(texts)


def noise() -> rules.Floats:
    """Errors of the measure on data it was not fitted to."""
    return np.linspace(-0.6, 0.6, 41)


def thresholds() -> tuple[float, float]:
    """Scores at or below the first are negative, at or above the second positive."""
    return -0.05, 0.05
