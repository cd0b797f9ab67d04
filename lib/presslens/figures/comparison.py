"""Figures of several articles side by side: small multiples, one panel an article or an actor, the same scale in all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import style
from presslens.figures.actors import short
from presslens.figures.figure import Figure
from presslens.figures.framing import wrapped
from presslens.findings import comparison as findings
from presslens.findings.framing import OTHER
from presslens.findings.wording import count, number, percent, quoted, rows, series, signed

SCALE = "tone (−1 negative, +1 positive)"
INTERVALS = "Lines: 95 % bootstrap intervals."
LABEL = {"fontsize": 9, "fontweight": "bold", "loc": "left"}


def _plain(text: object, *, most: int = 26) -> str:
    return short(str(text), most=most).replace("$", r"\$")


def _apart(names: Sequence[str], *, most: int) -> list[str]:
    """Names of articles as labels: where their beginnings are the same, the middle is left out and not the end."""
    cut = [_plain(name, most=most) for name in names]
    if len(set(cut)) == len(set(names)):
        return cut
    kept = most * 2 // 3
    return [
        name if len(name) <= most else f"{name[: most - kept - 1]}…{name[-kept:]}".replace("$", r"\$") for name in names
    ]


def _panels(
    names: Sequence[str],
    draw: Callable[[Any, str], None],
    *,
    narrow: bool,
    height: float,
    per_line: tuple[int, int] = (3, 1),
    **options: Any,
) -> Any:
    """A panel for each name, some to a line; what is left of the last line stays empty."""
    columns = min(per_line[1] if narrow else per_line[0], max(len(names), 1))
    lines = -(-max(len(names), 1) // columns)
    canvas, axes = style.canvas(
        0.25 + lines * (height + 0.42), narrow=narrow, columns=columns, lines=lines, squeeze=False, **options
    )
    titles = _apart(names, most=26 if narrow else 34)
    for at, panel in enumerate(axes.flat):
        if at >= len(names):
            panel.axis("off")
            continue
        panel.set_title(titles[at], **LABEL)
        draw(panel, names[at])
    return canvas


def _signed_axis(axes: Any) -> None:
    axes.set_xlim(-1.05, 1.45)
    axes.set_xticks([-1, 0, 1])
    axes.xaxis.set_major_formatter(lambda value, _: signed(value, digits=0))
    axes.axvline(0, color=style.MUTED, linewidth=0.8)


def tones(table: pd.DataFrame, differences: pd.DataFrame) -> Figure:
    """Mean tone of each article with its interval.

    Args:
        table: as `scoring.articles` gives it, of several articles.
        differences: as `tables.sentence_differences` gives them.
    """

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.75 + 0.3 * len(table), narrow=narrow)
        places = np.arange(len(table))
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        axes.hlines(places, table["low"], table["high"], color=style.RULE, linewidth=4)
        clear = (table["low"] > 0) | (table["high"] < 0)
        axes.scatter(
            table["score"], places, s=44, c=style.diverging(table["score"].where(clear, 0.0).tolist()), zorder=3
        )
        for at, row in enumerate(rows(table)):
            axes.annotate(signed(row.score), (row.high, at), xytext=(5, 0), textcoords="offset points", va="center")
        axes.set_yticks(places, _apart(table["article"].tolist(), most=18 if narrow else 40))
        axes.set_ylim(len(table) - 0.4, -0.6)
        reach = min(1.0, max(0.2, float(table[["low", "high"]].abs().to_numpy().max(initial=0)) * 1.35))
        axes.set_xlim(-reach, reach)
        axes.locator_params(axis="x", nbins=5, steps=[1, 2, 5, 10])
        axes.set_xlabel("mean tone" if narrow else f"mean {SCALE}")
        axes.xaxis.set_major_formatter(lambda value, _: signed(value, digits=1))
        return canvas

    said = series([f"{r.article} {signed(r.score)} ({signed(r.low)} to {signed(r.high)})" for r in rows(table)])
    return Figure(
        name="compared-tones",
        title=findings.tones_parts(table, differences)[0].rstrip("."),
        caption=f"Mean tone of the sentences of each article ({number(int(table['sentences'].sum()))} in all). {INTERVALS}",
        alt=f"Dot chart of mean tone by article: {said}.",
        data=table,
        draw=draw,
    )


def toward(table: pd.DataFrame, names: Sequence[str], differences: pd.DataFrame, *, most: int = 6) -> Figure:
    """Tone toward the actors that the articles share: a panel an actor, a row an article.

    Args:
        table: as `tables.shared_tones` gives it.
        names: the articles, in order.
        differences: as `tables.tone_differences` gives them.
        most: actors to show.
    """
    actors = list(dict.fromkeys(table["actor"]))[:most]
    shown = table[table["actor"].isin(actors)]

    def draw(narrow: bool) -> Any:
        def one(axes: Any, actor: str) -> None:
            part = shown[shown["actor"] == actor].set_index("article").reindex(list(names))
            places = np.arange(len(names))
            _signed_axis(axes)
            for at, row in enumerate(rows(part)):
                if np.isnan(row.score):
                    continue
                few, clear = np.isnan(row.low), row.low > 0 or row.high < 0
                colour = style.diverging([row.score if clear else 0.0])[0]
                axes.hlines(at, row.low, row.high, color=style.RULE, linewidth=3.5)
                axes.scatter(
                    row.score, at, s=30, zorder=3, c="none" if few else colour, edgecolors=colour, linewidths=1.2
                )
                axes.annotate(f"{int(row.mentions)}×", (1.16, at), va="center", fontsize=7.5, color=style.MUTED)
            axes.set_yticks(places, _apart(names, most=18))
            axes.set_ylim(len(names) - 0.4, -0.7)

        return _panels(actors, one, narrow=narrow, height=0.45 + 0.24 * len(names), sharey=True)

    said = [f"{r.actor} in {r.article} {signed(r.score)}" for r in rows(shown)]
    rest = len(set(table["actor"])) - len(actors)
    return Figure(
        name="compared-actors",
        title=findings.toward_parts(table, differences)[0].rstrip("."),
        caption=(
            f"Mean tone in the author's voice toward the actors that most articles share, {SCALE}; n×: mentions. "
            "Hollow, without a line: fewer than three mentions, too few to say. Coloured only where the whole interval is on "
            f"one side. {INTERVALS}" + (f" {count(rest, 'more actor').capitalize()} not shown." if rest else "")
        ),
        alt=f"Dot charts of tone by actor and article: {series(said)}." if said else "Empty: no actor is shared.",
        data=shown,
        draw=draw,
    )


def words(table: pd.DataFrame, *, most: int = 8) -> Figure:
    """The words that set each article apart: a panel an article, log odds against the others.

    Args:
        table: as `tables.distinguishing` gives it.
        most: words in a panel.
    """
    more = table[(table["log_odds"] > 0) & (table["paragraphs"] > 1)]
    shown = more.groupby("article", sort=False).head(most)
    names = list(dict.fromkeys(shown["article"]))

    def draw(narrow: bool) -> Any:
        limit = float(shown["high"].max()) if len(shown) else 1.0

        def one(axes: Any, article: str) -> None:
            part = shown[shown["article"] == article]
            places = np.arange(len(part))
            axes.axvline(0, color=style.MUTED, linewidth=0.8)
            axes.hlines(places, part["low"], part["high"], color=style.RULE, linewidth=3)
            colours = np.where(part["clear"], style.SERIES[2], style.NEUTRAL)
            axes.scatter(part["log_odds"], places, s=28, c=colours, zorder=3)
            axes.set_yticks(places, [f"{_plain(r.term, most=18)} {r.count}:{r.elsewhere}" for r in rows(part)])
            axes.set_ylim(most - 0.4, -0.6)
            axes.set_xlim(min(-0.5, float(part["low"].min())), limit * 1.05)
            axes.locator_params(axis="x", nbins=4, integer=True)

        return _panels(names, one, narrow=narrow, height=0.4 + 0.22 * most)

    said = [
        f"{article}: {series([str(w) for w in part['term'].head(5)])}"
        for article, part in shown.groupby("article", sort=False)
    ]
    return Figure(
        name="compared-words",
        title=findings.words_parts(table)[0].rstrip("."),
        caption=(
            "Log odds of a word in the article against the others together, with a Dirichlet prior; beside the word how often "
            "it comes here and in the others. Coloured: more than chance explains after correction; grey: not. Words of one "
            "paragraph are left out. Lines: 95 % intervals."
        ),
        alt=f"Dot charts of the words that lean most to each article. {'; '.join(said)}."
        if said
        else "Empty: no word leans.",
        data=shown,
        draw=draw,
    )


def frames(table: pd.DataFrame, differences: pd.DataFrame, *, most: int = 8) -> Figure:
    """The share of each frame in each article: a panel an article, the same frames in all.

    Args:
        table: as `aggregating.articles` gives it, of several articles.
        differences: as `tables.frame_differences` gives them.
        most: frames to show.
    """
    used = table[(table["share"] > 0) & (table["frame"] != OTHER)]
    order = (
        used.groupby("frame", sort=False)["share"].sum().sort_values(ascending=False, kind="stable").head(most).index
    )
    names = list(dict.fromkeys(table["article"]))
    shown = table[table["frame"].isin(order)]

    def draw(narrow: bool) -> Any:
        limit = max(0.1, float(shown["high"].max()) if len(shown) else 0.1)

        def one(axes: Any, article: str) -> None:
            part = shown[shown["article"] == article].set_index("frame").reindex(order)
            places = np.arange(len(order))
            axes.barh(places, part["share"].fillna(0), color=style.SERIES[2], height=0.6, linewidth=0)
            axes.hlines(places, part["low"], part["high"], color=style.INK, linewidth=1)
            axes.set_yticks(places, [wrapped(str(name), narrow=True) for name in order])
            axes.set_ylim(len(order) - 0.4, -0.6)
            axes.set_xlim(0, limit * 1.05)
            axes.locator_params(axis="x", nbins=3)
            axes.xaxis.set_major_formatter(lambda value, _: percent(value))

        return _panels(names, one, narrow=narrow, height=0.4 + 0.38 * max(len(order), 1), sharey=True)

    said = [f"{article}: {_largest(part)}" for article, part in shown.groupby("article", sort=False)]
    return Figure(
        name="compared-frames",
        title=findings.frames_parts(table, differences)[0].rstrip("."),
        caption=(
            "Share of the sentences of each article; a sentence with several frames is divided among them. The frames with "
            f"the largest shares in all. {INTERVALS}"
        ),
        alt=f"Bar charts of frames by article. {'; '.join(said)}." if said else "Empty: no frame was coded.",
        data=shown,
        draw=draw,
    )


def _largest(part: pd.DataFrame) -> str:
    best = part.sort_values("share", ascending=False, kind="stable").head(3)
    return series([f"{r.frame} {percent(r.share)}" for r in rows(best)])


def matrix(
    table: pd.DataFrame,
    names: Sequence[str],
    *,
    item: str,
    name: str,
    title: str,
    caption: str,
    most: int = 14,
) -> Figure:
    """Which item (a speaker, a key phrase) is in which article: a dot, larger for more.

    Args:
        table: as `tables.by_article` gives it.
        names: the articles, in order.
        item: the column that names the rows.
        name: of the figure.
        title: the finding.
        caption: what the size of a dot means.
        most: rows to show.
    """
    shown = table.head(most)

    def draw(narrow: bool) -> Any:
        many = len(names) > 5 or narrow
        upright = len(names) > (5 if narrow else 10)  # aslant, the last labels would leave the drawing
        room = 1.4 if upright else 0.7 if many else 0.1
        canvas, axes = style.canvas(0.7 + 0.27 * max(len(shown), 1) + room, narrow=narrow)
        sizes = shown[list(names)].to_numpy(dtype=np.float64)
        largest = max(float(sizes.max(initial=0)), 1.0)
        ys, xs = np.nonzero(sizes)
        axes.hlines(range(len(shown)), -0.5, len(names) - 0.5, color=style.RULE, linewidth=0.6, zorder=0)
        axes.scatter(xs, ys, s=14 + 150 * sizes[ys, xs] / largest, color=style.SERIES[0], linewidths=0)
        axes.set_yticks(range(len(shown)), [_plain(value, most=18 if narrow else 34) for value in shown[item]])
        axes.set_xticks(range(len(names)), _apart(names, most=20))
        axes.tick_params(axis="x", labelrotation=90 if upright else 40 if many else 0)
        if many and not upright:
            for label in axes.get_xticklabels():
                label.set(ha="left", rotation_mode="anchor")
        axes.xaxis.tick_top()
        axes.set(ylim=(max(len(shown), 1) - 0.4, -0.6), xlim=(-0.6, len(names) - 0.4))
        axes.spines["bottom"].set_visible(False)
        return canvas

    said = [f"{quoted(getattr(r, item))} in {count(int(r.articles), 'article')}" for r in rows(shown) if r.articles > 1]
    rest = len(table) - len(shown)
    return Figure(
        name=name,
        title=title,
        caption=caption + (f" {number(rest)} more are in the saved table." if rest else ""),
        alt=f"Dot matrix by article: {series(said)}." if said else f"Dot matrix of {len(shown)} rows; none is shared.",
        data=shown,
        draw=draw,
    )


def speakers(table: pd.DataFrame, names: Sequence[str]) -> Figure:
    """Who is heard in which article.

    Args:
        table: as `tables.by_article` gives it, by `speaker`.
        names: the articles, in order.
    """
    return matrix(
        table,
        names,
        item="speaker",
        name="compared-speakers",
        title=findings.speakers_parts(table, names)[0].rstrip("."),
        caption="The larger the dot, the more words of the speaker are quoted or reported. Those heard in most articles first.",
    )


def phrases(table: pd.DataFrame, names: Sequence[str]) -> Figure:
    """Which key phrase is in which article.

    Args:
        table: as `tables.phrase_places` gives it.
        names: the articles, in order.
    """
    return matrix(
        table,
        names,
        item="phrase",
        name="compared-phrases",
        title=findings.phrases_parts(table, names)[0].rstrip("."),
        caption="The larger the dot, the more sentences hold the phrase. Those in most articles first.",
        most=20,
    )
