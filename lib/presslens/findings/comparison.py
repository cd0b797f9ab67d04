"""What the tables of a comparison say: which articles differ and in what, and only where chance does not explain it.

Each `…_parts` gives sentences; the first is short enough for the title of a figure.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from presslens.article.reading import Article
from presslens.findings import framing
from presslens.findings.keyness import cased
from presslens.findings.wording import capital, count, interval, number, percent, quoted, rows, series, signed

ARTICLE_HEADERS = {
    "article": "article",
    "title": "title",
    "outlet": "outlet",
    "date": "date",
    "words": "words",
    "sentences": "sentences",
}
DIFFERENCE_HEADERS = {
    "pair": "articles",
    "difference": "difference",
    "interval": "95 % interval",
    "p": "p",
    "clear": "clear",
}
WORD_HEADERS = {
    "article": "article",
    "term": "word",
    "count": "here",
    "elsewhere": "in the others",
    "log_odds": "log odds",
    "z": "z",
    "q": "q",
}
METHOD = (
    "Differences of means: two-sided permutation test, the sentences (or mentions) of two articles dealt out anew, seeded, all "
    "deals where they are few; corrected for the number of pairs by Holm's method, so that the chance of even one false "
    "claim under a heading is 5 % at most. Words: log odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn "
    "2008), corrected by Benjamini and Hochberg. Both suppose that sentences and words are independent, which they are not "
    "quite, so that p-values are rather too small. That a difference is not clear does not show that the articles are alike."
)
MANY = 3  # differences told one by one


def articles(found: Sequence[Article]) -> pd.DataFrame:
    """The articles, in order: `article`, `title`, `outlet`, `date`, `words`, `sentences`."""
    listed = [
        (
            one.id,
            one.title or "none found",
            one.metadata.outlet or "not stated",
            one.metadata.date.isoformat() if one.metadata.date else "not stated",
            int(one.tokens["kind"].isin(["word", "number"]).sum()),
            len(one.sentences),
        )
        for one in found
    ]
    return pd.DataFrame(listed, columns=list(ARTICLE_HEADERS))


def written(words: pd.DataFrame, found: Sequence[Article]) -> pd.DataFrame:
    """Distinguishing words as the articles write them most often, not in lower case."""
    text = "\n".join(one.text for one in found)
    forms = {term: cased(str(term), text) for term in words["term"].unique()}
    return words.assign(term=words["term"].map(forms).astype("str"))


def notes(found: Sequence[Article]) -> str:
    """What was guessed or lost in reading each article."""
    said = [f"{one.id}: {' '.join(one.notes)}" for one in found if one.notes]
    return " ".join(said) or "Nothing was guessed in reading the files."


def overview(
    found: Sequence[Article], tone: pd.DataFrame, actors: pd.DataFrame, words: pd.DataFrame, frames: pd.DataFrame
) -> str:
    """In what the articles clearly differ, in a sentence or two.

    Args:
        found: the articles.
        tone, actors, frames: differences with `clear`.
        words: as `tables.distinguishing` gives it.
    """
    differ = [
        first(_clear(table))
        for first, table in ((_wariest, actors), (_most_negative, tone), (_most_framed, frames), (_own_words, words))
        if len(table) and table["clear"].any()
    ]
    alike = [
        name
        for name, table in (("tone", tone), ("the tone toward the actors that they share", actors), ("frames", frames))
        if len(table) and not table["clear"].any()
    ]
    many = capital(count(len(found), "article"))
    if not differ:
        return f"{many} side by side: no difference between them is larger than chance explains."
    rest = f" In {series(alike)} no difference is larger than chance explains." if alike else ""
    return f"{many} side by side. Clear differences: {'; '.join(differ)}.{rest}"


def _clear(differences: pd.DataFrame) -> pd.DataFrame:
    """Those that are larger than chance explains, the surest first."""
    clear = differences[differences["clear"]]
    by = [name for name in ("p", "actor", "frame", "article", "other") if name in clear.columns]
    return clear.sort_values(by, kind="stable") if "p" in by else clear


def _pair(r: Any) -> tuple[str, str]:
    """The article that has less of it, and the one that has more."""
    return (r.article, r.other) if r.difference < 0 else (r.other, r.article)


def _most_negative(clear: pd.DataFrame) -> str:
    low, high = _pair(rows(clear)[0])
    return f"{low} is more negative in tone than {high}"


def _wariest(clear: pd.DataFrame) -> str:
    top = rows(clear)[0]
    low, high = _pair(top)
    return f"{low} is more wary of {top.actor} than {high}"


def _most_framed(clear: pd.DataFrame) -> str:
    top = rows(clear)[0]
    less, more = _pair(top)
    return f"{more} uses {quoted(top.frame)} more than {less}"


def _own_words(clear: pd.DataFrame) -> str:
    first = list(dict.fromkeys(clear["term"]))[:3]
    return f"{series([f'“{word}”' for word in first])} {'sets' if len(first) == 1 else 'set'} articles apart"


def tones_parts(table: pd.DataFrame, differences: pd.DataFrame) -> list[str]:
    """Which articles differ in mean tone."""
    if len(table) < 2 or differences.empty:
        return ["There are too few sentences to compare the tone."]
    clear = _clear(differences)
    if clear.empty:
        first = _largest(differences)
        return [
            "No difference in tone between the articles is larger than chance explains",
            f"The largest is {number(abs(float(first.difference)))}, between {first.article} and {first.other} "
            f"({_p(first, len(differences))}).",
        ]
    return [_most_negative(clear), _each(clear, len(differences), "more negative")]


def tones(table: pd.DataFrame, differences: pd.DataFrame) -> str:
    """Which articles differ in mean tone, with p.

    Args:
        table: as `scoring.articles` gives it, of several articles.
        differences: as `tables.sentence_differences` gives them.
    """
    return _joined(tones_parts(table, differences))


def toward_parts(table: pd.DataFrame, differences: pd.DataFrame) -> list[str]:
    """Toward which shared actors the articles differ."""
    if table.empty:
        return ["The articles share no actor that each names in its own voice"]
    actors = table.drop_duplicates("actor")
    every = int(table["articles"].max())
    shared = [quoted(name) for name in actors["actor"].head(5)]
    rest = len(actors) - len(shared)
    who = (
        f"{capital(count(len(actors), 'actor'))} {'is' if len(actors) == 1 else 'are'} named by two articles or more: "
        f"{series([*shared, *([count(rest, 'other')] if rest else [])])}."
    )
    if differences.empty:
        return [
            "No shared actor is named often enough to compare",
            who,
            "A comparison needs three mentions in each of two articles.",
        ]
    clear = _clear(differences)
    if clear.empty:
        first = _largest(differences)
        return [
            "No difference in tone toward a shared actor is larger than chance explains",
            who,
            f"The largest is toward {first.actor}: {_between(first)} ({_p(first, len(differences))}). With few mentions only "
            "a great difference could be told."
            if every
            else "",
        ]
    told = [f"{r.actor}: {_between(r)} ({_p(r, len(differences))})" for r in rows(clear)[:MANY]]
    return [_wariest(clear), who, f"Clear differences: {'; '.join(told)}."]


def toward(table: pd.DataFrame, differences: pd.DataFrame) -> str:
    """Which actors the articles share, and toward whom they differ.

    Args:
        table: as `tables.shared_tones` gives it.
        differences: as `tables.tone_differences` gives them.
    """
    return _joined(toward_parts(table, differences))


def words_parts(table: pd.DataFrame) -> list[str]:
    """Which words set the articles apart."""
    clear = _clear(table) if len(table) else table
    if clear.empty:
        lean = table[(table["log_odds"] > 0) & (table["paragraphs"] > 1)] if len(table) else table
        said = [
            f"to {article} {series([f'“{word}”' for word in part['term'].head(3)])}"
            for article, part in lean.groupby("article", sort=False)
        ]
        more = f"Those that lean most, within what chance explains: {'; '.join(said[:8])}." if said else ""
        return ["No word sets one article apart by more than chance explains", more]
    told = []
    for article, part in list(clear.groupby("article", sort=False))[:8]:
        told.append(
            f"{article} {series([f'“{r.term}” ({r.count}, elsewhere {r.elsewhere})' for r in rows(part.head(5))])}"
        )
    without = [name for name in dict.fromkeys(table["article"]) if name not in set(clear["article"])]
    rest = f"No word sets apart {series(without, last='or')}." if without else ""
    return [_own_words(clear), f"More often than chance explains: {'; '.join(told)}.", rest]


def words(table: pd.DataFrame) -> str:
    """Which words set each article apart from the others.

    Args:
        table: as `tables.distinguishing` gives it.
    """
    return _joined(words_parts(table))


def frames_parts(table: pd.DataFrame, differences: pd.DataFrame) -> list[str]:
    """How the articles differ in frames."""
    leading = []
    for article, part in table.groupby("article", sort=False):
        best = framing.coded(part)
        if len(best) and float(best["low"].iloc[0]) > 0:
            leading.append(f"{article} {quoted(best['frame'].iloc[0])} ({percent(float(best['share'].iloc[0]))})")
        else:
            leading.append(f"{article} none that is certain")
    lead = f"The first frames: {series(leading)}." if len(leading) <= 6 else ""
    if differences.empty:
        return ["There is no frame to compare", lead]
    clear = _clear(differences)
    if clear.empty:
        first = _largest(differences)
        return [
            "No difference in frames is larger than chance explains",
            lead,
            f"The largest is in {quoted(first.frame)}: {_shares(first)} ({_p(first, len(differences))}).",
        ]
    told = [f"{quoted(r.frame)}: {_shares(r)} ({_p(r, len(differences))})" for r in rows(clear)[:MANY]]
    return [_most_framed(clear), lead, f"Clear differences: {'; '.join(told)}."]


def frames(table: pd.DataFrame, differences: pd.DataFrame) -> str:
    """How each article is framed first, and in which frames they differ.

    Args:
        table: as `aggregating.articles` gives it, of several articles.
        differences: as `tables.frame_differences` gives them.
    """
    return _joined(frames_parts(table, differences))


def speakers_parts(table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Who is heard in which article."""
    if table.empty:
        return ["Nobody is quoted or reported in any of the articles"]
    per = [f"{name} {number(int((table[name] > 0).sum()))}" for name in names]
    shared = table[table["articles"] > 1]
    many = f"Speakers in each: {series(per)}." if len(names) <= 8 else ""
    if shared.empty:
        return ["No speaker is heard in more than one article", many]
    every = shared[shared["articles"] == len(names)]
    where = "both articles" if len(names) == 2 else "all articles"
    head = (
        f"{_listed(every['speaker'])} {'is' if len(every) == 1 else 'are'} heard in {where}"
        if len(every)
        else f"{_listed(shared['speaker'])} {'is' if len(shared) == 1 else 'are'} heard in more than one article"
    )
    alone = len(table) - len(shared)
    only = f"{capital(count(alone, 'speaker'))} {'is' if alone == 1 else 'are'} heard in one alone." if alone else ""
    return [head, many, only]


