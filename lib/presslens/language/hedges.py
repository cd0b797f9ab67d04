"""Hedges and modality: where a writer limits, doubts, obliges or is sure."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

KINDS = (
    "possibility",
    "probability",
    "appearance",
    "opinion",
    "approximation",
    "obligation",
    "certainty",
    "prediction",
)
COLUMNS = {
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "match": "str",
    "term": "str",
    "kind": "str",
}
RATE_COLUMNS = {"article": "str", "kind": "str", "count": "int64", "per_1000": "float64", "sentences": "float64"}


@cache
def _terms() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The terms by their first word, longest first."""
    text = files("presslens.language").joinpath("data/hedges.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#") and line != "term,kind":
            term, kind = line.split(",")
            parts = tuple(term.split(" "))
            found.setdefault(parts[0], []).append((parts, kind))
    return {first: sorted(terms, key=lambda item: (-len(item[0]), item[0])) for first, terms in found.items()}


def hedges(tokens: pd.DataFrame) -> pd.DataFrame:
    """Every word or phrase that marks how sure the writer is, or what must or will be.

    The list, `data/hedges.csv`, is our own, after the kinds that Hyland (1998, Hedging in Scientific Research
    Articles) and Palmer (2001, Mood and Modality) describe. The longest term wins; `May` in mid-sentence with a
    capital, or before a number, is the month.

    Args:
        tokens: one row a token; needs `article`, `sentence`, `start`, `end`, `token`, `norm`, `kind`.

    Returns:
        One row a place: `article`, `sentence`, `start`, `end` (offsets into the article's cleaned text), `match`
        (as written), `term` (as listed), `kind` (`possibility`, `probability`, `appearance`, `opinion`,
        `approximation`, `obligation`, `certainty`, `prediction`).
    """
    columns = ["article", "sentence", "start", "end", "token", "norm", "kind"]
    articles, sentences, starts, ends, words, norms, kinds = (tokens[name].tolist() for name in columns)
    listed = _terms()
    rows = []
    i = 0
    while i < len(norms):
        step = 1
        for parts, kind in listed.get(norms[i], ()):
            j = i + len(parts)
            if tuple(norms[i:j]) != parts or sentences[j - 1] != sentences[i] or articles[j - 1] != articles[i]:
                continue
            if norms[i] == "may" and words[i] == "May" and _is_month(i, articles, sentences, kinds):
                break
            match = " ".join(words[i:j])
            rows.append((articles[i], sentences[i], starts[i], ends[j - 1], match, " ".join(parts), kind))
            step = len(parts)
            break
        i += step
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _is_month(i: int, articles: list[str], sentences: list[str], kinds: list[str]) -> bool:
    """Whether a capitalised May is the month: not the first word of its sentence, or a number follows."""
    opens = i == 0 or sentences[i - 1] != sentences[i] or articles[i - 1] != articles[i]
    return not opens or (i + 1 < len(kinds) and kinds[i + 1] == "number")


def hedge_rates(tokens: pd.DataFrame) -> pd.DataFrame:
    """How much of each article is hedged, by kind.

    Returns:
        One row an article and kind, also where there is none: `article`, `kind`, `count`, `per_1000` (a thousand
        words), `sentences` (the share of sentences with one, 0..1).
    """
    found = hedges(tokens)
    words = tokens.loc[tokens["kind"] == "word"].groupby("article", sort=False).size()
    lines = tokens.groupby("article", sort=False)["sentence"].nunique()
    counts = found.groupby(["article", "kind"]).size()
    touched = found.groupby(["article", "kind"])["sentence"].nunique()
    rows = []
    for article, total in lines.items():
        n = int(words.get(article, 0))
        for kind in KINDS:
            count = int(counts.get((article, kind), 0))
            share = int(touched.get((article, kind), 0)) / int(total)
            rows.append((str(article), kind, count, 1000 * count / n if n else 0.0, share))
    return pd.DataFrame(rows, columns=list(RATE_COLUMNS)).astype(RATE_COLUMNS)
