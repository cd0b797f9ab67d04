"""From sums by outlet and month to rates by outlet and period, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from presslens.corpus.counting import SUMS

Period = Literal["month", "quarter", "year"]
FEWEST = 5  # articles below which there is no interval


def periods(months: pd.Series[str], *, period: Period) -> pd.Series[str]:
    """The period of each month, as a label that sorts: `2018-03`, `2018 Q1`, `2018`."""
    if period == "month":
        return months
    if period == "year":
        return months.str[:4]
    quarter = (months.str[5:7].replace("", "1").astype(int) + 2) // 3
    return (months.str[:4] + " Q" + quarter.astype(str)).where(months != "", "")


def rates(moments: pd.DataFrame, *, by: Sequence[str], period: Period = "quarter") -> pd.DataFrame:
    """The rate x / s of each cell, over its articles, with a 95 % interval.

    The interval is that of a ratio of sums over articles (Cochran 1977, Sampling Techniques, eq. 6.13; Student's t), so that
    an article's sentences count as one draw, not as many.

    Args:
        moments: as `counting.moments` gives them.
        by: what makes a cell, beside the measure: any of `codebook`, `of`, `outlet`, `period`. Months without a date are
            left out where `period` is among them.
        period: how long one is.

    Returns:
        A row a cell, in order: `measure`, the columns of `by`, `n` (articles), `x`, `s`, `rate`, `low`, `high` (NaN below five
        articles; a share of frames is kept within 0..1), `squares` (of what articles are off x - rate * s, summed).
    """
    rows = moments
    if "period" in by:
        rows = rows[rows["month"] != ""]
        rows = rows.assign(period=periods(rows["month"], period=period))
    table: pd.DataFrame = rows.groupby(["measure", *by], as_index=False)[list(SUMS)].sum()
    table = table[table["s"] > 0].reset_index(drop=True)
    n, x, s, xx, xs, ss = (table[name].to_numpy(dtype=float) for name in SUMS)
    rate = x / s
    enough = n >= FEWEST
    degrees = np.where(enough, n - 1, 1)
    squares = np.maximum(xx - 2 * rate * xs + rate**2 * ss, 0)
    spread = np.sqrt(squares * n / degrees) / s
    reach = np.where(enough, _student(degrees) * spread, np.nan)
    share = (table["measure"] == "frame").to_numpy()
    low = np.where(share, np.clip(rate - reach, 0, 1), rate - reach)
    high = np.where(share, np.clip(rate + reach, 0, 1), rate + reach)
    columns = ["measure", *by]
    return table[columns].assign(n=n.astype(np.int64), x=x, s=s, rate=rate, low=low, high=high, squares=squares)


def _student(degrees: np.ndarray) -> np.ndarray:
    from scipy.stats import t

    return np.asarray(t.ppf(0.975, degrees))


def largest(table: pd.DataFrame) -> list[str]:
    """What has the most in all, first: frames by sentences, actors by mentions."""
    column = "s" if (table["measure"] == "actor").any() else "x"
    sums = table.groupby("of")[column].sum()
    return [str(name) for name in sums.sort_values(ascending=False, kind="stable").index]
