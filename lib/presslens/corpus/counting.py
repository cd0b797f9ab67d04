"""From the data set of a corpus to sums by outlet and month, in one pass: all that figures and intervals need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from presslens.article import cut
from presslens.article.decoding import GUESSED, load
from presslens.errors import BadInput
from presslens.untrusted import Malformed, json_value

CLEAR = 0.15  # a sentence whose score is as far from zero is positive or negative; see docs/corpora.md
NOWHERE = "unknown"  # the outlet of articles that state none
SUMS = ("n", "x", "s", "xx", "xs", "ss")
KEYS = ("measure", "codebook", "of", "outlet", "month")
MOMENT_COLUMNS = (*KEYS, *SUMS)
ORDER = [False, False, True, True]
FEWEST_ARTICLES = 5  # below it no period of an actor has an interval
MOST_ACTORS = 100_000  # held while actors are counted; beyond it the rarest are let go


@dataclass(frozen=True)
class Parts:
    """The files of a data set, batch by batch, and which articles are copies."""

    folder: Path
    names: tuple[str, ...]
    copies: frozenset[str]

    def read(self, table: str, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Some columns of one table of one batch; without the rows of copies that are left out."""
        from presslens.corpus import datasets

        path = self.folder / table / name
        found: pd.DataFrame = datasets.part(path, datasets.SCHEMAS[table], columns).to_pandas()
        if self.copies and "article" in found.columns:
            found = found[~found["article"].isin(self.copies)]
        return found.reset_index(drop=True)


def parts(folder: Path, *, copies: bool = False) -> Parts:
    """The parts of the data set in a folder.

    Args:
        folder: as `presslens corpus` writes it.
        copies: whether articles that are copies of others count too.

    Raises:
        BadInput: there is no data set, or none that is whole.
    """
    names = tuple(path.name for path in sorted((folder / "articles").glob("*.parquet")))
    if not names:
        raise BadInput(f"there is no analysed corpus in {folder}. Make one: presslens corpus INPUT --out {folder}.")
    if not (folder / "manifest.json").is_file():
        raise BadInput(
            f"the run that writes {folder} is not finished. Give its command again; it goes on where it was."
        )
    marked = _copies(folder)
    return Parts(folder, names, frozenset() if copies else frozenset(marked["article"]))


def _copies(folder: Path) -> pd.DataFrame:
    path = folder / "duplicates.parquet"
    if not path.is_file():
        return pd.DataFrame({"article": [], "copy_of": [], "similarity": []})
    from presslens.corpus import datasets

    found: pd.DataFrame = datasets.part(path, datasets.DUPLICATES).to_pandas()
    return found


def manifest(folder: Path) -> dict[str, Any]:
    """What the run noted of itself.

    Raises:
        BadInput: it cannot be read, or it does not say how many records, articles and errors there are.
    """
    path = folder / "manifest.json"
    try:
        found = json_value(load(path).decode("utf-8"))
        counts = [found["counts"][name] for name in ("records", "articles", "errors")]
        if not all(type(number) is int and number >= 0 for number in counts):
            raise ValueError("its counts are no numbers")
    except (Malformed, ValueError, LookupError, TypeError) as error:
        raise BadInput(
            f"cannot use {path}: {str(error)[:200]}. Analyse the corpus again into an empty folder."
        ) from None
    return dict(found)


