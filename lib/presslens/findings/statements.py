"""What the tables of quotations, dates, proposals and obstacles say."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from presslens.findings.evidence import Quotation, marked, varied
from presslens.findings.wording import capital, count, excerpt, percent, quoted, rows, series

PASSAGE_HEADERS = {"speaker": "speaker", "said": "what is said", "how": "how", "sentence": "sentence"}
HOW = {"direct": "quoted", "indirect": "reported"}
DATE_HEADERS = {"when": "when", "what": "what the article says", "voice": "voice", "sentence": "sentence"}
PROPOSALS, OBSTACLES = "What it proposes", "What stands in the way"
ROOM = 70  # characters shown on either side of a date
# A sentence that opens so leans on the one before it: it is poor evidence when it stands alone.
LEANING = (
    r"[“‘\"'(\[]*(?:(?:One|This|That|These|Those|Such|It|They|He|She|We|Another|Others?|Both|Either|Neither|Instead|Then|"
    r"So|But|And|Or|Yet|Still|However|Moreover|Also|Therefore|Thus|Otherwise|Even so)\b)"
)


def sources(table: pd.DataFrame, quotations: pd.DataFrame) -> str:
    """Who is quoted or reported, and how evenly.

    Args:
        table: as `actors.quotations.sources` gives it, of one article.
        quotations: the passages themselves; some have no speaker.
    """
    if quotations.empty:
        return "Nobody is quoted or reported: every word is the author's."
    silent = int(((quotations["speaker"] == "") & (quotations["speaker_text"] == "")).sum())
    unsaid = (
        f" {capital(count(silent, 'passage'))} in quotation marks {'has' if silent == 1 else 'have'} no speaker in the text."
        if silent
        else ""
    )
    if table.empty:
        return f"Nobody is quoted by name.{unsaid}"
    passages = int(table[["direct", "indirect"]].to_numpy().sum())
    listed = [quoted(name) for name in table["speaker"].head(3)]
    rest = len(table) - len(listed)
    listed += [count(rest, "other")] if rest else []
    heard = f"{capital(count(len(table), 'voice'))} {'is' if len(table) == 1 else 'are'} heard beside the author's, in "
    said = f"{heard}{count(passages, 'passage')}: {series(listed)}."
    share = float(table["words"].iloc[0] / max(int(table["words"].sum()), 1))
    alone = ""
    if len(table) > 1 and passages > 4:
        alone = (
            f" {capital(percent(share))} of these words are those of {table['speaker'].iloc[0]}; by words they weigh like "
            f"{effective(table):.1f} equal voices."
        )
    return f"{said}{alone}{unsaid}"


def effective(table: pd.DataFrame) -> float:
    """How many speakers of equal length would be as diverse: the exponential of Shannon's entropy (Hill 1973, order 1)."""
    shares = table["words"].to_numpy(dtype=np.float64)
    shares = shares[shares > 0] / max(shares.sum(), 1.0)
    return float(np.exp(-(shares * np.log(shares)).sum())) if len(shares) else 0.0


def passages(quotations: pd.DataFrame) -> pd.DataFrame:
    """What is quoted or reported, for a reader: `speaker`, `said`, `how`, `sentence`."""
    speaker = quotations["speaker"].where(quotations["speaker"] != "", quotations["speaker_text"])
    shown = [
        (name or "not named", excerpt(r.text) if r.kind == "direct" else excerpt(r.text)[1:-1], HOW[r.kind], r.sentence)
        for name, r in zip(speaker, rows(quotations), strict=True)
    ]
    return pd.DataFrame(shown, columns=list(PASSAGE_HEADERS))


