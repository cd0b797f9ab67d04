"""What is unusually frequent in a text against a reference, by four measures, with corrected significance and dispersion."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import word_list
from presslens.language.frequency import rarest, share
from presslens.language.stems import stem

GENERAL = "general English (wordfreq)"
GENERAL_SIZE = 1_000_000_000
LEAST_PRIOR = 0.1  # pseudo-counts of a word that the reference hardly knows, so that its odds have a variance
COLUMNS = {
    "article": "str",
    "term": "str",
    "count": "int64",
    "reference_count": "float64",
    "per_million": "float64",
    "reference_per_million": "float64",
    "g2": "float64",
    "p": "float64",
    "q": "float64",
    "log_ratio": "float64",
    "diff": "float64",
    "log_odds": "float64",
    "z": "float64",
    "paragraphs": "int64",
    "juilland_d": "float64",
    "dp": "float64",
    "listed": "bool",
    "part_of_name": "bool",
    "reference": "str",
}
DISPERSION_COLUMNS = {
    "article": "str",
    "term": "str",
    "count": "int64",
    "paragraphs": "int64",
    "juilland_d": "float64",
    "dp": "float64",
}


def log_likelihood(a: np.ndarray, b: np.ndarray, c: float, d: float) -> np.ndarray:
    """G2 of counts `a` in a text of `c` words and `b` in a reference of `d` words (Rayson and Garside 2000).

    Twice the sum of O ln(O / E) over the two counts, as their calculator has it; 0 where both shares are equal.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    expected_a, expected_b = c * (a + b) / (c + d), d * (a + b) / (c + d)
    return np.asarray(2 * (_part(a, expected_a) + _part(b, expected_b)))


