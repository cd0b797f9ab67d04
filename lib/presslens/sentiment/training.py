"""Learns the weights of the measure for news prose, and cross-validates them by article.

    python -m presslens.sentiment.training DATA_FOLDER

Reads `sentiment/nyt_editorials_dev.csv` (Hutto and Gilbert 2014: mean of 20 ratings of a sentence) and writes
`data/weights.csv` (what each word adds) and `data/measure.json` (the rest); the same data give the same bytes. The model is
linear: ridge regression with one penalty for each group of features, all of them sums over words, so that it comes
down to one number a word (two: plain and negated).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.sentiment import features, lexicons

Floats = npt.NDArray[np.float64]

# Prior variance of the coefficients of each group, found by cross-validation.
VARIANCES = {"lists": 0.33, "induced": 0.5, "strong": 0.1, "words": 0.17, "form": 0.33, "vector": 0.1, "teachers": 0.1}
FOLDS = 10
OTHERS = ("tweets", "movies", "amazon")
NEGATED = -0.5
"""A negated word of the induced lexicon, or a learnt one, counts half and turned round."""
STRONG = 0.3
"""Only what an induced valence has beyond this counts as strong."""
FAINT = 0.04
"""Words that add less than this to the rating of a sentence of one word are left out."""
INDUCED = ("lexical", "news", "distilled")


@cache
def induced() -> pd.DataFrame:
    """The induced lexicon: `term`, `lexical`, `news`, `distilled`."""
    with (resources.files("presslens.sentiment") / "data" / "induced.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file, keep_default_na=False)


@cache
def terms() -> list[str]:
    """Every word that the measure can know, sorted: those of the lexicons and the induced ones, but for names."""
    listed = {term for name in lexicons.NAMES for term in lexicons.load(name) if features.WORD.fullmatch(term)}
    return sorted(listed.union(induced()["term"]) - features.naming()["name"].keys())


@cache
def tables() -> tuple[Floats, Floats]:
    """Valences of the terms, plain and negated, by column of the dense groups: 4 a list, then induced, then strong."""
    names = terms()
    plain, negated = [], []
    for name in lexicons.NAMES:
        column = features.values(lexicons.load(name), names)
        for part in (np.maximum(column, 0), np.minimum(column, 0)):
            plain += [part, np.zeros(len(names))]
            negated += [np.zeros(len(names)), part]
    table = induced().set_index("term").reindex(names).fillna(0.0)
    for column in (table[name].to_numpy(dtype=np.float64) for name in INDUCED):
        plain.append(column)
        negated.append(column * NEGATED)
    for column in plain[-len(INDUCED) :]:
        strong = np.sign(column) * np.maximum(np.abs(column) - STRONG, 0)
        plain.append(strong)
        negated.append(strong * NEGATED)
    return np.column_stack(plain), np.column_stack(negated)


def groups(texts: list[str], *, naming: bool = True) -> tuple[dict[str, Floats], object]:
    """Features of texts by group, and the sparse word counts (texts by terms) of the last.

    With `naming`, words that only name a thing count for what they keep of their feeling, and names for nothing.
    """
    from scipy import sparse

    words = features.parse(texts, features.Numbering(terms()))
    inside = words.id >= 0
    weight = (words.weight * words.keeps if naming else words.weight)[inside]
    owner, ids = words.text[inside], words.id[inside]
    negated = words.negated[inside]
    shape = (len(texts), len(terms()))
    bags = [
        sparse.csr_matrix((weight * chosen, (owner, ids)), shape=shape) for chosen in (~negated * 1.0, negated * 1.0)
    ]
    plain, turned = tables()
    dense = bags[0] @ plain + bags[1] @ turned
    lists = 4 * len(lexicons.NAMES)
    found = {
        "lists": dense[:, :lists],
        "induced": dense[:, lists : lists + len(INDUCED)],
        "strong": dense[:, lists + len(INDUCED) :],
        "form": np.column_stack([words.question, np.sqrt(words.length) / 10]),
    }
    return found, (bags[0] + bags[1] * NEGATED).tocsr()


def kernel(found: dict[str, Floats], bag: object) -> Floats:
    """Covariance of the texts' ratings under the prior."""
    total = np.asarray((bag @ bag.T).todense()) * VARIANCES["words"]  # type: ignore[attr-defined]
    for name, columns in found.items():
        centred = columns - columns.mean(axis=0)
        total += centred @ centred.T * VARIANCES[name]
    return total


