"""What the tables of key words, topics and shared sentences say."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd
from markupsafe import Markup

from presslens.findings.wording import count, number, rows, series

LEVEL = 0.05
HEADERS = {
    "term": "word",
    "count": "uses",
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
    "Keyness: log-likelihood G² (Rayson and Garside 2000) with Benjamini-Hochberg correction, log ratio (Hardie 2014) and "
    "deviation of proportions over paragraphs (DP, Gries 2008; 0 is even, 1 all in one place), against wordfreq's general "
    "English. Turns of vocabulary: after TextTiling (Hearst 1997), 14 sentences on "
    "each side, between paragraphs, at valleys deeper than the mean and two standard deviations and than .25; on 63 texts of "
    "joined newswire stories WindowDiff is .14, against .33 for no cut at all, and F1 of exact borders .61. An article about "
    "one thing may well have none."
)


def key(table: pd.DataFrame) -> pd.DataFrame:
    """The words that are more frequent than in the reference after correction, by falling G2, as the table has them."""
    return table[(table["q"] < LEVEL) & (table["log_ratio"] > 0)].reset_index(drop=True)


def written(table: pd.DataFrame, text: str, *, column: str = "term") -> pd.DataFrame:
    """The table with its words as the text writes them most often, and with small `q` in words."""
    shown = table.assign(**{column: [cased(str(word), text) for word in table[column]]})
    if "q" in shown:
        shown["q"] = ["< .001" if q < 0.001 else f"{q:.3f}".lstrip("0") for q in table["q"]]
    return shown


def cased(words: str, text: str) -> str:
    """Words as the text writes them most often; as they are where it does not have them."""
    forms = Counter(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", text, flags=re.IGNORECASE))
    return forms.most_common(1)[0][0] if forms else words


def title(table: pd.DataFrame) -> str:
    """The word that is most unusual, and by how much."""
    found = key(table)
    if found.empty:
        return "No word is unusually frequent"
    best = found.iloc[0]
    return f"“{best['term']}” comes {_fold(float(best['log_ratio']))} as often as in ordinary English"


def apart(table: pd.DataFrame, *, most: int = 5) -> str:
    """Which words set the article apart, by falling effect, and which of them stand in one paragraph only."""
    found = key(table)
    if found.empty:
        return "No word is so frequent here that chance could not explain it."
    head = found.sort_values("log_ratio", ascending=False, kind="stable").head(12)
    spread = [f"“{r.term}”" for r in rows(head) if r.paragraphs > 1][:most]
    alone = [f"“{r.term}”" for r in rows(head) if r.paragraphs < 2]
    name = str(table["reference"].iloc[0])
    text = (
        f"Against {name}, {count(len(found), 'word')} of {number(len(table))} {'is' if len(found) == 1 else 'are'} "
        f"unusually frequent (q < .05)"
    )
    text += f"; farthest from it {'is' if len(spread) == 1 else 'are'} {series(spread)}." if spread else "."
    if 2 * len(found) > len(table):
        text += (
            " In a short text most content words are: how many times as frequent they are says more than that they are."
        )
    if alone:
        verb = (
            "stands in one paragraph only, and so tells"
            if len(alone) == 1
            else "stand in one paragraph only, and so tell"
        )
        text += f" {series(alone)} {verb} of that paragraph alone."
    return text


def _fold(log_ratio: float) -> str:
    times = 2**log_ratio
    return f"{number(round(times, -len(str(int(times))) + 2) if times >= 100 else round(times), digits=0)} times"


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
    """Which two phrases share most sentences."""
    best = _best(edges)
    return (
        f"“{best['source']}” and “{best['target']}” meet most" if best is not None else "No two key phrases meet often"
    )


def network(edges: pd.DataFrame) -> str:
    """Which phrases meet in most sentences, against chance."""
    best = _best(edges)
    if best is None:
        return "No two key phrases share more than one sentence."
    expected = number(float(best["expected"]), digits=1)
    return (
        f"“{best['source']}” and “{best['target']}” share {count(int(best['sentences']), 'sentence')}, where chance would give "
        f"{expected}."
    )


def _best(edges: pd.DataFrame) -> pd.Series | None:
    often = edges[edges["sentences"] > 1]
    if often.empty:
        return None
    return often.sort_values(["sentences", "npmi"], ascending=False, kind="stable").iloc[0]


def lines(table: pd.DataFrame, *, caption: str, most: int = 25) -> Markup:
    """A concordance as a table, aligned on the match.

    Args:
        table: as `concordance.concordance` gives it.
        caption: what was looked up.
        most: lines to show.
    """
    shown = [
        Markup('<tr><td style="text-align:right">{}</td><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(
            r.left, r.match, r.right, r.sentence
        )
        for r in rows(table.head(most))
    ]
    more = f" The first {most} of {number(len(table))} lines." if len(table) > most else ""
    return Markup(
        '<div class="table" role="region" aria-label="{}" tabindex="0">'
        '<table class="kwic"><caption>{}{}</caption><thead><tr><th scope="col" style="text-align:right">'
        'before</th><th scope="col">match</th><th scope="col">after</th><th scope="col">sentence</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(caption, caption, more, Markup("").join(shown) or Markup('<tr><td colspan="4">none</td></tr>'))
