"""What the tables of the article itself say: what was read, left out, how it is built and how sure it sounds."""

from math import comb
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from presslens.article.reading import Article
from presslens.findings.evidence import Quotation
from presslens.findings.wording import capital, count, percent, place, rows, series

LEDGER_HEADERS = {"line": "line", "text": "text", "rule": "rule", "reason": "reason", "kept": "kept in the text"}
READING_HEADERS = {"measure": "measure", "value": "value", "meaning": "what it says"}
SURE = ("certainty", "obligation")
FEW_MARKS = 5  # words of doubt or certainty below which nothing is said of the author's sureness
LEAST_WORDS = 30  # below it one long word moves the grade by a year
UNSURE = ("possibility", "probability", "appearance", "approximation", "opinion")


def overview(article: Article) -> str:
    """What was read, in two sentences."""
    words = int(article.tokens["kind"].isin(["word", "number"]).sum())
    body = int((article.sentences["section"] == "body").sum())
    by = f" by {article.byline}" if article.byline else ""
    removed = article.removed
    if not words and not body:
        what = "The text is empty."
    elif not body:
        what = f"A text{by} of {count(words, 'word')}, a head without a body."
    else:
        what = (
            f"A text{by} of {count(words, 'word')}, with {count(body, 'sentence')} in "
            f"{count(len(article.paragraphs), 'paragraph')} below its head."
        )
    verb = ("is", "was") if removed == 1 else ("are", "were")
    out = f"{capital(count(removed, 'line'))} of the file {verb[0]} not the article and {verb[1]} left out."
    return f"{what} {out if removed else 'Nothing was left out.'}"


def facts(article: Article) -> pd.DataFrame:
    """What was read, a row a fact: `fact`, `value`."""
    meta = article.metadata
    listed = [
        ("title", article.title or "none found"),
        ("dek", article.dek or "none found"),
        ("byline", article.byline or "none found"),
        ("outlet", meta.outlet or "not stated"),
        ("date", meta.date.isoformat() if meta.date else "not stated"),
        ("language", article.language),
        ("file", article.source),
        ("SHA-256", article.sha256),
    ]
    return pd.DataFrame(listed, columns=["fact", "value"])


def ledger(table: pd.DataFrame) -> str:
    """How many lines each rule took."""
    if table.empty:
        return "No rule found anything that is not the article."
    tally = table.groupby("rule", sort=False).size().sort_values(ascending=False, kind="stable")
    parts = [f"{count(int(n), 'line')} as {rule}" for rule, n in tally.items()]
    kept = int(table["kept"].sum())
    stayed = f" {capital(count(kept, 'of them stayed', 'of them stayed'))}, as a parameter asked." if kept else ""
    return f"Cleaning set apart {series(parts)}.{stayed}"


def stayed(article: Article, uncleaned: Article) -> str:
    """What would be different had nothing been left out."""
    more = len(uncleaned.tokens) - len(article.tokens)
    if not more:
        return "The text would be the same without cleaning."
    share = more / max(len(article.tokens), 1)
    sentences = len(uncleaned.sentences) - len(article.sentences)
    return (
        f"Had it stayed, the text would be {percent(share)} longer, by {count(sentences, 'sentence')}, and every count "
        "and mean below would include them."
    )


def structure(table: pd.DataFrame) -> str:
    """How long paragraphs and sentences are."""
    body = table[table["section"] == "body"]
    if body.empty:
        return "The text has no body to describe."
    longest = body.iloc[int(body["words"].to_numpy().argmax())]
    words, sentences = int(body["words"].sum()), int(body["sentences"].sum())
    if sentences < 2:
        return f"The body is one sentence of {count(words, 'word')}."
    mean = f"A sentence has {count(round(words / sentences), 'word')} on average"
    if len(body) == 1:
        return f"{mean}; the body is one paragraph of {count(words, 'word')}."
    most = int(longest["words"])
    if int((body["words"] == most).sum()) > 1:
        return f"{mean}; no paragraph has more than {count(most, 'word')}."
    return f"{mean}; the longest paragraph, number {int(longest['paragraph'])}, has {count(most, 'word')}."


def paragraph_table(article: Article) -> pd.DataFrame:
    """Length by paragraph: `article`, `section`, `paragraph`, `sentences`, `words`."""
    keys = ["article", "section", "paragraph"]
    sentences = article.sentences.groupby(keys, sort=False).size().rename("sentences")
    words = (
        article.tokens[article.tokens["kind"].isin(["word", "number"])].groupby(keys, sort=False).size().rename("words")
    )
    return pd.concat([sentences, words], axis=1).fillna(0).astype("int64").reset_index()


