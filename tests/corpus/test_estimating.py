from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from presslens.corpus import estimating


def sums(
    x: list[float], s: list[float], *, measure: str = "tone", month: str = "2018-05", outlet: str = "Post"
) -> pd.DataFrame:
    first, second = np.array(x, dtype=float), np.array(s, dtype=float)
    row = {"measure": measure, "codebook": "", "of": "", "outlet": outlet, "month": month, "n": len(x)}
    row |= {"x": first.sum(), "s": second.sum(), "xx": (first**2).sum(), "xs": (first * second).sum()}
    row |= {"ss": (second**2).sum()}
    return pd.DataFrame([row])


def test_with_articles_of_one_length_the_interval_is_that_of_a_mean() -> None:
    x = [1, 0, 2, 1, 4, 2, 0, 1]
    (found,) = estimating.rates(sums(x, [10] * 8), by=["outlet"]).to_dict("records")
    error = np.std(np.array(x) / 10, ddof=1) / np.sqrt(8)
    assert found["rate"] == pytest.approx(11 / 80)
    assert (found["low"], found["high"]) == pytest.approx((11 / 80 - 2.364624 * error, 11 / 80 + 2.364624 * error))


def test_intervals_hold_the_truth_in_95_of_100_cases() -> None:
    random = np.random.default_rng(5)
    cases = []
    for case in range(1500):
        s = random.integers(10, 60, 40)
        x = random.binomial(s, random.beta(2, 8, 40))
        cases.append(sums(x.tolist(), s.tolist(), measure="frame", outlet=str(case)))
    found = estimating.rates(pd.concat(cases), by=["outlet"])
    inside = (found["low"] <= 0.2) & (found["high"] >= 0.2)
    assert 0.93 < inside.mean() < 0.97


def test_too_few_articles_have_no_interval_and_shares_stay_within_0_and_1() -> None:
    assert np.isnan(estimating.rates(sums([1, 2], [4, 4]), by=["outlet"])["low"].iloc[0])
    shares = estimating.rates(sums([0, 0, 0, 0, 1], [9] * 5, measure="frame"), by=["outlet"])
    assert shares["low"].iloc[0] == 0


def test_periods_are_labels_that_sort_and_months_without_a_date_are_left_out() -> None:
    months = pd.Series(["2018-01", "2018-03", "2018-04", "2018-12", ""])
    assert estimating.periods(months, period="quarter").tolist() == ["2018 Q1", "2018 Q1", "2018 Q2", "2018 Q4", ""]
    assert estimating.periods(months, period="year").tolist() == ["2018", "2018", "2018", "2018", ""]
    table = pd.concat([sums([1, 2], [4, 4]), sums([1], [1], month="")])
    assert estimating.rates(table, by=["period"], period="month")["period"].tolist() == ["2018-05"]
