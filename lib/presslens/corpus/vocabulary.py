"""Words that one outlet or one period uses more than the others do, counted in a sample of articles."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from presslens.corpus.counting import NOWHERE, Parts
from presslens.corpus.estimating import Period, periods
from presslens.keywords.keyness import log_odds

WORD = re.compile(r"[^\W\d_][^\W\d_'’-]{2,40}")
MOST = 5_000  # articles in the sample
PRIOR = 0.01  # of a word's count in the whole sample
FEWEST = 5  # articles that hold a word
COLUMNS = {
    "group": "str", "term": "str", "count": "int64", "articles": "int64", "per_million": "float64", "elsewhere": "float64",
    "log_odds": "float64", "z": "float64",
}  # fmt: skip


def rank(article: str, *, seed: int) -> int:
    """The place of an article in a draw of that seed: the lowest are drawn. It depends on nothing else."""
    return int.from_bytes(
        hashlib.blake2b(f"{seed}\t{article}".encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def counted(found: Parts, *, most: int = MOST, seed: int = 0) -> pd.DataFrame:
    """Words of a seeded sample of the articles, an article a set of rows.

    Returns:
        `article`, `outlet`, `month`, `term` (lower case, no stop word), `count`.
    """
    from presslens.keywords.words import word_list

    chosen = _drawn(found, most, seed)
    stops = word_list("function_words")
    rows: list[tuple[str, str, str, str, int]] = []
    for name in found.names:
        heads = found.read("articles", name, ("article", "outlet", "date"))
        heads = heads[heads["article"].isin(chosen)]
        if heads.empty:
            continue
        sentences = found.read("sentences", name, ("article", "text"))
        texts = (
            sentences[sentences["article"].isin(heads["article"])].groupby("article", sort=False)["text"].agg(" ".join)
        )
        for article, outlet, date in heads.itertuples(index=False, name=None):
            text = str(texts.get(article, ""))
            words = Counter(word for word in WORD.findall(text.lower()) if word not in stops)
            rows += [(article, outlet or NOWHERE, date[:7], term, times) for term, times in sorted(words.items())]
    return pd.DataFrame(rows, columns=["article", "outlet", "month", "term", "count"]).astype({"count": "int64"})


def _drawn(found: Parts, most: int, seed: int) -> frozenset[str]:
    lowest: list[tuple[int, str]] = []
    for name in found.names:
        ids = found.read("articles", name, ("article",))["article"].tolist()
        lowest = sorted([*lowest, *((rank(one, seed=seed), one) for one in ids)])[:most]
    return frozenset(one for _, one in lowest)


def by_outlet(words: pd.DataFrame) -> pd.DataFrame:
    """The words of each outlet against those of all others; see `keyness`."""
    return keyness(words, words["outlet"])


def by_period(words: pd.DataFrame, *, period: Period = "year") -> pd.DataFrame:
    """The words of each period against those of all others; see `keyness`."""
    dated = words[words["month"] != ""]
    return keyness(dated, periods(dated["month"], period=period))


def keyness(words: pd.DataFrame, groups: pd.Series[str]) -> pd.DataFrame:
    """Log-odds with a Dirichlet prior (Monroe, Colaresi and Quinn 2008) of each word in each group against the rest.

    Args:
        words: as `counted` gives them.
        groups: the group of each row.

    Returns:
        `group`, `term`, `count` (in the group), `articles` (of the group, with it), `per_million`, `elsewhere` (words in a
        million, in the group and in the rest), `log_odds`, `z`; terms in at least five articles of the group, z falling.
    """
    table = words.assign(group=groups.to_numpy())
    counts = table.pivot_table(
        index="term", columns="group", values="count", aggfunc="sum", fill_value=0, observed=True
    )
    spread = table.groupby(["group", "term"])["article"].nunique().unstack("group", fill_value=0)
    total = counts.sum(axis=1).to_numpy(dtype=float)
    rows: list[pd.DataFrame] = []
    for group in counts.columns:
        here = counts[group].to_numpy(dtype=float)
        there = total - here
        c, d = here.sum(), there.sum()
        if not c or not d:
            continue
        odds, z = log_odds(here, there, PRIOR * total, c, d)
        found = pd.DataFrame({"group": group, "term": counts.index, "count": here.astype(np.int64)})
        articles = spread[group].reindex(counts.index, fill_value=0).to_numpy(dtype=np.int64)
        found = found.assign(
            articles=articles, per_million=here / c * 1e6, elsewhere=there / d * 1e6, log_odds=odds, z=z
        )
        found = found[found["articles"] >= FEWEST]
        rows.append(found.sort_values(["z", "term"], ascending=[False, True], kind="stable"))
    whole = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(COLUMNS))
    return whole[list(COLUMNS)].astype(COLUMNS)


def top(table: pd.DataFrame, *, most: int = 8, groups: Iterable[str] = ()) -> pd.DataFrame:
    """The words of each group that are surest its own."""
    wanted: Sequence[str] = list(groups)
    rows = table[table["group"].isin(wanted)] if wanted else table
    return rows[rows["z"] > 1.96].groupby("group", sort=False).head(most).reset_index(drop=True)
