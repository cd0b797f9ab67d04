"""Scorecards: what each feature of a candidate adds to its chance of being a key phrase."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from presslens.keywords.features import CLASSES


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The weights of one profile.

    `lines` has for each number the values and the points there, a line between them; `classes` has the points of
    each class of a feature that is no number.
    """

    base: float
    lines: dict[str, tuple[np.ndarray, np.ndarray]]
    classes: dict[str, dict[str, float]]

    @property
    def names(self) -> list[str]:
        """The features, in the order of the columns of `points`."""
        return [*self.lines, *self.classes]

    def points(self, features: Mapping[str, np.ndarray]) -> np.ndarray:
        """What each feature adds to each candidate's score, in log-odds: one row a candidate, one column a feature."""
        columns = [np.interp(features[name], at, points) for name, (at, points) in self.lines.items()]
        for name, points in self.classes.items():
            kind, kinds = pd.factorize(features[name])
            columns.append(np.array([points.get(one, 0.0) for one in kinds], dtype=np.float64)[kind])
        return np.column_stack(columns)

    def odds(self, points: np.ndarray) -> np.ndarray:
        """The log-odds of each candidate, from its points."""
        return np.asarray(self.base + points.sum(axis=1))


@cache
def scorecard(profile: str, *, headed: bool = False) -> Scorecard:
    """The scorecard of a profile, from `data/weights_<profile>.csv` (columns `feature`, `at`, `points`).

    Articles under a headline have one of their own, `data/weights_<profile>_headed.csv`, which asks what stands in title
    and dek, but not how early: the stories that taught the weights sum themselves up in their first sentence, where
    such an article need not.
    """
    name = f"weights_{profile}_headed.csv" if headed else f"weights_{profile}.csv"
    text = files("presslens.keywords").joinpath(f"data/{name}").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    classes: dict[str, dict[str, float]] = {name: {} for name in CLASSES}
    base = 0.0
    for row in rows:
        name, points = row["feature"], float(row["points"])
        if name == "base":
            base = points
        elif name in classes:
            classes[name][row["at"]] = points
        else:
            lines[name].append((float(row["at"]), points))
    arrays = {name: (np.array([a for a, _ in line]), np.array([p for _, p in line])) for name, line in lines.items()}
    return Scorecard(base, arrays, classes)
