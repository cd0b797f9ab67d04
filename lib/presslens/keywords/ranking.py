"""Key phrases: every candidate gets a score that is a sum of readable parts, and the best of them are kept.

The score is a logistic regression over named features, each of which counts by a broken line that the weight file
gives as points at a few values (a scorecard; a generalised additive model). `python -m presslens.keywords.training`
makes the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.keywords.candidates import Candidates, Named, gather, names_of
from presslens.keywords.features import measure
from presslens.keywords.reasons import reasons as why
from presslens.keywords.scorecard import scorecard
from presslens.keywords.variety import POOL, SPARE, choose
from presslens.keywords.words import Ints, Words, batches, word_list
from presslens.language.chunks import coded, different, one_of, typed

PROFILES = ("phrases", "terms")
VARIED = frozenset({"phrases"})  # an index may well list a word and the phrases that hold it
DIGITS = 9  # of the log-odds: what differs by less is equal, on any machine
# For articles under a headline, which need not say what they are about in their first sentence. Measured with the scorecard
# for headlines on 231 stories of 500N-KPCrowd under their own headlines, which taught it nothing (precision of the first
# ten, share of the listed phrases of two words or more that they hold), and on 154 of DUC-2001, which taught it, with the
# first sentence as headline (F1@10). The sets disagree on the first two: these values lie
# between, chosen with the phrases of one opinion piece in view as well, and are no optimum.
RECURS = (
    0.25  # log-odds for each doubling of the uses of its rarest word, and of its places: .28 to .32, .138, .394 to .392
)
ACTS = 1.25  # and for a person who is named more than once: .31 to .32, .135 to .142, .399 to .388
BARE = 1.0  # taken from a single word that says little or recurs in a longer phrase: .33 to .32, .137 to .138, .388 to .392
LEAST_HOST = 2  # places of that longer phrase
COLUMNS = {
    "article": "str",
    "rank": "int64",
    "phrase": "str",
    "score": "float64",
    "count": "int64",
    "sentences": "str",
    "because": "str",
    "why": "str",
    "stems": "str",
}
TEXT_COLUMNS = {"id": "str", "rank": "int64", "phrase": "str", "score": "float64"}
OCCURRENCE_COLUMNS = {"article": "str", "phrase": "str", "sentence": "str", "start": "int64", "end": "int64"}


def keyphrases(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    top: int = 15,
    profile: str = "phrases",
    mentions: pd.DataFrame | None = None,
    reasons: bool = True,
) -> pd.DataFrame:
    """The phrases that a careful reader would list for each article.

    Args:
        sentences: one row a sentence; needs `article` (its order is the order of the result).
        tokens: the tokens of those sentences.
        top: how many phrases an article gets, at most.
        profile: `phrases` (noun phrases and names, as a reader would write them) or `terms` (also single words, for
            indexing).
        mentions: who is named where, as `actors.mentions.mentions` returns it; all names of an actor are then one phrase.
        reasons: say `because` and `why`; both are empty otherwise.

    Returns:
        One row a phrase, best first: `article`, `rank` (from 1), `phrase` (as the article writes it), `score`
        (0..1, the estimated chance that a reader lists it beside those above it), `count` (places), `sentences` (their
        ids, separated by a space), `because` (the features that raised it most, with their points in log-odds above the
        article's typical candidate), `why` (the same in words, parted by `; `), `stems` (what its variants share; other names
        of the same actor after `|`).

    Raises:
        BadInput: for an unknown profile or a `top` below 1.
    """
    _check(top, profile)
    found = {
        one.article: one for words in batches(tokens) for one in _best(words, top, profile, mentions, reasons=reasons)
    }
    rows = [
        row
        for article in dict.fromkeys(sentences["article"].tolist())
        if article in found
        for row in found[article].rows()
    ]
    return typed(rows, COLUMNS)


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
    reasons: list[tuple[str, str]]
    keys: list[str]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The rows of the table of key phrases."""
        columns = (self.phrases, self.scores, self.counts, self.sentences, self.reasons, self.keys)
        for rank, (phrase, score, count, where, because, key) in enumerate(zip(*columns, strict=True), start=1):
            yield (self.article, rank, phrase, score, count, where, *because, key)


def _best(
    words: Words, top: int, profile: str, mentions: pd.DataFrame | None = None, *, reasons: bool = False
) -> Iterator[Chosen]:
    """The best phrases of each article that has any."""
    named = {} if mentions is None else names_of(words, mentions)
    words.make_names([first for first, last in named if last - first > 1])
    candidates = gather(words, profile=profile, named=named)
    if not len(candidates):
        return
    features = measure(words, candidates)
    cards = [scorecard(profile, headed=kind) for kind in (False, True)]
    headed = words.headed()
    points = [card.points(features) if (headed == kind).any() else None for kind, card in enumerate(cards)]
    odds = [None if part is None else card.odds(part) for card, part in zip(cards, points, strict=True)]
    if odds[True] is not None:
        odds[True] = odds[True] + _under_a_headline(words, candidates, features, mentions)
    names = features["name"] == 1
    for number, low, high in by_article(words, candidates):
        kind = int(headed[number])
        card, mine, parts = cards[kind], odds[kind], points[kind]
        if mine is None or parts is None:  # never: an article's own card has been reckoned
            continue
        pool = low + np.argsort(-mine[low:high].round(DIGITS), kind="stable")[: POOL * top + SPARE]
        writes = Writing(words, candidates, pool, named)
        picks = choose(
            writes.keys(),
            writes.phrase,
            mine[pool],
            names[pool],
            top=top,
            varied=float(profile in VARIED),
            identity=writes.identity,
        )
        chosen = [i for i, _ in picks]
        because = [("", "")] * len(chosen)
        if reasons:
            own = {name: values[low:high] for name, values in features.items()}
            because = why(card, parts[low:high], own, pool[chosen] - low)
        yield Chosen(
            words.articles[number],
            [writes.phrase(i) for i in chosen],
            [round(1 / (1 + exp(-value)), 4) for _, value in picks],
            [writes.count(i) for i in chosen],
            [writes.sentences(i) for i in chosen],
            because,
            [writes.stems(i) for i in chosen],
        )


