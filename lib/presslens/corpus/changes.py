"""Events: months from which a series runs at another level than the line that it was on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from presslens.corpus.estimating import rates

COLUMNS = {
    "measure": "str", "codebook": "str", "of": "str", "outlet": "str", "month": "str", "before": "float64", "after": "float64",
    "change": "float64", "low": "float64", "high": "float64", "n": "int64",
}  # fmt: skip
LEAST = 6  # months on either side
SMALLEST = 5  # articles a month, as a median; with fewer a series is too rough
PENALTY = 5.0  # for one change, times the logarithm of the number of months
SURE = 4.0  # standard errors


def events(moments: pd.DataFrame, *, measures: tuple[str, ...] = ("tone", "frame", "actor")) -> pd.DataFrame:
    """Where a monthly series breaks off from its line.

    Each series (a frame, an actor or the tone, of one outlet or of all: `outlet` is "" then) is cut into straight lines by
    penalised least squares (PELT: Killick, Fearnhead and Eckley 2012, JASA; `ruptures`: Truong, Oudre and Vayatis 2020). A
    month weighs by its size and the spread between articles. A slow trend is one line, and no event. A cut counts where
    the lines on its two sides miss each other there by more than four standard errors.

    Returns:
        A row an event: `measure`, `codebook`, `of`, `outlet`, `month` (the first on the new line), `before`, `after` (what
        the two lines say of it), `change`, `low`, `high` (95 % interval of the change), `n` (articles behind the series);
        the surest first.
    """
    chosen = moments[moments["measure"].isin(measures)]
    keys = ["codebook", "of", "outlet"]
    each = rates(chosen, by=[*keys, "period"], period="month")
    whole = rates(chosen, by=["codebook", "of", "period"], period="month").assign(outlet="")
    series = pd.concat([whole, each], ignore_index=True)
    rows: list[tuple[object, ...]] = []
    for key, one in series.groupby(["measure", *keys], sort=True):
        one = one[one["s"] > 0].sort_values("period")
        if len(one) >= 2 * LEAST + 2 and one["n"].median() >= SMALLEST:
            rows += [(*key, *event) for event in _breaks(one)]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    size = table["change"].abs() / (table["high"] - table["low"]).clip(lower=1e-12)
    order = np.argsort(-size.to_numpy(), kind="stable")
    return table.iloc[order].reset_index(drop=True)


def _breaks(one: pd.DataFrame) -> list[tuple[object, ...]]:
    import ruptures

    first = pd.PeriodIndex(one["period"], freq="M")
    time = np.array([month.ordinal - first[0].ordinal for month in first], dtype=float)
    error = np.sqrt(one["squares"].sum() / one["s"].sum() / one["s"].to_numpy(dtype=float))
    error = np.maximum(error, 1e-9)
    design = np.stack([np.ones(len(time)), time / max(time.max(), 1.0)], axis=1)
    signal = np.column_stack([one["rate"].to_numpy(), design]) / error[:, None]
    search = ruptures.Pelt(model="linear", min_size=LEAST, jump=1).fit(signal)
    ends = search.predict(pen=PENALTY * np.log(len(one)))
    found: list[tuple[object, ...]] = []
    bounds = [0, *ends]
    for start, cut, end in zip(bounds[:-2], bounds[1:-1], bounds[2:], strict=True):
        (before, before_error), (after, after_error) = (
            _line_at(signal[a:b], design[cut]) for a, b in ((start, cut), (cut, end))
        )
        error_of_both = float(np.hypot(before_error, after_error))
        change = after - before
        if abs(change) > SURE * error_of_both:
            reach = 1.96 * error_of_both
            found.append(
                (one["period"].iloc[cut], before, after, change, change - reach, change + reach, int(one["n"].sum()))
            )
    return found


def _line_at(signal: np.ndarray, place: np.ndarray) -> tuple[float, float]:
    """The weighted line through a stretch at a place, and its standard error there."""
    response, design = signal[:, 0], signal[:, 1:]
    inverse = np.linalg.pinv(design.T @ design)
    line = inverse @ design.T @ response
    return float(place @ line), float(np.sqrt(place @ inverse @ place))


def of_all(events: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The events of one measure in all outlets together."""
    return events[(events["measure"] == measure) & (events["outlet"] == "")].reset_index(drop=True)


def distinct(events: pd.DataFrame, *, most: int) -> pd.DataFrame:
    """The surest event of each frame or actor, and of tone, the surest first."""
    return events.drop_duplicates(["measure", "of"]).head(most).reset_index(drop=True)


def without_residual(moments: pd.DataFrame, *, residual: str = "Other") -> pd.DataFrame:
    """The sums without those of the frame that stands for none."""
    return moments[moments["of"] != residual].reset_index(drop=True)
