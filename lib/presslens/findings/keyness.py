"""What the tables of key words, topics and shared sentences say."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd

from presslens.findings.wording import capital, count, number, rows, series
from presslens.keywords.keyness import GENERAL

LEVEL = 0.05
HEADERS = {
    "term": "word",
    "count": "uses",
    "times": "times as frequent",
    "log_ratio": "log ratio",
    "g2": "G²",
    "q": "q",
    "paragraphs": "paragraphs",
    "dp": "DP",
}
SEGMENT_HEADERS = {
    "segment": "stretch",
    "first": "from",
    "last": "to",
    "sentences": "sentences",
    "words": "words that set it apart",
    "depth": "depth",
}
METHOD = (
    "Keyness: words that come twice or more are ranked by how many times as frequent they are here as in the reference "
    "(log ratio, Hardie 2014: its binary logarithm), if log-likelihood G² (Rayson and Garside 2000) says that chance does not "
    "explain it (Benjamini-Hochberg q < .05) and if they stand in two paragraphs or more. First and middle names that "
    "never stand alone are left out. DP is the deviation of proportions "
    "over paragraphs (Gries 2008; 0 is even, 1 all in one place). The reference is wordfreq's general English: news, "
    "subtitles, books, encyclopedia and web up to 2021, not news alone. Turns of vocabulary: after TextTiling (Hearst 1997), "
    "14 sentences on "
    "each side, between paragraphs, at valleys deeper than the mean and two standard deviations and than .25; on 63 texts of "
    "joined newswire stories WindowDiff is .14, against .33 for no cut at all, and F1 of exact borders .61. An article about "
    "one thing may well have none."
)


def key(table: pd.DataFrame) -> pd.DataFrame:
    """The key words: more frequent than in the reference after correction, not in one paragraph only, and no first names.

    By falling log ratio; words that the reference does not have come last, by falling G2. In an article of one paragraph that
    paragraph is enough.
    """
    found = _unusual(table)
    found = found[~found["part_of_name"]]
    if int(table["paragraphs"].max() if len(table) else 0) > 1:
        found = found[found["paragraphs"] > 1]
    order = found.assign(ratio=found["log_ratio"].where(found["listed"], -1.0).round(6), g2=found["g2"].round(6))
    order = order.sort_values(["listed", "ratio", "g2", "term"], ascending=[False, False, False, True])
    return found.loc[order.index].reset_index(drop=True)


def _unusual(table: pd.DataFrame) -> pd.DataFrame:
    return table[(table["q"] < LEVEL) & (table["log_ratio"] > 0)]


def written(table: pd.DataFrame, text: str, *, column: str = "term") -> pd.DataFrame:
    """The table for readers: words as the text writes them most often, small `q` in words, and, of key words, `times`:
    how many times as frequent they are as in the reference, if it has them."""
    shown = table.assign(**{column: [cased(str(word), text) for word in table[column]]})
    if "q" in shown:
        shown["q"] = ["< .001" if q < 0.001 else f"{q:.3f}".lstrip("0") for q in table["q"]]
    if "listed" in shown:
        shown["times"] = [fold(r.log_ratio) if r.listed else "not in the list" for r in rows(table)]
        shown["log_ratio"] = table["log_ratio"].where(table["listed"])
    return shown


def cased(words: str, text: str) -> str:
    """Words as the text writes them most often; as they are where it does not have them."""
    forms = Counter(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags=re.IGNORECASE))
    return forms.most_common(1)[0][0] if forms else words


def title(table: pd.DataFrame, text: str = "") -> str:
    """The word that is most unusual, and by how much."""
    found = key(table)
    if found.empty:
        return "No word is unusually frequent"
    best = found.iloc[0]
    word = cased(str(best["term"]), text)
    if not best["listed"]:
        return f"“{word}” is not in the reference at all"
    return f"“{word}” comes {fold(float(best['log_ratio']))} times as often as in {_plainly(best['reference'])}"


def first(table: pd.DataFrame, text: str = "", *, most: int = 5) -> str:
    """Which words set the article apart most, in one sentence."""
    listed = key(table)
    listed = listed[listed["listed"]].head(most)
    if listed.empty:
        return apart(table, text, most=most)
    times = [
        f"“{cased(r.term, text)}” {'is ' if not n else ''}{fold(r.log_ratio)} times{' as frequent here' if not n else ''}"
        for n, r in enumerate(rows(listed))
    ]
    return f"Against {table['reference'].iloc[0]}, {series(times)}."


def apart(table: pd.DataFrame, text: str = "", *, most: int = 5) -> str:
    """Which words set the article apart, by falling effect; which stand in one paragraph only; which are not listed."""
    found, unusual = key(table), _unusual(table)
    if unusual.empty:
        return "No word is so frequent here that chance could not explain it."
    name = str(table["reference"].iloc[0])
    listed = found[found["listed"]]
    one = len(found) == 1
    several = (
        f" and {'stands' if one else 'stand'} in more than one paragraph" if int(table["paragraphs"].max()) > 1 else ""
    )
    said = [first(table, text, most=most)] if len(listed) else []
    said.append(
        f"{capital(count(len(found), 'word'))} of {count(len(table), '', ' ').strip()} "
        f"{'is' if one else 'are'} more frequent than "
        f"chance explains (q < .05){several}."
    )
    if 2 * len(unusual) > len(table):
        said.append(
            "In a short text most content words are: how many times as frequent they are says more than that they are."
        )
    said += _set_aside(found, unusual, text, name)
    return " ".join(said)


def _set_aside(found: pd.DataFrame, unusual: pd.DataFrame, text: str, name: str) -> list[str]:
    """What is said of words of one paragraph that are as unusual as the key words, and of those without a ratio."""
    said = []
    rest = unusual[~unusual["term"].isin(found["term"]) & unusual["listed"] & ~unusual["part_of_name"]]
    rest = rest.sort_values("log_ratio", ascending=False, kind="stable").head(3)
    if len(rest):
        alone = series([f"“{cased(r.term, text)}”" for r in rows(rest)])
        verb = "stands in one paragraph only, and tells" if len(rest) == 1 else "stand in one paragraph only, and tell"
        said.append(f"{alone} {verb} of that paragraph alone.")
    without = unusual[~unusual["listed"] & ~unusual["part_of_name"]]
    if len(without):
        words = series([f"“{cased(r.term, text)}”" for r in rows(without.head(5))])
        more = f" (and {number(len(without) - 5)} more)" if len(without) > 5 else ""
        floor = " (rarer than one in about 100 million words)" if name == GENERAL else ""
        said.append(
            f"{words}{more} {'is' if len(without) == 1 else 'are'} not in the reference at all{floor}, so that no ratio can "
            "be given."
        )
    return said


def fold(log_ratio: float) -> str:
    """How many times as frequent, in two figures."""
    times = 2**log_ratio
    if times < 10:
        return number(times, digits=1)
    return number(int(round(times, 2 - len(str(int(times))))))


def _plainly(reference: object) -> str:
    """The name of the reference without the package that it comes from."""
    return str(reference).partition(" (")[0]


def topics_title(segments: pd.DataFrame) -> str:
    """Where the vocabulary changes most, if it does so clearly."""
    if len(segments) < 2:
        return "The vocabulary has no clear turn"
    return f"The vocabulary changes most before {_place(str(_deepest(segments)['first']))}"


def topics(segments: pd.DataFrame, *, most: int = 3) -> str:
    """Where the vocabulary changes most, and what it changes from and to; the deepest turns only."""
    if len(segments) < 2:
        return (
            "No gap between paragraphs divides the vocabulary clearly: where one topic ends and another begins cannot be told "
            "from the words."
        )
    best = _deepest(segments)
    before = segments.iloc[int(best["segment"]) - 2]
    text = (
        f"The vocabulary changes most before {_place(str(best['first']))}: from {_listed(before['words'])} to "
        f"{_listed(best['words'])}."
    )
    others = segments[(segments["depth"] > 0) & (segments["segment"] != best["segment"])]
    others = others.sort_values("depth", ascending=False, kind="stable").head(most - 1)
    if len(others):
        text += f" It also changes clearly before {series([_place(str(first)) for first in sorted(others['first'])])}."
    return text


def stretches(segments: pd.DataFrame) -> pd.DataFrame:
    """The stretches between clear turns; none where there is no turn, for then there is but one."""
    return segments if len(segments) > 1 else segments.head(0)


def _deepest(segments: pd.DataFrame) -> pd.Series:
    """The stretch that begins at the deepest turn."""
    return segments.iloc[int(segments["depth"].to_numpy(dtype="float64").argmax())]


def _place(sentence: str) -> str:
    """Where a sentence of the body stands, in words."""
    found = re.fullmatch(r"p(\d+)s(\d+)", sentence)
    if found is None:
        return sentence
    return (
        f"paragraph {int(found[1])}" if int(found[2]) == 1 else f"sentence {int(found[2])} of paragraph {int(found[1])}"
    )


def _listed(words: object) -> str:
    return series([f"“{word}”" for word in str(words).split()[:3]])


def network_title(edges: pd.DataFrame) -> str:
    """Which phrases share most sentences; pairs that share as many are all named, or counted where they are more than three."""
    best = _best(edges)
    return f"{_met(best)} most" if len(best) else "No two key phrases meet often"


def network(edges: pd.DataFrame) -> str:
    """Which phrases meet in most sentences, against chance."""
    best = _best(edges)
    if best.empty:
        return "No two key phrases share more than one sentence."
    shared = count(int(best["sentences"].iloc[0]), "sentence")
    expected = [number(float(value), digits=1) for value in sorted(best["expected"])]
    chance = expected[0] if len(set(expected)) == 1 else f"{expected[0]} to {expected[-1]}"
    if len(best) == 1:
        pair = f"“{best['source'].iloc[0]}” and “{best['target'].iloc[0]}”"
        return f"{pair} share {shared}, where chance would give {chance}."
    return f"{_met(best)} in {shared} each, where chance would give {chance}."


def _met(pairs: pd.DataFrame) -> str:
    """The pairs of phrases that meet, as the beginning of a sentence."""
    if len(pairs) > 3:
        return f"{capital(count(len(pairs), 'pair'))} of key phrases meet"
    ends = [{str(r.source), str(r.target)} for r in rows(pairs)]
    shared = sorted(set.intersection(*ends))
    if len(pairs) > 1 and len(shared) == 1:
        others = [next(iter(pair - set(shared))) for pair in ends]
        return f"“{shared[0]}” meets {series([f'“{other}”' for other in others])}"
    named = [f"“{r.source}” and “{r.target}”" for r in rows(pairs)]
    return f"{'; '.join(named)} meet"


def _best(edges: pd.DataFrame) -> pd.DataFrame:
    """The pairs that share most sentences, if that is more than one."""
    most = int(edges["sentences"].max()) if len(edges) else 0
    return edges[(edges["sentences"] == most) & (most > 1)]
