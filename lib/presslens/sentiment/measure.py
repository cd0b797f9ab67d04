"""The measure for news prose: what each word adds to the rating that readers would give a sentence.

A linear model learnt by `training` from sentences of opinion pages that 20 people each rated. The score of a sentence is
its base (which depends on its length and on whether it asks) plus what its words add, each weighted by its context as
`features` says, limited to -1..1; a score is a quarter of a rating. All weights are in `data/weights.csv`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from presslens.errors import BadInput
from presslens.language.chunks import Chunks, strings
from presslens.sentiment import classifier, embedding, features, lexicons
from presslens.sentiment.features import Flags, Floats, Ints
from presslens.sentiment.listed import columns
from presslens.sentiment.phrases import Trie

Tier = str
"""`default`, `neural`, or the path of a folder with a classifier (see `classifier`)."""
FILES = {"default": ("measure.json", "weights.csv"), "neural": ("neural.json", "neural_weights.csv")}


@dataclass(frozen=True, slots=True)
class Weights:
    """What words add, plain and negated, by number; and phrases."""

    numbering: features.Numbering
    plain: Floats
    negated: Floats
    phrases: Trie
    worth: tuple[float, ...]
    """What each phrase adds."""
    own: Flags
    """Words to which the user gave a valence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts as the measure reads them. What words add and the base are quarter ratings."""

    words: features.Words
    adds: Floats
    end: Ints
    """Where each word ends, or the phrase that it begins."""
    phrase: Flags
    base: Floats
    kept: Floats
    """What each word keeps of its feeling, 0..1."""

    @property
    def raw(self) -> Floats:
        """Sum of the base and what the words add, not limited; 0 for a text without words."""
        added = np.bincount(self.words.text, weights=self.adds, minlength=len(self.base))
        return np.where(self.words.length > 0, self.base + added, 0.0)


@cache
def settings(tier: Tier = "default") -> dict[str, Any]:
    """Everything learnt that is not a word: base, thresholds, errors. Raises BadInput where a tier cannot run."""
    if tier not in FILES:
        classifier.load(tier)  # refuses what is none
        # Whose errors nobody knows: an interval then says only which sentences there are.
        apart = {"negative_to": -classifier.EDGE, "positive_from": classifier.EDGE, "errors": []}
        return {**settings(), **apart}
    if tier == "neural" and not (embedding.available() and (_data() / FILES[tier][0]).is_file()):
        raise BadInput("the neural tier of sentiment needs presslens[neural]; install it, or use the default tier.")
    found: dict[str, Any] = json.loads((_data() / FILES[tier][0]).read_text("utf-8"))
    return found


def named(tier: str) -> Tier:
    """The tier of that name. Raises BadInput for another name, and where the tier cannot run."""
    settings(tier)  # an unknown name is what it refuses
    return tier


def _data() -> Any:
    return resources.files("presslens.sentiment") / "data"


@cache
def _learnt(tier: Tier) -> dict[str, tuple[float, float]]:
    with (_data() / FILES[tier if tier in FILES else "default"][1]).open(encoding="utf-8") as file:
        rows = columns(file, "term", "plain", "negated")
        return {term: (float(plain), float(negated)) for term, plain, negated in rows}


@lru_cache(maxsize=8)
def weights(overlay: tuple[tuple[str, float], ...] = (), tier: Tier = "default") -> Weights:
    """The learnt weights, with a user's terms (valence -4..4) in place of them."""
    chosen = dict(_learnt(tier))
    scale, turn = settings(tier)["valence"], settings(tier)["negated"]
    phrases: dict[tuple[str, ...], float] = {}
    given: set[str] = set()
    for term, valence in overlay:
        parts = tuple(features.norm(part) for part in features.WORD.findall(term))
        if len(parts) == 1:
            chosen[parts[0]] = (valence * scale, valence * scale * turn)
            given.add(parts[0])
        elif parts:
            phrases[parts] = valence * scale
            for part in parts:
                chosen.setdefault(part, (0.0, 0.0))
    numbering = features.Numbering(list(chosen))
    numbered = {tuple(numbering.known[part] for part in parts): value for parts, value in phrases.items()}
    values = np.array(list(chosen.values())) / 4
    ordered = sorted(numbered)
    own = np.array([term in given for term in chosen], dtype=bool)
    worth = tuple(numbered[parts] for parts in ordered)
    return Weights(numbering, values[:, 0], values[:, 1], Trie(ordered, len(numbering.known)), worth, own)


def read(
    texts: Sequence[str],
    *,
    overlay: Mapping[str, float] | None = None,
    tier: Tier = "default",
    offsets: bool = False,
    parted: Chunks | None = None,
) -> Reading:
    """What each word of the texts adds to their scores.

    Args:
        texts: strings; each is read as one sentence.
        overlay: terms and phrases with a valence of the user's own, -4..4, used instead of what was learnt.
        tier: `default`; `neural`, whose base holds what the sentence's vector adds; or the path of a classifier, whose
            base holds what it sees beyond the words of the default tier.
        offsets: give the places of words, too.
        parted: the chunks of the texts, where they are at hand.
    """
    learnt = settings(tier)
    chosen = weights(tuple(sorted((overlay or {}).items())), tier)
    words = features.parse(texts, chosen.numbering, offsets=offsets, parted=parted)
    inside = words.id >= 0
    ids = np.where(inside, words.id, 0)
    value = np.where(words.negated, chosen.negated[ids], chosen.plain[ids])
    end, phrase = words.end, np.zeros(len(ids), dtype=bool)
    if chosen.worth:
        value, end, phrase = _phrases(words, value, chosen, learnt["negated"])
    base = learnt["base"] + learnt["question"] * words.question + learnt["length"] * np.sqrt(words.length)
    if "vector" in learnt:
        base = base + embedding.vectors(texts).astype(np.float64) @ np.array(learnt["vector"])
    kept = np.ones(len(ids))
    if "naming" in learnt:  # what the user says of a word holds everywhere
        kept = np.where(phrase | (inside & chosen.own[ids]), 1.0, words.keeps)
    adds = np.where(inside, value * words.weight * kept, 0.0)
    if tier not in FILES:
        scores = classifier.load(tier).scores(texts)
        base = scores - np.bincount(words.text, weights=adds, minlength=len(texts))
        return Reading(words, adds, end, phrase, base, kept)
    return Reading(words, adds, end, phrase, base / 4, kept)