def reading(readability: pd.DataFrame, diversity: pd.DataFrame) -> pd.DataFrame:
    """Readability and diversity of one article, a row a measure: `measure`, `value`, `meaning`."""
    if readability.empty:
        return pd.DataFrame({"measure": [], "value": [], "meaning": []})
    r, d = readability.iloc[0], diversity.iloc[0]
    listed = [
        ("Flesch reading ease", r["flesch"], "100 is very easy, under 50 difficult (Flesch 1948)"),
        ("Flesch-Kincaid grade", r["flesch_kincaid"], "years of US schooling needed (Kincaid et al. 1975)"),
        ("Gunning fog", r["gunning_fog"], "years of schooling, from long sentences and words (Gunning 1952)"),
        ("SMOG", r["smog"], "years of schooling, from words of three or more syllables (McLaughlin 1969)"),
        ("MATTR", d["mattr"], "share of different words in 50 running words (Covington and McFall 2010)"),
        ("MTLD", d["mtld"], "words until the vocabulary repeats itself (McCarthy and Jarvis 2010)"),
    ]
    return pd.DataFrame(listed, columns=["measure", "value", "meaning"])


def difficulty(readability: pd.DataFrame) -> str:
    """How hard the text is to read, in words."""
    if readability.empty:
        return "There are no words to measure."
    words = int(readability["words"].iloc[0])
    if words < LEAST_WORDS:
        return f"The text is too short to tell how hard it is to read: it has {count(words, 'word')}."
    ease = float(readability["flesch"].iloc[0])
    grade = round(float(readability["flesch_kincaid"].iloc[0]))
    years = (
        f"about {count(grade, 'year')}" if grade >= 5 else "fewer than five years"
    )  # below it the formula says little
    levels = [
        (60, "plain English"),
        (50, "fairly difficult"),
        (30, "difficult, as quality papers are"),
        (-1e9, "very difficult"),
    ]
    level = next(words for least, words in levels if ease >= least)
    few = " The text is short, so these are rough." if words < 100 else ""
    return f"The text is {level}: a reader needs {years} of schooling (Flesch-Kincaid).{few}"


def _apart(n: int, m: int) -> bool:
    """Whether two counts differ by more than chance: the two-sided sign test at 5 %."""
    tail = sum(comb(n + m, k) for k in range(min(n, m) + 1)) / 2 ** (n + m)
    return bool(2 * tail < 0.05)


def sureness(rates: pd.DataFrame) -> str:
    """How much the text hedges, against how much it asserts or obliges."""
    if rates.empty or not rates["count"].sum():
        return "No word in the text marks how sure its author is."
    unsure = rates[rates["kind"].isin(UNSURE)]
    sure = rates[rates["kind"].isin(SURE)]
    n, m = int(unsure["count"].sum()), int(sure["count"].sum())
    if not n + m:
        return "No word in the text marks how sure its author is."
    if n + m < FEW_MARKS:
        return (
            f"Too few words mark how sure the text sounds to tell: {count(n, 'word')} of doubt or possibility and "
            f"{count(m, '', ' ').strip() if m else 'none'} of certainty or obligation."
        )
    rate = float(unsure["per_1000"].sum())
    verdict = (
        "hedges and asserts by turns"
        if m / 2 <= n <= 2 * m or not _apart(n, m)
        else "weighs possibilities rather than asserts"
        if n > m
        else "asserts"
    )
    return (
        f"The text, quotations included, {verdict}: {count(n, 'word')} of doubt or possibility ({rate:.0f} in a thousand words) "
        f"against {count(m, 'word')} of certainty or obligation."
    )


def text(article: Article, hedges: pd.DataFrame) -> Markup:
    """The cleaned article, each sentence with its id as anchor, hedges marked."""
    pieces = []
    for _, group in article.sentences.groupby(["section", "paragraph"], sort=False):
        words = Markup(" ").join(_anchored(row, hedges) for row in group.to_dict("records"))
        first = group.iloc[0]
        label = escape(capital(place(first["section"], int(first["paragraph"]))))
        pieces.append(Markup('<p class="paragraph"><span class="where">{}</span> {}</p>').format(label, words))
    return Markup("").join(pieces)


def _anchored(row: dict[Any, Any], hedges: pd.DataFrame) -> Markup:
    from presslens.findings.evidence import marked

    found = hedges[hedges["sentence"] == row["sentence"]]
    spans = [(int(h.start), int(h.end), "hedge", str(h.kind)) for h in rows(found)]
    words = marked(str(row["text"]), spans, start=int(row["start"]))
    return Markup('<span id="{}">{}</span>').format(row["sentence"], words)


def hedged(hedges: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 3) -> dict[str, list[Quotation]]:
    """The sentences with most hedges, those words marked."""
    tally = hedges[hedges["kind"].isin(UNSURE)].groupby("sentence", sort=False).size()
    best = tally.sort_values(ascending=False, kind="stable").head(most)
    texts = sentences.set_index("sentence")
    return {
        "Most hedged sentences": [
            Quotation(
                str(texts.loc[name, "text"]),
                int(texts.loc[name, "start"]),
                [(h.start, h.end, "hedge", h.kind) for h in rows(hedges[hedges["sentence"] == name])],
                str(name),
            )
            for name in best.index
        ]
    }
