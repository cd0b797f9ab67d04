"""From a point of a figure down to the articles behind it, and a sample of articles for people to code."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from presslens.corpus.counting import CLEAR, NOWHERE, Parts
from presslens.corpus.estimating import periods
from presslens.corpus.vocabulary import rank
from presslens.errors import BadInput
from presslens.keywords import concordance as kwic
from presslens.language.tokens import tokenize

BEHIND = (
    "article", "title", "outlet", "date", "url", "source", "words", "sentence", "start", "end", "text", "score",
    "mark_start", "mark_end", "why",
)  # fmt: skip
HEADS = BEHIND[:7]
PLACED = ("article", "sentence", "section", "paragraph", "start", "end", "text")
LINES = (*HEADS, "sentence", "start", "end", "left", "match", "right")
SAMPLE = ("id", "text", "stratum", "article", "outlet", "date", "title", "source", "weight")
STRATA = ("outlet", "month", "quarter", "year", "section", "label")


def behind(
    found: Parts,
    *,
    measure: str,
    of: str = "",
    codebook: str = "",
    outlet: str = "",
    period: str = "",
    most: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """The sentences behind one point: those with a frame, about an actor, or with feeling, of some articles drawn by seed.

    Args:
        found: the parts of a data set.
        measure: `frame`, `actor` or `tone`.
        of: the frame or the actor.
        codebook: of the frame.
        outlet: "" for all.
        period: a month, quarter or year as figures name it (`2018-03`, `2018 Q1`, `2018`); "" for all.
        most: articles.
        seed: of the draw.

    Returns:
        A row a sentence: `article`, `title`, `outlet`, `date`, `url`, `source`, `words` (of the article), `sentence`,
        `start`, `end` (offsets in the article), `text`, `score`, `mark_start`, `mark_end` (the evidence in it), `why`.
    """
    chosen = _drawn(found, outlet, period, most, seed, measure, of, codebook)
    rows: list[pd.DataFrame] = []
    for name, heads in chosen.groupby("part", sort=True):
        sentences = found.read("sentences", str(name), _columns(measure))
        sentences = sentences[sentences["article"].isin(heads["article"])]
        lines = (
            _mentioned(found, str(name), sentences, of)
            if measure == "actor"
            else _evident(sentences, measure, of, codebook)
        )
        rows.append(lines.merge(heads, on="article"))
    if not rows:
        return pd.DataFrame(columns=list(BEHIND))
    return pd.concat(rows, ignore_index=True)[list(BEHIND)].sort_values(
        ["date", "article", "start", "mark_start"], kind="stable", ignore_index=True
    )


def behind_events(found: Parts, events: pd.DataFrame, *, codebook: str, seed: int = 0) -> list[pd.DataFrame]:
    """`behind` for events, each over the three months from its own on, of articles that are drawn for each anew."""
    tables = []
    for place, event in enumerate(events.to_dict("records")):
        months = [str(pd.Period(event["month"], "M") + later) for later in range(3)]
        options = {"measure": event["measure"], "of": event["of"], "outlet": event["outlet"], "codebook": codebook}
        pieces = [behind(found, **options, period=month, most=5, seed=seed + place) for month in months]
        tables.append(pd.concat(pieces, ignore_index=True))
    return tables


def telling(one: pd.DataFrame) -> str:
    """The sentence of one article's rows that says most: the score furthest from zero, the first of equals."""
    return str(one["sentence"].iloc[int(one["score"].abs().to_numpy().argmax())])


def _columns(measure: str) -> tuple[str, ...]:
    evidence = {"frame": ("frames",), "tone": ("evidence",)}.get(measure, ())
    return ("article", "sentence", "start", "end", "text", "score", *evidence)


