"""From sentences to paragraphs and articles: dominant and secondary frames, and how sure their shares are."""

import hashlib
from fractions import Fraction
from math import comb

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
SECONDARY = 0.5  # of the dominant frame's share
PARAGRAPH_COLUMNS = ("article", "section", "paragraph", "frame", "share", "score", "sentences", "rank", "role")
ARTICLE_COLUMNS = ("article", "frame", "share", "low", "high", "sentences", "of", "rank", "role", "opens", "closes")


def paragraphs(codings: pd.DataFrame, *, residual: str = "Other") -> pd.DataFrame:
    """The frames of each paragraph, title and dek.

    A sentence shares itself among the frames coded in it, in proportion to their evidence (what the scores of
    `coding.code` stand for: -log2(1 - score), in thresholds); the residual frame has it whole where there is none.
    A frame's share of a paragraph is the mean over its sentences. The first frame is that with the largest share, then
    with the highest score in one sentence, then by the codebook's order; the residual frame comes first only where no
    other has a share.

    Args:
        codings: as `coding.code` gives them, of one codebook.
        residual: the name of the codebook's residual frame.

    Returns:
        A row a paragraph and frame: `article`, `section`, `paragraph`, `frame`, `share` (0..1, sums to 1), `score`
        (the best sentence's), `sentences` (coded with it), `rank` (1 is first), `role` (`dominant`; `secondary`, with
        at least half its share; or empty).
    """
    keys = ["article", "section", "paragraph"]
    return _ranked(_summed(codings, keys), keys, residual)[list(PARAGRAPH_COLUMNS)]


