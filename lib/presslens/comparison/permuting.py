"""Is the difference of two means larger than chance? A seeded permutation test, corrected for how many are asked."""

import hashlib
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.errors import BadInput

Floats = npt.NDArray[np.float64]

COLUMNS = {
    "article": "str",
    "other": "str",
    "difference": "float64",
    "low": "float64",
    "high": "float64",
    "n": "int64",
    "m": "int64",
    "p": "float64",
}
LEVEL = 0.05
FEWEST = 2  # values that either side needs
ROOM = 4_000_000  # numbers held at a time
CLOSE = 1e-12  # so that rounding never makes a tie a difference


def differences(values: pd.DataFrame, *, by: str = "", draws: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """The difference of means of each pair of articles, and the chance of one so large were the two alike.

    The test is Fisher's and Pitman's: the values of both articles are dealt out anew, to as many on either side, and the
    share of deals with a difference at least as large, either way, is `p` (with one added above and below: Phipson and Smyth
    2010, SAGMB 9:1). Where all deals are no more than `draws`, each is tried once and `p` is exact. The interval is the 95 %
    percentile bootstrap within each article. Values that follow one another in an article are not independent, as the test
    supposes; so `p` is rather too small.

    Args:
        values: `article` and `value` (float), one row a sentence or mention; with `by` also that column.
        by: a column whose values are compared one by one (as `actor`), or empty.
        draws: deals to try.
        seed: of the deals; a pair's are the same whatever else is in the table.

    Returns:
        One row a pair (in the order of the articles), for each value of `by` that both have: that column, `article`,
        `other`, `difference` (mean of the first less that of the second), `low`, `high`, `n`, `m` (values of each), `p`. No
        row where one of the two has a single value.

    Raises:
        BadInput: fewer than 100 draws.
    """
    if draws < 100:
        raise BadInput(f"a permutation test needs 100 draws or more, not {draws}")
    names = list(dict.fromkeys(values["article"]))
    parts = [("", values)] if not by else [(str(key), part) for key, part in values.groupby(by, sort=False)]
    found = []
    for key, part in parts:
        held = {name: group.to_numpy(dtype=np.float64) for name, group in part.groupby("article", sort=False)["value"]}
        for one, other in combinations([name for name in names if name in held], 2):
            if min(len(held[one]), len(held[other])) >= FEWEST:
                generator = _generator(seed, key, str(one), str(other))
                found.append((key, one, other, *_compare(held[one], held[other], draws, generator)))
    table = pd.DataFrame(found, columns=["by", *COLUMNS]).astype(COLUMNS)
    return table.drop(columns="by") if not by else table.rename(columns={"by": by}).astype({by: "str"})


def corrected(table: pd.DataFrame) -> pd.DataFrame:
    """The table with `p_corrected` (Holm 1979, Scandinavian Journal of Statistics 6:2, over its rows) and `clear` (bool).

    The chance that even one of the rows called clear is so by luck is 5 % at most.
    """
    p = table["p"].to_numpy(dtype=np.float64)
    order = np.argsort(p, kind="stable")
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))), 1.0)
    return table.assign(p_corrected=adjusted, clear=adjusted < LEVEL)


def _generator(seed: int, *words: str) -> np.random.Generator:
    digest = hashlib.sha256("\t".join([str(seed), *words]).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def _compare(
    one: Floats, other: Floats, draws: int, generator: np.random.Generator
) -> tuple[float, float, float, int, int, float]:
    n, m = len(one), len(other)
    observed = float(one.mean() - other.mean())
    pooled = np.concatenate([one, other])
    pooled = pooled - pooled.mean()
    # with the pooled mean at zero the difference is the sum on the first side times this
    size = abs(observed) - CLOSE
    scale = 1 / n + 1 / m
    if comb(n + m, n) <= draws:
        sums = np.array([pooled[list(picked)].sum() for picked in combinations(range(n + m), n)])
        p = float((np.abs(sums * scale) >= size).mean())
    else:
        beyond, left = 0, draws
        rows = max(1, ROOM // (n + m))
        while left:
            some = min(rows, left)
            dealt = generator.permuted(np.broadcast_to(pooled, (some, n + m)), axis=1)[:, :n]
            beyond += int((np.abs(dealt.sum(axis=1) * scale) >= size).sum())
            left -= some
        p = (beyond + 1) / (draws + 1)
    times = min(draws, 2000)
    drawn = _resampled(one, times, generator) - _resampled(other, times, generator)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return observed, min(float(low), observed), max(float(high), observed), n, m, p


def _resampled(values: Floats, times: int, generator: np.random.Generator) -> Floats:
    weights = generator.multinomial(len(values), np.full(len(values), 1 / len(values)), size=times)
    return np.asarray(weights @ values / len(values), dtype=np.float64)
