"""Where the vocabulary turns, against the borders between stories that were joined one after another."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.article.reading import from_table
from presslens.keywords.structure import segments
from presslens.language.tokens import tokenize

COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]
INDENT = re.compile(r"\n\s*\n|\n {2,}|\n\t")
SHORTEST, LONGEST = 6, 40  # paragraphs of a story that is used
MOST = 5  # stories joined
ROUNDS = 2  # times that every story is used
SEED = 20200430
DRAWS = 2000


def measure(data: Path) -> pd.DataFrame:
    """WindowDiff (Pevzner and Hearst 2002) in paragraphs, of ours and of no border at all, and F1 of exact borders.

    Lower WindowDiff is better. The intervals are 95 % bootstrap intervals over texts.

    Args:
        data: the folder of human-coded data.

    Returns:
        One row a system and metric: `task`, `data`, `system`, `metric`, `value`, `low`, `high`, `n` (texts), `note`.
    """
    joined = [(paragraphs, borders, _found(paragraphs)) for paragraphs, borders in texts(data)]
    ours = [window_diff(borders, found, len(paragraphs)) for paragraphs, borders, found in joined]
    none = [window_diff(borders, [], len(paragraphs)) for paragraphs, borders, _ in joined]
    hits = sum(len(set(borders) & set(found)) for _, borders, found in joined)
    f1 = 2 * hits / max(1, sum(len(borders) + len(found) for _, borders, found in joined))
    whole = [len(found) for _, borders, found in joined if not borders]
    nan = float("nan")
    note = f"1 to {MOST} whole stories joined; the setting was chosen on the same stories"
    rows = [
        _row("presslens", "WindowDiff", *_interval(ours), len(joined), note),
        _row("no border at all", "WindowDiff", *_interval(none), len(joined), note),
        _row("presslens", "F1 of exact borders", f1, nan, nan, len(joined), note),
        _row("presslens", "cuts in a story that is one", *_interval(whole), len(whole), note),
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(system: str, metric: str, value: float, low: float, high: float, n: int, note: str) -> tuple[object, ...]:
    return ("topics", "DUC-2001, joined", system, metric, value, low, high, n, note)


def texts(data: Path) -> list[tuple[list[str], list[int]]]:
    """Joined stories: the paragraphs of each text, and the numbers of those (from 0) that open a further story."""
    with (data / "keywords" / "duc2001_dev.jsonl").open(encoding="utf-8") as lines:
        split = [[" ".join(part.split()) for part in INDENT.split(json.loads(line)["text"])] for line in lines]
    stories = [[part for part in parts if part] for parts in split]
    stories = [story for story in stories if SHORTEST <= len(story) <= LONGEST]
    rng = np.random.default_rng(SEED)
    result = []
    for _ in range(ROUNDS):
        left = rng.permutation(len(stories)).tolist()
        while left:
            size = int(rng.integers(1, MOST + 1))
            chosen, left = [stories[i] for i in left[:size]], left[size:]
            borders = np.cumsum([len(story) for story in chosen])[:-1].tolist()
            result.append(([part for story in chosen for part in story], borders))
    return result


def _found(paragraphs: Sequence[str]) -> list[int]:
    """The paragraphs (from 0) before which the segmenter cuts."""
    rows = [("x", text) for text in paragraphs]
    sentences = from_table(pd.DataFrame(rows, columns=["id", "text"]))
    sentences["paragraph"] = sentences["article"].astype("int64") + 1
    sentences["sentence"] = [f"s{i:05d}" for i in range(len(sentences))]
    sentences["article"] = "x"
    where = dict(zip(sentences["sentence"], sentences["paragraph"], strict=True))
    return [where[first] - 1 for first in segments(tokenize(sentences))["first"].iloc[1:]]


def window_diff(true: Sequence[int], found: Sequence[int], size: int) -> float:
    """The share of windows, half a true stretch long, in which the number of borders differs; 0..1."""
    width = max(1, round(size / (len(true) + 1) / 2))
    if size <= width:
        return 0.0
    passed = [np.searchsorted(sorted(borders), np.arange(size), side="right") for borders in (true, found)]
    true_in, found_in = (counts[width:] - counts[:-width] for counts in passed)
    return float((true_in != found_in).mean())


def _interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean and the ends of its interval."""
    numbers = np.asarray(values, dtype="float64")
    draws = np.random.default_rng(SEED).integers(0, len(numbers), (DRAWS, len(numbers)))
    low, high = np.quantile(numbers[draws].mean(axis=1), [0.025, 0.975])
    return float(numbers.mean()), float(low), float(high)