def reading(found: Parts) -> dict[str, Any]:
    """What was guessed or lost where the articles were read.

    Returns:
        `noted`: how many articles have a note (in the column `notes` of `articles/`), `guessed_encoding`: of how many the
        encoding was guessed, `cut`: how many may be only the beginning of one, `languages`: how many are in which other
        language than English, most first.
    """
    noted = guessed = begun = 0
    languages: Counter[str] = Counter()
    for name in found.names:
        heads = found.read("articles", name, ("language", "notes"))
        noted += int(heads["notes"].ne("").sum())
        guessed += int(heads["notes"].str.contains(GUESSED, regex=False).sum())
        begun += int(heads["notes"].str.contains(cut.SAID, regex=False).sum())
        languages.update(heads.loc[heads["language"] != "en", "language"].tolist())
    others = dict(sorted(languages.items(), key=_most_first))
    return {"noted": noted, "guessed_encoding": guessed, "cut": begun, "languages": others}


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def moments(found: Parts, *, actors: Sequence[str] = (), clear: float = CLEAR) -> pd.DataFrame:
    """Sums over articles of what is counted (x) and of what it is counted in (s), and of their squares and products.

    Args:
        found: the parts of a data set.
        actors: those to count; see `leading_actors`.
        clear: from which score a sentence is positive or negative.

    Returns:
        A row a measure and cell: `measure` (`tone`: x is positive less negative sentences of the body, s its sentences;
        `score`: x is the sum of their scores; `frame`: x is sentences with it, s all; `actor`: x is favourable less
        unfavourable mentions, s mentions), `codebook` (of a frame), `of` (frame or actor), `outlet`, `month` (`2018-03`, ""
        where there is no date), `n` (articles), `x`, `s`, `xx`, `xs`, `ss`.
    """
    total = pd.DataFrame(columns=list(MOMENT_COLUMNS))
    kept: list[pd.DataFrame] = []
    for name in found.names:
        kept.append(_part(found, name, actors, clear))
        if len(kept) == 32:
            total, kept = _added([total, *kept]), []
    return _added([total, *kept]).sort_values(list(KEYS), kind="stable", ignore_index=True)


