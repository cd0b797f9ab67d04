"""The permutation test against values known by hand, and against scipy's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from presslens.comparison.permuting import corrected, differences
from presslens.errors import BadInput


def table(**values: list[float]) -> pd.DataFrame:
    return pd.DataFrame([(name, v) for name, some in values.items() for v in some], columns=["article", "value"])


def exact_p(a: list[float], b: list[float]) -> float:
    """By scipy: the share of all deals with a difference at least as large, either way."""
    found = stats.permutation_test(
        (a, b), lambda x, y: abs(np.mean(x) - np.mean(y)), n_resamples=np.inf, alternative="greater"
    )
    return float(found.pvalue)


def test_of_twenty_deals_two_are_as_far_apart() -> None:
    found = differences(table(a=[1, 2, 3], b=[10, 11, 12])).iloc[0]
    assert found["difference"] == -9
    assert found["p"] == pytest.approx(2 / 20)
    assert (found["n"], found["m"]) == (3, 3)
    assert found["low"] <= -9 <= found["high"]


def test_where_all_values_are_alike_every_deal_is_as_far_apart() -> None:
    assert differences(table(a=[0.5] * 4, b=[0.5] * 5))["p"].tolist() == [1.0]


def test_all_deals_are_tried_where_they_are_few_as_scipy_does() -> None:
    a, b = [0.1, 0.7, 0.3, 0.2, 0.9], [0.4, 0.5, 1.2, 1.1, 0.8, 0.95]
    exact = exact_p(a, b)
    assert differences(table(a=a, b=b))["p"].iloc[0] == pytest.approx(exact)


def test_drawn_deals_come_near_to_all_deals() -> None:
    generator = np.random.default_rng(3)
    a, b = generator.normal(0, 1, 9).tolist(), generator.normal(0.8, 1, 9).tolist()
    exact = exact_p(a, b)
    assert differences(table(a=a, b=b), draws=20_000)["p"].iloc[0] == pytest.approx(exact, abs=0.012)


def test_a_pair_has_its_deals_whatever_else_is_in_the_table() -> None:
    generator = np.random.default_rng(5)
    some = {name: generator.normal(0, 1, 30).tolist() for name in "abc"}
    both = differences(table(a=some["a"], b=some["b"]), draws=500, seed=7)
    every = differences(table(**some), draws=500, seed=7)
    pd.testing.assert_frame_equal(both, every.iloc[[0]])
    assert [*zip(every["article"], every["other"], strict=True)] == [("a", "b"), ("a", "c"), ("b", "c")]


def test_chance_alone_is_seldom_called_a_difference() -> None:
    generator = np.random.default_rng(11)
    values = [table(a=generator.normal(0, 1, 25).tolist(), b=generator.normal(0, 1, 25).tolist()) for _ in range(300)]
    alarms = sum(differences(one, draws=400)["p"].iloc[0] < 0.05 for one in values)
    assert 3 <= alarms <= 27  # 15 expected; these are four standard deviations either way


def test_one_value_is_compared_with_nothing() -> None:
    found = differences(table(a=[1.0], b=[2.0, 3.0]))
    assert found.empty
    assert list(found.columns) == ["article", "other", "difference", "low", "high", "n", "m", "p"]


def test_each_value_of_a_column_is_compared_by_itself() -> None:
    values = pd.DataFrame(
        {"article": list("aabbaabb"), "actor": ["x"] * 4 + ["y"] * 4, "value": [0, 0, 1, 1, 5, 5, 5, 5.0]}
    )
    found = differences(values, by="actor")
    assert found[["actor", "difference"]].to_numpy().tolist() == [["x", -1.0], ["y", 0.0]]


def test_holms_correction_is_the_textbooks() -> None:
    found = corrected(pd.DataFrame({"p": [0.01, 0.04, 0.03, 0.005]}))
    assert found["p_corrected"].tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert found["clear"].tolist() == [True, False, False, True]


def test_too_few_deals_are_refused() -> None:
    with pytest.raises(BadInput, match="100 draws or more, not 5"):
        differences(table(a=[1, 2], b=[1, 2]), draws=5)
