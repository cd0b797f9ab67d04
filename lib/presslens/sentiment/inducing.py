"""Makes `data/induced.csv`, the lexicon that reaches beyond the words that people have rated.

    python -m presslens.sentiment.inducing DATA_FOLDER

Needs the neural extra (see `embedding`); the measure itself does not. No rating of an opinion-page sentence is used, so the
lexicon can be cross-validated on those. Three columns:

- lexical: what the rated lexicons would say of the word, by ridge regression on its vector;
- news: its part in the tone of news sentences (NewsMTSC), by ridge regression on the mean of word vectors;
- distilled: what a model of sentence vectors, taught by the ratings of tweets, film and product reviews and by NewsMTSC,
  sees in news sentences beyond the other columns, given to single words by ridge regression.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from presslens.sentiment import embedding, features, lexicons
from presslens.sentiment.features import Floats, Ints

DOMAINS = ("tweets", "movies", "amazon")
_SPLIT = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘A-Z])")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")


def bag(texts: list[str], terms: list[str]) -> sparse.csr_matrix:
    """Weight of each term in each text; half and turned round where it is negated."""
    words = features.parse(texts, features.Numbering(terms))
    inside = words.id >= 0
    weight = words.weight * np.where(words.negated, -0.5, 1.0)
    entries = (weight[inside], (words.text[inside], words.id[inside]))
    return sparse.csr_matrix(entries, shape=(len(texts), len(terms)))


def news_sentences(folder: Path) -> list[str]:
    """Sentences of news and opinion without any label: DUC-2001, KPCrowd, FrAC and GVFC."""
    found: list[str] = []
    for name in ("duc2001_dev", "kpcrowd_dev"):
        for text in pd.read_json(folder / "keywords" / f"{name}.jsonl", lines=True)["text"]:
            pieces = _SPLIT.split(re.sub(r"\s+", " ", text))
            found += [piece.strip() for piece in pieces if 30 < len(piece) < 400]
    for name in ("frac_dev", "gvfc_headlines_dev"):
        found += pd.read_csv(folder / "framing" / f"{name}.csv")["text"].tolist()
    return list(dict.fromkeys(found))


def vocabulary(texts: list[str]) -> list[str]:
    """Words to rate: common ones of English, those of the lexicons, and those that the texts have twice."""
    from wordfreq import top_n_list

    from presslens.language.frequency import zipf

    counts = Counter(features.norm(word) for text in texts for word in features.WORD.findall(text))
    words = {word for word in top_n_list("en", 120_000) if zipf(word) >= 2.5}
    words |= {word for word, count in counts.items() if count >= 2}
    words |= {term for name in lexicons.NAMES for term in lexicons.load(name) if zipf(term) >= 1.5}
    return sorted(word for word in words if _WORD.fullmatch(word))


def induce(folder: Path) -> pd.DataFrame:
    """The lexicon: `term`, `lexical`, `news`, `distilled` (each about -1..1, three places)."""
    from sklearn.linear_model import Ridge

    rated = [pd.read_csv(folder / "sentiment" / f"{name}.csv") for name in DOMAINS]
    targets = pd.read_json(folder / "targets" / "newsmtsc_train.jsonl", lines=True)
    tone = targets.groupby("text", sort=False)["polarity"].mean()
    labelled, unlabelled = tone.index.tolist(), news_sentences(folder)
    reviews, ratings = pd.concat(rated)["text"].tolist(), pd.concat(rated)["valence"].to_numpy()
    terms = vocabulary([*reviews, *labelled, *unlabelled])
    vectors = embedding.vectors(terms).astype(np.float64)
    bags = [bag(texts, terms) for texts in (reviews, labelled, unlabelled)]
    uses = np.asarray((sparse.vstack(bags) != 0).sum(axis=0)).ravel()
    vectors -= np.average(vectors, axis=0, weights=np.sqrt(uses + 1))

    lexical = _lexical(terms, vectors, uses)
    means = [counts @ vectors for counts in bags]
    news = vectors @ Ridge(alpha=10).fit(means[1], tone).coef_

    # The teacher: sentence vectors and lexicons, none of it from opinion pages.
    lists = np.column_stack([features.values(lexicons.load(name), terms) for name in lexicons.NAMES])
    columns = np.column_stack([np.maximum(lists, 0), np.minimum(lists, 0), lexical])
    inputs = [counts @ columns for counts in bags]
    sentences = [embedding.vectors(texts).astype(np.float64) for texts in (reviews, labelled, unlabelled)]
    parts = [
        Ridge(alpha=3).fit(sentences[0], ratings).predict(np.vstack(sentences[1:])) * 0.3,
        Ridge(alpha=3).fit(sentences[1], tone).predict(np.vstack(sentences[1:])),
        Ridge(alpha=30).fit(inputs[0], ratings).predict(np.vstack(inputs[1:])),
    ]
    taught = sum(part / part.std() * scale for part, scale in zip(parts, (0.3, 1.0, 1.0), strict=True))
    seen = sparse.vstack(bags[1:]).tocsr()
    known = np.column_stack([np.vstack(inputs[1:]), seen @ news])
    rest = taught - Ridge(alpha=3).fit(known, taught).predict(known)
    often = np.flatnonzero(np.asarray((seen != 0).sum(axis=0)).ravel() >= 3)
    distilled = np.zeros(len(terms))
    distilled[often] = Ridge(alpha=1.5, solver="sparse_cg", tol=1e-6).fit(seen[:, often], rest).coef_
    table = pd.DataFrame({"term": terms, "lexical": lexical, "news": news, "distilled": distilled})
    scale = {name: table[name].abs().quantile(0.995) for name in ("lexical", "news", "distilled")}
    return table.assign(**{name: (table[name] / limit).round(3) + 0.0 for name, limit in scale.items()})


def _lexical(terms: list[str], vectors: Floats, uses: Ints) -> Floats:
    """The mean, over the lexicons, of what a ridge regression on word vectors makes of each word."""
    from sklearn.linear_model import Ridge

    lists = {name: lexicons.load(name) for name in lexicons.NAMES}
    felt = {
        term for name, table in lists.items() for term, value in table.items() if name != "labmt" or abs(value) > 0.15
    }
    plain = np.array([term not in felt for term in terms]) & (uses >= 20)
    scaled = vectors / np.linalg.norm(vectors, axis=1).mean()
    found = []
    for name, table in lists.items():
        listed = np.array([term in table for term in terms])
        rows = np.flatnonzero(listed | plain if name != "labmt" else listed)
        fitted = Ridge(alpha=3).fit(scaled[rows], features.values(table, terms)[rows])
        predicted = fitted.predict(scaled)
        found.append(predicted / predicted.std())
    mean: Floats = np.mean(found, axis=0)
    return mean


def main() -> None:
    """Write `data/induced.csv` beside this file."""
    path = Path(__file__).parent / "data" / "induced.csv"
    table = induce(Path(sys.argv[1]))
    table.to_csv(path, index=False, lineterminator="\n", float_format="%.3g")
    sys.stdout.write(f"{len(table)} terms written to {path.name}\n")


if __name__ == "__main__":
    main()
