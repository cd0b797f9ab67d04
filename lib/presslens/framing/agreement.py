"""How far coders agree, beyond chance: Krippendorff's alpha, F1, confusion, and what to talk about.

Every function takes one tidy table of codes: a row a coder and unit, with `coder`, `unit` and `labels` (the frames, joined
by `|`; empty for none). A unit that a coder has not coded has no row.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Distance = Literal["nominal", "masi"]
RELIABLE = 0.667  # the least for tentative conclusions (Krippendorff 2004, Content Analysis, 2nd ed., p. 241)
ALL = "all frames"
AGREEMENT_COLUMNS = ("frame", "alpha", "low", "high", "units", "coders", "share", "reliable")
SCORE_COLUMNS = ("frame", "precision", "recall", "f1", "support")


def alpha(codes: pd.DataFrame, *, distance: Distance = "nominal") -> float:
    """Krippendorff's alpha over all coders, by NLTK's AnnotationTask.

    Units with one code count for nothing, as in Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.

    Args:
        codes: see the module; a cell is one value, the set of its labels.
        distance: `nominal`: two sets are the same or not; `masi`: nearer the more they share (Passonneau 2006, Measuring
            agreement on set-valued items, LREC).

    Returns:
        1 perfect, 0 as by chance, below 0 worse; NaN where no unit has two codes.
    """
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance, masi_distance

    table = _paired(codes)
    if table.empty:
        return float("nan")
    values = (label_set(text) for text in table["labels"])
    data = list(zip(table["coder"].astype(str), table["unit"].astype(str), values, strict=True))
    task = AnnotationTask(data=data, distance=masi_distance if distance == "masi" else binary_distance)
    return float(task.alpha())


def agreement(
    codes: pd.DataFrame,
    *,
    frames: Sequence[str] | None = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Alpha of each frame (there or not: nominal), and of all together (sets of frames: MASI), with intervals.

    The interval is the percentile bootstrap over units, seeded. A resample without variation counts as 1.

    Args:
        codes: see the module.
        frames: the frames and their order; None takes those that occur, sorted.

    Returns:
        A row a frame, then one for all: `frame`, `alpha`, `low`, `high` (NaN without two codes for a unit), `units` (with
        two codes or more), `coders`, `share` (of these codes that have the frame), `reliable` (bool: alpha at least .667).
    """
    table = _paired(codes)
    sets = [label_set(text) for text in table["labels"]]
    names = sorted(set().union(*sets) - {""}) if frames is None else list(frames)
    unit = pd.factorize(table["unit"])[0]
    generator = np.random.default_rng(seed)
    size = int(unit.max()) + 1 if len(unit) else 0
    drawn = generator.multinomial(size, np.full(size, 1 / size), size=resamples) if size else np.zeros((0, 0))
    draws = drawn.astype(np.float64)
    rows = []
    for name in names:
        has = np.array([name in one for one in sets], dtype=np.int64)
        rows.append(
            (name, *_alphas(unit, has, 1 - np.eye(2), draws, confidence), float(has.mean()) if size else np.nan)
        )
    distinct = sorted(set(sets), key=sorted)
    place = {one: number for number, one in enumerate(distinct)}
    far = distances(distinct)
    value = np.array([place[one] for one in sets], dtype=np.int64)
    rows.append((ALL, *_alphas(unit, value, far, draws, confidence), 1.0))
    result = pd.DataFrame(rows, columns=["frame", "alpha", "low", "high", "share"]).astype({"frame": "str"})
    result = result.assign(units=size, coders=int(table["coder"].nunique()), reliable=result["alpha"] >= RELIABLE)
    return result[list(AGREEMENT_COLUMNS)]