def _part(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """O ln(O / E), 0 where nothing was observed."""
    safe = np.where(observed > 0, observed, 1.0)
    return np.where(observed > 0, observed * np.log(safe / np.where(expected > 0, expected, 1.0)), 0.0)


def log_ratio(a: np.ndarray, b: np.ndarray, c: float, d: float) -> np.ndarray:
    """Binary logarithm of the ratio of the two relative frequencies (Hardie 2014); a count of 0 is taken as one half."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return np.log2((np.where(a > 0, a, 0.5) / c) / (np.where(b > 0, b, 0.5) / d))


def percent_difference(a: np.ndarray, b: np.ndarray, c: float, d: float) -> np.ndarray:
    """%DIFF, the difference of the relative frequencies in per cent of the reference's (Gabrielatos and Marchi 2011).

    A reference frequency of 0 is taken as 1e-18, as they advise, so the value is then very large.
    """
    here, there = np.asarray(a, dtype=float) / c, np.asarray(b, dtype=float) / d
    there = np.where(there > 0, there, 1e-18)
    return (here - there) * 100 / there


def log_odds(a: np.ndarray, b: np.ndarray, prior: np.ndarray, c: float, d: float) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds ratio with an informative Dirichlet prior, and its z-score (Monroe, Colaresi and Quinn 2008,
    equations 16, 20, 22).

    Args:
        a: counts of each term in the text.
        b: counts of each term in the reference.
        prior: pseudo-counts of each term, above 0.
        c: words in the text.
        d: words in the reference.
    """
    a, b, prior = (np.asarray(x, dtype=float) for x in (a, b, prior))
    total = float(prior.sum())
    here = np.log((a + prior) / (c + total - a - prior))
    there = np.log((b + prior) / (d + total - b - prior))
    delta = here - there
    return delta, delta / np.sqrt(1 / (a + prior) + 1 / (b + prior))


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """The false discovery rate at which each p-value would just count as a discovery (Benjamini and Hochberg 1995); 0..1."""
    p = np.asarray(p, dtype=float)
    order = np.argsort(p, kind="stable")
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q


def juilland_d(counts: np.ndarray, sizes: np.ndarray) -> float:
    """Juilland's D for the counts of a term in parts of a text: 1 is perfectly even, 0 all in one part.

    1 - V / sqrt(n - 1), V being the coefficient of variation of the relative frequencies in the n parts (Juilland
    and Chang-Rodriguez 1964; Gries 2008, IJCL 13:4 for parts of unequal size). NaN with fewer than two parts or
    where the term does not occur.
    """
    rates = np.asarray(counts, dtype=float) / np.asarray(sizes, dtype=float)
    mean = rates.mean() if len(rates) > 1 else 0.0
    return float(1 - rates.std() / mean / np.sqrt(len(rates) - 1)) if mean > 0 else float("nan")


def gries_dp(counts: np.ndarray, sizes: np.ndarray) -> float:
    """Gries' deviation of proportions (Gries 2008, IJCL 13:4): 0 is perfectly even, near 1 all in one small part.

    Half the summed distance between the share of the term that a part holds and the share of the words that it
    holds. NaN where the term does not occur.
    """
    counts, sizes = np.asarray(counts, dtype=float), np.asarray(sizes, dtype=float)
    if counts.sum() == 0:
        return float("nan")
    return float(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2)


def dispersion(tokens: pd.DataFrame, *, terms: list[str] | None = None, by: str = "stem") -> pd.DataFrame:
    """How evenly terms are spread over the paragraphs of each article.

    Args:
        tokens: one row a token; needs `article`, `paragraph`, `norm`, `kind`.
        terms: the words to measure (lower case, or stems where `by` is `stem`); by default all.
        by: `stem` to take the inflections of a word together, or `norm`.

    Returns:
        One row an article and term that occurs in it: `article`, `term`, `count`, `paragraphs` (that it
        stands in), `juilland_d` (0..1), `dp` (0..1).
    """
    words = _terms(tokens, by)
    rows = []
    for article, group in words.groupby("article", sort=False):
        numbers, paragraphs = pd.factorize(group["paragraph"], sort=True)
        sizes = np.bincount(numbers, minlength=len(paragraphs))
        codes, names = pd.factorize(group["term"], sort=True)
        table = np.zeros((len(names), len(paragraphs)))
        np.add.at(table, (codes, numbers), 1)
        for name, counts in zip(names, table, strict=True):
            if terms is None or name in terms:
                rows.append(
                    (
                        article,
                        name,
                        int(counts.sum()),
                        int((counts > 0).sum()),
                        juilland_d(counts, sizes),
                        gries_dp(counts, sizes),
                    )
                )
    return pd.DataFrame(rows, columns=list(DISPERSION_COLUMNS)).astype(DISPERSION_COLUMNS)


def keyness(
    tokens: pd.DataFrame,
    *,
    reference: pd.DataFrame | Mapping[str, float] | None = None,
    name: str = "",
    by: str = "norm",
    least: int = 2,
    prior: float = 1000.0,
    content_only: bool = False,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The words that are unusually frequent in each article, and those that are unusually rare.

    Args:
        tokens: one row a token; needs `article`, `paragraph`, `norm`, `kind`, and `start` where there are mentions.
        reference: what to compare with: tokens of other articles, counts of words, or None for general English,
            whose frequencies (wordfreq) stand for a corpus of a thousand million words.
        name: what to call the reference in the table.
        by: `norm` (words as written, lower case) or `stem`; with `stem` and general English the article's own forms
            are added up.
        least: how often a word must occur in the article.
        prior: words' worth of the prior of the log-odds; its shares are those of text and reference together.
        content_only: leave out function words.
        mentions: as `actors.mentions` gives them; with them `part_of_name` is told.

    Returns:
        One row an article and term, by falling G2, those more frequent than in the reference first: `article`,
        `term`, `count`, `reference_count`, `per_million`, `reference_per_million`, `g2`, `p` (chi-square, one
        degree), `q` (Benjamini-Hochberg over the article's terms), `log_ratio`, `diff` (%DIFF), `log_odds`, `z`,
        `paragraphs` (that it stands in), `juilland_d` and `dp` over them, `listed` (the reference has the word),
        `part_of_name` (all its places are in longer names of people, which it seldom ends: a first or middle name),
        `reference`. Of a word that the reference does not have, `log_ratio` is not a measurement: general English is
        taken to use it as often as the rarest word of its list, other references half a time (Hardie 2014).
    """
    if least < 1 or prior <= 0:
        raise BadInput("keyness needs a least count of 1 or more and a prior above 0")
    words = _terms(tokens, by)
    forms: dict[str, list[str]] = {}
    for term, norm in sorted(set(zip(words["term"].tolist(), words["norm"].tolist(), strict=True))):
        forms.setdefault(term, []).append(norm)
    counts, size, name = _reference(reference, name, by, forms)
    spread = dispersion(tokens, by=by).set_index(["article", "term"])
    empty = word_list("function_words") if content_only else frozenset()
    named = _parts_of_names(words, mentions)
    parts = []
    for article, group in words.groupby("article", sort=False):
        here = Counter(group["term"].tolist())
        total = float(len(group))
        kept = sorted(term for term, count in here.items() if count >= least and not set(forms[term]) <= empty)
        if not kept:
            continue
        a = np.array([here[term] for term in kept], dtype=float)
        b = np.array([counts.get(term, 0.0) for term in kept], dtype=float)
        g2 = log_likelihood(a, b, total, size)
        p = _chi_square_tail(g2)
        # what is not kept shares the rest of the prior, so that the shares of the kept terms stay true
        shares = (a + b + 0.5) / (total + size)
        rest = max(1.0 - float(shares.sum()), 1e-9)
        delta, z = log_odds(np.append(a, total - a.sum()), np.append(b, max(size - b.sum(), 0.0)),
                            np.maximum(prior * np.append(shares, rest), LEAST_PRIOR), total, size)  # fmt: skip
        found = spread.loc[[(article, term) for term in kept]]
        part = pd.DataFrame({
            "article": article, "term": kept, "count": a.astype("int64"), "reference_count": b,
            "per_million": a / total * 1e6, "reference_per_million": b / size * 1e6,
            "g2": g2, "p": p, "q": benjamini_hochberg(p),
            "log_ratio": log_ratio(a, np.where((b == 0) & (reference is None), rarest() * size, b), total, size),
            "diff": percent_difference(a, b, total, size), "log_odds": delta[:-1], "z": z[:-1],
            "paragraphs": found["paragraphs"].to_numpy(),
            "juilland_d": found["juilland_d"].to_numpy(), "dp": found["dp"].to_numpy(), "listed": b > 0,
            "part_of_name": [(article, term) in named for term in kept], "reference": name,
        })  # fmt: skip
        more = (part["log_ratio"] > 0).astype("int64")
        order = part.assign(more=more, g2=part["g2"].round(6)).sort_values(
            ["more", "g2", "term"], ascending=[False, False, True]
        )
        parts.append(part.loc[order.index])
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return table.astype(COLUMNS)


def _parts_of_names(words: pd.DataFrame, mentions: pd.DataFrame | None) -> set[tuple[str, str]]:
    """Articles and terms that stand in names of people only, of several words, and end fewer than half of these.

    What ends a name ("Merkel") tells of whom an article speaks; what stands before it ("Angela") tells it once more.
    """
    if mentions is None:
        return set()
    people = mentions[mentions["kind"] == "person"]
    spans = {article: group[["start", "end"]].to_numpy() for article, group in people.groupby("article", sort=False)}
    found: set[tuple[str, str]] = set()
    for article, group in words.groupby("article", sort=False):
        starts = group["start"].to_numpy()
        inside, last = np.zeros(len(group), dtype=bool), np.zeros(len(group), dtype=bool)
        for first, after in np.searchsorted(starts, spans.get(article, np.zeros((0, 2)))).tolist():
            if after - first > 1:
                inside[first:after] = True
                last[after - 1] = True
        counts = pd.DataFrame({"term": group["term"], "inside": inside, "last": last}).groupby("term").mean()
        found |= {(str(article), str(term)) for term in counts.index[(counts["inside"] == 1) & (counts["last"] < 0.5)]}
    return found


def _terms(tokens: pd.DataFrame, by: str) -> pd.DataFrame:
    """The words with the form that is counted as `term`."""
    if by not in {"norm", "stem"}:
        raise BadInput(f"cannot count words by {by!r}: give norm or stem")
    words = tokens.loc[tokens["kind"] == "word", [c for c in ("article", "paragraph", "start", "norm") if c in tokens]]
    return words.assign(term=words["norm"] if by == "norm" else words["norm"].map(stem))


def _reference(
    reference: pd.DataFrame | Mapping[str, float] | None, name: str, by: str, forms: Mapping[str, list[str]]
) -> tuple[dict[str, float], float, str]:
    """Counts of the terms in the reference, its size in words, and its name."""
    if reference is None:
        counts = {term: sum(share(norm) for norm in norms) * GENERAL_SIZE for term, norms in forms.items()}
        return counts, float(GENERAL_SIZE), name or GENERAL
    if isinstance(reference, pd.DataFrame):
        found = Counter(_terms(reference, by)["term"].tolist())
        if not found:
            raise BadInput("the reference for keyness has no words: give a longer text or corpus")
        return (
            {term: float(count) for term, count in found.items()},
            float(sum(found.values())),
            name or "reference articles",
        )
    size = float(sum(reference.values()))
    if size <= 0:
        raise BadInput("the reference for keyness has no words: give counts above 0")
    return dict(reference), size, name or "reference counts"


def _chi_square_tail(value: np.ndarray) -> np.ndarray:
    """The chance of a chi-square with one degree of freedom at least this large."""
    roots = np.sqrt(np.maximum(value, 0.0) / 2)
    return np.array([math.erfc(root) for root in roots.tolist()], dtype=float)
