"""How varied the vocabulary of a text is, by measures that do not fall as texts get longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from presslens.errors import BadInput

COLUMNS = {
    "article": "str",
    "words": "int64",
    "types": "int64",
    "ttr": "float64",
    "mattr": "float64",
    "mtld": "float64",
}


def diversity(tokens: pd.DataFrame, *, window: int = 50, threshold: float = 0.72) -> pd.DataFrame:
    """Lexical diversity of each article.

    MATTR is the mean share of different words in all stretches of `window` words (Covington and McFall 2010,
    Journal of Quantitative Linguistics 17:2). MTLD is the mean number of words for which that share stays above
    `threshold`, read forwards and backwards (McCarthy and Jarvis 2010, Behavior Research Methods 42:2); below some
    100 words it is unsteady.

    Args:
        tokens: one row a token; needs `article`, `norm`, `kind`. Words count as they are written, lower case.
        window: words in a stretch for MATTR; a shorter text is one stretch.
        threshold: the share of different words at which an MTLD factor is complete; between 0 and 1.

    Returns:
        One row an article: `article`, `words`, `types` (different words), `ttr` (types / words), `mattr` (0..1),
        `mtld` (words; NaN where no word comes twice, for then no factor is ever begun to be used up).
    """
    if window < 1 or not 0 < threshold < 1:
        raise BadInput("lexical diversity needs a window of 1 word or more and a threshold between 0 and 1")
    rows = []
    for article, group in tokens.groupby("article", sort=False):
        words = group.loc[group["kind"] == "word", "norm"].tolist()
        types = len(set(words))
        share = types / len(words) if words else float("nan")
        rows.append(
            (str(article), len(words), types, share, mattr(words, window=window), mtld(words, threshold=threshold))
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def mattr(words: Sequence[str], *, window: int = 50) -> float:
    """Moving-average type-token ratio, 0..1; NaN without words."""
    if not words:
        return float("nan")
    size = min(window, len(words))
    counts = Counter(words[:size])
    total = len(counts)
    for i in range(size, len(words)):
        counts[words[i]] += 1
        gone = words[i - size]
        counts[gone] -= 1
        if not counts[gone]:
            del counts[gone]
        total += len(counts)
    return total / (len(words) - size + 1) / size


def mtld(words: Sequence[str], *, threshold: float = 0.72) -> float:
    """Measure of textual lexical diversity, in words: the mean of a forward and a backward reading."""
    if not words or len(set(words)) == len(words):
        return float("nan")
    return (_one_way(words, threshold) + _one_way(words[::-1], threshold)) / 2


def _one_way(words: Sequence[str], threshold: float) -> float:
    """Words per factor in one direction; what is left at the end counts as the part of a factor that it has used up."""
    factors = 0.0
    seen: set[str] = set()
    count = 0
    for word in words:
        seen.add(word)
        count += 1
        if len(seen) / count < threshold:
            factors += 1
            seen = set()
            count = 0
    if count:
        factors += (1 - len(seen) / count) / (1 - threshold)
    return len(words) / factors if factors else float("nan")
