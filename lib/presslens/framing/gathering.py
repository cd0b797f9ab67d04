"""The frames of many articles at once, as arrays: what `coding` and `aggregating` say, without a row a sentence and frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.framing.aggregating import SECONDARY
from presslens.framing.coding import Floats, evidenced
from presslens.framing.schema import Codebook
from presslens.sentiment import intervals

COLUMNS = {
    "article": "str",
    "codebook": "str",
    "frame": "str",
    "share": "float64",
    "low": "float64",
    "high": "float64",
    "sentences": "int64",
    "of": "int64",
    "rank": "int64",
    "role": "str",
}
DIGITS = 9


class Gathered(NamedTuple):
    """`frames` as `gather` says, and `evidence` as `coding.evidence` gives it."""

    frames: pd.DataFrame
    evidence: pd.DataFrame


def gather(
    sentences: pd.DataFrame, tokens: pd.DataFrame, codebooks: Sequence[Codebook], *, draws: int = 1000, seed: int = 0
) -> Gathered:
    """The frames of each article by some codebooks.

    Shares, ranks and roles are those of `aggregating.articles`. The interval is a bootstrap over the article's sentences
    too, but articles of as many sentences share their draws, which makes it a hundred times as fast and no less valid
    for each of them; it does not depend on what else is in the table.

    Args:
        sentences: as for `coding.code`, the sentences of an article together.
        tokens: their tokens.
        codebooks: to be coded in one pass.
        draws: of the bootstrap.
        seed: of the bootstrap.

    Returns:
        The frames: a row an article, codebook and frame, in that order: `article`, `codebook`, `frame`, `share` (0..1, sums
        to 1), `low`, `high` (95 %), `sentences` (coded with it), `of` (sentences in all), `rank` (1 is first), `role`
        (`dominant`, `secondary` or empty). And the evidence, with `row`, the number of its sentence.
    """
    scored, evidence = evidenced(sentences, tokens, tuple(codebooks))
    codes, names = pd.factorize(sentences["article"].to_numpy(dtype=object))
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    parts = [
        _frames(book, np.asarray(names, dtype=object), first, len(codes), *one, draws=draws, seed=seed)
        for book, one in zip(codebooks, scored, strict=True)
    ]
    if not parts:
        return Gathered(pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS), evidence)
    table = pd.concat(parts, ignore_index=True)
    order = np.argsort(
        np.concatenate([np.repeat(np.arange(len(names)), len(b.labels)) for b in codebooks]), kind="stable"
    )
    return Gathered(table.take(order).reset_index(drop=True), evidence)


def _frames(
    book: Codebook,
    names: npt.NDArray[np.object_],
    first: npt.NDArray[np.int64],
    size: int,
    score: Floats,
    coded: npt.NDArray[np.bool_],
    *,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    of = np.diff(np.append(first, size))
    weight = np.where(coded, (-np.log2((1 - score).clip(min=1e-12))).clip(min=1e-12), 0.0)
    total = weight.sum(axis=1, keepdims=True)
    mass = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    share = np.add.reduceat(mass, first) / of[:, None] if len(first) else np.zeros((0, mass.shape[1]))
    best = np.maximum.reduceat(score, first) if len(first) else share
    count = np.add.reduceat(coded.astype(np.int64), first) if len(first) else share.astype(np.int64)
    residual = np.arange(share.shape[1]) == share.shape[1] - 1
    last = residual[None, :] | (share <= 0)
    keys = (-best.round(DIGITS), -share.round(DIGITS), last)
    order = np.lexsort(keys, axis=1)  # stable: equal ones stay in the codebook's order
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(1, share.shape[1] + 1), order.shape), axis=1)
    found = (share > 0) & ~residual
    top = np.take_along_axis(share, order[:, :1], axis=1)
    role = np.where(found & (rank == 1), "dominant", np.where(found & (share >= SECONDARY * top), "secondary", ""))
    low, high = _bounds(mass, share, first, of, draws=draws, seed=seed)
    labels, width = np.array(book.labels, dtype=object), share.shape[1]
    return pd.DataFrame(
        {
            "article": np.repeat(names, width),
            "codebook": book.name,
            "frame": np.tile(labels, len(names)),
            "share": share.ravel().round(6),
            "low": low.ravel(),
            "high": high.ravel(),
            "sentences": count.ravel(),
            "of": np.repeat(of, width),
            "rank": rank.ravel(),
            "role": role.astype(object).ravel(),
        }
    )


def _bounds(
    mass: Floats, share: Floats, first: npt.NDArray[np.int64], of: npt.NDArray[np.int64], *, draws: int, seed: int
) -> tuple[Floats, Floats]:
    """The interval of each share; a frame that no sentence has is 0 in every draw."""
    low, high = np.zeros_like(share), np.zeros_like(share)
    rows, columns = np.nonzero(share > 0)
    sizes = of[rows]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    values = mass[np.repeat(first[rows], sizes) + within, np.repeat(columns, sizes)]
    found = intervals.means(values, np.repeat(np.arange(len(rows)), sizes), noise=np.zeros(0), seed=seed, draws=draws)
    low[rows, columns], high[rows, columns] = found["low"].to_numpy(), found["high"].to_numpy()
    return low, high
