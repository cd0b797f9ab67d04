"""The neural tier: the words of the default tier, and beside them a sentence vector that knows their context.

    python -m presslens.sentiment.neural DATA_FOLDER

Needs the neural extra (see `embedding`). One ridge regression learns both: what each word adds, and a weight for each
of the 384 numbers of the vector; two of its features are what ridge regressions on the vectors of reviews and tweets,
and of news sentences coded for tone (NewsMTSC), would say, and they are linear in the vector too. Writes
`data/neural_weights.csv` (words) and `data/neural.json` (the rest, with the vector's weights).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from presslens.sentiment import embedding, training
from presslens.sentiment.features import Floats


def teachers(folder: Path) -> Floats:
    """Weights of the vector by ridge regression on other human judgements: 384 by 2 (reviews and tweets, news)."""
    from sklearn.linear_model import Ridge

    other = pd.concat([pd.read_csv(folder / "sentiment" / f"{name}.csv") for name in training.OTHERS])
    coded = pd.read_json(folder / "targets" / "newsmtsc_train.jsonl", lines=True)
    tone = coded.groupby("text", sort=False)["polarity"].mean()
    found = []
    for texts, values in ((other["text"].tolist(), other["valence"]), (tone.index.tolist(), tone)):
        vectors = embedding.vectors(texts).astype(np.float64)
        found.append(Ridge(alpha=3).fit(vectors, values.to_numpy()).coef_)
    return np.column_stack(found)


def train(folder: Path) -> tuple[pd.DataFrame, dict[str, object]]:
    """The weights of words, and the rest of the tier; as in `training.train`."""
    table = pd.read_csv(folder / "sentiment" / "nyt_editorials_dev.csv")
    vectors = embedding.vectors(table["text"].tolist()).astype(np.float64)
    taught = teachers(folder)
    taught = taught / (vectors @ taught).std(axis=0)
    more = {"vector": vectors, "teachers": vectors @ taught}
    weights, rest, coefficients = training.train(folder, more=more, naming=False)  # the vector knows the context
    whole = coefficients["vector"] + taught @ coefficients["teachers"]
    rest["vector"] = [round(float(weight), 4) for weight in whole]
    return weights, rest


def main() -> None:
    """Write the weights beside this file."""
    weights, rest = train(Path(sys.argv[1]))
    place = Path(__file__).parent / "data"
    weights.to_csv(place / "neural_weights.csv", index=False, lineterminator="\n")
    (place / "neural.json").write_text(json.dumps(rest, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{len(weights)} terms; cross-validated by article: {rest['cross_validated']}\n")


if __name__ == "__main__":
    main()
