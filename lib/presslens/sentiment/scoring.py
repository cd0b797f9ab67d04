"""How each sentence feels, which words make it so, and what that adds up to over paragraphs, sections and articles."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from presslens.language.chunks import coded
from presslens.sentiment import intervals, lexicons, measure, rules, voices
from presslens.sentiment.features import Flags
from presslens.sentiment.measure import Tier

_LETTER = re.compile(r"[^\W\d_]")

SCORE_COLUMNS = (
    "article", "sentence", "section", "paragraph", "score", "low", "high", "label", "compound", "base", "quoted"
)  # fmt: skip


def score(
    sentences: pd.DataFrame,
    *,
    overlay: Mapping[str, float] | None = None,
    tier: Tier = "default",
    reading: measure.Reading | None = None,
) -> pd.DataFrame:
    """The feeling of each sentence, as readers would rate it.

    Args:
        sentences: one row a sentence: `article`, `sentence`, `section`, `paragraph`, `text`.
        overlay: terms and phrases with a valence of one's own, -4..4 (see `lexicons.overlay`).
        tier: `default`, or `neural` where that extra is installed (BadInput elsewhere).
        reading: of the same sentences, where there is one already (see `measure.read`); `compound` is left out then.

    Returns:
        One row a sentence, in the order given: `article`, `sentence`, `section`, `paragraph`, `score` (-1..1: a quarter
        of the mean rating, -4..4, that a panel would give), `low`, `high` (95 % interval of that rating), `label`
        (negative, neutral, positive), `compound` (VADER's, -1..1), `base` (score before any word is looked at; with
        the contributions of `words` it sums to the score, before that is limited to -1..1), `quoted` (share in
        quotation marks, 0..1).
    """
    texts = sentences["text"].tolist()
    own = {} if reading else {"compound": rules.compound(texts)}
    reading = reading or measure.read(texts, overlay=overlay, tier=tier)
    values = np.clip(reading.raw, -1, 1)
    bounds = intervals.means(values, np.arange(len(values)), noise=measure.noise(tier))
    table = sentences[["article", "sentence", "section", "paragraph"]].reset_index(drop=True)
    return table.assign(
        score=values.round(6),
        low=bounds["low"],
        high=bounds["high"],
        label=label(values, tier=tier),
        **own,
        base=np.where(reading.words.length > 0, reading.base, 0.0).round(6),
        quoted=voices.quoted(sentences).round(4),
    )


def label(values: rules.Floats, *, tier: Tier = "default") -> pd.Series[str]:
    """negative, neutral or positive for each score, by the thresholds learnt with the measure."""
    low, high = measure.thresholds(tier)
    names = np.array(["negative", "neutral", "positive"])
    return pd.Series(names[np.where(values <= low, 0, np.where(values >= high, 2, 1))], dtype="str")


def words(
    sentences: pd.DataFrame,
    *,
    overlay: Mapping[str, float] | None = None,
    tier: Tier = "default",
    least: float = 0.0,
) -> pd.DataFrame:
    """The words that carry feeling; with the sentence's `base` their contributions sum to its score, before the limits.

    Args:
        sentences: as for `score`, with `start` (offset of the sentence in its article).
        overlay, tier: as for `score`.
        least: leave out words that contribute less than this, either way.

    Returns:
        One row a word, in order: `article`, `sentence`, `start`, `end` (offsets in the article), `word`, `valence`
        (what it adds to the rating, -4..4, of a sentence of one word), `contribution` (to the sentence's score), `why`
        (negated, intensified, weakened, before or after a contrast, phrase; `; ` between), `name` (it has a capital
        inside a sentence of the body, so it is likely part of a name).
    """
    found = measure.evidence(sentences["text"].tolist(), overlay=overlay, tier=tier)
    found = found[found["contribution"].abs() >= least].reset_index(drop=True)
    owner = sentences[["article", "sentence", "start"]].iloc[found["text"].to_numpy()].reset_index(drop=True)
    return pd.DataFrame(
        {
            "article": owner["article"],
            "sentence": owner["sentence"],
            "start": found["start"] + owner["start"],
            "end": found["end"] + owner["start"],
            "word": found["word"],
            "valence": found["valence"],
            "contribution": found["contribution"],
            "why": found["why"],
            "name": _names(sentences, found),
        }
    )


def _names(sentences: pd.DataFrame, found: pd.DataFrame) -> Flags:
    """Words with a capital that do not begin their sentence; headlines write every word so, and do not count."""
    first = [match.start() if (match := _LETTER.search(text)) else 0 for text in sentences["text"]]
    owner = found["text"].to_numpy()
    begins = found["start"].to_numpy() <= np.array(first, dtype=np.int64)[owner]
    capital = np.array([word[:1].isupper() for word in found["word"]], dtype=bool)
    marked: Flags = capital & ~begins & (sentences["section"].to_numpy() == "body")[owner]
    return marked


def lexicon_scores(sentences: pd.DataFrame) -> pd.DataFrame:
    """What each lexicon says of each sentence, under the rules of the measure, and the measure beside them.

    Returns:
        One row a sentence and lexicon: `article`, `sentence`, `lexicon` (its name, or `measure`), `score` (for a lexicon
        the sum of its valences, -1..1 each, by weight in context; on its own scale, so compare signs and order),
        `words` (int: how many of its words the sentence has).
    """
    texts = sentences["text"].tolist()
    parts = []
    for name in (*lexicons.NAMES, "measure"):
        values, counts = measure.by_lexicon(texts, name)
        part = sentences[["article", "sentence"]].reset_index(drop=True)
        parts.append(part.assign(lexicon=name, score=values.round(6), words=counts))
    table = pd.concat(parts, keys=range(len(parts)), names=["part", "row"]).sort_index(level=["row", "part"])
    return table.reset_index(drop=True)


def articles(scores: pd.DataFrame, *, seed: int = 0, draws: int = 1000, tier: Tier = "default") -> pd.DataFrame:
    """The mean of each article's sentences: `article`, `score`, `low`, `high`, `label`, `sentences`."""
    return _mean(scores, ["article"], seed, draws, tier)


def sections(scores: pd.DataFrame, *, seed: int = 0, draws: int = 1000, tier: Tier = "default") -> pd.DataFrame:
    """The mean of each section's sentences, with its interval.

    Args:
        scores: as `score` returns them.
        seed: of the bootstrap.
        draws: of the bootstrap.
        tier: the one that made the scores.

    Returns:
        One row a section of an article: `article`, `section`, `score`, `low`, `high` (95 %, bootstrap over sentences),
        `label`, `sentences` (their number).
    """
    return _mean(scores, ["article", "section"], seed, draws, tier)


def voice(scores: pd.DataFrame, *, seed: int = 0, draws: int = 1000, tier: Tier = "default") -> pd.DataFrame:
    """As `sections`, one row a voice: `article`, `voice` (`author`, or `quoted` for sentences at least half in quotation
    marks), `score`, `low`, `high`, `label`, `sentences`."""
    who = np.where(scores["quoted"] >= 0.5, "quoted", "author")
    table = scores.assign(voice=pd.Series(who, index=scores.index, dtype="str"))
    return _mean(table.sort_values(["article", "voice"], kind="stable"), ["article", "voice"], seed, draws, tier)


def paragraphs(scores: pd.DataFrame, *, seed: int = 0, draws: int = 1000, tier: Tier = "default") -> pd.DataFrame:
    """As `sections`, with one row a paragraph: `article`, `section`, `paragraph`, `score`, `low`, and so on."""
    return _mean(scores, ["article", "section", "paragraph"], seed, draws, tier)


def _mean(scores: pd.DataFrame, by: list[str], seed: int, draws: int, tier: Tier) -> pd.DataFrame:
    if len(by) == 1:
        units, _ = coded(scores[by[0]])
    else:
        units = scores.groupby(by, sort=False, observed=True).ngroup().to_numpy().astype(np.int64)
    order = np.argsort(units, kind="stable")
    values = scores["score"].to_numpy(dtype=np.float64)
    table = intervals.means(values[order], units[order], noise=measure.noise(tier), seed=seed, draws=draws)
    first = order[np.flatnonzero(np.diff(units[order], prepend=-1))]
    names = scores[by].take(first).reset_index(drop=True)
    return names.assign(
        score=table["mean"],
        low=table["low"],
        high=table["high"],
        label=label(table["mean"].to_numpy(), tier=tier),
        sentences=table["sentences"],
    )


def arc(
    scores: pd.DataFrame,
    *,
    window: int = 5,
    turns: int = 2,
    seed: int = 0,
    draws: int = 1000,
    tier: Tier = "default",
) -> pd.DataFrame:
    """The running mean of the scores through each article, with its band and its turns.

    The mean at a sentence is over the `window` sentences around it. A turn is where the mean of the `window` sentences
    from here on differs most from that of the `window` before; its interval joins those of the two means (Zou and
    Donner 2008, Statistics in Medicine 27:1693).

    Args:
        scores: as `score` returns them. Title and dek are left out where there is a body.
        window: sentences, at least 1.
        turns: how many sentences to mark in an article, at most.
        seed: of the bootstrap.
        draws: of the bootstrap.

    Returns:
        One row a sentence, in order: `article`, `sentence`, `section`, `paragraph`, `position` (int, from 1),
        `score`, `mean`, `low`, `high` (95 %), `change` (mean after less mean before; NaN at the first sentence), `change_low`,
        `change_high`, `turn` (int: 1 for the largest, then 2, ...; 0 for none).
    """
    if window < 1:
        raise ValueError(f"window must be at least 1 sentence, not {window}")
    body = scores["section"].eq("body")
    kept = scores[body | ~body.groupby(scores["article"]).transform("any")] if len(scores) else scores
    table = kept[["article", "sentence", "section", "paragraph"]].reset_index(drop=True)
    values = kept["score"].to_numpy(dtype=np.float64)
    group = table.groupby("article", sort=False)
    position = group.cumcount().to_numpy(dtype=np.int64)
    size = group["article"].transform("size").to_numpy(dtype=np.int64) if len(table) else position

    def running(before: int, after: int) -> pd.DataFrame:
        """Mean over the sentences from `before` places back to `after` places on, inside the article."""
        steps = np.arange(-before, after + 1)
        inside = (position[:, None] + steps >= 0) & (position[:, None] + steps < size[:, None])
        rows, columns = np.nonzero(inside)
        picked = values[rows + steps[columns]]
        units = np.unique(rows, return_inverse=True)[1]
        found = intervals.means(picked, units, noise=measure.noise(tier), seed=seed, draws=draws)
        return found.set_axis(np.unique(rows), axis=0).reindex(range(len(table)))

    around, past, future = running((window - 1) // 2, window // 2), running(window, -1), running(0, window - 1)
    change = future["mean"] - past["mean"]
    below = np.hypot(future["mean"] - future["low"], past["high"] - past["mean"])
    above = np.hypot(future["high"] - future["mean"], past["mean"] - past["low"])
    table = table.assign(
        position=position + 1, score=values, mean=around["mean"], low=around["low"], high=around["high"]
    )
    table = table.assign(change=change, change_low=change - below, change_high=change + above)
    return table.assign(turn=_turns(table, window, turns))


def _turns(table: pd.DataFrame, window: int, turns: int) -> intervals.Ints:
    """Rank of the largest changes in each article, at least a window apart and with a whole window on either side."""
    marks = np.zeros(len(table), dtype=np.int64)
    for rows in table.groupby("article", sort=False).indices.values():
        change = np.abs(table["change"].to_numpy()[rows])
        room = min(window, len(rows) // 2)
        places = np.arange(len(rows))
        free = (places >= room) & (places <= len(rows) - room) & ~np.isnan(change) & (change > 0)
        for rank in range(1, turns + 1):
            if not free.any():
                break
            best = int(np.argmax(np.where(free, change, -1)))
            marks[rows[best]] = rank
            free &= np.abs(places - best) >= window
    return marks


def texts(
    table: pd.DataFrame,
    *,
    seed: int = 0,
    draws: int = 1000,
    overlay: Mapping[str, float] | None = None,
    tier: Tier = "default",
) -> pd.DataFrame:
    """The feeling of whole texts, each the mean of its sentences.

    Args:
        table: one row a text: `id`, `text`.
        seed: of the bootstrap.
        draws: of the bootstrap.
        overlay, tier: as for `score`.

    Returns:
        One row for every row given, in order: `id`, `score` (-1..1), `low`, `high` (95 %), `label`, `compound` (VADER's,
        of the text as a whole; it runs to -1 or 1 on a long one). A text without a sentence scores 0.
    """
    from presslens.article.reading import from_table

    contents = ["" if text is None or text is pd.NA or text != text else str(text) for text in table["text"].tolist()]
    sentences = from_table(pd.DataFrame({"id": range(len(contents)), "text": pd.Series(contents, dtype="str")}))
    owner = sentences["article"].astype("int64").to_numpy()
    values = measure.predict(sentences["text"].tolist(), overlay=overlay, tier=tier)
    silent = np.setdiff1d(np.arange(len(contents)), owner)
    owner, values = np.concatenate([owner, silent]), np.concatenate([values, np.zeros(len(silent))])
    order = np.argsort(owner, kind="stable")
    bounds = intervals.means(
        values[order], owner[order].astype(np.int64), noise=measure.noise(tier), seed=seed, draws=draws
    )
    return pd.DataFrame(
        {
            "id": table["id"].to_numpy(),
            "score": bounds["mean"],
            "low": bounds["low"],
            "high": bounds["high"],
            "label": label(bounds["mean"].to_numpy(), tier=tier),
            "compound": rules.compound(contents),
        }
    )
