"""What the tables of key phrases say."""

import pandas as pd

from presslens.findings.evidence import Quotation
from presslens.findings.keyness import cased
from presslens.findings.wording import count, number, rows, series, times

PHRASE_HEADERS = {"rank": "rank", "phrase": "phrase", "score": "score", "count": "places", "why": "what put it there"}
PAIR_HEADERS = {"rank": "rank", "pair": "pair", "score": "log-likelihood", "count": "together"}
RUNS = 3  # sentences that a phrase must stand in to run through an article
METHOD = (
    "Candidates are noun phrases and names of one to four words; their score is the estimated chance that a careful reader "
    "would list them, from position, spread, form, frequency against general English (wordfreq) and other features, each of "
    "which adds points learnt from stories whose key phrases people wrote down. What put a phrase there are the three "
    "features that raise it most above the article's typical candidate; the saved table has their names and points. Pairs: "
    "log-likelihood ratio "
    "(Dunning 1993) by NLTK."
)


def overview(phrases: pd.DataFrame, *, most: int = 6) -> str:
    """What the article is about, by its first key phrases."""
    if phrases.empty:
        return "The text has no phrase that could stand for what it is about."
    return f"Its leading key phrases are {series([f'“{phrase}”' for phrase in phrases['phrase'].head(most)])}."


def spread(phrases: pd.DataFrame, occurrences: pd.DataFrame, sentences: pd.DataFrame) -> str:
    """Which phrase runs through the article, and which comes late."""
    if phrases.empty or occurrences.empty:
        return "There is no phrase to follow through the text."
    order = {name: at for at, name in enumerate(sentences["sentence"])}
    at = occurrences["sentence"].map(order)
    places = at.groupby(occurrences["phrase"], sort=False)
    widest = places.nunique().sort_values(ascending=False, kind="stable").index[0]
    if places.nunique()[widest] < 2:
        return "No key phrase recurs: each stands in one sentence only."
    firsts = places.min()
    late = firsts[firsts > len(order) / 2].sort_values(ascending=False, kind="stable")
    later = (
        f" {series([f'“{p}”' for p in late.index[:3]])} {'comes' if len(late) == 1 else 'come'} only in the second half."
        if len(late)
        else ""
    )
    held = int(places.nunique()[widest])
    how = f"{count(held, 'sentence')} of {number(len(order))}"
    if held < RUNS:
        return f"No key phrase runs through the article: “{widest}” recurs most, in {how}.{later}"
    return f"“{widest}” runs furthest through the article, in {how}.{later}"


def pairs(table: pd.DataFrame, text: str = "") -> str:
    """The words that stand together most, written as the text writes them most often."""
    if table.empty:
        return "No two content words stand side by side more than once."
    listed = series(
        [
            f"“{cased(r.pair, text)}” ({times(int(r.together))})"
            for r in rows(table.head(3).rename(columns={"count": "together"}))
        ]
    )
    return f"Words that belong together here: {listed}."


def evidence(
    phrases: pd.DataFrame, occurrences: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 10
) -> dict[str, list[Quotation]]:
    """For each phrase the first sentence of the body that holds it (else the first of all), the phrase marked.

    A sentence already shown for a phrase above is passed over where another one will do.
    """
    texts = sentences.set_index("sentence")
    quotes: dict[str, list[Quotation]] = {}
    shown: set[str] = set()
    for row in rows(phrases.head(most)):
        places = occurrences[occurrences["phrase"] == row.phrase]
        names = list(dict.fromkeys(places["sentence"]))
        ordered = sorted(names, key=lambda name: (name in shown, texts.loc[name, "section"] != "body"))
        if not ordered:
            continue
        name = ordered[0]
        shown.add(name)
        marks = [(p.start, p.end, "phrase", str(row.phrase)) for p in rows(places[places["sentence"] == name])]
        quotes[f"{row.rank}. {row.phrase}"] = [
            Quotation(str(texts.loc[name, "text"]), int(texts.loc[name, "start"]), marks, name)
        ]
    return quotes
