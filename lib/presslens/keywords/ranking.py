"""Key phrases: every candidate gets a score that is a sum of readable parts, and the best of them are kept.

The score is a logistic regression over named features, each of which counts by a broken line that the weight file
gives as points at a few values (a scorecard; a generalised additive model). `python -m presslens.keywords.training`
makes the weights.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import Words, surface, words_by_article
from presslens.keywords.features import CLASSES, Candidate, gather, measure
from presslens.keywords.variety import choose

PROFILES = ("phrases", "terms")
VARIED = frozenset({"phrases"})  # an index may well list a word and the phrases that hold it
PLACE = ("first", "first_rel", "first_sentence", "first_word", "last_word", "company")
REASONS = 3  # features named beside each phrase
HEADED = 0.75  # the part of the points for an early place that an article loses if it has a headline: the stories that taught the
# weights have none and sum themselves up in the lead, where an article with a headline and a standfirst need not
COLUMNS = {
    "article": "str",
    "rank": "int64",
    "phrase": "str",
    "score": "float64",
    "count": "int64",
    "sentences": "str",
    "because": "str",
    "stems": "str",
}
OCCURRENCE_COLUMNS = {"article": "str", "phrase": "str", "sentence": "str", "start": "int64", "end": "int64"}


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The weights of one profile.

    `lines` has for each number the values and the points there, a line between them; `classes` has the points of
    each class of a feature that is no number.
    """

    base: float
    lines: dict[str, tuple[np.ndarray, np.ndarray]]
    classes: dict[str, dict[str, float]]

    @property
    def names(self) -> list[str]:
        """The features, in the order of the columns of `points`."""
        return [*self.lines, *self.classes]

    def points(self, features: Mapping[str, np.ndarray]) -> np.ndarray:
        """What each feature adds to each candidate's score, in log-odds: one row a candidate, one column a feature."""
        columns = [np.interp(features[name], at, points) for name, (at, points) in self.lines.items()]
        for name, points in self.classes.items():
            columns.append(np.array([points.get(value, 0.0) for value in features[name]]))
        return np.column_stack(columns)

    def odds(self, points: np.ndarray) -> np.ndarray:
        """The log-odds of each candidate, from its points."""
        return np.asarray(self.base + points.sum(axis=1))


