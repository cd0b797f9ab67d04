"""What the tables of tone say."""

from typing import Any

import pandas as pd

from presslens.findings.evidence import Quotation
from presslens.findings.wording import capital, count, excerpt, interval, percent, place, rows, series, signed, text_of

SECTION_HEADERS = {
    "section": "section",
    "score": "tone",
    "low": "low",
    "high": "high",
    "label": "label",
    "sentences": "sentences",
}
METHOD = (
    "The score of a sentence is a quarter of the rating, from \u22124 to +4, that a panel of readers would give it, estimated by "
    "presslens' measure for news prose; words, negation, emphasis and hedges each add to it, and what they add is shown. "
    "Labels follow thresholds learnt with the measure. Intervals: percentile bootstrap over sentences (Efron and "
    "Tibshirani 1993), with the spread of the measure itself, seeded. VADER: Hutto and Gilbert (2014), ICWSM."
)
FAINT, PLAIN, STRONG = 0.08, 0.2, 0.35  # on the scale of -1..1; a quarter of a point on the raters' own is .06


def strength(score: float) -> str:
    """How strong a tone is, in a word: "neutral", "slightly negative", "positive", "strongly negative"."""
    side = "positive" if score > 0 else "negative"
    size = abs(score)
    if size < FAINT:
        return "close to neutral"
    return f"slightly {side}" if size < PLAIN else side if size < STRONG else f"strongly {side}"


def overview(articles: pd.DataFrame, scores: pd.DataFrame) -> str:
    """The tone of the article in one sentence, with its interval and the mix of sentences behind it."""
    if scores.empty:
        return "There is no sentence in this text, so it has no tone to measure."
    row = articles.iloc[0]
    shares = scores["label"].value_counts(normalize=True)
    mix = series([f"{percent(shares[k])} {k}" for k in ("negative", "neutral", "positive") if k in shares])
    sure = "" if row["low"] > 0 or row["high"] < 0 else ", so that its sign is not certain"
    return (
        f"The article is {strength(row['score'])} in tone: {signed(row['score'])} on a scale from \u22121 to +1 "
        f"({interval(row['low'], row['high'])}{sure}). Of its {count(len(scores), 'sentence')}, {mix}."
    )


def sections(table: pd.DataFrame) -> str:
    """How title, dek and body differ."""
    named = {row["section"]: row for row in table.to_dict("records")}
    if "body" not in named or "title" not in named:
        return "The text has no title to set beside its body."
    parts = [f"the {name} scores {signed(named[name]['score'])}" for name in ("title", "dek", "body") if name in named]
    title, body = named["title"], named["body"]
    apart = title["low"] > body["high"] or title["high"] < body["low"]
    verdict = (
        f"the title is clearly {'brighter' if title['score'] > body['score'] else 'darker'} than the text below it"
        if apart
        else "a single headline is too little to tell them apart"
    )
    return f"{capital(series(parts))}; {verdict}."


def turns(arc: pd.DataFrame, sentences: pd.DataFrame) -> list[str]:
    """Where the running tone changes most, a sentence a turn; says so where no change is certain."""
    if len(arc) < 4:
        return ["The text is too short to speak of turns."]
    marked = arc[arc["turn"] > 0].sort_values("turn")
    certain = marked[(marked["change_low"] > 0) | (marked["change_high"] < 0)]
    if certain.empty:
        return ["The tone changes along the text, but no change is larger than chance would make it."]
    return [_turn(row, sentences) for row in certain.to_dict("records")]


def _turn(row: dict[Any, Any], sentences: pd.DataFrame) -> str:
    change = float(row["change"])
    where = place(row["section"], int(row["paragraph"]))
    return (
        f"The mood {'rises' if change > 0 else 'falls'} from {where} on, by {signed(change)} "
        f"({interval(row['change_low'], row['change_high'])}), beginning with {excerpt(text_of(sentences, row['sentence']))}."
    )


