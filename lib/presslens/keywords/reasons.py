"""Which features put a phrase among the key phrases: by name with their points, and in plain words."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

import numpy as np

from presslens.keywords.scorecard import Scorecard

MOST = 3  # features named beside each phrase
_SMALL = ("no", "one", "two", "three", "four")
_KINDS = {"A": "adjective", "N": "noun", "P": "name", "V": "participle"}  # the letters of the feature `pattern`


@cache
def _sayings() -> dict[str, tuple[str, str]]:
    """For each feature what it means where it lies above the typical candidate's, and where not; `data/reasons.csv`."""
    text = files("presslens.keywords").joinpath("data/reasons.csv").read_text(encoding="utf-8")
    lines = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["feature"]: (row["above"], row["below"]) for row in lines}


def reasons(
    card: Scorecard, points: np.ndarray, features: Mapping[str, np.ndarray], chosen: np.ndarray
) -> list[tuple[str, str]]:
    """The features that raised each chosen phrase most above the typical candidate of its article.

    Args:
        card: the scorecard.
        points: what each feature adds to each candidate of an article; a column a feature of the card.
        features: the values of these features, an entry a candidate.
        chosen: the chosen candidates.

    Returns:
        For each of them the features with their points (log-odds above the median), and the same in words, parted by `; `.
    """
    raised = points[chosen] - np.median(points, axis=0)
    order = np.argsort(-raised, axis=1, kind="stable").tolist()
    typical: dict[str, float] = {}
    found = []
    for one, row, best in zip(chosen.tolist(), raised, order, strict=True):
        kept: dict[str, str] = {}
        for k in best:
            if len(kept) == MOST or row[k] <= 0:
                break
            name = card.names[k]
            value = features[name][one]
            if name not in typical:
                numbers = name in card.lines
                typical[name] = float(np.median(features[name].astype(float))) if numbers else 0.0
            said = say(name, value, typical[name])
            kept.setdefault(said, f"{name} {row[k]:+.1f}")
        found.append((", ".join(kept.values()), "; ".join(kept)))
    return found


def say(name: str, value: float | str, typical: float) -> str:
    """A feature's value in plain words, beside the typical one."""
    if isinstance(value, str):
        return _sayings()[name][0].format(_pattern(value) if name == "pattern" else value)
    if name == "words":
        size = int(value)
        return f"{_SMALL[size]} word{'s' if size > 1 else ''} long"
    return _sayings()[name][0 if value > typical else 1]


def _pattern(letters: str) -> str:
    """The kinds of a phrase's words: `AN` is an adjective and a noun."""
    parts = []
    for letter, run in groupby(letters):
        size = len(list(run))
        word = _KINDS[letter]
        parts.append(word if size == 1 or letter == "P" else f"{_SMALL[size]} {word}s")
    if len(letters) == 1 and letters != "P":
        return f"a single {parts[0]}"
    return "a name" if parts == ["name"] else " and ".join(parts)
