"""Key phrases against what people listed, beside simple extractors that run from our dependencies."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.keywords.candidates import word_list
from presslens.keywords.training import FOLDS, SETS, Story, cross_validate, stories
from presslens.language.stems import stem, stem_phrase
from presslens.language.tokens import TOKEN

COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]
TOP = 10
DRAWS = 2000
SEED = 20200430
NAMES = {"phrases": "DUC-2001", "terms": "500N-KPCrowd"}


def measure(data: Path) -> pd.DataFrame:
    """F1 and precision of the first ten phrases, exact match after Porter stemming, a mean over stories.

    Ours is cross-validated by story. The intervals are 95 % bootstrap intervals over stories.

    Args:
        data: the folder of human-coded data.

    Returns:
        One row a set, system and metric: `task`, `data`, `system`, `metric`, `value`, `low`, `high`, `n` (stories), `note`.
    """
    rows: list[tuple[object, ...]] = []
    for profile, name in SETS.items():
        path = data / "keywords" / name
        found = stories(path, profile)
        ours = cross_validate(found, profile=profile)
        rows += _rows(profile, "presslens", ours, f"profile {profile}, {FOLDS}-fold cross-validated by story")
        with path.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        for system, extract in _peers(texts).items():
            scored = _scored(found, texts, extract)
            rows += _rows(profile, system, scored, "untrained")
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(profile: str, system: str, scored: pd.DataFrame, note: str) -> list[tuple[object, ...]]:
    """A row for each metric, with its bootstrap interval."""
    rows: list[tuple[object, ...]] = []
    for metric, column in ((f"F1@{TOP}", "f1"), (f"precision@{TOP}", "precision")):
        values = scored[column].to_numpy()
        rng = np.random.default_rng(SEED)
        means = values[rng.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
        low, high = np.quantile(means, [0.025, 0.975])
        row = (
            "keywords",
            NAMES[profile],
            system,
            metric,
            float(values.mean()),
            float(low),
            float(high),
            len(values),
            note,
        )
        rows.append(row)
    return rows


def _scored(found: Sequence[Story], texts: Sequence[str], extract: Callable[[str], list[str]]) -> pd.DataFrame:
    """Agreement of another extractor with what people listed."""
    rows = []
    for story, text in zip(found, texts, strict=True):
        best = list(dict.fromkeys(stem_phrase(phrase.lower()) for phrase in extract(text)))[:TOP]
        hits = len(set(best) & story.gold)
        rows.append((2 * hits / (len(best) + len(story.gold)) if best else 0.0, hits / TOP))
    return pd.DataFrame(rows, columns=["f1", "precision"])


def _peers(texts: Sequence[str]) -> dict[str, Callable[[str], list[str]]]:
    """Extractors to compare with, in their usual form."""
    stories_with: Counter[str] = Counter()
    for text in texts:
        stories_with.update({stem(word) for word in _content(text)})
    size = len(texts)

    def by_rarity(text: str) -> list[str]:
        words = _content(text)
        counts = Counter(stem(word) for word in words)
        weight = {s: c * log(size / stories_with[s]) for s, c in counts.items()}
        return sorted(dict.fromkeys(words), key=lambda word: -weight[stem(word)])

    def by_count(text: str) -> list[str]:
        return [word for word, _ in Counter(_content(text)).most_common()]

    return {"TF-IDF, single words": by_rarity, "word frequency": by_count, "RAKE": _rake}


def _content(text: str) -> list[str]:
    """The words of a text that are no function words, lower case."""
    found = (match.group().lower() for match in TOKEN.finditer(text) if match.lastgroup in {"word", "acronym"})
    return [word for word in found if len(word) > 2 and word not in word_list("function_words")]


def _rake(text: str) -> list[str]:
    """RAKE (Rose et al. 2010): runs of words between function words and punctuation, scored by degree over frequency."""
    runs: list[list[str]] = [[]]
    for match in TOKEN.finditer(text):
        word = match.group().lower()
        if match.lastgroup in {"word", "acronym"} and word not in word_list("function_words"):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    runs = [run for run in runs if run]
    count = Counter(word for run in runs for word in run)
    degree: Counter[str] = Counter()
    for run in runs:
        for word in run:
            degree[word] += len(run)
    score = {" ".join(run): sum(degree[word] / count[word] for word in run) for run in runs}
    return sorted(score, key=lambda phrase: -score[phrase])
