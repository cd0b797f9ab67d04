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
from itertools import pairwise
from math import exp

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import Candidates, gather
from presslens.keywords.features import CLASSES, measure
from presslens.keywords.variety import POOL, SPARE, choose
from presslens.keywords.words import Words, batches

PROFILES = ("phrases", "terms")
VARIED = frozenset({"phrases"})  # an index may well list a word and the phrases that hold it
PLACE = ("first", "first_rel", "first_sentence", "first_word", "last_word", "company")
DIGITS = 9  # of the log-odds: what differs by less is equal, on any machine
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
TEXT_COLUMNS = {"id": "str", "rank": "int64", "phrase": "str", "score": "float64"}
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
    _check(top, profile)
    found = {one.article: one for words in batches(tokens) for one in _best(words, top, profile, reasons=True)}
    rows = [
        row
        for article in dict.fromkeys(sentences["article"].tolist())
        if article in found
        for row in found[article].rows()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _check(top: int, profile: str) -> None:
    if profile not in PROFILES:
        raise BadInput(f"unknown keyword profile {profile!r}: give one of {', '.join(PROFILES)}")
    if top < 1:
        raise BadInput(f"cannot give the top {top} phrases: ask for 1 or more")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The phrases of one article, best first; each list has an entry a phrase."""

    article: str
    phrases: list[str]
    scores: list[float]
    counts: list[int]
    sentences: list[str]
    reasons: list[str]
    keys: list[str]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table of key phrases."""
        columns = (self.phrases, self.scores, self.counts, self.sentences, self.reasons, self.keys)
        for rank, (phrase, *rest) in enumerate(zip(*columns, strict=True), start=1):
            yield (self.article, rank, phrase, *rest)


def _best(words: Words, top: int, profile: str, *, reasons: bool = False) -> Iterator[Chosen]:
    """The best phrases of each article that has any."""
    candidates = gather(words, profile=profile)
    if not len(candidates):
        return
    card = scorecard(profile)
    features = measure(words, candidates)
    points = card.points(features)
    odds = card.odds(points).round(DIGITS)
    names = features["name"] == 1
    place = points[:, [card.names.index(name) for name in PLACE]].sum(axis=1)
    for number, low, high in by_article(words, candidates):
        mine = odds[low:high]
        if words.section[words.bounds[number]] != "body":
            mine = mine - HEADED * (place[low:high] - np.median(place[low:high]))
        pool = np.argsort(-mine, kind="stable")[: POOL * top + SPARE]
        writes = Writing(words, candidates, (low + pool).tolist())
        picks = choose(
            writes.keys(), writes.phrase, mine[pool], names[low:high][pool], top=top, varied=profile in VARIED
        )
        chosen = [i for i, _ in picks]
        because = _reasons(card, points[low:high], pool[chosen]) if reasons else [""] * len(chosen)
        yield Chosen(
            words.articles[number],
            [writes.phrase(i) for i in chosen],
            [round(1 / (1 + exp(-value)), 4) for _, value in picks],
            [writes.count(i) for i in chosen],
            [writes.sentences(i) for i in chosen],
            because,
            [writes.key(i) for i in chosen],
        )


def by_article(words: Words, candidates: Candidates) -> Iterator[tuple[int, int, int]]:
    """The number of each article that has candidates, and the first and past-the-last of them."""
    owner = words.owner[candidates.opening.first]
    edges = np.append(np.flatnonzero(np.diff(owner, prepend=-1)), len(owner)).tolist()
    for low, high in pairwise(edges):
        yield int(owner[low]), low, high


@dataclass(frozen=True, slots=True)
class Writing:
    """How some candidates are written, and where they stand, worked out when it is asked for."""

    words: Words
    candidates: Candidates
    numbers: list[int]

    def _places(self, i: int) -> list[tuple[int, int]]:
        at, number = self.candidates.at, self.numbers[i]
        last = at[number + 1] if number + 1 < len(at) else len(self.candidates.of)
        places = self.candidates.places
        both = (places.first[at[number] : last].tolist(), places.last[at[number] : last].tolist())
        return list(zip(*both, strict=True))

    def phrase(self, i: int) -> str:
        """The commonest way in which the article writes the phrase; the first one of equals."""
        forms = Counter(self.words.surface(first, last) for first, last in self._places(i))
        return forms.most_common(1)[0][0]

    def key(self, i: int) -> str:
        """The stems of its words."""
        at = self.candidates.at[self.numbers[i]]
        return self.words.key(int(self.candidates.places.first[at]), int(self.candidates.places.last[at]))

    def keys(self) -> list[str]:
        """The stems of the words of each."""
        return [self.key(i) for i in range(len(self.numbers))]

    def count(self, i: int) -> int:
        """Its places."""
        return len(self._places(i))

    def sentences(self, i: int) -> str:
        """The ids of its sentences."""
        return " ".join(dict.fromkeys(self.words.sentence[first] for first, _ in self._places(i)))


def _reasons(card: Scorecard, points: np.ndarray, chosen: np.ndarray) -> list[str]:
    """The features that raised each chosen phrase most above the typical candidate of its article."""
    raised = points[chosen] - np.median(points, axis=0)
    order = np.argsort(-raised, axis=1, kind="stable")[:, :REASONS].tolist()
    return [
        ", ".join(f"{card.names[k]} {row[k]:+.1f}" for k in best if row[k] > 0)
        for row, best in zip(raised, order, strict=True)
    ]


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
    for words in batches(tokens):
        stems = [words.stems[code] for code in words.stem.tolist()]
        lines = words.line.tolist()
        for number, article in enumerate(words.articles):
            starts = wanted.get(article, {})
            for i in range(words.bounds[number], words.bounds[number + 1]):
                for parts, phrase in starts.get(stems[i], ()):
                    j = i + len(parts)
                    if j <= len(lines) and lines[i] == lines[j - 1] and tuple(stems[i:j]) == parts:
                        rows.append((article, phrase, words.sentence[i], words.start[i], words.end[j - 1]))
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

    _check(top, profile)
    tokens = tokenize(from_table(table))
    ids = table["id"].astype(str).tolist()
    rows = [
        (ids[int(one.article)], rank, phrase, score)
        for words in batches(tokens)
        for one in _best(words, top, profile)
        for rank, (phrase, score) in enumerate(zip(one.phrases, one.scores, strict=True), start=1)
    ]
    return pd.DataFrame(rows, columns=list(TEXT_COLUMNS)).astype(TEXT_COLUMNS)
