"""The words that carry feeling by anyone's lights: those that the lexicons list, too, and are no names.

The measure gives a weight to nearly every word, for readers of ratings do, on average, feel more in some dull words than
in others. That makes its scores better, but a reader wants to be shown words that mean something.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from presslens.keywords.candidates import word_list
from presslens.sentiment import lexicons
from presslens.sentiment.features import Ints

CLEAR = {"vader": 0.1, "pattern": 0.1, "labmt": 0.25, "opinion": 0.5}
"""How far from its neutral point a lexicon must put a word, -1..1, to count; labMT rates every frequent word."""
BY_HAND = {"vader": 1.0, "pattern": 1.0, "opinion": 0.5}
"""Lexicons that list words for their feeling (labMT lists them for their frequency), with what a valence of theirs is
worth beside the others: the Opinion Lexicon says good or bad, not how much."""


def compared(words: pd.DataFrame) -> pd.DataFrame:
    """What each lexicon says of the words of an article, beside what the measure does with them.

    Args:
        words: as `scoring.words` gives it, of one article.

    Returns:
        One row a word (lower case), by name: `word`, `times` (int), `contribution` (to the scores of its sentences,
        summed), `valence` (the measure's, mean, -1..1), a column for each of `lexicons.NAMES` (-1..1; NaN where it
        does not have the word), `backing` (int: how many lexicons put it clearly on the side of its contribution),
        `name` (every time it has a capital inside a sentence, so it is part of a name), `empty` (a function word or
        an empty verb).
    """
    kept = words.assign(word=words["word"].str.lower())
    table = kept.groupby("word", as_index=False).agg(
        times=("word", "size"), contribution=("contribution", "sum"), valence=("valence", "mean"), name=("name", "all")
    )
    table["valence"] = table["valence"] / 4
    terms = table["word"].tolist()
    side = np.sign(table["contribution"].to_numpy(dtype=np.float64))
    backing = np.zeros(len(table), dtype=np.int64)
    valences = {}
    for lexicon in lexicons.NAMES:
        known = lexicons.load(lexicon)
        values = np.array([known.get(term, np.nan) for term in terms], dtype=np.float64)
        valences[lexicon] = values
        backing += np.nan_to_num(values) * side >= CLEAR[lexicon]
    dull = word_list("function_words")
    return table.assign(
        **valences,
        backing=backing,
        name=table["name"].astype(bool),
        empty=pd.Series([term in dull for term in terms], dtype=bool),
    )[["word", "times", "contribution", "valence", *lexicons.NAMES, "backing", "name", "empty"]]


def carriers(words: pd.DataFrame, *, least: float = 0.005) -> pd.DataFrame:
    """The words that move the tone and that the lexicons, too, say to carry feeling of that side.

    Two lexicons must agree, or a single one of those that list words for their feeling where the others do not have
    the word. Names, function words and what adds less than `least` (of the scale -1..1) in all are left out.

    Returns:
        Rows of `compared`, the largest contributions either way first.
    """
    table = compared(words)
    known = table[list(lexicons.NAMES)].notna().sum(axis=1)
    alone = (known == 1) & table["labmt"].isna()
    chosen = ((table["backing"] >= 2) | (alone & (table["backing"] == 1))) & ~table["name"] & ~table["empty"]
    table = table[chosen & (table["contribution"].abs() >= least)]
    return table.iloc[_largest(table["contribution"])].reset_index(drop=True)


def discounted(words: pd.DataFrame, *, most: int = 6) -> pd.DataFrame:
    """The words that a lexicon made by hand counts for much and the measure for nothing or the other side.

    A word counts as discounted where the measure's valence is on the other side than the lexicon's, or under a quarter
    of it; by how much, is the lexicon's valence times how often the word occurs.

    Returns:
        The `most` words that the largest lexicon valence is taken from, first the largest: rows of `compared` with
        `claim` (that valence, -1..1), `by` (the lexicon).
    """
    table = compared(words)
    strong = np.nan_to_num(table[list(BY_HAND)].to_numpy(dtype=np.float64)) * np.array(list(BY_HAND.values()))
    best = np.abs(strong).argmax(axis=1) if len(table) else np.zeros(0, dtype=np.int64)
    claim = strong[np.arange(len(table)), best]
    ours = table["valence"].to_numpy(dtype=np.float64)
    table = table.assign(claim=claim, by=pd.Series(np.array(list(BY_HAND), dtype=object)[best], dtype="str"))
    table = table[(np.abs(claim) >= 0.25) & (ours * np.sign(claim) < np.abs(claim) / 4)]
    picked: pd.DataFrame = table.iloc[_largest(table["claim"] * table["times"])[:most]].reset_index(drop=True)
    return picked


def at_turns(arc: pd.DataFrame, words: pd.DataFrame, *, window: int, most: int = 3) -> pd.DataFrame:
    """The words that make the turns of an arc: what comes in after a turn, and what is left behind with it.

    Args:
        arc: as `scoring.arc` gives it with the same `window`, of one article.
        words: as `scoring.words` gives it, of the same article.
        window: sentences on either side of a turn.
        most: words for each turn and side.

    Returns:
        One row a word, by turn, words after it first: `article`, `turn` (int, as in `arc`), `after` (bool: in the
        `window` sentences from the turn on; otherwise in those before it), `word`, `contribution` (summed over those
        sentences). Only words that push the way of the change: for a fall, negative ones after it and positive ones
        before it.
    """
    known = carriers(words)[["word"]]
    place = dict(zip(arc["sentence"], arc["position"], strict=True))
    table = words.assign(word=words["word"].str.lower(), position=words["sentence"].map(place)).merge(known, on="word")
    parts = [pd.DataFrame({"turn": [], "after": [], "word": [], "contribution": []})]
    for turn in arc[arc["turn"] > 0].sort_values("turn").to_dict("records"):
        steps = table["position"] - turn["position"]
        for after, inside in ((True, steps.between(0, window - 1)), (False, steps.between(-window, -1))):
            sums = table[inside].groupby("word", as_index=False)["contribution"].sum()
            wanted = np.sign(turn["change"]) * (1 if after else -1)
            sums = sums[np.sign(sums["contribution"]) == wanted]
            sums = sums.iloc[_largest(sums["contribution"])[:most]]
            parts.append(sums.assign(turn=turn["turn"], after=after))
    kinds = {"turn": "int64", "after": "bool", "word": "str", "contribution": "float64"}
    found = pd.concat([part.astype(kinds) for part in parts], ignore_index=True)[list(kinds)]
    found.insert(0, "article", pd.Series(arc["article"].iloc[0] if len(found) else "", index=found.index, dtype="str"))
    return found


def _largest(values: pd.Series[float]) -> Ints:
    """Places of the values, largest size first, equal ones in their order."""
    order: Ints = np.argsort(-values.abs().to_numpy(dtype=np.float64), kind="stable")
    return order
