"""How an article feels toward each actor, and which actors it sets beside each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.actors.gazetteer import words
from presslens.actors.mentions import typed
from presslens.language.tags import VERBS, tag_sentence

ACTOR_TONE_COLUMNS = {
    "article": "str",
    "actor": "str",
    "kind": "str",
    "mentions": "int64",
    "score": "float64",
    "low": "float64",
    "high": "float64",
    "quoted": "int64",
    "own": "float64",
    "verdict": "str",
}
PAIR_COLUMNS = {
    "article": "str",
    "actor": "str",
    "other": "str",
    "sentences": "int64",
    "verbs": "str",
    "where": "str",
}
_LABELS = ("negative", "mixed or neutral", "positive")
TOO_FEW = "too few to say"


def in_quotation(mentions: pd.DataFrame, quotations: pd.DataFrame) -> pd.DataFrame:
    """The mentions with `quoted` (True inside somebody's words) and `speaker` (whose, empty when not known)."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    wanted = (quotations[name].tolist() for name in ("article", "start", "end", "speaker"))
    for article, start, end, speaker in zip(*wanted, strict=True):
        spans.setdefault(article, []).append((start, end, speaker))
    quoted, speakers = [], []
    starts = {article: np.array([start for start, _, _ in found]) for article, found in spans.items()}
    for article, start, end in zip(*(mentions[name].tolist() for name in ("article", "start", "end")), strict=True):
        at = int(np.searchsorted(starts[article], start, side="right")) - 1 if article in spans else -1
        held = spans[article][at] if at >= 0 else (0, 0, "")
        inside = held[0] <= start and end <= held[1]
        quoted.append(inside)
        speakers.append(held[2] if inside else "")
    return mentions.assign(
        quoted=np.array(quoted, dtype=bool), speaker=pd.Series(speakers, index=mentions.index, dtype="str")
    )


def actor_tones(
    mentions: pd.DataFrame, *, fewest: int = 3, draws: int = 1000, seed: int = 0, margin: float = 0.1
) -> pd.DataFrame:
    """The mean tone toward each actor of each article, with a 95 % bootstrap interval over its mentions.

    Args:
        mentions: as `presslens.sentiment.targets.tone` gives them: `article`, `actor`, `kind`, `score`; with `quoted`
            (see `in_quotation`) the author's own voice is also given apart.
        fewest: an actor with fewer mentions gets no interval and the verdict "too few to say".
        draws: bootstrap samples.
        seed: of the bootstrap; the same seed gives the same interval.
        margin: an interval that lies wholly beyond this is called negative or positive.

    Returns:
        Sorted within the article from most negative to most positive, the actors with too few mentions last: `article`,
        `actor`, `kind`, `mentions`, `score`, `low`, `high` (-1..1), `quoted` (mentions in somebody's words), `own` (mean
        score of the others, NaN without any), `verdict` (`negative`, `mixed or neutral`, `positive`, `too few to say`).
    """
    if mentions.empty:
        return typed([], ACTOR_TONE_COLUMNS)
    quoted = mentions["quoted"] if "quoted" in mentions.columns else pd.Series(False, index=mentions.index)
    table = mentions.assign(quoted=quoted)
    rows: list[tuple[object, ...]] = []
    for number, ((article, actor), group) in enumerate(table.groupby(["article", "actor"], sort=True)):
        scores = group["score"].to_numpy(dtype=np.float64)
        own = scores[~group["quoted"].to_numpy(dtype=bool)]
        low, high = (np.nan, np.nan) if len(scores) < fewest else _interval(scores, draws, [seed, number])
        verdict = TOO_FEW if len(scores) < fewest else _LABELS[1 + int(low > margin) - int(high < -margin)]
        mean_own = float(own.mean()) if len(own) else np.nan
        count = len(scores) - len(own)
        rows.append(
            (article, actor, group["kind"].iloc[0], len(scores), scores.mean(), low, high, count, mean_own, verdict)
        )
    found = typed(rows, ACTOR_TONE_COLUMNS)
    order = {article: place for place, article in enumerate(dict.fromkeys(mentions["article"]))}
    ranked = found.assign(order=found["article"].map(order), few=found["verdict"].eq(TOO_FEW))
    ranked = ranked.sort_values(["order", "few", "score", "actor"], kind="stable")
    return ranked[list(ACTOR_TONE_COLUMNS)].reset_index(drop=True)


def cooccurrence(mentions: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Which actors stand in one sentence, and the verbs between them.

    Args:
        mentions: `article`, `sentence`, `start`, `end`, `actor`.
        tokens: `article`, `sentence`, `start`, `norm`, `kind`.

    Returns:
        One row a pair, commonest first within its article: `article`, `actor`, `other` (in order of the alphabet),
        `sentences` (how many hold both), `verbs` (between them, commonest first, joined by `|`), `where` (sentence ids).
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
            for start, norm in said.get((str(article), str(sentence)), []):
                if begin <= start < stop:
                    counts = verbs.setdefault(key, {})
                    counts[norm] = counts.get(norm, 0) + 1
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


def _interval(scores: npt.NDArray[np.float64], draws: int, seed: list[int]) -> tuple[float, float]:
    generator = np.random.default_rng(seed)
    means = scores[generator.integers(0, len(scores), (draws, len(scores)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)


def _between(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> tuple[int, int]:
    """The shortest stretch between a mention of one and a mention of the other."""
    stretches = [(min(a[1], b[1]), max(a[0], b[0])) for a in one for b in other]
    return min(stretches, key=lambda stretch: (stretch[1] - stretch[0], stretch[0]))


def _verbs(tokens: pd.DataFrame) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """By article and sentence, the full verbs (no auxiliaries) with their places."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for (article, sentence), group in tokens.groupby(["article", "sentence"], sort=False):
        norms = group["norm"].tolist()
        tags = tag_sentence(group["token"].tolist(), norms, group["kind"].tolist())
        places = zip(group["start"].tolist(), norms, tags, strict=True)
        full = [
            (start, norm)
            for start, norm, tag in places
            if tag in VERBS and tag != "MD" and norm not in words("auxiliary")
        ]
        found[str(article), str(sentence)] = full
    return found