def drivers(words: pd.DataFrame) -> str:
    """The words that add most to the tone, on either side."""
    if words.empty:
        return "No word in this text carries feeling."
    sums = words.assign(word=words["word"].str.lower()).groupby("word")["contribution"].sum()
    ups = sums[sums > 0].sort_values(ascending=False, kind="stable").head(4)
    downs = sums[sums < 0].sort_values(kind="stable").head(4)
    parts = []
    if len(downs):
        parts.append(f"most of its weight on the negative side comes from {series([f'“{w}”' for w in downs.index])}")
    if len(ups):
        parts.append(f"on the positive side from {series([f'“{w}”' for w in ups.index])}")
    return f"{capital(', '.join(parts))}."


def measures(articles: pd.DataFrame, scores: pd.DataFrame) -> str:
    """How VADER sees the same sentences."""
    if scores.empty:
        return ""
    ours, vader = float(articles["score"].iloc[0]), float(scores["compound"].mean())
    agree = (scores["label"] == vader_labels(scores["compound"])).mean()
    return (
        f"VADER, made for tweets, puts the mean of the same sentences at {signed(vader)} instead of {signed(ours)}, and "
        f"gives {percent(agree)} of them the same label."
    )


def vader_labels(compound: Any) -> Any:
    """VADER's own labels: at ±.05 of its compound (Hutto and Gilbert 2014)."""
    return pd.cut(compound, [-2, -0.05, 0.05, 2], labels=["negative", "neutral", "positive"]).astype("str")


def noise(cleaned: pd.DataFrame, kept: pd.DataFrame) -> str:
    """What the tone would be had nothing been cleaned away."""
    if cleaned.empty or kept.empty:
        return "There is nothing to compare."
    before, after = float(kept["score"].iloc[0]), float(cleaned["score"].iloc[0])
    moved = abs(before - after)
    if moved < 0.005:
        return f"Had everything stayed that cleaning removed, the mean tone would be the same, {signed(before)}."
    return (
        f"Had everything stayed that cleaning removed, the mean tone would be {signed(before)} instead of "
        f"{signed(after)}."
    )


def extremes(
    scores: pd.DataFrame, words: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 3
) -> dict[str, list[Quotation]]:
    """The most negative and most positive sentences, by heading, with the words that make them so."""
    ordered = scores.sort_values("score", kind="stable")
    picks = {"Most negative": ordered.head(most), "Most positive": ordered.iloc[::-1].head(most)}
    return {
        heading: [
            _quotation(row, words, sentences) for row in picked.to_dict("records") if _fits(row["score"], heading)
        ]
        for heading, picked in picks.items()
    }


def _fits(score: float, heading: str) -> bool:
    return score < 0 if "negative" in heading else score > 0


def _quotation(row: dict[Any, Any], words: pd.DataFrame, sentences: pd.DataFrame) -> Quotation:
    sentence = sentences[sentences["sentence"] == row["sentence"]].iloc[0]
    marks = [
        (w.start, w.end, "positive" if w.contribution > 0 else "negative", f"{signed(w.contribution)} {w.why}".strip())
        for w in rows(words[words["sentence"] == row["sentence"]])
        if abs(w.contribution) >= 0.01
    ]
    where = f"{row['sentence']} · {signed(row['score'])}"
    return Quotation(str(sentence["text"]), int(sentence["start"]), marks, where)


def disagreements(scores: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 5) -> pd.DataFrame:
    """The sentences that VADER and our measure see most differently: `sentence`, `ours`, `VADER`, `text`."""
    apart = (scores["score"] - scores["compound"]).abs().sort_values(ascending=False, kind="stable").head(most)
    picked = scores.loc[apart.index]
    texts = [excerpt(text_of(sentences, sentence), most=200) for sentence in picked["sentence"]]
    return pd.DataFrame(
        {
            "sentence": picked["sentence"].to_numpy(),
            "ours": [signed(v) for v in picked["score"]],
            "VADER": [signed(v) for v in picked["compound"]],
            "text": texts,
        }
    )