def dates(table: pd.DataFrame, published: dt.date | None) -> str:
    """From when to when the article reaches, and what it leaves open.

    Args:
        table: as `actors.timeline.timeline` gives it, of one article.
        published: the day of publication where it is known.
    """
    if table.empty:
        return "The article gives no date."
    placed = table[table["first"] != ""]
    left = len(table) - len(placed)
    said = f"The article gives {count(len(table), 'date')}"
    if len(placed):
        first, last = str(placed["first"].min())[:4], str(placed["last"].max())[:4]
        years = placed["first"].str[:4].value_counts(sort=False)
        most = str(years.index[int(years.to_numpy().argmax())])
        said += (
            f", all in {first}"
            if first == last and not left and len(table) > 1
            else f", from {first} to {last}"
            if first != last
            else f", from {first}"
        )
        if first != last and int(years.max()) > len(placed) / 2:
            said += f", most of them in {most}"
    if not left:
        return f"{said}."
    lack = "cannot be placed in time"
    why = (
        "because the day of publication is not known (a YAML file beside the document can state it)"
        if published is None
        else "because it lacks its year"
        if left == 1
        else "because they lack their year"
    )
    which = (
        count(left, "of them", "of them")
        if left < len(table)
        else "it"
        if left == 1
        else "both"
        if left == 2
        else f"all {count(left, '', ' ').strip()}"
    )
    return f"{said}; {which} {lack}, {why}." if published is None else f"{said}; {which} {lack} {why}."


def date_table(table: pd.DataFrame) -> pd.DataFrame:
    """Dates in order of time: `when`, `what` (the words around it, the date marked), `voice`, `sentence`.

    Args:
        table: as `actors.timeline.timeline` gives it, with `voice` and `speaker` where voices
            were told apart.
    """
    voiced = table if "voice" in table.columns else table.assign(voice="author", speaker="")
    shown = [
        (when(r), _around(r), "author" if r.voice == "author" else r.speaker or "somebody", r.sentence)
        for r in rows(voiced)
    ]
    return pd.DataFrame(shown, columns=list(DATE_HEADERS), dtype=object)  # marked words stay as they are


def when(row: object) -> str:
    """A span of days as people write it."""
    first, precision, written = (str(getattr(row, name)) for name in ("first", "precision", "date"))
    if not first:
        return f"{written} (not placed)"
    day = dt.date.fromisoformat(first)
    if precision == "year":
        return str(day.year)
    month = f"{day:%B} {day.year}"
    if precision == "month":
        return month
    if precision == "third of a month":
        return f"{ {1: 'early', 11: 'mid', 21: 'late'}[day.day] } {month}"
    return f"{'week of ' if precision == 'week' else ''}{day.day} {month}"


def _around(row: object) -> Markup:
    text, start, end = str(row.text), int(row.start) - int(row.offset), int(row.end) - int(row.offset)  # type: ignore[attr-defined]
    left = max(0, start - ROOM)
    left = left if left < 15 else text.rfind(" ", 0, left) + 1
    left = 0 if left < 15 else left
    right = min(len(text), end + ROOM)
    right = len(text) if right > len(text) - 15 else max(text.find(" ", right), end)
    words = marked(text[left:right], [(start - left, end - left, "phrase", "date")])
    return Markup("{}{}{}").format("… " if left else "", words, " …" if right < len(text) else "")


def positions(table: pd.DataFrame) -> str:
    """How many sentences propose something or name an obstacle, and whose they are.

    Args:
        table: as `actors.stances.stances` gives it, of one article, with `voice`.
    """
    if table.empty:
        return "No sentence proposes anything or names an obstacle."
    parts = []
    for stance, verb in (("proposal", "propose something"), ("obstacle", "name an obstacle")):
        of = table[table["stance"] == stance].drop_duplicates("sentence")
        others = int((of["voice"] != "author").sum())
        whose = "" if others == len(of) == 1 else " both" if others == len(of) == 2 else " all"
        whose = whose if others == len(of) else f" {count(others, 'of them', 'of them')}"
        own = f",{whose} in somebody else's words" if others else ""
        one = verb.replace("propose", "proposes").replace("name", "names")
        anything = one.replace("something", "anything").replace("an obstacle", "any obstacle")
        parts.append(
            f"{count(len(of), 'sentence')} {one if len(of) == 1 else verb}{own}"
            if len(of)
            else f"no sentence {anything}"
        )
    return f"{capital(parts[0])}; {parts[1]}."