def _added(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    whole = pd.concat([table for table in tables if len(table)] or [tables[0]], ignore_index=True)
    return whole.groupby(list(KEYS), sort=False, as_index=False)[list(SUMS)].sum()


def _cells(found: Parts, name: str) -> pd.DataFrame:
    """The articles of a part: outlet, month, sentences."""
    articles = found.read("articles", name, ("article", "outlet", "date", "sentences"))
    outlet = articles["outlet"].where(articles["outlet"] != "", NOWHERE)
    return articles.assign(outlet=outlet, month=articles["date"].str[:7])[["article", "outlet", "month", "sentences"]]


def _part(found: Parts, name: str, actors: Sequence[str], clear: float) -> pd.DataFrame:
    cells = _cells(found, name)
    if cells.empty:
        return pd.DataFrame(columns=list(MOMENT_COLUMNS))
    rows = [_tones(found, name, cells, clear), _frames(found, name, cells)]
    if actors:
        rows.append(_actors(found, name, cells, actors))
    return pd.concat(rows, ignore_index=True)


def _tones(found: Parts, name: str, cells: pd.DataFrame, clear: float) -> pd.DataFrame:
    sentences = found.read("sentences", name, ("article", "section", "score"))
    body = sentences[sentences["section"] == "body"]
    side = np.where(body["score"] >= clear, 1, np.where(body["score"] <= -clear, -1, 0))
    by = body.assign(side=side, one=1).groupby("article", sort=False)[["side", "score", "one"]].sum()
    joined = cells.merge(by, left_on="article", right_index=True)
    tone = _squares(joined.assign(measure="tone", codebook="", of="", x=joined["side"], s=joined["one"]))
    score = _squares(joined.assign(measure="score", codebook="", of="", x=joined["score"], s=joined["one"]))
    return pd.concat([tone, score], ignore_index=True)


def _frames(found: Parts, name: str, cells: pd.DataFrame) -> pd.DataFrame:
    """Sums of the frames that stand in an article; every article of a cell counts in n and s of each."""
    coded = found.read("frames", name, ("article", "codebook", "frame", "sentences"))
    names = coded[["codebook", "frame"]].drop_duplicates()
    coded = coded[coded["sentences"] > 0].rename(columns={"sentences": "x"})
    joined = cells.merge(coded, on="article")
    x, s = joined["x"].astype(float), joined["sentences"].astype(float)
    joined = joined.assign(xx=x * x, xs=x * s)
    sums = joined.groupby(["codebook", "frame", "outlet", "month"], sort=False, as_index=False)[["x", "xx", "xs"]].sum()
    size = cells["sentences"].astype(float)
    base = (
        cells.assign(n=1, s=size, ss=size * size).groupby(["outlet", "month"], as_index=False)[["n", "s", "ss"]].sum()
    )
    whole = base.merge(names, how="cross").merge(sums, on=["codebook", "frame", "outlet", "month"], how="left")
    whole = whole.fillna({"x": 0.0, "xx": 0.0, "xs": 0.0}).rename(columns={"frame": "of"})
    return whole.assign(measure="frame")[list(MOMENT_COLUMNS)]


def _actors(found: Parts, name: str, cells: pd.DataFrame, actors: Sequence[str]) -> pd.DataFrame:
    toward = found.read("actors", name, ("article", "actor", "mentions", "negative", "positive"))
    toward = toward[toward["actor"].isin(actors)]
    by = toward.groupby(["article", "actor"], sort=False, as_index=False)[["mentions", "negative", "positive"]].sum()
    joined = cells.merge(by, on="article")
    x = joined["positive"] - joined["negative"]
    return _squares(joined.assign(measure="actor", codebook="", of=joined["actor"], x=x, s=joined["mentions"]))


def _squares(rows: pd.DataFrame) -> pd.DataFrame:
    x, s = rows["x"].astype(float), rows["s"].astype(float)
    full = rows.assign(n=1, x=x, s=s, xx=x * x, xs=x * s, ss=s * s)
    return full.groupby(list(KEYS), sort=False, as_index=False)[list(SUMS)].sum()


def leading_actors(found: Parts, *, most: int = 8) -> pd.DataFrame:
    """The actors that the most articles name, five or more; what most articles take for a place is none here.

    Returns:
        `actor`, `kind` (as in most articles), `articles`, `mentions` (of any kind); the most articles first.
    """
    total = pd.DataFrame({"actor": [], "kind": [], "articles": [], "mentions": []})
    for name in found.names:
        rows = found.read("actors", name, ("article", "actor", "kind", "mentions"))
        by = rows.groupby(["actor", "kind"], as_index=False).agg(
            articles=("article", "nunique"), mentions=("mentions", "sum")
        )
        total = pd.concat([total, by]).groupby(["actor", "kind"], as_index=False)[["articles", "mentions"]].sum()
        total = total.sort_values(["articles", "mentions", "actor", "kind"], ascending=ORDER, kind="stable")
        total = total.head(MOST_ACTORS)
    counted = total.astype({"actor": "str", "kind": "str", "articles": "int64", "mentions": "int64"})
    sums = counted.groupby("actor")[["articles", "mentions"]].sum()
    kinds = counted.drop_duplicates("actor").set_index("actor")["kind"]
    whole = sums.assign(kind=kinds).reset_index()[["actor", "kind", "articles", "mentions"]]
    actors = whole[(whole["kind"] != "place") & (whole["articles"] >= FEWEST_ARTICLES)]
    return actors.sort_values(["articles", "mentions", "actor"], ascending=ORDER[:3], ignore_index=True).head(most)


def volume(found: Parts) -> pd.DataFrame:
    """How many articles each outlet has in each month, those without a date in the month "", copies beside them.

    Returns:
        `outlet`, `month`, `articles`, `copies` (left out of `articles`, where they are left out).
    """
    every = Parts(found.folder, found.names, frozenset())
    rows: list[pd.DataFrame] = []
    for name in found.names:
        cells = _cells(every, name)
        copied = cells["article"].isin(found.copies)
        cells = cells.assign(articles=(~copied).astype("int64"), copies=copied.astype("int64"))
        rows.append(cells.groupby(["outlet", "month"], as_index=False)[["articles", "copies"]].sum())
    whole = pd.concat(rows, ignore_index=True)
    summed: pd.DataFrame = whole.groupby(["outlet", "month"], as_index=False)[["articles", "copies"]].sum()
    return summed