def speakers(table: pd.DataFrame, names: Sequence[str]) -> str:
    """Who is quoted or reported in all of the articles, and who in one alone.

    Args:
        table: as `tables.by_article` gives it, by `speaker`.
        names: the articles, in order.
    """
    return _joined(speakers_parts(table, names))


def phrases_parts(table: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Which key phrases the articles share."""
    if table.empty:
        return ["The articles have no key phrase"]
    every, one = table[table["articles"] == len(names)], table[table["articles"] == 1]
    both = "both" if len(names) == 2 else "all"
    head = (
        f"{_listed(every['phrase'], mark='“{}”')} {'stands' if len(every) == 1 else 'stand'} in {both} articles"
        if len(every)
        else f"No key phrase stands in {both} articles"
    )
    told = []
    for name in names[:8]:
        own = one.loc[one[name] > 0].sort_values(name, ascending=False, kind="stable")["phrase"].head(3)
        if len(own):
            told.append(f"{name} {series([f'“{p}”' for p in own])}")
    return [head, f"In one alone: {'; '.join(told)}." if told else ""]


def phrases(table: pd.DataFrame, names: Sequence[str]) -> str:
    """Which key phrases stand in all of the articles, and which in one alone.

    Args:
        table: as `tables.phrase_places` gives it.
        names: the articles, in order.
    """
    return _joined(phrases_parts(table, names))


def difference_table(differences: pd.DataFrame, *, by: str = "") -> pd.DataFrame:
    """Differences for a reader, the smallest p first: what is compared, `pair`, `difference`, `interval`, `p`, `clear`."""
    ordered = differences.sort_values(["p_corrected", "p"], kind="stable")
    table = pd.DataFrame(
        {
            "pair": pd.Series([f"{r.article} – {r.other}" for r in rows(ordered)], dtype="str"),
            "difference": pd.Series([signed(r.difference) for r in rows(ordered)], dtype="str"),
            "interval": pd.Series([f"{signed(r.low)} to {signed(r.high)}" for r in rows(ordered)], dtype="str"),
            "p": pd.Series([_three(r.p_corrected) for r in rows(ordered)], dtype="str"),
            "clear": pd.Series(["yes" if r.clear else "no" for r in rows(ordered)], dtype="str"),
        }
    )
    if by:
        table.insert(0, by, ordered[by].astype("str").to_numpy())
    return table


def _largest(differences: pd.DataFrame) -> Any:
    """The difference that is least likely by chance; of equals the larger."""
    size = differences.assign(size=differences["difference"].abs())
    return rows(size.sort_values(["p", "size"], ascending=[True, False], kind="stable").head(1))[0]


def _each(clear: pd.DataFrame, asked: int, way: str) -> str:
    told = []
    for r in rows(clear)[:MANY]:
        low, high = _pair(r)
        told.append(f"{low} is {way} than {high} by {number(abs(float(r.difference)))} ({_p(r, asked)})")
    rest = len(clear) - len(told)
    more = f"; and {count(rest, 'more pair')}" if rest else ""
    return f"{capital('; '.join(told))}{more}."


def _between(r: Any) -> str:
    return f"{r.article} less {r.other} is {signed(float(r.difference))}, {interval(r.low, r.high)}"


def _shares(r: Any) -> str:
    less, more = _pair(r)
    points = percent(abs(float(r.difference))).replace("%", "points")
    return f"{points} more of the sentences in {more} than in {less}"


def _p(r: Any, asked: int) -> str:
    how = f" after correction for {count(asked, 'comparison')}" if asked > 1 else ""
    return f"p {_equals(float(r.p_corrected))}{how}"


def _equals(p: float) -> str:
    text = _three(p)
    return text if text.startswith("<") else f"= {text}"


def _three(p: float) -> str:
    """ ".014", "< .001", "1"."""
    if p < 0.001:
        return "< .001"
    text = f"{p:.3f}" if p < 0.1 else f"{p:.2f}"
    return text.lstrip("0") if p < 0.995 else "1"


def _listed(values: pd.Series, *, most: int = 4, mark: str = "") -> str:
    shown = [mark.format(value) if mark else quoted(value) for value in values.head(most)]
    rest = len(values) - len(shown)
    return series([*shown, *([count(rest, "other")] if rest else [])])


def _joined(parts: Sequence[str]) -> str:
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)
