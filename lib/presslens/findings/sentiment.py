"""What the tables of tone say."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from presslens.findings.evidence import Quotation, english
from presslens.findings.wording import (
    capital,
    count,
    excerpt,
    interval,
    number,
    percent,
    place,
    rows,
    series,
    signed,
    text_of,
)
from presslens.sentiment import classifier, feeling
from presslens.sentiment.measure import FILES as TIERS

SECTION_HEADERS = {
    "section": "section",
    "score": "tone",
    "low": "low",
    "high": "high",
    "reading": "in words",
    "sentences": "sentences",
}
VOICE_HEADERS = {"voice": "voice", **{name: words for name, words in SECTION_HEADERS.items() if name != "section"}}
METHOD = (
    "The score of a sentence is a quarter of the rating, from \u22124 to +4, that a panel of readers would give it, estimated by "
    "presslens' measure for news prose; words, negation, emphasis and hedges each add to it, and what they add is shown. "
    "A sentence is called clearly positive or negative where its whole interval is. "
    "Intervals: percentile bootstrap over sentences (Efron and "
    "Tibshirani 1993), with the spread of the measure itself, seeded. VADER: Hutto and Gilbert (2014), ICWSM."
)
FEWEST = 4  # sentences of a text whose tone can be said to turn
FAINT, PLAIN, STRONG = 0.08, 0.2, 0.35  # on the scale of -1..1; a quarter of a point on the raters' own is .06


def strength(score: float) -> str:
    """How strong a tone is, in a word: "neutral", "slightly negative", "positive", "strongly negative"."""
    side = "positive" if score > 0 else "negative"
    size = abs(score)
    if size < FAINT:
        return "close to neutral"
    return f"slightly {side}" if size < PLAIN else side if size < STRONG else f"strongly {side}"


def side(low: float, high: float) -> str:
    """ "positive" or "negative" where the whole interval is; otherwise "" for not clear."""
    return "positive" if low > 0 else "negative" if high < 0 else ""


def overview(articles: pd.DataFrame, scores: pd.DataFrame) -> str:
    """The tone of the article in one sentence, with its interval, and how many of its sentences are clear."""
    if scores.empty:
        return "There is no sentence in this text, so it has no tone to measure."
    row = articles.iloc[0]
    sure = "" if side(row["low"], row["high"]) else ", so that its sign is not certain"
    return (
        f"The article is {strength(row['score'])} in tone: {signed(row['score'])} on a scale from \u22121 to +1 "
        f"({interval(row['low'], row['high'])}{sure}). {_mix(scores)}"
    )


def _mix(scores: pd.DataFrame) -> str:
    """How many sentences are clearly on one side; one sentence alone is seldom sure enough to be."""
    sides = [side(row.low, row.high) for row in rows(scores)]
    if len(sides) == 1:
        return f"Its one sentence is {'clearly ' + sides[0] if sides[0] else 'not clearly positive or negative'}."
    clear = [(kind, sides.count(kind)) for kind in ("negative", "positive") if kind in sides]
    whole = count(len(sides), "sentence")
    if not clear:
        return f"None of its {whole} is by itself clearly positive or negative."
    said = series([f"{count(n, 'is', 'are')} clearly {kind}" for kind, n in clear])
    rest = sides.count("")
    last = f"; {count(rest, 'other')} {'is' if rest == 1 else 'are'} not clear by {'itself' if rest == 1 else 'themselves'}"
    return f"Of its {whole}, {said}{last if rest else ''}."


def section_table(table: pd.DataFrame) -> pd.DataFrame:
    """Means of sections or voices with `reading`: how strong the tone is, and whether its sign is certain."""
    readings = [
        strength(row.score) + ("" if side(row.low, row.high) or abs(row.score) < FAINT else ", sign not certain")
        for row in rows(table)
    ]
    return table.assign(reading=pd.Series(readings, index=table.index, dtype="str"))


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


def turns(arc: pd.DataFrame, sentences: pd.DataFrame, turning: pd.DataFrame | None = None) -> list[str]:
    """Where the running tone changes most, a sentence a turn; says so where no change is certain.

    Args:
        arc: as `scoring.arc` gives it.
        sentences: of the article.
        turning: the words at the turns, as `feeling.at_turns` gives them.
    """
    if len(arc) < FEWEST:
        return ["The text is too short to speak of turns."]
    marked = arc[arc["turn"] > 0].sort_values("turn")
    certain = marked[(marked["change_low"] > 0) | (marked["change_high"] < 0)]
    if len(certain):
        return [_turn(row, sentences, turning) for row in certain.to_dict("records")]
    said = "The tone changes along the text, but no change is larger than chance would make it."
    if marked.empty:
        return [said]
    row = marked.iloc[0]
    return [
        f"{said} The largest is a {'rise' if row['change'] > 0 else 'fall'} of {number(abs(float(row['change'])))} at "
        f"{place(row['section'], int(row['paragraph']))} "
        f"({interval(row['change_low'], row['change_high'])}){_turn_words(turning, int(row['turn']))}."
    ]


def _turn(row: dict[Any, Any], sentences: pd.DataFrame, turning: pd.DataFrame | None) -> str:
    change = float(row["change"])
    where = place(row["section"], int(row["paragraph"]))
    return (
        f"The mood {'rises' if change > 0 else 'falls'} from {where} on, by {signed(change)} "
        f"({interval(row['change_low'], row['change_high'])}), beginning with "
        f"{excerpt(text_of(sentences, row['sentence']))}{_turn_words(turning, int(row['turn']))}."
    )


def _turn_words(turning: pd.DataFrame | None, turn: int) -> str:
    """The words that come in at a turn and those left behind; nothing where there are none."""
    if turning is None:
        return ""
    here = turning[turning["turn"] == turn]
    after, before = (here.loc[here["after"] == late, "word"].tolist() for late in (True, False))
    parts = []
    if after:
        parts.append(f"{quoted(after)} {'comes' if len(after) == 1 else 'come'} in")
    if before:
        parts.append(f"{quoted(before)} {'is' if len(before) == 1 else 'are'} left behind")
    return f"; {series(parts)}" if parts else ""


def quoted(words: Sequence[str]) -> str:
    """Words in quotation marks, as a series."""
    return series([f"“{word}”" for word in words])


def drivers(words: pd.DataFrame) -> str:
    """The words that add most to the tone, on either side; only those that lexicons, too, give a feeling."""
    found = feeling.carriers(words)
    if found.empty:
        return "No word in this text carries feeling."
    downs, ups = (found.loc[found["contribution"] * way > 0, "word"].head(4).tolist() for way in (-1, 1))
    parts = []
    if downs:
        parts.append(f"most of its weight on the negative side comes from {quoted(downs)}")
    if ups:
        start = "on the positive side from" if downs else "most of its weight on the positive side comes from"
        parts.append(f"{start} {quoted(ups)}")
    return f"{capital(', '.join(parts))}."


def voices(table: pd.DataFrame, scores: pd.DataFrame) -> str:
    """How the author and those quoted differ, or that there is too little quotation to tell.

    Args:
        table: as `scoring.voice` gives it.
        scores: as `scoring.score` gives them.
    """
    if scores.empty:
        return "There is no sentence, so there is no voice."
    named = {row["voice"]: row for row in table.to_dict("records")}
    partly = int(((scores["quoted"] > 0) & (scores["quoted"] < 0.5)).sum())
    some = f"; {count(partly, 'sentence')} {'holds' if partly == 1 else 'hold'} some quoted words" if partly else ""
    if "quoted" not in named:
        return f"No sentence stands mostly in quotation marks{some}. The tone is the author's own."
    if "author" not in named:
        return "Every sentence stands mostly in quotation marks; the author's own voice is not heard."
    author, others = named["author"], named["quoted"]
    apart = author["low"] > others["high"] or author["high"] < others["low"]
    verdict = (
        f"those quoted are clearly {'brighter' if others['score'] > author['score'] else 'darker'}"
        if apart
        else "the two cannot be told apart with certainty"
    )
    return (
        f"The author's sentences score {signed(author['score'])}, the "
        f"{count(int(others['sentences']), 'quoted sentence')} {signed(others['score'])}; {verdict}{some}."
    )


LEXICON_NAMES = {
    "vader": "VADER's lexicon",
    "pattern": "Pattern",
    "labmt": "labMT",
    "opinion": "the Opinion Lexicon",
    "measure": "presslens",
}


def lexicon_table(table: pd.DataFrame) -> pd.DataFrame:
    """What each lexicon has to say of an article.

    Args:
        table: as `scoring.lexicon_scores` gives it.

    Returns:
        One row a lexicon: `lexicon`, `words` (of the text that it has), `negative`, `positive`, `silent` (sentences by the
        side that it takes), `agreement` (rank correlation with presslens over the sentences; NaN where there is none).
    """
    ours = table.loc[table["lexicon"] == "measure", "score"].reset_index(drop=True)
    found = []
    for name, part in table.groupby("lexicon", sort=False):
        score = part["score"].reset_index(drop=True)
        varied = len(score) > 2 and score.nunique() > 1 and ours.nunique() > 1
        agreement = float(score.rank().corr(ours.rank())) if varied and name != "measure" else float("nan")
        sides = [int((score < 0).sum()), int((score > 0).sum()), int((score == 0).sum())]
        found.append((LEXICON_NAMES[str(name)].removeprefix("the "), int(part["words"].sum()), *sides, agreement))
    return pd.DataFrame(found, columns=["lexicon", "words", "negative", "positive", "silent", "agreement"])


LEXICON_HEADERS = {
    "lexicon": "lexicon",
    "words": "words it has",
    "negative": "sentences below 0",
    "positive": "above 0",
    "silent": "at 0",
    "agreement": "rank correlation with presslens",
}


def lexicon_split(table: pd.DataFrame) -> str:
    """On how many sentences the lexicons contradict one another.

    Args:
        table: as `scoring.lexicon_scores` gives it.
    """
    others = table[table["lexicon"] != "measure"]
    sides = others.assign(up=others["score"] > 0, down=others["score"] < 0).groupby("sentence", sort=False)
    if not len(others):
        return "There is no sentence for the lexicons to judge."
    both = sides["up"].any() & sides["down"].any()
    split, whole = int(both.sum()), len(both)
    if not split:
        return (
            f"On none of the {count(whole, 'sentence')} does one lexicon contradict another."
            if whole > 1
            else ("The lexicons do not contradict one another on the one sentence.")
        )
    return (
        f"At least two lexicons take opposite sides on {count(split, 'sentence')} of {number(whole)}: a study that counts "
        f"words of a single list depends on its choice for {percent(split / whole)} of this text."
    )


def discounts(words: pd.DataFrame, *, most: int = 4) -> str:
    """The words that a lexicon counts for much and the measure does not, and why that matters."""
    found = feeling.discounted(words, most=most)
    if found.empty:
        return "No word of the text counts for much in one lexicon and for little in the measure."
    said = [
        f"“{row.word}”{f' ×{row.times}' if row.times > 1 else ''} ({LEXICON_NAMES[row.by]} "
        f"{signed(float(getattr(row, row.by)))}, presslens {signed(row.valence)})"
        for row in rows(found)
    ]
    why = "names, or words" if found["name"].any() else "words"
    return (
        f"They part over words that lists count and readers of news hardly feel: {series(said)}. Such are {why} that mean "
        "something else here than where a list takes its valence from."
    )


def method(tier: str, terms: int) -> str:
    """How the tone was measured, with the tier that ran and how many terms of the user's own it took."""
    return f"{METHOD} {_ran(tier)}{_own(tier, terms)}"