def pairs(
    codes: pd.DataFrame, *, frames: Sequence[str] | None = None, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """`agreement` of every two coders, so that machine and human stand beside human and human.

    Returns:
        `first`, `second` (coders, in order of their names) and the columns of `agreement`.
    """
    names = sorted(codes["coder"].astype(str).unique())
    tables = []
    for first, second in combinations(names, 2):
        two = codes[codes["coder"].astype(str).isin((first, second))]
        table = agreement(two, frames=frames, resamples=resamples, seed=seed)
        table.insert(0, "second", second)
        table.insert(0, "first", first)
        tables.append(table)
    empty = pd.DataFrame(columns=["first", "second", *AGREEMENT_COLUMNS])
    return pd.concat(tables, ignore_index=True) if tables else empty


def scores(codes: pd.DataFrame, *, truth: str, coder: str, frames: Sequence[str] | None = None) -> pd.DataFrame:
    """Precision, recall and F1 of one coder measured by another, on the units that both coded.

    Returns:
        A row a frame, then the mean over frames (macro) as `all frames`: `frame`, `precision`, `recall`, `f1` (0 where
        undefined), `support` (units that have the frame by `truth`).
    """
    both = _two(codes, truth, coder)
    names = sorted(set().union(*both[truth], *both[coder]) - {""}) if frames is None else list(frames)
    rows: list[tuple[str, float, float, float, int]] = []
    for name in names:
        right = np.array([name in one for one in both[truth]], dtype=bool)
        said = np.array([name in one for one in both[coder]], dtype=bool)
        hits = int((right & said).sum())
        precision = hits / int(said.sum()) if said.any() else 0.0
        recall = hits / int(right.sum()) if right.any() else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
        rows.append((name, precision, recall, f1, int(right.sum())))
    result = pd.DataFrame(rows, columns=list(SCORE_COLUMNS)).astype({"frame": "str"})
    if rows:
        mean = result[["precision", "recall", "f1"]].mean()
        result.loc[len(result)] = [ALL, *mean, len(both[truth])]
    return result


def confusion(codes: pd.DataFrame, *, first: str, second: str) -> pd.DataFrame:
    """How often one coder's first frame meets each first frame of another, on the units that both coded.

    Returns:
        `first`, `second` (frames; empty for none), `count`, the most frequent first.
    """
    wide = codes[codes["coder"].isin((first, second))].pivot(index="unit", columns="coder", values="labels")
    wide = wide.reindex(columns=[first, second]).dropna()
    lead = wide.apply(lambda column: column.str.split("|").str[0].str.strip())
    counts = lead.value_counts().rename("count").reset_index()
    counts.columns = pd.Index(["first", "second", "count"])
    ordered: pd.DataFrame = counts.sort_values(
        ["count", "first", "second"], ascending=[False, True, True], ignore_index=True
    )
    return ordered


def disagreements(codes: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The units that coders do not agree on, for adjudication.

    Args:
        codes: see the module.
        texts: `id` (the units) and `text`.

    Returns:
        A row a unit, the farthest apart first: `unit`, `text`, `distance` (mean MASI distance of its coders), and a column
        a coder with its labels (missing where it did not code).
    """
    table = _paired(codes).astype({"unit": "str", "coder": "str"})
    wide = table.pivot(index="unit", columns="coder", values="labels")
    apart = {
        unit: float(np.mean([_masi(label_set(a), label_set(b)) for a, b in combinations(group, 2)]))
        for unit, group in table.groupby("unit", sort=True)["labels"]
    }
    wide.insert(0, "distance", pd.Series(apart, dtype="float64"))
    text = texts.assign(unit=texts["id"].astype(str)).drop_duplicates("unit").set_index("unit")["text"]
    wide.insert(0, "text", text.reindex(wide.index))
    wide.columns.name = None
    different = wide[wide["distance"] > 0].reset_index()
    ordered: pd.DataFrame = different.sort_values(
        ["distance", "unit"], ascending=[False, True], ignore_index=True, kind="stable"
    )
    return ordered


def _paired(codes: pd.DataFrame) -> pd.DataFrame:
    """Rows with a code, of units that have two or more."""
    table = codes.loc[codes["labels"].notna(), ["coder", "unit", "labels"]]
    twice = table.duplicated(["coder", "unit"])
    if twice.any():
        row = table[twice].iloc[0]
        raise ValueError(f"coder {row['coder']} codes unit {row['unit']} twice: keep one row")
    return table[table.groupby("unit")["coder"].transform("count") >= 2]


def _two(codes: pd.DataFrame, first: str, second: str) -> dict[str, list[frozenset[str]]]:
    wide = codes[codes["coder"].isin((first, second))].pivot(index="unit", columns="coder", values="labels")
    wide = wide.reindex(columns=[first, second]).dropna()
    return {name: [label_set(text) for text in wide[name]] for name in (first, second)}


def label_set(text: str) -> frozenset[str]:
    """The set of labels; no label is a label of its own, or two coders who found none could not be compared."""
    return frozenset(part.strip() for part in text.split("|") if part.strip()) or frozenset({""})


def distances(sets: Sequence[frozenset[str]]) -> Floats:
    """The MASI distance of each two sets."""
    return np.array([[_masi(a, b) for b in sets] for a in sets]).reshape(len(sets), len(sets))


def _masi(one: frozenset[str], other: frozenset[str]) -> float:
    """1 - Jaccard x monotonicity, as Passonneau (2006) has it and NLTK computes it."""
    shared = len(one & other)
    if one == other:
        return 0.0
    monotone = 2 / 3 if shared == min(len(one), len(other)) else 1 / 3
    return 1 - shared / len(one | other) * monotone


def _alphas(
    unit: npt.NDArray[np.int64], value: npt.NDArray[np.int64], far: Floats, draws: Floats, confidence: float
) -> tuple[float, float, float]:
    """Alpha of coded values (numbers, `far` apart) and the ends of its interval over draws of units."""
    if not len(unit):
        return float("nan"), float("nan"), float("nan")
    found, drawn = alphas_drawn(unit, value, far, draws)
    low, high = np.quantile(drawn, [(1 - confidence) / 2, (1 + confidence) / 2])
    return found, float(low), float(high)


def alphas_drawn(
    unit: npt.NDArray[np.int64], value: npt.NDArray[np.int64], far: Floats, draws: Floats
) -> tuple[float, Floats]:
    """Alpha of coded values (numbers, `far` apart), and that of each draw (how often each unit is in it)."""
    counts = np.zeros((draws.shape[1], len(far)))
    np.add.at(counts, (unit, value), 1)
    coded = counts.sum(axis=1)
    apart = ((counts @ far) * counts).sum(axis=1) / np.maximum(coded - 1, 1)
    found = _coefficient(np.ones((1, len(counts))), counts, coded, apart, far)[0]
    return float(found), _coefficient(draws, counts, coded, apart, far)


def _coefficient(draws: Floats, counts: Floats, coded: Floats, apart: Floats, far: Floats) -> Floats:
    size = draws @ coded
    totals = draws @ counts
    expected = ((totals @ far) * totals).sum(axis=1) / np.maximum(size * (size - 1), 1)
    observed = draws @ apart / np.maximum(size, 1)
    return np.asarray(1 - np.divide(observed, expected, out=np.zeros_like(observed), where=expected > 0))
