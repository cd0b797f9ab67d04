"""Frames against human coders: FrAC (Guida et al. 2025) and GVFC headlines (Liu et al. 2019, CoNLL)."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.framing import coding, labelled, meaning
from presslens.framing.codebook import load
from presslens.framing.trained import best_f1, cross_validate, known_frames
from presslens.sentiment import embedding

COLUMNS = ["task", "data", "system", "metric", "value", "low", "high", "n", "note"]
METRIC = "macro-F1, best-scoring frame"
FOLDS = 5
# FrAC's ten labels: two of them merge two policy frames each, three policy frames are none of its labels.
MERGED = {
    "Legality, Constitutionality, Jurisdiction": "Legality and Crime",
    "Crime and Punishment": "Legality and Crime",
    "Political": "Political and Policies",
    "Policy Prescription and Evaluation": "Political and Policies",
}
ABSENT = ("Capacity and Resources", "Quality of Life", "External Regulation and Reputation")

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def measure(data: Path, *, sizes: tuple[int, ...] = (100, 200), draws: int = 500, seed: int = 0) -> pd.DataFrame:
    """Macro-F1 of indicators, of the trained coder and its learning curve, and of a plain text classifier.

    With `presslens[neural]` installed, of its tier too. For a headline with two labels either is right. Intervals are 95 %
    bootstrap intervals over units.

    Returns:
        `task`, `data`, `system`, `metric`, `value`, `low`, `high`, `n`, `note`.
    """
    rows: list[tuple[str, Bools, Floats, str, str]] = []
    frac = labelled.read(data / "framing" / "frac_dev.csv")
    frames, truth = _truth(frac)
    note = "indicators written in sight of these units; a half held out at first gave .71"
    rows.append(("frac_dev", truth, merged_scores(frac, frames), "presslens, indicators", note))
    neural = embedding.available()
    if neural:
        both = merged_scores(frac, frames, tier="neural")
        rows.append(("frac_dev", truth, both, "presslens, indicators and prototypes (neural)", note))
    book = load("policy_frames")
    for name in ("frac_dev", "gvfc_headlines_dev"):
        table = labelled.read(data / "framing" / f"{name}.csv")
        frames, truth = _truth(table)
        texts = table["text"].tolist()
        validated = f"{FOLDS}-fold cross-validated"
        chance, _ = cross_validate(texts, truth, book, folds=FOLDS, seed=seed)
        rows.append((name, truth, chance, "presslens, trained", validated))
        if neural:
            vectors = meaning.block(texts, "neural")
            chance, _ = cross_validate(texts, truth, book, folds=FOLDS, seed=seed, vectors=vectors)
            rows.append((name, truth, chance, "presslens, trained (neural)", validated))
        for size in sizes if name == "gvfc_headlines_dev" else ():
            chance, _ = cross_validate(texts, truth, book, folds=FOLDS, seed=seed, limit=size)
            rows.append((name, truth, chance, f"presslens, trained on {size}", f"{validated}, {size} labels each"))
        rows.append((name, truth, _plain(texts, truth, seed), "TF-IDF and logistic regression", validated))
    return pd.DataFrame(
        [
            (
                "frames",
                name,
                system,
                METRIC,
                best_f1(truth, chance),
                *_interval(truth, chance, draws, seed),
                len(truth),
                note,
            )
            for name, truth, chance, system, note in rows
        ],
        columns=COLUMNS,
    )


def merged_scores(table: pd.DataFrame, frames: tuple[str, ...], *, tier: meaning.Tier = "default") -> Floats:
    """Scores of the policy frames in FrAC's labels: of merged frames the better, of absent ones none."""
    book = load("policy_frames")
    scores = coding.texts(table, book, tier=tier)["score"].to_numpy().reshape(-1, len(book.labels))
    merged = np.zeros((len(table), len(frames)))
    for number, label in enumerate(book.labels):
        if label not in ABSENT:
            column = frames.index(MERGED.get(label, label))
            merged[:, column] = np.maximum(merged[:, column], scores[:, number])
    return merged


def _truth(table: pd.DataFrame) -> tuple[tuple[str, ...], Bools]:
    sets = labelled.label_sets(table)
    frames = known_frames(sets)
    return frames, np.array([[frame in one for frame in frames] for one in sets])


def _plain(texts: list[str], truth: Bools, seed: int) -> Floats:
    """What a text classifier from a tutorial does: word pairs, TF-IDF, logistic regression on the first label."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=10, class_weight="balanced", max_iter=500),
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return np.asarray(cross_val_predict(model, texts, truth.argmax(axis=1), cv=folds, method="predict_proba"))


def _interval(truth: Bools, chance: Floats, draws: int, seed: int) -> tuple[float, float]:
    generator = np.random.default_rng(seed)
    picks = (generator.integers(0, len(truth), len(truth)) for _ in range(draws))
    low, high = np.quantile([best_f1(truth[pick], chance[pick]) for pick in picks], [0.025, 0.975])
    return float(low), float(high)