def _own(tier: str, terms: int) -> str:
    """What a lexicon of the user's own does."""
    if not terms:
        return ""
    did = "took the place of what was learnt" if tier in TIERS else "changed which words are shown, not the scores"
    return f" {capital(count(terms, 'term'))} of the user's own lexicon {did}."


def _ran(tier: str) -> str:
    """Which tier ran."""
    if tier == "default":
        return "The default tier ran."
    if tier == "neural":
        return "The neural tier ran: beside the words, the vector of the whole sentence (all-MiniLM-L6-v2) adds to its score."
    ours = classifier.load(tier)
    return (
        f"A classifier of the user's own ran: {ours.name} (SHA-256 {ours.sha256[:16]}), with the labels "
        f"{series(list(ours.labels))}. Its score is the mean of the labels' values by their probability; what it sees beyond "
        "the words of the default tier belongs to no word. How far it is from human readers is not known here, so "
        "intervals say only which sentences there are. Tone toward actors is by the default tier."
    )


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
    if signed(before) == signed(after):
        return f"Had everything stayed that cleaning removed, the mean tone would be the same, {signed(before)}."
    return (
        f"Had everything stayed that cleaning removed, the mean tone would be {signed(before)} instead of "
        f"{signed(after)}."
    )


def extremes(
    scores: pd.DataFrame, words: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 3
) -> dict[str, list[Quotation]]:
    """The most negative and most positive sentences, by heading, with the words of feeling that make them so marked.

    Sentences in another language are left out.
    """
    own = scores[scores["sentence"].isin(english(sentences)["sentence"])]
    ordered = own.sort_values("score", kind="stable")
    known = set(feeling.carriers(words, least=0.0)["word"])
    words = words[words["word"].str.lower().isin(known)]
    picks = {"Most negative": ordered.head(most), "Most positive": ordered.iloc[::-1].head(most)}
    return {
        heading: [
            _quotation(row, words, sentences) for row in picked.to_dict("records") if _fits(row["score"], heading)
        ]
        for heading, picked in picks.items()
    }


def _fits(score: float, heading: str) -> bool:
    """Whether a sentence is on the side of its heading, and not so near to zero that it is on none."""
    return score <= -FAINT if "negative" in heading else score >= FAINT


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
