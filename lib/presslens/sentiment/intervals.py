"""Intervals for means of sentence scores: a seeded bootstrap, for any number of units at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEVEL = 0.95
_CELLS = 4_000_000
"""Numbers held at a time while drawing."""
_NEAR = 128_000
"""Numbers that stay in a processor's own cache while they are drawn and sorted."""
_KEPT = 255
"""Sentences of a unit up to which its draws are remembered, a byte for a sentence of a draw."""


def means(values: Floats, units: Ints, *, noise: Floats, seed: int = 0, draws: int = 1000) -> pd.DataFrame:
    """Mean of each unit with its 95 % bootstrap interval.

    A draw takes as many sentences from the unit as it has, with replacement, and adds to each an error drawn from
    `noise`: a score is not a reader's rating, and an interval that forgets so is too narrow, for one sentence most of
    all. Units of one size share their draws, so a unit's interval does not depend on what else is in the table.

    Args:
        values: sentence scores.
        units: for each score the number of its unit, from 0, in ascending order.
        noise: errors of the measure on data it was not fitted to, as equally likely values; empty for none.
        seed: of the generator.
        draws: bootstrap draws.

    Returns:
        One row a unit: `mean`, `low`, `high` (clipped to -1..1, around the mean), `sentences` (int).
    """
    sizes = np.bincount(units) if len(units) else np.zeros(0, dtype=np.int64)
    mean, low, high = (np.zeros(len(sizes)) for _ in range(3))
    starts = np.cumsum(sizes) - sizes
    for size in np.unique(sizes[sizes > 0]).tolist():
        chosen = np.flatnonzero(sizes == size)
        ends = _ends(size, noise, seed, draws)
        rows = max(1, _CELLS // size) if size == 1 else max(1, _NEAR // max(draws, size))
        for first in range(0, len(chosen), rows):
            some = chosen[first : first + rows]
            scores = values[starts[some][:, None] + np.arange(size)]
            mean[some] = scores.mean(axis=1)
            low[some], high[some] = ends(scores)
    ends_of = {"mean": mean, "low": np.minimum(low, mean), "high": np.maximum(high, mean)}
    columns = {name: np.clip(one, -1, 1).round(6) for name, one in ends_of.items()}
    return pd.DataFrame({**columns, "sentences": sizes.astype(np.int64)})


def _ends(size: int, noise: Floats, seed: int, draws: int) -> Callable[[Floats], tuple[Floats, Floats]]:
    """What gives the ends of the intervals of units of that size; a row of scores a unit."""
    tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    if size == 1:
        errors = np.quantile(noise, tails) if len(noise) else np.zeros(2)
        return lambda scores: (scores[:, 0] + errors[0], scores[:, 0] + errors[1])
    if size * draws > _CELLS:
        blocks = range(-(-draws // 50))
        return lambda scores: _tails(
            np.concatenate([_draw(scores, noise, [seed, size, block], 50) for block in blocks], 1), tails
        )
    counts, added = (_kept_draws if size <= _KEPT else _draws)(size, noise.tobytes(), seed, draws)
    weights = np.ascontiguousarray((counts / float(size)).T)
    return lambda scores: _tails(_shifted(scores @ weights, added), tails)


def _shifted(drawn: Floats, added: Floats) -> Floats:
    """Each draw with its error; in place, for a copy would leave the cache."""
    drawn += added
    return drawn


def _tails(drawn: Floats, tails: tuple[float, float]) -> tuple[Floats, Floats]:
    drawn.sort(axis=1)  # quicker than to part it at two places, which numpy.quantile does
    return _quantile(drawn, tails[0]), _quantile(drawn, tails[1])


def _quantile(ordered: Floats, share: float) -> Floats:
    """The quantile of each row of ordered numbers, as `numpy.quantile` interpolates it."""
    place = share * (ordered.shape[1] - 1)
    below = int(place)
    one, other, part = ordered[:, below], ordered[:, min(below + 1, ordered.shape[1] - 1)], place - below
    step = other - one
    return np.asarray(one + step * part if part < 0.5 else other - step * (1 - part))


def _draws(size: int, noise: bytes, seed: int, draws: int) -> tuple[npt.NDArray[np.unsignedinteger[Any]], Floats]:
    """How often each draw takes each sentence, and the mean error that it adds."""
    errors = np.frombuffer(noise, dtype=np.float64)
    generator = np.random.default_rng([seed, size])
    picks = generator.integers(0, size, (draws, size))
    counts = np.bincount((picks + np.arange(draws)[:, None] * size).ravel(), minlength=draws * size)
    which = generator.integers(0, len(errors), (draws, size)) if len(errors) else np.zeros((draws, 0), dtype=np.int64)
    return counts.reshape(draws, size).astype(np.min_scalar_type(size)), _mean_errors(errors, which)


_kept_draws = lru_cache(maxsize=2 * _KEPT)(_draws)


def _draw(scores: Floats, noise: Floats, seed: list[int], draws: int) -> Floats:
    """Draws for units too large to hold all at once."""
    generator = np.random.default_rng(seed)
    size = scores.shape[1]
    picks = generator.integers(0, size, (draws, size))
    errors = generator.integers(0, len(noise), (draws, size)) if len(noise) else np.zeros((draws, 0), dtype=np.int64)
    drawn: Floats = scores[:, picks].mean(axis=2) + _mean_errors(noise, errors)
    return drawn


def _mean_errors(noise: Floats, picks: Ints) -> Floats:
    centred = noise - noise.mean() if len(noise) else noise
    return centred[picks].mean(axis=1) if picks.size else np.zeros(len(picks))
