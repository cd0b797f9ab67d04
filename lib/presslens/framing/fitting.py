"""Regression, calibration and thresholds for the trained coder."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
STRENGTH = 10.0  # inverse of the regularisation (C)
SHRINK = 3.0  # units' worth of pull of a frame's threshold toward the common one


def f1(truth: Bools, coded: Bools) -> Floats:
    """F1 of each frame (columns)."""
    both = 2 * (truth & coded).sum(axis=0)
    return np.asarray(both / np.maximum(truth.sum(axis=0) + coded.sum(axis=0), 1))


def regress(matrix: sparse.csr_matrix, truth: Bools) -> tuple[Floats, Floats]:
    """Weights and bias of each frame, frames weighted alike."""
    from sklearn.linear_model import LogisticRegression

    rows, label = np.nonzero(truth)
    share = 1 / truth.sum(axis=1).clip(min=1)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500)
    present = np.unique(label)
    weights, bias = np.zeros((truth.shape[1], matrix.shape[1])), np.full(truth.shape[1], -10.0)
    if len(present) < 2:
        bias[present] = 10.0
        return weights, bias
    model.fit(matrix[rows], label, sample_weight=share[rows])
    if len(present) == 2:
        weights[present], bias[present] = (
            np.vstack([-model.coef_, model.coef_]) / 2,
            np.array([-1, 1]) * model.intercept_ / 2,
        )
    else:
        weights[present], bias[present] = model.coef_, model.intercept_
    return weights, bias


def odds(scores: Floats) -> Floats:
    """Log-odds of each frame against all others."""
    high = scores.max(axis=1, keepdims=True)
    power = np.exp(scores - high)
    rest = power.sum(axis=1, keepdims=True) - power
    return np.asarray(scores - high - np.log(np.maximum(rest, 1e-12)))


def calibrated(odds: Floats, slope: Floats, shift: Floats) -> Floats:
    """Probabilities from log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds * slope + shift, -30, 30))))


def platt(odds: Floats, truth: Bools) -> tuple[Floats, Floats]:
    """Slope and shift of each frame; regularised, so that a rare frame keeps near the common line."""
    from sklearn.linear_model import LogisticRegression

    common = LogisticRegression(C=1.0).fit(odds.reshape(-1, 1), truth.reshape(-1))
    base, start = float(common.coef_[0, 0]), float(common.intercept_[0])
    slope, shift = np.full(truth.shape[1], base), np.full(truth.shape[1], start)
    for frame in range(truth.shape[1]):
        if 1 < truth[:, frame].sum() < len(truth) - 1:
            own = LogisticRegression(C=1.0).fit(odds[:, [frame]], truth[:, frame])
            share = truth[:, frame].sum() / (truth[:, frame].sum() + 10)
            slope[frame] = share * float(own.coef_[0, 0]) + (1 - share) * base
            shift[frame] = share * float(own.intercept_[0]) + (1 - share) * start
    return slope, shift


def thresholds(truth: Bools, chance: Floats) -> Floats:
    """The probability with the best F1 for each frame, pulled toward the one best for all where units are few."""
    grid = np.arange(0.1, 0.71, 0.02)
    table = np.array([f1(truth, chance >= one) for one in grid])
    common = grid[table.mean(axis=1).argmax()]
    units = truth.sum(axis=0)
    return np.asarray((grid[table.argmax(axis=0)] * units + common * SHRINK * 10) / (units + SHRINK * 10))
