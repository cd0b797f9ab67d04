"""A 95 % interval holds what it is about in about 95 of 100 simulated cases, where what it is about is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from presslens.framing import agreement
from presslens.sentiment import intervals

CASES = 2000


@pytest.mark.parametrize(("size", "least", "most"), [(10, 0.885, 0.97), (30, 0.905, 0.97), (100, 0.93, 0.97)])
@pytest.mark.parametrize("shape", ["even", "skewed"])
def test_bootstrap_intervals_of_a_mean_cover_at_their_rate(size: int, least: float, most: float, shape: str) -> None:
    """Percentile intervals of few values are known to be a little narrow (Efron and Tibshirani 1993, chapter 13)."""
    draw = np.random.default_rng(7)
    values = draw.uniform(-0.6, 0.8, (CASES, size)) if shape == "even" else draw.beta(2, 5, (CASES, size)) - 0.2
    truth = 0.1 if shape == "even" else 2 / 7 - 0.2
    units = np.repeat(np.arange(CASES), size)
    found = intervals.means(values.ravel(), units, noise=np.zeros(0), seed=3, draws=1000)
    covered = float(((found["low"] <= truth) & (truth <= found["high"])).mean())
    assert least <= covered <= most, covered


def test_the_interval_of_one_score_covers_a_readers_rating() -> None:
    draw = np.random.default_rng(8)
    noise = draw.normal(0, 0.15, 4000)
    scores = draw.uniform(-0.4, 0.4, CASES)
    ratings = scores + draw.normal(0, 0.15, CASES)
    found = intervals.means(scores, np.arange(CASES), noise=noise)
    covered = float(((found["low"] <= ratings) & (ratings <= found["high"])).mean())
    assert 0.935 <= covered <= 0.965, covered


def test_intervals_of_agreement_cover_the_agreement_of_the_whole_population() -> None:
    """A population of units coded by two people, samples of 150 of it, and how often the interval holds its alpha."""
    draw = np.random.default_rng(9)
    size = 20_000
    truth = draw.random(size) < 0.4
    coders = [np.where(draw.random(size) < 0.9, truth, ~truth) for _ in range(2)]
    whole = agreement.alpha(_codes(coders, np.arange(size)))
    cases, held = 120, 0
    for _ in range(cases):
        picked = draw.choice(size, 150, replace=False)
        row = agreement.agreement(_codes(coders, picked), frames=["A"], resamples=400, seed=1).iloc[0]
        held += bool(row["low"] <= whole <= row["high"])
    assert 0.89 <= held / cases <= 0.99, held / cases


def _codes(coders: list[np.ndarray], picked: np.ndarray) -> pd.DataFrame:
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "coder": str(number),
                    "unit": picked.astype(str),
                    "labels": np.where(coded[picked], "A", "Other"),
                }
            )
            for number, coded in enumerate(coders)
        ],
        ignore_index=True,
    )
