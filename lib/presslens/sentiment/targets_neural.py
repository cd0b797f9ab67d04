"""The neural tier of the tone toward mentions: beside the words, two sentence vectors with the mention masked.

    python -m presslens.sentiment.targets_neural DATA

Needs the neural extra (see `embedding`). One ridge-penalised logistic regression weighs the vectors (`targets_vectors`)
together with the features of the default tier. Writes `data/targets_neural_weights.csv` (words) and
`data/targets_neural.json` (weights of the vectors, macro-F1, errors).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from presslens.sentiment import targets_training
from presslens.sentiment.targets_vectors import vectors

WEIGHTS = targets_training.WEIGHTS.with_name("targets_neural_weights.csv")
REST = targets_training.WEIGHTS.with_name("targets_neural.json")


def main(arguments: Sequence[str]) -> int:
    """Learn, write and report; returns the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m presslens.sentiment.targets_neural DATA\n")
        return 2
    data = targets_training.read(Path(arguments[0]) / "targets" / "newsmtsc_train.jsonl")
    dense = vectors(data.sentence, data.start.tolist(), data.end.tolist())
    rest, weights = targets_training.learnt(data, path=WEIGHTS, dense=dense)
    rest["vectors"] = [[round(float(value), 4) for value in row] for row in weights]
    REST.write_text(json.dumps(rest) + "\n", encoding="utf-8")
    sys.stdout.write(f"macro-F1, cross-validated by article: {rest['macro_f1']:.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