def articles(
    codings: pd.DataFrame, *, residual: str = "Other", resamples: int = 1000, confidence: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """The frames of each article, shares and first frames as `paragraphs` has them, over all its sentences.

    The interval is the percentile bootstrap over the article's sentences (Efron and Tibshirani 1993, ch. 13), seeded
    by `seed` and the article's id, so that it does not depend on what else is in the table.

    Returns:
        A row an article and frame: `article`, `frame`, `share` (0..1), `low`, `high`, `sentences` (coded with it), `of`
        (sentences in all), `rank`, `role`, `opens` and `closes` (bool: the frame of the first, or last, sentence that
        has one other than the residual).
    """
    keys = ["article"]
    table = _ranked(_summed(codings, keys), keys, residual)
    mass = _masses(codings)
    frames = codings["frame"].drop_duplicates().tolist()
    rows_of = codings.iloc[:: max(len(frames), 1)].reset_index(drop=True).groupby("article", sort=False).indices
    low, high, count, opens, closes = [], [], [], [], []
    for name in table["article"].drop_duplicates().tolist():
        mine = mass[rows_of[name]]
        digest = hashlib.sha256(f"{seed}\t{name}".encode()).digest()
        generator = np.random.default_rng(int.from_bytes(digest[:8], "big"))
        draws = generator.multinomial(len(mine), np.full(len(mine), 1 / len(mine)), size=resamples)
        edges = np.quantile(draws @ mine / len(mine), [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
        low.append(edges[0])
        high.append(edges[1])
        count.append(np.full(len(frames), len(mine)))
        opening, closing = _ends(mine, [frame == residual for frame in frames])
        opens.append(np.arange(len(frames)) == opening)
        closes.append(np.arange(len(frames)) == closing)
    empty = [np.zeros(0)]
    return table.assign(
        low=np.concatenate(low or empty),
        high=np.concatenate(high or empty),
        of=np.concatenate(count or empty).astype(np.int64),
        opens=np.concatenate(opens or empty).astype(bool),
        closes=np.concatenate(closes or empty).astype(bool),
    )[list(ARTICLE_COLUMNS)]


def cooccurrence(codings: pd.DataFrame, *, residual: str = "Other") -> pd.DataFrame:
    """Which frames stand together in a sentence more often than by chance.

    Returns:
        A row a pair of frames (in the codebook's order) that meet: `first`, `second`, `sentences` (with both), `expected`
        (were they independent), `lift` (their ratio: above 1 they attract each other), `chance` (of so many or more, were
        they independent: hypergeometric), the most sentences first.
    """
    frames = codings["frame"].drop_duplicates().tolist()
    coded = codings["coded"].to_numpy(dtype=bool).reshape(-1, max(len(frames), 1)).astype(np.int64)
    both, alone = coded.T @ coded, coded.sum(axis=0)
    rows = [
        (
            frames[i],
            frames[j],
            int(both[i, j]),
            float(alone[i] * alone[j] / len(coded)),
            chance(int(both[i, j]), int(alone[i]), int(alone[j]), len(coded)),
        )
        for i in range(len(frames))
        for j in range(i + 1, len(frames))
        if both[i, j] and residual not in (frames[i], frames[j])
    ]
    names = {"first": "str", "second": "str", "sentences": "int64", "expected": "float64", "chance": "float64"}
    table = pd.DataFrame(rows, columns=list(names)).astype(names)
    table.insert(4, "lift", table["sentences"] / table["expected"])
    ordered: pd.DataFrame = table.sort_values("sentences", ascending=False, kind="stable", ignore_index=True)
    return ordered


def chance(both: int, first: int, second: int, total: int) -> float:
    """How likely two things that stand in `first` and `second` of `total` places meet in `both` or more by chance."""
    ways = comb(total, second)
    cases = range(both, min(first, second) + 1)
    return float(Fraction(sum(comb(first, n) * comb(total - first, second - n) for n in cases), ways)) if ways else 1.0


def _masses(codings: pd.DataFrame) -> Floats:
    """What each sentence (row) gives to each frame (column); rows sum to 1."""
    evidence = -np.log2((1 - codings["score"]).clip(lower=1e-12))
    weight = np.where(codings["coded"], evidence.clip(lower=1e-12), 0.0)
    table = weight.reshape(-1, max(codings["frame"].nunique(), 1))
    total = table.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(table, total, out=np.zeros_like(table), where=total > 0))


def _summed(codings: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A row a unit and frame, in order: the unit's keys, `frame`, `share`, `score`, `sentences`."""
    table = codings[[*keys, "frame", "score", "coded"]].assign(share=_masses(codings).reshape(-1))
    return (
        table.groupby([*keys, "frame"], sort=False, as_index=False)
        .agg(share=("share", "mean"), score=("score", "max"), sentences=("coded", "sum"))
        .astype({"sentences": "int64"})
    )


def _ranked(table: pd.DataFrame, keys: list[str], residual: str) -> pd.DataFrame:
    order = pd.DataFrame(
        {
            "unit": table.groupby(keys, sort=False).ngroup(),
            "last": table["frame"].eq(residual) | table["share"].le(0),
            "share": -table["share"].round(9),
            "score": -table["score"].round(9),
        }
    ).sort_values(["unit", "last", "share", "score"], kind="stable")
    place = order.groupby("unit").cumcount().add(1).reindex(table.index)
    found = table["share"].gt(0) & table["frame"].ne(residual)
    best = table["share"].where(place.eq(1)).groupby(order["unit"].reindex(table.index)).transform("max")
    role = np.select([found & place.eq(1), found & table["share"].ge(SECONDARY * best)], ["dominant", "secondary"], "")
    return table.assign(rank=place.astype("int64"), role=pd.Series(role, dtype="str", index=table.index))


def _ends(mass: Floats, residual: list[bool]) -> tuple[int, int]:
    """The columns of the strongest frame of the first and of the last sentence with a frame; -1, -1 without."""
    named = np.where(residual, 0.0, mass)
    rows = np.flatnonzero(named.any(axis=1))
    return (int(named[rows[0]].argmax()), int(named[rows[-1]].argmax())) if len(rows) else (-1, -1)