def fit(matrix: Floats, ratings: Floats) -> tuple[Floats, float]:
    """Dual coefficients and mean; a prediction is covariance with the texts fitted times these, plus the mean."""
    mean = float(ratings.mean())
    return np.linalg.solve(matrix + np.eye(len(matrix)), ratings - mean).astype(np.float64), mean


def folds(articles: npt.NDArray[np.generic], count: int) -> Iterator[npt.NDArray[np.bool_]]:
    """For each fold, which rows are held out; whole articles, dealt out by size, largest first."""
    names, owner, sizes = np.unique(articles, return_inverse=True, return_counts=True)
    load = np.zeros(count)
    place = np.zeros(len(names), dtype=np.int64)
    for index in np.argsort(-sizes, kind="stable"):
        place[index] = np.argmin(load)
        load[place[index]] += sizes[index]
    for fold in range(count):
        yield place[owner] == fold


def held_out(matrix: Floats, ratings: Floats, articles: npt.NDArray[np.generic], count: int = FOLDS) -> Floats:
    """The prediction for each row by a model that saw no sentence of its article."""
    out = np.zeros(len(ratings))
    for held in folds(articles, count):
        dual, mean = fit(matrix[np.ix_(~held, ~held)], ratings[~held])
        out[held] = matrix[np.ix_(held, ~held)] @ dual + mean
    return out


def thresholds(predicted: Floats, ratings: Floats) -> tuple[float, float]:
    """Scores (quarter ratings) up to the first are negative, from the second positive: the best weighted F1.

    0, the score of a text that says nothing, stays neutral.
    """
    from sklearn.metrics import f1_score

    signs = np.sign(ratings)
    best = (-1.0, 0.0, 0.0)
    for low in (-0.06, -0.05, -0.04, -0.03, -0.02, -0.01):
        for high in (0.01, 0.02, 0.03, 0.04, 0.05, 0.06):
            score = round(float(f1_score(signs, sign(predicted / 4, low, high), average="weighted")), 6)
            if score > best[0]:
                best = (score, low, high)
    return best[1:]


def sign(scores: Floats, low: float, high: float) -> npt.NDArray[np.int64]:
    """-1, 0 or 1 for each score, by thresholds."""
    return np.where(scores <= low, -1, np.where(scores >= high, 1, 0)).astype(np.int64)


def held_out_signs(
    predicted: Floats, ratings: Floats, articles: npt.NDArray[np.generic], matrix: Floats
) -> npt.NDArray[np.int64]:
    """Signs of held-out predictions, by thresholds found by cross-validation among the other articles."""
    labels = np.zeros(len(ratings), dtype=np.int64)
    for held in folds(articles, FOLDS):
        inner = held_out(matrix[np.ix_(~held, ~held)], ratings[~held], articles[~held], 5)
        low, high = thresholds(inner, ratings[~held])
        labels[held] = sign(predicted[held] / 4, low, high)
    return labels


def agreement(
    predicted: Floats, ratings: Floats, articles: npt.NDArray[np.generic], matrix: Floats
) -> dict[str, float]:
    """Pearson r and weighted F1 of held-out predictions."""
    from sklearn.metrics import f1_score

    labels = held_out_signs(predicted, ratings, articles, matrix)
    return {
        "pearson": round(float(np.corrcoef(predicted, ratings)[0, 1]), 3),
        "weighted_f1": round(float(f1_score(np.sign(ratings), labels, average="weighted")), 3),
        "sentences": len(ratings),
    }


def cross_validate(folder: Path) -> pd.DataFrame:
    """One row a sentence: `article`, `rating`, `score` (held out, quarter rating), `label` (-1, 0, 1).

    The thresholds of a label, too, are found without the article, by cross-validation among the others.
    """
    table = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")
    ratings, articles = table["valence"].to_numpy(), table["article"].to_numpy()
    matrix = kernel(*groups(table["text"].tolist()))
    predicted = held_out(matrix, ratings, articles)
    labels = held_out_signs(predicted, ratings, articles, matrix)
    return pd.DataFrame({"article": articles, "rating": ratings, "score": predicted / 4, "label": labels})


