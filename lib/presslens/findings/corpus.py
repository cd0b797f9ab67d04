"""What the tables of a corpus say."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from presslens.corpus import looking
from presslens.corpus.estimating import Period, periods
from presslens.findings.evidence import Quotation
from presslens.findings.wording import capital, count, interval, number, percent, rows, series, signed

EVENT_HEADERS = {
    "month": "month",
    "what": "series",
    "before": "before",
    "after": "after",
    "interval": "change, 95 % interval",
}
WORD_HEADERS = {
    "group": "where",
    "term": "word",
    "per_million": "per million words",
    "elsewhere": "elsewhere",
    "z": "z",
}
OUTLET_HEADERS = {
    "outlet": "outlet",
    "articles": "articles",
    "copies": "copies left out",
    "tone": "tone",
    "leading": "leading frame",
}
METHOD = (
    "A sentence is positive or negative where its score is at least .15 from zero; tone is the share of positive less that of "
    "negative sentences of the body, \u22121 to +1. A frame's share is that of sentences coded with it. Tone toward an actor "
    "is the share of favourable less that of unfavourable mentions. Intervals are those of a ratio over articles (Cochran 1977), "
    "95 %, so a long article counts once. Events: piecewise lines by penalised least squares (Killick et al. 2012; ruptures, "
    "Truong et al. 2020), a gap of more than four standard errors. Keyness: log-odds with a Dirichlet prior (Monroe et al. 2008)."
)
OTHER = "Other"


def overview(volume: pd.DataFrame, tone: pd.DataFrame, events: pd.DataFrame) -> str:
    """How large the corpus is, how it feels, and its surest event.

    Args:
        volume: as `counting.volume` gives it.
        tone: `estimating.rates` of the tone of the whole corpus, one row.
        events: as `changes.events` gives them.
    """
    articles = int(volume["articles"].sum())
    months = sorted(month for month in volume["month"] if month)
    span = f" from {whole(months[0])} to {whole(months[-1])}" if months else ""
    feels = ""
    if len(tone):
        row = tone.iloc[0]
        feels = f" Tone over all is {signed(float(row['rate']))} ({interval(float(row['low']), float(row['high']))})."
    first = f" The clearest event: {_event(next(iter(rows(events))))}." if len(events) else " No series shows an event."
    outlets = int(volume.loc[volume["articles"] > 0, "outlet"].nunique())
    return f"{number(articles)} articles of {count(outlets, 'outlet')}{span}.{feels}{first}"


def amounts(volume: pd.DataFrame, *, period: Period) -> list[str]:
    """In which period there is most, and, where there is something to say, what was left out."""
    dated = volume[volume["month"] != ""]
    articles = dated.groupby(periods(dated["month"], period=period))["articles"].sum()
    if articles.empty:
        return ["No article has a date, so nothing can be said over time."]
    most, middle = number(int(articles.max())), number(int(articles.median()))
    undated = int(volume.loc[volume["month"] == "", "articles"].sum())
    copies = int(volume["copies"].sum())
    left_out = [
        f"{count(copies, 'copy', 'copies')} of other articles {'is' if copies == 1 else 'are'} left out"
        if copies
        else "",
        f"{count(undated, 'article')} without a date {'is' if undated == 1 else 'are'} in no figure over time"
        if undated
        else "",
    ]
    said = capital(series([part for part in left_out if part]))
    return [f"Most articles are of {whole(articles.idxmax())}: {most}, against {middle} in a middling {period}."] + [
        f"{said}."
    ] * bool(said)


def whole(month: object) -> str:
    """A month, a period or an interval that no line end divides."""
    return str(month).replace("-", "\u2011").replace(" ", "\u00a0")


def outlets(volume: pd.DataFrame, tone: pd.DataFrame, frames: pd.DataFrame) -> pd.DataFrame:
    """A row an outlet, the largest first: `outlet`, `articles`, `copies`, `tone` (with interval), `leading` (its first frame)."""
    table = volume.groupby("outlet", as_index=False)[["articles", "copies"]].sum()
    felt = {row.outlet: whole(f"{signed(row.rate)} ({signed(row.low)} to {signed(row.high)})") for row in rows(tone)}
    coded = frames[frames["of"] != OTHER].sort_values(["outlet", "rate"], ascending=[True, False], kind="stable")
    first = {row.outlet: f"{row.of} ({percent(row.rate)})" for row in rows(coded.drop_duplicates("outlet"))}
    table = table.assign(tone=table["outlet"].map(felt).fillna("–"), leading=table["outlet"].map(first).fillna("–"))
    return table.sort_values(["articles", "outlet"], ascending=[False, True], kind="stable", ignore_index=True)


def course(table: pd.DataFrame, *, what: str = "") -> str:
    """How a series went from its first period to its last, and whether the intervals tell them apart.

    Args:
        table: `estimating.rates` by period, of one series.
        what: its name.
    """
    sure = table.dropna(subset=["low"]).sort_values("period")
    subject = what or "Tone"
    if len(sure) < 2:
        return f"{subject}: too few articles to say how it went."
    first, last = sure.iloc[0], sure.iloc[-1]
    apart = first["low"] > last["high"] or first["high"] < last["low"]
    said = percent if table["measure"].iloc[0] == "frame" else signed
    way = "rose" if last["rate"] > first["rate"] else "fell"
    start, end = (f"{said(float(one['rate']))} in {whole(one['period'])}" for one in (first, last))
    ends = f"from {start} to {end}"
    return f"{subject} {way} {ends}." if apart else f"{subject} ended about where it began: {ends}."


def courses(table: pd.DataFrame, *, by: str, events: pd.DataFrame | None = None, most: int = 3) -> list[str]:
    """The surest event of some series, and `course` of those that moved most where intervals allow it.

    Args:
        table: `estimating.rates` by period, of several series.
        by: the column that says whose.
        events: of these series, the surest first.
        most: sentences.
    """
    known = set(table[by])
    broken = [] if events is None else [row for row in rows(events) if getattr(row, by) in known][:1]
    moved: list[tuple[float, str]] = []
    for name, one in table.groupby(by, sort=True):
        sure = one.dropna(subset=["low"]).sort_values("period")
        if len(sure) > 1 and not any(getattr(row, by) == name for row in broken):
            first, last = sure.iloc[0], sure.iloc[-1]
            if first["low"] > last["high"] or first["high"] < last["low"]:
                moved.append((-abs(float(last["rate"] - first["rate"])), course(one, what=str(name))))
    told = [f"{capital(_event(row))}." for row in broken] + [text for _, text in sorted(moved)]
    return told[:most] or ["No series moved further than its intervals from its first period to its last."]


def outlets_apart(table: pd.DataFrame) -> str:
    """The frame by which outlets differ most.

    Args:
        table: `estimating.rates` of frames by outlet.
    """
    best, text = 0.0, "No frame tells the outlets apart."
    for name, one in table[table["of"] != OTHER].dropna(subset=["low"]).groupby("of", sort=True):
        ordered = one.sort_values("rate", kind="stable")
        top, bottom = ordered.iloc[-1], ordered.iloc[0]
        gap = float(top["low"] - bottom["high"])
        if gap > best:
            best = gap
            text = (
                f"The outlets differ most in {name}: {percent(float(top['rate']))} of the sentences of {top['outlet']}, "
                f"{percent(float(bottom['rate']))} of those of {bottom['outlet']}."
            )
    return text


def _name(measure: str, of: str, outlet: str) -> str:
    where = f" in {outlet}" if outlet else ""
    return {"tone": "tone", "actor": f"tone toward {of}", "frame": f"the share of {of}"}[measure] + where


def _event(row: Any) -> str:
    before, after = (_value(row.measure, value) for value in (row.before, row.after))
    way = "rises" if row.after > row.before else "falls"
    return f"in {whole(row.month)} {_name(row.measure, row.of, row.outlet)} {way} from {before} to {after}"


def _value(measure: str, value: float) -> str:
    return percent(max(value, 0.0)) if measure == "frame" else signed(value)


def event_table(events: pd.DataFrame) -> pd.DataFrame:
    """Events in words: `month`, `what`, `before`, `after`, `interval`."""
    table = [
        (
            whole(row.month),
            capital(_name(row.measure, row.of, row.outlet)),
            _value(row.measure, row.before),
            _value(row.measure, row.after),
            whole(f"{signed(row.change)} ({signed(row.low)} to {signed(row.high)})"),
        )
        for row in rows(events)
    ]
    return pd.DataFrame(table, columns=list(EVENT_HEADERS), dtype="str")


def said(events: pd.DataFrame) -> str:
    """Events in one sentence, of all outlets together."""
    whole = events[events["outlet"] == ""]
    if events.empty:
        return "No series breaks off from its line."
    shown = [_event(row) for row in rows(whole.head(3))] or [_event(row) for row in rows(events.head(1))]
    return f"{capital(series(shown))}."


def words(table: pd.DataFrame, *, most: int = 4) -> str:
    """The surest words of each group, in one sentence."""
    groups = [
        f"{name}: {series([f'“{term}”' for term in one['term'].head(most)])}"
        for name, one in table.groupby("group", sort=False)
    ]
    return f"{'; '.join(groups)}." if groups else "No word tells one from the others."


def behind(table: pd.DataFrame, *, most: int = 5) -> list[Quotation]:
    """Sentences behind a point, one an article, with its evidence marked and where it stands; withheld ones come last.

    Args:
        table: as `looking.behind` gives it.
        most: quotations.
    """
    shown: list[Quotation] = []
    quoted = table[~table["text"].str.startswith("⟦")]
    others = table[~table["article"].isin(quoted["article"])]
    groups = [one for some in (quoted, others) for _, one in some.groupby("article", sort=False)]
    for one in groups[:most]:
        lines = one[one["sentence"] == looking.telling(one)]
        first = lines.iloc[0]
        whole_text = len(first["text"]) == first["end"] - first["start"]  # not where it is withheld
        marks = [(int(r.mark_start), int(r.mark_end), "word", str(r.why)) for r in rows(lines)] if whole_text else []
        where = ", ".join(
            str(part) for part in (first["outlet"], first["date"], first["title"], first["source"]) if part
        )
        shown.append(Quotation(str(first["text"]), start=int(first["start"]), marks=marks, where=where))
    return shown


def behind_events(events: pd.DataFrame, tables: Sequence[pd.DataFrame]) -> dict[str, list[Quotation]]:
    """`behind` for some events, under a heading each."""
    return {
        f"{capital(_name(row.measure, row.of, row.outlet))}, {whole(row.month)}": behind(table)
        for row, table in zip(rows(events), tables, strict=False)
    }
