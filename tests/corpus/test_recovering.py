"""What is planted in the demo corpus is what its aggregates show: rates, trends, the event, the words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from presslens.corpus import changes, counting, estimating, plan, vocabulary

ACTORS = [actor["name"] for actor in plan.plan()["actors"]]


@pytest.fixture(scope="module")
def sums(planted: Path) -> pd.DataFrame:
    return counting.moments(counting.parts(planted), actors=ACTORS)


def test_planted_rates_lie_in_their_95_percent_intervals_in_90_to_99_percent_of_cases(sums: pd.DataFrame) -> None:
    expected = plan.expected(by="Y").rename(columns={"value": "planted"})
    each = estimating.rates(sums[sums["measure"].isin(["tone", "frame"])], by=["of", "outlet", "period"], period="year")
    toward = estimating.rates(sums[sums["measure"] == "actor"], by=["of", "period"], period="year").assign(outlet="")
    found = pd.concat([each, toward]).merge(expected, on=["measure", "of", "outlet", "period"])
    assert len(found) == 4 * 5 * 6 + 3 * 5  # outlets, years, five frames and tone; actors
    inside = (found["low"] <= found["planted"]) & (found["planted"] <= found["high"])
    assert 0.90 <= inside.mean() <= 0.99
    assert np.corrcoef(found["rate"], found["planted"])[0, 1] > 0.98


def test_every_planted_trend_is_recovered_in_its_direction_and_none_is_seen_where_none_was_planted(
    sums: pd.DataFrame,
) -> None:
    for outlet in plan.plan()["outlets"]:
        own = sums[(sums["outlet"] == outlet["name"]) & (sums["month"] < "2018-03")]  # before the event
        rates = estimating.rates(own[own["measure"] == "frame"], by=["of", "period"], period="year").set_index(
            ["of", "period"]
        )
        for frame, start in outlet["frames"]["from"].items():
            change = outlet["frames"]["to"][frame] - start
            first, last = rates.loc[(frame, "2015")], rates.loc[(frame, "2017")]
            moved = last["rate"] - first["rate"]
            if abs(change) >= 0.2:
                assert np.sign(moved) == np.sign(change)
            if change == 0:
                assert abs(moved) < 0.03


def test_the_planted_event_is_found_in_its_month_and_no_other(sums: pd.DataFrame) -> None:
    found = changes.events(sums)
    whole = found[found["outlet"] == ""].set_index(["measure", "of"])["month"].to_dict()
    assert whole["actor", "Thomas Brennan"] == "2018-03"
    assert whole["frame", "Security and Defense"] == "2018-03"
    assert found["month"].isin(["2018-02", "2018-03", "2018-04"]).all()  # other frames give way to the one that gains
    assert not found["of"].isin(["Elena Markovic", "Northwind Foundation"]).any()  # slow trends


def test_the_words_of_outlets_and_periods_are_those_planted(planted: Path) -> None:
    words = vocabulary.counted(counting.parts(planted), most=600)
    first = vocabulary.top(vocabulary.by_outlet(words), most=1).set_index("group")["term"].to_dict()
    assert first == {outlet["name"]: outlet["people"] for outlet in plan.plan()["outlets"]}
    years = vocabulary.top(vocabulary.by_period(words), most=1).set_index("group")["term"]
    assert years.to_dict() == {
        "2015": "gazetteer",
        "2016": "gazetteer",
        "2017": "gazetteer",
        "2018": "almanac",
        "2019": "almanac",
    }
