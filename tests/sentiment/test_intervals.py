"""Intervals of means."""

import numpy as np
import pandas as pd
import pytest

from presslens.sentiment import intervals

NONE = np.zeros(0)


def units(*sizes: int) -> np.ndarray:
    return np.repeat(np.arange(len(sizes)), sizes)


def test_one_sentence_is_as_uncertain_as_the_measure() -> None:
    noise = np.linspace(-0.2, 0.2, 401)
    found = intervals.means(np.array([0.1]), units(1), noise=noise)
    assert found.loc[0, ["low", "high"]].tolist() == pytest.approx([-0.09, 0.29])  # 2.5 % and 97.5 % of the errors


def test_equal_scores_without_errors_leave_no_doubt() -> None:
    found = intervals.means(np.full(8, 0.3), units(8), noise=NONE)
    assert found.loc[0, ["mean", "low", "high"]].tolist() == pytest.approx([0.3, 0.3, 0.3])


def test_the_interval_is_the_one_of_a_mean_of_independent_draws() -> None:
    generator = np.random.default_rng(3)
    scores = generator.normal(0, 0.2, 400)
    found = intervals.means(scores, units(400), noise=NONE, draws=4000)
    half = 1.96 * scores.std() / 20  # the standard error of a mean of 400
    assert found.loc[0, "high"] - found.loc[0, "mean"] == pytest.approx(half, rel=0.06)
    assert found.loc[0, "mean"] - found.loc[0, "low"] == pytest.approx(half, rel=0.06)


def test_errors_of_the_measure_widen_the_interval_as_variances_add() -> None:
    generator = np.random.default_rng(4)
    scores, noise = generator.normal(0, 0.1, 100), generator.normal(0, 0.2, 4000)
    found = intervals.means(scores, units(100), noise=noise, draws=4000)
    half = 1.96 * np.hypot(scores.std(), noise.std()) / 10
    assert (found.loc[0, "high"] - found.loc[0, "low"]) / 2 == pytest.approx(half, rel=0.06)


def test_a_unit_has_the_same_interval_alone_and_among_others() -> None:
    scores = np.random.default_rng(5).normal(0, 0.3, 14)
    noise = np.linspace(-0.2, 0.2, 41)
    among = intervals.means(scores, units(5, 1, 5, 3), noise=noise, seed=9)
    alone = intervals.means(scores[6:11], units(5), noise=noise, seed=9)
    pd.testing.assert_frame_equal(among.iloc[[2]].reset_index(drop=True), alone)


def test_another_seed_gives_another_interval_and_the_same_seed_the_same() -> None:
    scores = np.random.default_rng(6).normal(0, 0.3, 10)
    first, again, other = (intervals.means(scores, units(10), noise=NONE, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert first.loc[0, "low"] != other.loc[0, "low"]


def test_units_too_large_to_hold_at_once_are_drawn_in_blocks() -> None:
    scores = np.random.default_rng(7).normal(0, 0.2, 9000)
    found = intervals.means(scores, units(9000), noise=np.linspace(-0.1, 0.1, 5), draws=500)
    assert found.loc[0, "low"] < found.loc[0, "mean"] < found.loc[0, "high"]
    assert found.loc[0, "high"] - found.loc[0, "low"] < 0.02


def test_no_scores_give_no_rows() -> None:
    found = intervals.means(NONE, units(), noise=NONE)
    assert found.empty
    assert list(found.columns) == ["mean", "low", "high", "sentences"]
