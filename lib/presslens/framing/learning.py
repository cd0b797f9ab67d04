"""What coding more would bring, and what to code next, from codes that people have given."""

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.framing import choosing, trained
from presslens.framing.codebook import Codebook

CURVE_COLUMNS = {"labels": "int64", "macro_f1": "float64", "macro_f1_coded": "float64"}
FEWEST = 16  # units to learn from, for a point of the curve


def curve(labelled: pd.DataFrame, codebook: Codebook, *, folds: int = 5, seed: int = 0) -> pd.DataFrame:
    """The learning curve of a trained coder at an eighth, a quarter, half and all of the codes.

    Args:
        labelled: `id`, `text`, `labels`.
        codebook: whose indicators are features.

    Returns:
        As `trained.learning_curve`: `labels`, `macro_f1`, `macro_f1_coded`; no rows where there are too few codes.
    """
    most = len(labelled) * (folds - 1) // folds
    sizes = [size for size in (most // 8, most // 4, most // 2) if size >= FEWEST]
    try:
        table = trained.learning_curve(labelled, sizes=sizes, codebook=codebook, folds=folds, seed=seed)
    except BadInput:
        table = pd.DataFrame(columns=list(CURVE_COLUMNS))
    return table.astype(CURVE_COLUMNS)


def expected(table: pd.DataFrame, *, more: int = 100) -> float:
    """The macro-F1 that `more` codes would bring, were the curve to go on as it has.

    Fits F1 = c - b / sqrt(labels) by least squares, the simplest of the power laws of learning (Figueroa et al. 2012, BMC
    Medical Informatics 12:8).

    Returns:
        Between the curve's end and 1; NaN with fewer than three points.
    """
    if len(table) < 3:
        return float("nan")
    size = table["labels"].to_numpy(dtype=np.float64)
    matrix = np.column_stack([np.ones(len(size)), -1 / np.sqrt(size)])
    level, slope = np.linalg.lstsq(matrix, table["macro_f1"].to_numpy(dtype=np.float64), rcond=None)[0]
    last = float(table["macro_f1"].iloc[-1])
    gain = max(float(slope), 0.0) * (1 / np.sqrt(size[-1]) - 1 / np.sqrt(size[-1] + more))
    return float(min(last + gain, 1.0)) if np.isfinite(level) else float("nan")


def next_units(
    labelled: pd.DataFrame, units: pd.DataFrame, codebook: Codebook, *, top: int = 10, seed: int = 0
) -> pd.DataFrame:
    """Which of the units not yet coded would teach a coder most; as `choosing.next_units`, empty where none can be trained."""
    left = units[~units["id"].astype("str").isin(labelled["id"].astype("str"))]
    try:
        coder = trained.train(labelled, codebook=codebook, folds=2, seed=seed)
    except BadInput:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in choosing.COLUMNS})
    return choosing.next_units(coder, left, top=top, seed=seed)
