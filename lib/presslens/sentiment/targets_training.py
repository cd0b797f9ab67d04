"""Learn the weights of `targets` from human-coded mentions, and cross-validate them by source article.

    python -m presslens.sentiment.targets_training DATA

DATA holds `targets/newsmtsc_train.jsonl`. Multinomial logistic regression with a ridge penalty, the three classes
weighted alike. Writes `data/targets_weights.csv` and `data/targets.json` (macro-F1 and errors, both cross-validated), the
same bytes for the same data, and prints the macro-F1.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.language.tokens import tokenize
from presslens.sentiment import targets_features as named
from presslens.sentiment.targets import LABELS, lexicons, verbs
from presslens.sentiment.targets_features import Inventory, Triplets
from presslens.sentiment.targets_tokens import Floats, Ints, Tokens, places, read_tokens

WEIGHTS = Path(__file__).parent / "data" / "targets_weights.csv"
REST = WEIGHTS.with_name("targets.json")

SEEN = 4  # mentions that a feature must be seen with
PENALTY = 0.02  # the inverse strength C of the ridge penalty
ROLE_SCALE = 3.0  # roles are few and telling: they are penalised less than words
FOLDS = 5


class Coded(NamedTuple):
    """Coded mentions: the source article of each, its class (0, 1, 2 as `LABELS`), and where it stands."""

    article: list[str]
    coded: Ints
    tokens: Tokens
    text: Ints
    start: Ints
    end: Ints
    mention: list[str]
    sentence: list[str]


def main(arguments: Sequence[str]) -> int:
    """Learn, write and report; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m presslens.sentiment.targets_training DATA\n")
        return 2
    data = read(Path(arguments[0]) / "targets" / "newsmtsc_train.jsonl")
    rest, _ = learnt(data, path=WEIGHTS)
    REST.write_text(json.dumps(rest, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"macro-F1, cross-validated by article: {rest['macro_f1']:.3f}\n")
    return 0


def learnt(data: Coded, *, path: Path, dense: Floats | None = None) -> tuple[dict[str, Any], Floats]:
    """Write the weights of words; return the cross-validated macro-F1 and errors, and the weights of `dense` columns."""
    chances = cross_validated(data, dense=dense)
    score = macro_f1(data.coded, chances.argmax(axis=1))
    inventory, triplets = matrix(data, range(len(data.coded)))
    kept, weights, bias, rest = fit(triplets, data.coded, _scales(inventory), dense=dense)
    write(inventory, kept, weights, bias, path=path)
    return _rest(data.coded, chances, score), rest


def read(path: Path) -> Coded:
    """The coded mentions of a JSONL file with `id`, `text`, `mention`, `start`, `end` and `polarity` (-1, 0, 1)."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    distinct = {text: number for number, text in enumerate(dict.fromkeys(row["text"] for row in rows))}
    sentences = pd.DataFrame({"text": list(distinct)}, dtype="str").assign(
        article=[str(number) for number in range(len(distinct))],
        sentence="p01s01",
        section="body",
        paragraph=1,
        start=0,
    )
    tokens = tokenize(sentences)
    return Coded(
        [source_article(row["id"]) for row in rows],
        np.array([row["polarity"] + 1 for row in rows], dtype=np.int64),
        read_tokens(tokens, tokens["article"].to_numpy(dtype=np.int64), count=len(distinct)),
        np.array([distinct[row["text"]] for row in rows], dtype=np.int64),
        np.array([row["start"] for row in rows], dtype=np.int64),
        np.array([row["end"] for row in rows], dtype=np.int64),
        [row["mention"] for row in rows],
        [row["text"] for row in rows],
    )


def source_article(row: str) -> str:
    """The article of a row, from its id: `allsides_1000_401_25_...` is of article `allsides_1000_401`."""
    return "_".join(row.split("_")[:3])


def folds(articles: Sequence[str], *, count: int = FOLDS) -> Ints:
    """A fold for each row, the same for all rows of an article."""
    number = {name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % count for name in set(articles)}
    return np.array([number[name] for name in articles], dtype=np.int64)


def cross_validated(data: Coded, *, dense: Floats | None = None) -> Floats:
    """The probabilities that a model learnt on the other articles gives to each mention; `dense` adds a column each."""
    fold = folds(data.article)
    chances = np.zeros((len(data.coded), len(LABELS)))
    for held in range(FOLDS):
        learn = np.flatnonzero(fold != held)
        inventory, triplets = matrix(data, learn.tolist())
        rows = np.isin(triplets.rows, learn)
        part = Triplets(triplets.rows[rows], triplets.columns[rows], triplets.values[rows], triplets.tokens[rows])
        kept, weights, bias, rest = fit(part, data.coded, _scales(inventory), dense=dense)
        full = np.zeros((inventory.offsets[""], len(LABELS)))
        full[kept] = weights
        logits = bias + np.column_stack(
            [
                np.bincount(triplets.rows, weights=triplets.values * full[triplets.columns, k], minlength=len(chances))
                for k in range(3)
            ]
        )
        if dense is not None:
            logits += dense @ rest
        logits = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances[fold == held] = (logits / logits.sum(axis=1, keepdims=True))[fold == held]
    return chances


def _rest(coded: Ints, chances: Floats, score: float) -> dict[str, Any]:
    """For `data/targets.json`: the macro-F1, and 41 equally likely errors (the human rating less the score)."""
    off = np.quantile((coded - 1) - (chances[:, 2] - chances[:, 0]), (np.arange(41) + 0.5) / 41)
    return {"errors": [round(float(error), 4) + 0.0 for error in off], "macro_f1": round(score, 4)}


def macro_f1(coded: Ints, predicted: Ints) -> float:
    """The mean of the F1 of the three classes."""
    scores = []
    for label in range(len(LABELS)):
        hits = int(((coded == label) & (predicted == label)).sum())
        total = int((coded == label).sum() + (predicted == label).sum())
        scores.append(2 * hits / total if total else 0.0)
    return float(np.mean(scores))


def matrix(data: Coded, rows: Iterable[int]) -> tuple[Inventory, Triplets]:
    """The inventory of features seen in some rows, and all rows' features by it."""
    inventory = _inventory(data, list(rows))
    reading = named.read(data.tokens, inventory)
    return inventory, named.features(data.tokens, reading, data.text, data.start, data.end, data.mention, inventory)


def fit(
    triplets: Triplets, coded: Ints, scales: Floats, *, dense: Floats | None = None
) -> tuple[Ints, Floats, Floats, Floats]:
    """Columns kept, their weights (one column a class), the bias by class, and the weights of the dense columns."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    shape = (len(coded), len(scales))
    table = sparse.csr_matrix((triplets.values, (triplets.rows, triplets.columns)), shape=shape)
    rows = np.unique(triplets.rows)
    seen = np.asarray((table != 0).sum(axis=0)).ravel()
    kept = np.flatnonzero(seen >= SEEN)
    scaled = (table[rows][:, kept] @ sparse.diags(scales[kept])).tocsr()
    if dense is not None:
        scaled = sparse.hstack([scaled, sparse.csr_matrix(dense[rows])]).tocsr()
    regression: Any = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=2000, tol=1e-5)
    with threadpool_limits(limits=1):  # sums in one order, so that every run writes the same bytes
        regression.fit(scaled, coded[rows])
    weights = regression.coef_.T
    return kept, weights[: len(kept)] * scales[kept, None], regression.intercept_, weights[len(kept) :]


def write(inventory: Inventory, kept: Ints, weights: Floats, bias: Floats, *, path: Path) -> None:
    """Write the weights that are not nought to three decimals."""
    labels = inventory.labels()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["family", "term", *LABELS])
        writer.writerow(["bias", "", *(f"{value:.3f}" for value in bias)])
        for column, values in zip(kept.tolist(), weights, strict=True):
            if np.abs(values).max() >= 0.0005:
                writer.writerow([*labels[column], *(f"{value:.3f}" for value in values)])


def _scales(inventory: Inventory) -> Floats:
    return np.array([ROLE_SCALE if family == "role" else 1.0 for family, _ in inventory.labels()])


def _inventory(data: Coded, rows: Sequence[int]) -> Inventory:
    """Everything that the texts and mentions of these rows hold often enough."""
    tokens = data.tokens
    first, form = tokens.first.tolist(), tokens.form.tolist()
    terms, stems, about = Counter[str](), Counter[str](), Counter[str]()
    for text in data.text[rows].tolist():
        forms = [tokens.forms[number] for number in form[first[text] : first[text + 1]]]
        terms.update(set(forms))
        stems.update({found for word in set(forms) if (found := named.stemmed(word))})
    mentions = [data.mention[row] for row in rows]
    near = places(tokens, data.text[rows], data.start[rows], data.end[rows])
    for listed in named.about_mentions(tokens, near, data.text[rows], mentions):
        about.update({term for term, _ in listed})
    return Inventory(
        terms=_numbered(terms),
        stems=_numbered(stems),
        mentions=_numbered(about),
        lexicons=lexicons(),
        verbs=verbs(),
    )


def _numbered(counts: Counter[str]) -> dict[str, int]:
    return {term: number for number, term in enumerate(sorted(t for t, n in counts.items() if n >= SEEN))}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
