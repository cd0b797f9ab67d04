"""What is planted in the demo corpus: rates by outlet and day, and their mean over any stretch of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from presslens.untrusted import yaml_value

EXPECTED_COLUMNS = ("measure", "of", "outlet", "period", "value")


def data(name: str) -> Any:
    """A YAML file of the folder `data`."""
    return yaml_value((files("presslens.corpus") / "data" / name).read_text("utf-8"))


@dataclass(frozen=True)
class Rates:
    """The rates of one outlet on one day: `frames` sum to 1; `actors` hold favourable and unfavourable, 0..1."""

    frames: Mapping[str, float]
    positive: float
    actors: Mapping[str, tuple[float, float]]


@cache
def plan() -> dict[str, Any]:
    """`demo_plan.yaml`."""
    content: dict[str, Any] = data("demo_plan.yaml")
    return content


def days() -> int:
    """How many days the demo corpus spans."""
    return int((plan()["last_day"] - plan()["first_day"]).days) + 1


def event() -> int:
    """The number of the day of the event, from 0."""
    return int((plan()["event"]["day"] - plan()["first_day"]).days)


@cache
def rates(outlet: int, day: int) -> Rates:
    """What is planted for an outlet (its place in the plan) on a day (from 0)."""
    chosen, along = plan()["outlets"][outlet], day / (days() - 1)
    start, end = chosen["frames"]["from"], chosen["frames"]["to"]
    frames = {name: start[name] + along * (end[name] - start[name]) for name in start}
    turned = day >= event()
    if turned:
        gain = plan()["event"]["gain"]
        frames = {name: (1 - gain) * rate for name, rate in frames.items()}
        frames[plan()["event"]["frame"]] += gain
    actors = {}
    for actor in plan()["actors"]:
        after = actor.get("after_event", {}) if turned else {}
        favourable, unfavourable = (
            after.get(side, _between(actor[side], along)) for side in ("favourable", "unfavourable")
        )
        actors[actor["name"]] = (favourable, unfavourable)
    return Rates(frames, _between(chosen["positive"], along), actors)


def _between(ends: Mapping[str, float], along: float) -> float:
    return ends["from"] + along * (ends["to"] - ends["from"])


def volume() -> pd.Series[float]:
    """The chance that an article is of each day, by number; sums to 1."""
    burst = plan()["burst"]
    chances = np.full(days(), (1 - burst["share"]) / days())
    first, last = ((burst[end] - plan()["first_day"]).days for end in ("first_day", "last_day"))
    chances[first : last + 1] += burst["share"] / (last + 1 - first)
    return pd.Series(chances)


def expected(*, by: str = "Y") -> pd.DataFrame:
    """What an analysis without error would find on average, by outlet and period.

    Args:
        by: a period of pandas: `Y`, `Q`, `M`.

    Returns:
        A row a measure, thing, outlet and period: `measure` (`articles`: share of all articles of the corpus; `frame`:
        share of the sentences of the body with that frame; `tone`: share of them that are positive less that of negative
        ones; `actor`: share of mentions that are favourable less that of unfavourable ones), `of` (the frame or the
        actor), `outlet`, `period` (as pandas prints it), `value`. For `actor` the outlet is empty: they do not differ.
    """
    shares, weights = plan()["shares"], volume()
    first = pd.Timestamp(plan()["first_day"])
    periods = pd.Series(pd.date_range(first, periods=days()).to_period(by).astype(str))
    rows: list[tuple[str, str, str, str, float]] = []
    by_actor = {actor["name"]: np.zeros(days()) for actor in plan()["actors"]}
    for number, outlet in enumerate(plan()["outlets"]):
        each = [rates(number, day) for day in range(days())]
        toward = {
            name: np.array([rate.actors[name][0] - rate.actors[name][1] for rate in each], dtype=float)
            for name in by_actor
        }
        by_actor = toward
        drift = sum(actor["share"] * toward[actor["name"]] for actor in plan()["actors"])
        tone = shares["tone"] * (2 * np.array([rate.positive for rate in each]) - 1) + shares["actors"] * drift
        series = {("tone", ""): tone}
        for frame in each[0].frames:
            series["frame", frame] = shares["frames"] * np.array([rate.frames[frame] for rate in each])
        for period, days_of in periods.groupby(periods, sort=False).groups.items():
            weight = weights[days_of]
            rows.append(("articles", "", outlet["name"], str(period), float(weight.sum() * outlet["share"])))
            rows += [
                (measure, of, outlet["name"], str(period), float(np.average(values[days_of], weights=weight)))
                for (measure, of), values in series.items()
            ]
    for name, values in by_actor.items():
        rows += [
            ("actor", name, "", str(period), float(np.average(values[days_of], weights=weights[days_of])))
            for period, days_of in periods.groupby(periods, sort=False).groups.items()
        ]
    return pd.DataFrame(rows, columns=list(EXPECTED_COLUMNS))


def day_of(number: int) -> dt.date:
    """The date of a day by its number."""
    first: dt.date = plan()["first_day"]
    return first + dt.timedelta(days=number)