@cache
def scorecard(profile: str) -> Scorecard:
    """The scorecard of a profile, from `data/weights_<profile>.csv` (columns `feature`, `at`, `points`)."""
    text = files("presslens.keywords").joinpath(f"data/weights_{profile}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    classes: dict[str, dict[str, float]] = {name: {} for name in CLASSES}
    base = 0.0
    for row in rows:
        name, points = row["feature"], float(row["points"])
        if name == "base":
            base = points
        elif name in classes:
            classes[name][row["at"]] = points
        else:
            lines[name].append((float(row["at"]), points))
    arrays = {name: (np.array([a for a, _ in line]), np.array([p for _, p in line])) for name, line in lines.items()}
    return Scorecard(base, arrays, classes)


def keyphrases(
    sentences: pd.DataFrame, tokens: pd.DataFrame, *, top: int = 15, profile: str = "phrases"
) -> pd.DataFrame:
    """The phrases that a careful reader would list for each article.

    Args:
        sentences: one row a sentence; needs `article` (its order is the order of the result).
        tokens: the tokens of those sentences.
        top: how many phrases an article gets, at most.
        profile: `phrases` (noun phrases and names, as a reader would write them) or `terms` (also single words, for
            indexing).

    Returns:
        One row a phrase, best first: `article`, `rank` (from 1), `phrase` (as the article writes it), `score`
        (0..1, the estimated chance that a reader lists it), `count` (places), `sentences` (their ids, separated by
        a space), `because` (the features that raised it most, with their points), `stems` (what its variants share).

    Raises:
        BadInput: for an unknown profile or a `top` below 1.
    """
    if profile not in PROFILES:
        raise BadInput(f"unknown keyword profile {profile!r}: give one of {', '.join(PROFILES)}")
    if top < 1:
        raise BadInput(f"cannot give the top {top} phrases: ask for 1 or more")
    found = {words.article: list(_best(words, top, profile)) for words in words_by_article(tokens)}
    rows = [row for article in dict.fromkeys(sentences["article"].tolist()) for row in found.get(article, [])]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _best(words: Words, top: int, profile: str) -> Iterator[tuple[str, int, str, float, int, str, str, str]]:
    """The rows of one article."""
    candidates = gather(words, profile=profile)
    if not candidates:
        return
    card = scorecard(profile)
    features = measure(words, candidates)
    points = card.points(features)
    odds = card.odds(points)
    if any(section != "body" for section in words.section):
        place = points[:, [card.names.index(name) for name in PLACE]].sum(axis=1)
        odds = odds - HEADED * (place - np.median(place))
    names = features["name"] == 1
    typical = np.median(points, axis=0)
    keys = [candidate.key for candidate in candidates]
    chosen = choose(keys, lambda i: written(words, candidates[i]), odds, names, top=top, varied=profile in VARIED)
    for rank, i in enumerate(chosen, start=1):
        candidate = candidates[i]
        places = list(dict.fromkeys(words.sentence[span.first] for span in candidate.places))
        raised = points[i] - typical
        best = [k for k in np.argsort(-raised, kind="stable")[:REASONS].tolist() if raised[k] > 0]
        because = ", ".join(f"{card.names[k]} {raised[k]:+.1f}" for k in best)
        yield (
            words.article,
            rank,
            written(words, candidate),
            round(1 / (1 + exp(-odds[i])), 4),
            len(candidate.places),
            " ".join(places),
            because,
            candidate.key,
        )


def written(words: Words, candidate: Candidate) -> str:
    """The commonest way in which the article writes the phrase; the first one of equals."""
    forms = Counter(surface(words, span.first, span.last) for span in candidate.places)
    return forms.most_common(1)[0][0]


def occurrences(keyphrases: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Every place of every key phrase, in any of its forms, also inside longer phrases.

    Args:
        keyphrases: the result of `keyphrases`.
        tokens: the tokens of the same articles.

    Returns:
        One row a place, in the order of the text: `article`, `phrase`, `sentence`, `start`, `end` (offsets into the
        article's cleaned text).
    """
    wanted: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
    for article, phrase, stems in zip(keyphrases["article"], keyphrases["phrase"], keyphrases["stems"], strict=True):
        parts = tuple(stems.split(" "))
        wanted.setdefault(article, {}).setdefault(parts[0], []).append((parts, phrase))
    rows = []
    for words in words_by_article(tokens):
        starts = wanted.get(words.article, {})
        for i, word in enumerate(words.stem):
            for parts, phrase in starts.get(word, ()):
                j = i + len(parts)
                if tuple(words.stem[i:j]) == parts and words.sentence[i] == words.sentence[j - 1]:
                    rows.append((words.article, phrase, words.sentence[i], words.start[i], words.end[j - 1]))
    return pd.DataFrame(rows, columns=list(OCCURRENCE_COLUMNS)).astype(OCCURRENCE_COLUMNS)


def texts(table: pd.DataFrame, *, top: int = 15, profile: str = "phrases") -> pd.DataFrame:
    """Key phrases for a table of texts: what `presslens keywords` writes.

    Args:
        table: needs `id` and `text`.
        top: how many phrases a text gets, at most.
        profile: `phrases` or `terms`, as in `keyphrases`.

    Returns:
        One row a phrase: `id`, `rank`, `phrase`, `score`.
    """
    from presslens.article.reading import from_table
    from presslens.language.tokens import tokenize

    sentences = from_table(table)
    found = keyphrases(sentences, tokenize(sentences), top=top, profile=profile)
    ids = dict(enumerate(table["id"].astype(str).tolist()))
    found.insert(0, "id", found["article"].astype("int64").map(ids).astype("str"))
    return found[["id", "rank", "phrase", "score"]]