def transfer(folder: Path) -> pd.DataFrame:
    """As `cross_validate`, by a model that knows no opinion page at all: no fold is needed.

    It is fitted to the ratings of tweets, film and product reviews, on the lexicons and the induced column that comes
    from lexicons alone. Its thresholds are those that serve best there.
    """
    table = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")
    other = pd.concat([pd.read_csv(folder / "sentiment" / f"{name}.csv") for name in OTHERS], ignore_index=True)

    def columns(texts: list[str]) -> Floats:
        found, _ = groups(texts)
        return np.column_stack([found["lists"], found["induced"][:, :1], found["strong"][:, :1]])

    known, ratings = columns(other["text"].tolist()), other["valence"].to_numpy()
    centre, mean = known.mean(axis=0), ratings.mean()
    known = known - centre
    slopes = np.linalg.solve(known.T @ known + 30 * np.eye(known.shape[1]), known.T @ (ratings - mean))
    scores = ((columns(table["text"].tolist()) - centre) @ slopes + mean) / 4
    low, high = thresholds(known @ slopes + mean, ratings)
    rows = {"article": table["article"], "rating": table["valence"], "score": scores}
    return pd.DataFrame({**rows, "label": sign(scores, low, high)})


def train(
    folder: Path, *, more: dict[str, Floats] | None = None, naming: bool = True
) -> tuple[pd.DataFrame, dict[str, object], dict[str, Floats]]:
    """The weights, one row a word, the rest of the measure (base, thresholds, errors), and the coefficients by group.

    `plain` and `negated` are what the `term` adds to the rating (-4..4) of a sentence of one word. `more` are further
    groups of features of the sentences; `naming` as for `groups`.
    """
    table = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")
    ratings, articles = table["valence"].to_numpy(), table["article"].to_numpy()
    found, bag = groups(table["text"].tolist(), naming=naming)
    found |= more or {}
    matrix = kernel(found, bag)
    dual, mean = fit(matrix, ratings)
    coefficients = {
        name: VARIANCES[name] * (columns - columns.mean(axis=0)).T @ dual for name, columns in found.items()
    }
    base = mean - sum(float(coefficients[name] @ columns.mean(axis=0)) for name, columns in found.items())
    plain, negated = tables()
    dense = np.concatenate([coefficients[name] for name in ("lists", "induced", "strong")])
    learnt = VARIANCES["words"] * np.asarray(bag.T @ dual).ravel()  # type: ignore[attr-defined]
    weights = pd.DataFrame(
        {"term": terms(), "plain": plain @ dense + learnt, "negated": negated @ dense + NEGATED * learnt}
    )
    weights = weights[weights[["plain", "negated"]].abs().max(axis=1) >= FAINT].round(3).reset_index(drop=True)

    out = held_out(matrix, ratings, articles)
    low, high = thresholds(out, ratings)
    errors = np.quantile((ratings - out) / 4, (np.arange(41) + 0.5) / 41)
    vader = lexicons.load("vader")
    shared = weights[weights["term"].isin(vader.keys())]
    valences = np.array([vader[term] * 4 for term in shared["term"]])
    shown, turned = (shared[name].to_numpy(dtype=np.float64) for name in ("plain", "negated"))
    rest: dict[str, object] = {
        "base": round(base, 4),
        "question": round(float(coefficients["form"][0]), 4),
        "length": round(float(coefficients["form"][1]) / 10, 4),
        "negative_to": low,
        "positive_from": high,
        "valence": round(float(valences @ shown / (valences @ valences)), 4),
        "negated": round(float(shown @ turned / (shown @ shown)), 4),
        "errors": [round(float(error), 4) + 0.0 for error in errors],
        "cross_validated": agreement(out, ratings, articles, matrix),
        "source": "learnt from NYT editorial sentences rated by 20 people each (Hutto and Gilbert 2014)",
    }
    if naming:
        rest["naming"] = True
    return weights, rest, coefficients


def main() -> None:
    """Write the weights beside this file."""
    weights, rest, _ = train(Path(sys.argv[1]))
    place = Path(__file__).parent / "data"
    weights.to_csv(place / "weights.csv", index=False, lineterminator="\n")
    (place / "measure.json").write_text(json.dumps(rest, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{len(weights)} terms; cross-validated by article: {rest['cross_validated']}\n")


if __name__ == "__main__":
    main()