def _phrases(words: features.Words, value: Floats, chosen: Weights, turn: float) -> tuple[Floats, Ints, Flags]:
    """Puts the value of a phrase on its first word and none on the others."""
    value, end = value.copy(), words.end.copy()
    begins = np.zeros(len(value), dtype=bool)
    for place, number in zip(*chosen.phrases.find(words.text, words.id), strict=True):
        size = len(chosen.phrases.phrases[number])
        value[place : place + size] = 0.0
        value[place] = chosen.worth[number] / 4 * (turn if words.negation[place] else 1.0)
        begins[place] = True
        if len(end):
            end[place] = words.end[place + size - 1]
    return value, end, begins


def predict(texts: Sequence[str], *, overlay: Mapping[str, float] | None = None, tier: Tier = "default") -> Floats:
    """Score of each text, -1..1; 0 for a text without words."""
    return np.clip(read(texts, overlay=overlay, tier=tier).raw, -1, 1)


def evidence(
    texts: Sequence[str],
    *,
    overlay: Mapping[str, float] | None = None,
    tier: Tier = "default",
    reading: Reading | None = None,
) -> pd.DataFrame:
    """The words behind the scores; `reading` is that of the same texts with offsets, where there is one already.

    Returns:
        One row a word or phrase that adds something, in order: `text` (index), `start`, `end`, `word`, `valence` (what it
        adds to the rating, -4..4, of a sentence of one word), `contribution` (to the score; with the text's base they
        sum to it before it is limited), `why`.
    """
    found = reading or read(texts, overlay=overlay, tier=tier, offsets=True)
    words = found.words
    rows = np.flatnonzero(found.adds)
    owner, start, end = words.text[rows], words.start[rows], found.end[rows]
    chosen = weights(tuple(sorted((overlay or {}).items())), tier)
    valence = np.where(found.phrase[rows], found.adds[rows] / words.weight[rows], chosen.plain[words.id[rows]]) * 4
    return pd.DataFrame(
        {
            "text": owner,
            "start": start,
            "end": end,
            "word": strings(
                [
                    texts[at][low:high]
                    for at, low, high in zip(owner.tolist(), start.tolist(), end.tolist(), strict=True)
                ]
            ),
            "valence": valence.round(3),
            "contribution": found.adds[rows],
            "why": _why(found, rows),
        }
    )


def _why(found: Reading, rows: Ints) -> pd.api.extensions.ExtensionArray:
    """What changed each word's weight; the reasons are few, so each mix of them is written once."""
    words = found.words
    changed = [
        (found.phrase[rows], "phrase"),
        (words.negated[rows], "negated"),
        (words.intensity[rows] > 0, "intensified"),
        (words.intensity[rows] < 0, "weakened"),
        (words.contrast[rows] < 0, "before a contrast"),
        (words.contrast[rows] > 0, "after a contrast"),
        (found.kept[rows] < 1, "names a thing"),
    ]
    codes = np.zeros(len(rows), dtype=np.int64)
    for bit, (flags, _) in enumerate(changed):
        codes |= flags.astype(np.int64) << bit
    mixes = ["; ".join(name for bit, (_, name) in enumerate(changed) if code >> bit & 1) for code in range(128)]
    return strings(mixes).take(codes)


def by_lexicon(texts: Sequence[str], name: str) -> tuple[Floats, Ints]:
    """The sum of one lexicon's valences in each text under the same rules, and how many of its words there are.

    `name` is one of `lexicons.NAMES`, or `measure` for the measure itself.
    """
    if name == "measure":
        found = read(texts)
        counts = np.bincount(found.words.text[found.adds != 0], minlength=len(texts))
        return np.clip(found.raw, -1, 1), counts.astype(np.int64)
    numbering, values = _lexicon(name)
    words = features.parse(texts, numbering)
    inside = words.id >= 0
    value = values[np.maximum(words.id, 0)] * np.where(words.negated, settings()["negated"], 1.0)
    sums = np.bincount(words.text, weights=np.where(inside, value * words.weight, 0.0), minlength=len(texts))
    return sums.astype(np.float64), np.bincount(words.text[inside], minlength=len(texts)).astype(np.int64)


@cache
def _lexicon(name: str) -> tuple[features.Numbering, Floats]:
    table = lexicons.load(name)
    return features.Numbering(list(table)), np.array(list(table.values()))


@cache
def noise(tier: Tier = "default") -> Floats:
    """Errors of the score (rating less prediction, quarter ratings) on articles the measure was not fitted to."""
    return np.array(settings(tier)["errors"])


def thresholds(tier: Tier = "default") -> tuple[float, float]:
    """Scores at or below the first are negative, at or above the second positive."""
    return settings(tier)["negative_to"], settings(tier)["positive_from"]
