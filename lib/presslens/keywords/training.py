"""Learn the scorecards of the key phrases from stories whose key phrases people wrote down.

Run `python -m presslens.keywords.training DATA_FOLDER`: it prints cross-validated figures and rewrites
`keywords/data/weights_<profile>.csv`, to the same bytes for the same data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.keywords.candidates import gather
from presslens.keywords.features import CLASSES, measure
from presslens.keywords.ranking import DIGITS, VARIED, Writing, by_article
from presslens.keywords.scorecard import Scorecard
from presslens.keywords.variety import POOL, SPARE, choose
from presslens.keywords.words import batches
from presslens.language.stems import stem_phrase

SETS = {"phrases": "duc2001_dev.jsonl", "terms": "kpcrowd_dev.jsonl"}
# How early, and in what company, a phrase stands, and what else depends on how the stories are laid out.
LAYOUT = ("first", "first_rel", "first_sentence", "first_word", "last_word", "company", "weight", "weight_sum",
          "spread", "length", "first_count", "degree")  # fmt: skip
QUANTILES = (0.0, 0.15, 0.4, 0.7, 0.93, 1.0)
STRENGTH = 0.2  # the inverse of the L2 penalty
RARE = 100  # a class that fewer candidates have gets no points
FOLDS = 5
SEED = 20200430


@dataclass(frozen=True, slots=True)
class Story:
    """One story, its candidates and what people listed (stemmed)."""

    id: str
    gold: frozenset[str]
    features: pd.DataFrame
    keys: list[str]
    phrases: list[str]
    listed: np.ndarray


def stories(path: Path, profile: str) -> list[Story]:
    """The stories of one human-coded set, measured."""
    from presslens.article.reading import from_table
    from presslens.language.tokens import tokenize

    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences = from_table(pd.DataFrame(rows)[["id", "text"]])
    gold = [frozenset(stem_phrase(key.lower()) for key in row["keys"]) for row in rows]
    nothing = np.zeros(0, dtype=bool)
    found = [Story(row["id"], listed, pd.DataFrame(), [], [], nothing) for row, listed in zip(rows, gold, strict=True)]
    for words in batches(tokenize(sentences)):
        candidates = gather(words, profile=profile)
        features = pd.DataFrame(measure(words, candidates))
        for article, low, high in by_article(words, candidates):
            number = int(words.articles[article])
            writes = Writing(words, candidates, np.arange(low, high), {})
            phrases = [writes.phrase(i) for i in range(high - low)]
            listed = np.array([stem_phrase(phrase.lower()) in gold[number] for phrase in phrases])
            mine = features.iloc[low:high].reset_index(drop=True)
            found[number] = Story(rows[number]["id"], gold[number], mine, writes.keys(), phrases, listed)
    return found


def fit(training: Sequence[Story], *, headed: bool = False) -> Scorecard:
    """The scorecard that best tells listed candidates from others (logistic regression, L2).

    One for articles under a headline does without what depends on the layout of the stories; their first sentence stands in
    for title and dek.
    """
    from sklearn.linear_model import LogisticRegression

    table = pd.concat([story.features for story in training if len(story.features)], ignore_index=True)
    listed = np.concatenate([story.listed for story in training])
    numbers = [name for name in table.columns if name not in CLASSES and not (headed and name in LAYOUT)]
    knots = {name: np.unique(np.quantile(table[name].astype(float), QUANTILES).round(3)) for name in numbers}
    classes = {name: _common(table[name]) for name in CLASSES}
    hats = [np.interp(table[name], at, row) for name, at in knots.items() for row in np.eye(len(at))]
    flags = [(table[name] == value).to_numpy(dtype=float) for name, values in classes.items() for value in values]
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(np.column_stack([*hats, *flags]), listed)
    weights = iter(model.coef_[0].tolist())
    lines = {name: (at, np.array([next(weights) for _ in at])) for name, at in knots.items()}
    points = {name: {value: next(weights) for value in values} for name, values in classes.items()}
    return Scorecard(float(model.intercept_[0]), lines, points)


def _common(values: pd.Series) -> list[str]:
    """The classes that are not rare, in alphabetical order."""
    counts = values.value_counts()
    return sorted(str(value) for value in counts[counts >= RARE].index)


def agreement(story: Story, card: Scorecard, *, profile: str, top: int = 10) -> tuple[float, float]:
    """F1 and precision of the first phrases against what people listed, after stemming."""
    if not len(story.features):
        return 0.0, 0.0
    odds = card.odds(card.points({str(name): story.features[name].to_numpy() for name in story.features}))
    pool = np.argsort(-odds.round(DIGITS), kind="stable")[: POOL * top + SPARE]
    names = story.features["name"].to_numpy()[pool] == 1
    keys, phrases = ([values[i] for i in pool] for values in (story.keys, story.phrases))
    best = choose(keys, phrases.__getitem__, odds[pool], names, top=top, varied=float(profile in VARIED))
    chosen = {stem_phrase(phrases[i].lower()) for i, _ in best}
    hits = len(chosen & story.gold)
    return 2 * hits / (len(chosen) + len(story.gold)), hits / top


def cross_validate(found: Sequence[Story], *, profile: str, headed: bool = False) -> pd.DataFrame:
    """Agreement of each story under a scorecard learnt from the other folds: `id`, `f1`, `precision`."""
    fold = np.random.default_rng(SEED).permutation(len(found)) % FOLDS
    rows = []
    for k in range(FOLDS):
        card = fit([story for story, f in zip(found, fold, strict=True) if f != k], headed=headed)
        rows += [(i, *agreement(found[i], card, profile=profile)) for i in range(len(found)) if fold[i] == k]
    return pd.DataFrame([(found[i].id, f1, p) for i, f1, p in sorted(rows)], columns=["id", "f1", "precision"])


def write(card: Scorecard, path: Path, *, note: str) -> None:
    """Write a scorecard as CSV: `feature`, `at`, `points`."""
    rows = [f"# {note}", "feature,at,points", f"base,,{card.base:.4f}"]
    for name, (at, points) in card.lines.items():
        rows += [f"{name},{a:g},{p:.4f}" for a, p in zip(at, points, strict=True)]
    for name, classes in card.classes.items():
        rows += [f"{name},{value},{p:.4f}" for value, p in classes.items()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def main(folder: Path) -> None:
    """Train and write both scorecards."""
    for profile, name in SETS.items():
        found = stories(folder / "keywords" / name, profile)
        note = (
            f"Weights learnt from {name.split('_')[0]} (see SOURCES.md); made by python -m presslens.keywords.training"
        )
        for headed in (False, True):
            means = cross_validate(found, profile=profile, headed=headed)[["f1", "precision"]].mean()
            sys.stdout.write(
                f"{profile}{', headed' if headed else ''}: F1@10 {means['f1']:.3f}, precision@10 "
                f"{means['precision']:.3f} ({len(found)} stories, {FOLDS} folds)\n"
            )
            path = Path(__file__).parent / "data" / f"weights_{profile}{'_headed' if headed else ''}.csv"
            write(fit(found, headed=headed), path, note=note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
