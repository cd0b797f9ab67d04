"""Which actors an article sets beside each other."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from presslens.actors.gazetteer import words
from presslens.language.chunks import typed
from presslens.language.tags import VERBS, tag_sentence

PAIR_COLUMNS = {
    "article": "str",
    "actor": "str",
    "other": "str",
    "sentences": "int64",
    "verbs": "str",
    "where": "str",
}

PARTS = frozenset(",;:—–()")


def cooccurrence(mentions: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Which actors stand in one sentence, and the verbs that join them: the only verb between, in one clause.

    Args:
        mentions: `article`, `sentence`, `start`, `end`, `actor`.
        tokens: `article`, `sentence`, `start`, `norm`, `kind`.

    Returns:
        One row a pair, commonest first within its article: `article`, `actor`, `other` (in order of the alphabet),
        `sentences` (how many hold both), `verbs` (that join them, commonest first, joined by `|`), `where` (sentence ids).
    """
    shared = mentions.groupby(["article", "sentence"], sort=False)["actor"].transform("nunique") > 1
    pairs: dict[tuple[str, str, str], list[str]] = {}
    verbs: dict[tuple[str, str, str], dict[str, int]] = {}
    held = mentions[shared]
    if held.empty:
        return typed([], PAIR_COLUMNS)
    keys = pd.MultiIndex.from_frame(held[["article", "sentence"]].drop_duplicates())
    said = _verbs(tokens[pd.MultiIndex.from_frame(tokens[["article", "sentence"]]).isin(keys)])
    for (article, sentence), group in held.groupby(["article", "sentence"], sort=False):
        places: dict[str, list[tuple[int, int]]] = {}
        for actor, start, end in zip(group["actor"], group["start"], group["end"], strict=True):
            places.setdefault(actor, []).append((start, end))
        for one, other in combinations(sorted(places), 2):
            key = (str(article), one, other)
            pairs.setdefault(key, []).append(str(sentence))
            begin, stop = _between(places[one], places[other])
            # One verb and nothing that parts them: only then does the verb tell of the two ("Dell has accused Peru").
            between = [norm for start, norm in said.get((str(article), str(sentence)), []) if begin <= start < stop]
            if len(between) == 1 and between[0]:
                counts = verbs.setdefault(key, {})
                counts[between[0]] = counts.get(between[0], 0) + 1
    order = {article: place for place, article in enumerate(dict.fromkeys(mentions["article"]))}
    ranked = sorted(pairs, key=lambda key: (order[key[0]], -len(pairs[key]), key))
    rows = [
        (
            *key,
            len(pairs[key]),
            "|".join(sorted(verbs.get(key, {}), key=lambda verb: -verbs[key][verb])),
            "|".join(pairs[key]),
        )
        for key in ranked
    ]
    return typed(rows, PAIR_COLUMNS)


def _between(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> tuple[int, int]:
    """The shortest stretch between a mention of one and a mention of the other."""
    stretches = [(min(a[1], b[1]), max(a[0], b[0])) for a in one for b in other]
    return min(stretches, key=lambda stretch: (stretch[1] - stretch[0], stretch[0]))


def _verbs(tokens: pd.DataFrame) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """By article and sentence, the full verbs (no auxiliaries) with their places; a mark that parts clauses is empty."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for (article, sentence), group in tokens.groupby(["article", "sentence"], sort=False):
        norms = group["norm"].tolist()
        tags = tag_sentence(group["token"].tolist(), norms, group["kind"].tolist())
        places = zip(group["start"].tolist(), norms, tags, strict=True)
        full = [
            (start, "" if norm in PARTS else norm)
            for start, norm, tag in places
            if norm in PARTS or (tag in VERBS and tag != "MD" and norm not in words("auxiliary"))
        ]
        found[str(article), str(sentence)] = full
    return found