def stated(table: pd.DataFrame, *, most: int = 3) -> dict[str, list[Quotation]]:
    """The plainest proposals and obstacles, the words that say so marked; the author's before those of others.

    Args:
        table: as `actors.stances.stances` gives it, of one article, with `voice` and `speaker`.
        most: sentences of each.
    """
    quotes: dict[str, list[Quotation]] = {}
    for stance, heading in (("proposal", PROPOSALS), ("obstacle", OBSTACLES)):
        of = table[table["stance"] == stance]
        ranked = _ranked(of)
        chosen = ranked["sentence"].iloc[varied(ranked["text"].tolist(), most=most)]
        quotes[heading] = [_stated(of[of["sentence"] == name]) for name in chosen]
    if not quotes[PROPOSALS] and len(quotes[OBSTACLES]) < 2:
        return {}  # where nothing is proposed, a single sentence stands in no way
    return {heading: items for heading, items in quotes.items() if items}


def plainest(table: pd.DataFrame, *, of: int) -> str:
    """The sentence of the author's plainest proposal; empty where the author makes fewer than two, or one in 20 sentences.

    Args:
        table: as `actors.stances.stances` gives it, of one article, with `voice` and `speaker`.
        of: sentences of the article.
    """
    own = table[(table["sentence"] != "title") & (table["stance"] == "proposal") & (table["voice"] == "author")]
    many = own["sentence"].nunique()
    return str(_ranked(own)["sentence"].iloc[0]) if many > 1 and many > of / 20 else ""


def _ranked(cues: pd.DataFrame) -> pd.DataFrame:
    """Sentences with their cues: the author's first, then those that can be read alone, then the plainest.

    That is the sum of the weights of its cues, less one for every 20 words that a reader must get through.
    """
    told = cues.assign(
        own=cues["voice"].eq("author"),
        alone=~cues["text"].str.match(LEANING),
        length=cues["text"].str.count(r"\S+"),
    )
    summed = told.groupby("sentence", sort=False, as_index=False).agg(
        own=("own", "max"),
        alone=("alone", "first"),
        weight=("weight", "sum"),
        length=("length", "first"),
        text=("text", "first"),
    )
    summed["plain"] = summed["weight"] - summed["length"] / 20
    return summed.sort_values(["own", "alone", "plain"], ascending=False, kind="stable", ignore_index=True)


def _stated(cues: pd.DataFrame) -> Quotation:
    first = cues.iloc[0]
    marks = [(c.start, c.end, "frame", str(c.stance)) for c in rows(cues)]
    voice = "" if (cues["voice"] == "author").any() else f" · words of {first['speaker'] or 'somebody'}"
    return Quotation(str(first["text"]), int(first["offset"]), marks, f"{first['sentence']}{voice}")


def chronicle(table: pd.DataFrame, published: dt.date | None, *, most: int = 4) -> str:
    """The reach of the dates, and the most precise of them in order of time, a few words with each.

    Args:
        table: as `actors.timeline.timeline` gives it, of one article.
        published: the day of publication where it is known.
        most: dates to name.
    """
    order = ("day", "week", "third of a month", "month", "year")
    placed = table[table["first"] != ""].drop_duplicates("first")
    if placed.empty:
        return dates(table, published)
    ranked = placed.assign(rank=placed["precision"].map({name: place for place, name in enumerate(order)}))
    chosen = ranked.sort_values(["rank", "start"], kind="stable").head(most).sort_values("first", kind="stable")
    said = [f"{when(r)}{_told(r)}" for r in rows(chosen)]
    if len(placed) == 1:
        return dates(table, published)
    return f"{dates(table, published)} In order of time: {'; '.join(said)}."


def _told(row: Any) -> str:
    """The clause around a date in brackets; nothing where the clause is hardly more than the date."""
    text, start, end = str(row.text), int(row.start) - int(row.offset), int(row.end) - int(row.offset)
    clause = _clause(text, start, end)
    return f" ({clause})" if len(clause.split()) > len(text[start:end].split()) + 1 else ""


def _clause(text: str, start: int, end: int) -> str:
    """The clause that holds a date, between commas or other stops, cut to a few words."""
    stops = ",;:—–()“”"
    left = max((text.rfind(stop, 0, start) for stop in stops), default=-1) + 1
    right = min((at for stop in stops if (at := text.find(stop, end)) >= 0), default=len(text))
    return excerpt(text[left:right].strip(" .!?"), most=80)
