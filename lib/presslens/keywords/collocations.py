"""Pairs of words that stand together more often than chance would have it."""

from __future__ import annotations

import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import word_list
from presslens.leaving_out import bare, without

# without grammars, parsers and taggers, which nothing here uses, and a test of Fisher's
with bare("nltk"), without("scipy", "sklearn"):
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

MEASURES = ("likelihood_ratio", "pmi", "student_t", "chi_sq", "dice", "jaccard", "phi_sq", "poisson_stirling")
COLUMNS = {
    "article": "str",
    "rank": "int64",
    "pair": "str",
    "score": "float64",
    "count": "int64",
    "first_count": "int64",
    "second_count": "int64",
}


def collocations(
    tokens: pd.DataFrame, *, measure: str = "likelihood_ratio", top: int = 20, least: int = 2, window: int = 2
) -> pd.DataFrame:
    """The pairs of words that belong together, by one of NLTK's association measures.

    Only pairs inside one sentence count, and only of content words (no function words, numbers or punctuation),
    though the words between them keep their place in the window.

    Args:
        tokens: one row a token; needs `article`, `sentence`, `norm`, `kind`.
        measure: `likelihood_ratio` (Dunning 1993), `pmi` (Church and Hanks 1990), `student_t`, `chi_sq`, `dice`,
            `jaccard`, `phi_sq` or `poisson_stirling`; see Manning and Schuetze 1999, chapter 5.
        top: how many pairs an article gets, at most.
        least: how often a pair must occur.
        window: the words that a pair may span: 2 for neighbours.

    Returns:
        One row a pair, best first: `article`, `rank`, `pair`, `score`, `count` (of the pair), `first_count`,
        `second_count` (of its words).

    Raises:
        BadInput: for an unknown measure, or a number that is too small.
    """
    if measure not in MEASURES:
        raise BadInput(f"unknown association measure {measure!r}: give one of {', '.join(MEASURES)}")
    if top < 1 or least < 1 or window < 2:
        raise BadInput("collocations need top and least of 1 or more, and a window of 2 or more")
    empty = word_list("function_words")
    score = getattr(BigramAssocMeasures, measure)
    rows: list[tuple[str, int, str, float, int, int, int]] = []
    for article, group in tokens.groupby("article", sort=False):
        words = group.loc[group["kind"] == "word"]
        sentences = [norms.tolist() for _, norms in words.groupby("sentence", sort=False)["norm"]]
        finder = BigramCollocationFinder.from_documents(sentences) if window == 2 else _windowed(sentences, window)
        finder.apply_word_filter(lambda word: word is None or len(word) < 2 or word in empty)
        finder.apply_freq_filter(least)
        if not finder.ngram_fd:
            continue
        scored = [(pair, float(value)) for pair, value in finder.score_ngrams(score)]
        best = sorted(scored, key=lambda item: (-item[1], item[0]))[:top]
        for rank, (pair, value) in enumerate(best, start=1):
            counts = (int(finder.ngram_fd[pair]), int(finder.word_fd[pair[0]]), int(finder.word_fd[pair[1]]))
            rows.append((str(article), rank, " ".join(pair), value, *counts))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _windowed(sentences: list[list[str]], window: int) -> BigramCollocationFinder:
    """Pairs up to `window` words apart, sentence by sentence; blank places between sentences keep them apart."""
    padded = [word for sentence in sentences for word in [*sentence, *[None] * (window - 1)]]
    return BigramCollocationFinder.from_words(padded, window_size=window)