def _under_a_headline(
    words: Words, candidates: Candidates, features: dict[str, np.ndarray], mentions: pd.DataFrame | None
) -> np.ndarray:
    """What the scorecard could not learn from stories without headline or tables of actors, in log-odds."""
    people: set[tuple[str, str]] = set()
    if mentions is not None:
        (article, articles), (actor, actors) = coded(mentions["article"]), coded(mentions["actor"])
        pairs = different((article * len(actors) + actor)[one_of(mentions["kind"], ("person",))])
        people = set(zip(articles[pairs // len(actors)].tolist(), actors[pairs % len(actors)].tolist(), strict=True))
    owner = np.array(words.articles, dtype=object)[words.owner[candidates.opening.first]]
    acts = np.array([one in people for one in zip(owner.tolist(), candidates.actor, strict=True)], dtype=bool)
    acts &= features["count"] > 0
    bare = (features["words"] == 1) & ((features["shell"] == 1) | (features["nested"] * candidates.count >= LEAST_HOST))
    return np.asarray(RECURS * (features["min_count"] + features["count"]) + ACTS * acts - BARE * bare)


def by_article(words: Words, candidates: Candidates) -> Iterator[tuple[int, int, int]]:
    """The number of each article that has candidates, and the first and past-the-last of them."""
    owner = words.owner[candidates.opening.first]
    edges = np.append(np.flatnonzero(np.diff(owner, prepend=-1)), len(owner)).tolist()
    for low, high in pairwise(edges):
        yield int(owner[low]), low, high


class Writing:
    """How some candidates are written, and where they stand, worked out when it is asked for.

    `numbers` are those of the candidates, `named` says which words name which actor.
    """

    def __init__(self, words: Words, candidates: Candidates, numbers: Ints, named: Named) -> None:
        self._words, self._named = words, named
        places, at = candidates.places, candidates.at
        low = at[numbers]
        high = np.append(at, len(candidates.of))[numbers + 1]
        sizes = high - low
        where = np.repeat(low, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        pairs = list(zip(places.first[where].tolist(), places.last[where].tolist(), strict=True))
        edges = np.concatenate([[0], np.cumsum(sizes)]).tolist()
        self._places = [pairs[one:other] for one, other in pairwise(edges)]
        form = candidates.form[numbers]
        self._shapes = list(zip(places.first[form].tolist(), places.last[form].tolist(), strict=True))
        self._actors = [candidates.actor[number] for number in numbers.tolist()]
        self._written: dict[int, str] = {}

    def phrase(self, i: int) -> str:
        """The commonest way in which the article writes the phrase, the first one of equals; of an actor, its name."""
        if i not in self._written:
            places = self._places[i]
            if self._actors[i] or len(places) == 1:
                self._written[i] = self._words.surface(*self._shapes[i])
            else:
                forms = Counter([self._words.surface(first, last) for first, last in places])
                self._written[i] = max(forms, key=forms.__getitem__)
        return self._written[i]

    def key(self, i: int) -> str:
        """The stems of its words."""
        return self._words.key(*self._shapes[i])

    def stems(self, i: int) -> str:
        """The stems of its words, and of other names of the same actor."""
        others = [self._words.key(*place) for place in self._places[i]] if self._actors[i] else []
        return "|".join(dict.fromkeys([self.key(i), *others]))

    def identity(self, i: int) -> str:
        """The actor that it names or stands for: the South Korean government is South Korea here."""
        first, last = self._shapes[i]
        stands = self._words.norm[last - 1] in word_list("stand_ins")
        return self._actors[i] or (self._named.get((first, last - 1), "") if stands else "")

    def keys(self) -> list[str]:
        """The stems of the words of each."""
        return [self._words.key(*shape) for shape in self._shapes]

    def count(self, i: int) -> int:
        """Its places."""
        return len(self._places[i])

    def sentences(self, i: int) -> str:
        """The ids of its sentences."""
        return " ".join(dict.fromkeys([self._words.sentence[first] for first, _ in self._places[i]]))


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
        for form in stems.split("|"):
            parts = tuple(form.split(" "))
            wanted.setdefault(article, {}).setdefault(parts[0], []).append((parts, phrase))
    rows = []
    for words in batches(tokens):
        stems = [words.stems[code] for code in words.stem.tolist()]
        lines = words.line.tolist()
        for number, article in enumerate(words.articles):
            starts = wanted.get(article, {})
            ends: dict[str, int] = {}  # of a phrase: where its last place ended, so that no place stands inside another
            for i in range(words.bounds[number], words.bounds[number + 1]):
                found: dict[str, int] = {}
                for parts, phrase in starts.get(stems[i], ()):
                    j = i + len(parts)
                    if j <= len(lines) and lines[i] == lines[j - 1] and tuple(stems[i:j]) == parts:
                        found[phrase] = max(j, found.get(phrase, 0))
                for phrase, j in found.items():
                    if j > ends.get(phrase, 0):
                        ends[phrase] = j
                        rows.append((article, phrase, words.sentence[i], int(words.start[i]), int(words.end[j - 1])))
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