def concordance(
    found: Parts, *, pattern: str, outlet: str = "", period: str = "", most: int = 200, width: int = 60, seed: int = 0
) -> pd.DataFrame:
    """Every place of a pattern in some articles drawn by seed, in its context.

    Args:
        found: the parts of a data set.
        pattern: as for `keywords.concordance.concordance`, without actors (`@`).
        outlet: "" for all.
        period: a month, quarter or year as figures name it; "" for all.
        most: articles that are looked through.
        width: characters of context on each side.
        seed: of the draw.

    Returns:
        A row a match, by date: `article`, `title`, `outlet`, `date`, `url`, `source`, `words` (of the article), `sentence`,
        `start`, `end`, `left`, `match`, `right`.

    Raises:
        BadInput: for an empty pattern.
    """
    drawn = _drawn(found, outlet, period, most, seed)
    tables: list[pd.DataFrame] = []
    for name, heads in drawn.groupby("part", sort=True):
        sentences = found.read("sentences", str(name), PLACED)
        sentences = sentences[sentences["article"].isin(heads["article"])].reset_index(drop=True)
        lines = kwic.concordance(sentences, tokenize(sentences), pattern=pattern, width=width)
        tables.append(lines.merge(heads[list(HEADS)], on="article"))
    if not tables:
        return pd.DataFrame(columns=list(LINES))
    whole = pd.concat(tables, ignore_index=True)[list(LINES)]
    return whole.sort_values(["date", "article", "start"], kind="stable", ignore_index=True)


def _drawn(
    found: Parts, outlet: str, period: str, most: int, seed: int, measure: str = "", of: str = "", codebook: str = ""
) -> pd.DataFrame:
    """The heads of the articles that have what is looked for, drawn by rank."""
    kept: list[pd.DataFrame] = []
    for name in found.names:
        heads = found.read("articles", name, HEADS)
        months = heads["date"].str[:7]
        inside = (
            (months.eq(period) | periods(months, period="quarter").eq(period) | months.str[:4].eq(period))
            if period
            else True
        )
        heads = heads[inside & (heads["outlet"].replace("", NOWHERE).eq(outlet) if outlet else heads["article"].ne(""))]
        if measure == "frame":
            rows = found.read("frames", name, ("article", "codebook", "frame", "sentences"))
            fits = rows[(rows["frame"] == of) & (rows["codebook"] == codebook) & (rows["sentences"] > 0)]["article"]
            heads = heads[heads["article"].isin(fits)]
        elif measure == "actor":
            rows = found.read("actors", name, ("article", "actor"))
            heads = heads[heads["article"].isin(rows.loc[rows["actor"] == of, "article"])]
        ranks = [rank(one, seed=seed) for one in heads["article"]]
        kept.append(heads.assign(part=name, rank=ranks).sort_values("rank").head(most))
    return pd.concat(kept, ignore_index=True).sort_values(["rank", "article"], kind="stable").head(most)


def _evident(sentences: pd.DataFrame, measure: str, of: str, codebook: str) -> pd.DataFrame:
    """A row a piece of evidence: the words that show the frame, or the word that weighs most in a sentence with feeling."""
    column = "frames" if measure == "frame" else "evidence"
    rows: list[dict[str, object]] = []
    for line in sentences.to_dict("records"):
        pieces = list(line.pop(column))
        if measure == "frame":
            pieces = [one for one in pieces if one["frame"] == of and one["codebook"] == codebook and one["weight"] > 0]
            rows += [line | {"mark_start": one["start"], "mark_end": one["end"], "why": one["term"]} for one in pieces]
        elif pieces and abs(line["score"]) >= CLEAR:
            one = max(pieces, key=lambda piece: abs(piece["contribution"]))
            why = f"{one['word']} {one['contribution']:+.2f}"
            rows.append(line | {"mark_start": one["start"], "mark_end": one["end"], "why": why})
    columns = [name for name in BEHIND if name not in HEADS[1:]]
    return pd.DataFrame(rows, columns=columns)


def _mentioned(found: Parts, name: str, sentences: pd.DataFrame, of: str) -> pd.DataFrame:
    mentions = found.read("mentions", name, ("article", "sentence", "start", "end", "actor", "score", "label"))
    mentions = mentions[mentions["actor"] == of].rename(
        columns={"start": "mark_start", "end": "mark_end", "label": "why"}
    )
    return sentences.drop(columns="score").merge(mentions.drop(columns="actor"), on=["article", "sentence"])


def sample(found: Parts, *, size: int, by: Sequence[str] = ("outlet", "year"), seed: int = 0) -> pd.DataFrame:
    """Articles for people to code: the same number from each stratum, or all that it has, drawn by seed.

    Args:
        found: the parts of a data set.
        size: articles in all, at most; at least one a stratum.
        by: what makes a stratum: any of `outlet`, `month`, `quarter`, `year`, `section`, `label` (of tone).
        seed: of the draw; an article's luck does not depend on the other articles.

    Returns:
        A row an article, strata in order: `id` and `text` (for `presslens coding sheet`), `stratum`, `article`, `outlet`,
        `date`, `title`, `source`, `weight` (articles of the stratum for each one drawn, for estimates of the whole).

    Raises:
        BadInput: an unknown stratum, or more strata than articles.
    """
    if unknown := [name for name in by if name not in STRATA]:
        raise BadInput(f"there is no stratum {unknown[0]!r}. Choose from {', '.join(STRATA)}.")
    counts: dict[str, int] = {}
    lowest: dict[str, list[tuple[int, str, str]]] = {}
    for name in found.names:
        heads = found.read("articles", name, ("article", "outlet", "date", "section", "label"))
        for article, stratum in zip(heads["article"], _strata(heads, by), strict=True):
            counts[stratum] = counts.get(stratum, 0) + 1
            held = lowest.setdefault(stratum, [])
            held.append((rank(article, seed=seed), article, name))
            if len(held) > 4 * size:
                lowest[stratum] = sorted(held)[:size]
    if len(counts) > size:
        raise BadInput(
            f"{size} articles cannot be drawn from {len(counts):,} strata. Ask for more, or for fewer strata."
        )
    each = _shared(counts, size)
    chosen = {
        article: (stratum, place, part)
        for stratum in sorted(lowest)
        for place, (_, article, part) in enumerate(sorted(lowest[stratum])[: each[stratum]])
    }
    rows = [
        row for name in found.names for row in _texts(found, name, {one for one, at in chosen.items() if at[2] == name})
    ]
    table = pd.DataFrame(rows, columns=["article", "outlet", "date", "title", "source", "text"])
    strata = [chosen[one][0] for one in table["article"]]
    table = table.assign(id=table["article"], stratum=strata, place=[chosen[one][1] for one in table["article"]])
    table["weight"] = [round(counts[one] / each[one], 6) for one in strata]
    return table.sort_values(["stratum", "place"], kind="stable", ignore_index=True)[list(SAMPLE)]


def _strata(heads: pd.DataFrame, by: Sequence[str]) -> list[str]:
    months = heads["date"].str[:7]
    known = {
        "outlet": heads["outlet"].replace("", NOWHERE),
        "section": heads["section"],
        "label": heads["label"].fillna(""),
        "month": months,
        "quarter": periods(months, period="quarter"),
        "year": months.str[:4],
    }
    return [
        ", ".join(part or "unknown" for part in parts)
        for parts in zip(*(known[name].astype(str) for name in by), strict=True)
    ]


def _shared(counts: dict[str, int], size: int) -> dict[str, int]:
    """How many each stratum gives: the same for all, what small ones lack shared among the others, rest by name."""
    each = dict.fromkeys(sorted(counts), 0)
    left = min(size, sum(counts.values()))
    while left:
        open_ones = [name for name in each if each[name] < counts[name]]
        step = max(left // len(open_ones), 1)
        for name in open_ones:
            given = min(step, counts[name] - each[name], left)
            each[name] += given
            left -= given
    return each


def _texts(found: Parts, name: str, wanted: set[str]) -> list[tuple[str, ...]]:
    if not wanted:
        return []
    heads = found.read("articles", name, ("article", "outlet", "date", "title", "source"))
    sentences = found.read("sentences", name, ("article", "section", "paragraph", "text"))
    body = sentences[sentences["article"].isin(wanted)]
    paragraphs = body.groupby(["article", "section", "paragraph"], sort=False)["text"].agg(" ".join)
    texts = paragraphs.groupby("article", sort=False).agg("\n\n".join)
    return [
        (*row, str(texts.get(row[0], "")))
        for row in heads[heads["article"].isin(wanted)].itertuples(index=False, name=None)
    ]
