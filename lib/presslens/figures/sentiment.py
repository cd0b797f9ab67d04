"""Figures of tone."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import sentiment as findings
from presslens.findings.wording import capital, place, rows, series, signed
from presslens.sentiment import feeling

LETTER = {False: 0.0135, True: 0.0265}  # of the width, that a letter of the words of a turn takes; wide and on a phone
LINE = 0.09  # of the height, that a line of them takes
SCALE = "tone (\u22121 negative, +1 positive)"


def arc(table: pd.DataFrame, *, window: int, turning: pd.DataFrame | None = None) -> Figure:
    """Tone along the article: each sentence a point, the running mean a line with its interval, turns marked.

    Args:
        table: as `scoring.arc` returns it, of one article.
        window: sentences in the running mean.
        turning: the words at its turns, as `feeling.at_turns` gives them; with them the largest changes are marked even
            where they are no larger than chance, with a dotted line.
    """
    certain = table[(table["turn"] > 0) & ((table["change_low"] > 0) | (table["change_high"] < 0))]
    marked = table[table["turn"] > 0] if turning is not None else certain
    limit = max(0.5, float(table[["score", "low", "high"]].abs().to_numpy().max(initial=0)) * 1.15)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(3.0 if narrow else 3.4, narrow=narrow)
        _draw_arc(axes, table, marked, turning, limit, narrow=narrow)
        return canvas

    return Figure(
        name="tone-arc",
        title=_arc_title(certain, len(table)),
        caption=(
            f"Each point is a sentence of the body ({len(table)}); the line is the mean of {window} sentences, the band its "
            "95 % bootstrap interval. Dashed lines mark changes larger than chance"
            + (
                ", dotted ones the largest of those that are not; beside them the words that come in."
                if turning is not None
                else "."
            )
        ),
        alt=_arc_alt(table, certain),
        data=table,
        draw=draw,
    )


def _draw_arc(
    axes: Any, table: pd.DataFrame, marked: pd.DataFrame, turning: pd.DataFrame | None, limit: float, *, narrow: bool
) -> None:
    axes.axhline(0, color=style.MUTED, linewidth=0.8)
    axes.fill_between(table["position"], table["low"], table["high"], color=style.PALE, linewidth=0)
    colours = style.diverging(table["score"].tolist(), least=0.03)
    axes.scatter(table["position"], table["score"], s=16, c=colours, linewidths=0, zorder=3)
    axes.plot(table["position"], table["mean"], color=style.INK, linewidth=1.8, zorder=4)
    turns = rows(marked.sort_values("position"))
    said = [_said(row, turning, narrow=narrow) for row in turns]
    rooms = [max(map(len, words.split("\n"))) * LETTER[narrow] + 0.02 for words in said]
    stands = _stands([turn.position / max(len(table), 1) for turn in turns], rooms)
    for row, words, stand in zip(turns, said, stands, strict=True):
        certain = row.change_low > 0 or row.change_high < 0
        colour = style.ACCENT if certain else style.MUTED
        axes.axvline(
            row.position - 0.5,
            *_ends(stand, stands, said),
            color=colour,
            linewidth=1,
            linestyle=(0, (3, 2) if certain else (1, 2)),
        )
        axes.annotate(
            words.replace("$", r"\$"),
            (row.position - 0.5, limit * (-0.98 if stand.low else 0.98)),
            xytext=(-4 if stand.before else 4, 0),
            textcoords="offset points",
            ha="right" if stand.before else "left",
            va="bottom" if stand.low else "top",
            color=colour,
        )
    axes.set(xlim=(0, len(table) + 1), ylim=(-limit, limit))
    axes.set_ylabel("tone" if narrow else SCALE)
    axes.set_xlabel("paragraph")
    firsts = table.drop_duplicates("paragraph")
    step = max(1, int(np.ceil(len(firsts) / (8 if narrow else 16))))
    axes.set_xticks(firsts["position"].iloc[::step], firsts["paragraph"].iloc[::step].astype(str))
    axes.set_yticks([tick for tick in (-1, -0.5, 0, 0.5, 1) if abs(tick) <= limit])
    axes.yaxis.set_major_formatter(lambda value, _: signed(value, digits=1))


def _said(row: Any, turning: pd.DataFrame | None, *, narrow: bool) -> str:
    """The words of a turn, a line each: how far the tone moves, and what comes in."""
    said = f"{'rises' if row.change > 0 else 'falls'} {signed(row.change)}"
    if turning is None:
        return said
    words = turning.loc[(turning["turn"] == row.turn) & turning["after"], "word"].head(1 if narrow else 3)
    return "\n".join([said, *words])


class _Stand(NamedTuple):
    """Where the words of a turn stand: from `first` to `last` (shares of the width), before its line or after, high or low."""

    at: float
    before: bool
    low: bool
    first: float
    last: float


def _stands(places: list[float], rooms: list[float]) -> list[_Stand]:
    """Words stand after their line and high; before it near the right edge, or where the next line is close; low where
    others stand already."""
    found: list[_Stand] = []
    for number, (at, room) in enumerate(zip(places, rooms, strict=True)):
        close = number + 1 < len(places) and places[number + 1] - at < room
        before = at > 1 - room or (close and at > room / 2)
        first, last = (at - room, at) if before else (at, at + room)
        low = any(not one.low and one.first <= last and first <= one.last for one in found)
        found.append(_Stand(at, before, low, first, last))
    return found


def _ends(mine: _Stand, stands: list[_Stand], said: list[str]) -> tuple[float, float]:
    """From where to where a line goes, in shares of the height: it ends where it would cross the words of another."""
    crossed = [
        (other.low, LINE * (1 + words.count("\n")))
        for other, words in zip(stands, said, strict=True)
        if other is not mine and other.first <= mine.at <= other.last
    ]
    foot = max((height for low, height in crossed if low), default=0.0)
    head = max((height for low, height in crossed if not low), default=0.0)
    return foot, 1 - head


def _arc_title(certain: pd.DataFrame, sentences: int) -> str:
    if sentences < findings.FEWEST:
        return "The text is too short for a course of tone"
    if certain.empty:
        return "The tone moves up and down, with no turn larger than chance"
    first = certain.sort_values("turn").iloc[0]
    way = "rises" if first["change"] > 0 else "falls"
    return f"The tone {way} most at {place(first['section'], int(first['paragraph']))}"


def _arc_alt(table: pd.DataFrame, certain: pd.DataFrame) -> str:
    if table.empty:
        return "An empty chart: there is no sentence."
    means = table["mean"].to_numpy()
    low, high = table.iloc[int(means.argmin())], table.iloc[int(means.argmax())]
    marks = "; ".join(
        f"{'rise' if r.change > 0 else 'fall'} of {signed(r.change)} at {place(r.section, r.paragraph)}"
        for r in rows(certain.sort_values("position"))
    )
    return (
        f"Line chart of tone over {len(table)} sentences. The running mean is lowest, {signed(low['mean'])}, in "
        f"{place(low['section'], int(low['paragraph']))} and highest, {signed(high['mean'])}, in "
        f"{place(high['section'], int(high['paragraph']))}. "
        + (f"Marked turns: {marks}." if marks else "No turn is marked.")
    )


def paragraphs(table: pd.DataFrame) -> Figure:
    """Mean tone of title, dek and each paragraph, with intervals.

    Args:
        table: as `scoring.paragraphs` returns it, of one article.
    """
    names = [row.section if row.section != "body" else str(row.paragraph) for row in rows(table)]
    extremes = table.loc[[table["score"].idxmax(), table["score"].idxmin()]] if len(table) else table

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.8 + 0.24 * len(table), narrow=narrow)
        places = np.arange(len(table))
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        axes.hlines(places, table["low"], table["high"], color=style.RULE, linewidth=4)
        clear = (table["low"] > 0) | (table["high"] < 0)
        axes.scatter(
            table["score"], places, s=34, c=style.diverging(table["score"].where(clear, 0.0).tolist()), zorder=3
        )
        axes.set_yticks(places, names)
        axes.set_ylim(len(table) - 0.4, -0.6)
        axes.set_xlabel(SCALE)
        axes.set_ylabel("paragraph")
        axes.xaxis.set_major_formatter(lambda value, _: signed(value, digits=1))
        return canvas

    words = [f"{place(r.section, r.paragraph)} ({signed(r.score)})" for r in rows(extremes)]
    return Figure(
        name="tone-paragraphs",
        title=_sides(table),
        caption=(
            f"Mean tone of the sentences of each paragraph ({int(table['sentences'].sum())} in all), with its 95 % interval. "
            "An interval that crosses zero leaves the sign open."
        ),
        alt=f"Dot chart of mean tone by paragraph. Highest: {words[0]}; lowest: {words[1]}."
        if len(words) == 2
        else "Empty.",
        data=table,
        draw=draw,
    )


def _sides(table: pd.DataFrame) -> str:
    """The paragraphs whose interval leaves zero out, by side."""
    if table.empty:
        return "There is no paragraph to show"
    said = []
    for name, side in (("positive", table["low"] > 0), ("negative", table["high"] < 0)):
        own = [place(r.section, r.paragraph) for r in rows(table[side])]
        shown = own if len(own) <= 3 else [*own[:2], f"{len(own) - 2} others"]
        said += [f"clearly {name}: {series(shown)}"] if own else []
    return capital("; ".join(said)) if said else "No paragraph is clearly positive or negative"


def lexicons(table: pd.DataFrame, *, most: int = 150) -> Figure:
    """What each lexicon says of each sentence, a row of bars a lexicon.

    Args:
        table: as `scoring.lexicon_scores` returns it, of one article.
        most: bars in a row; of more sentences, neighbours are averaged.
    """
    wide = table.pivot(index="sentence", columns="lexicon", values="score")
    wide = wide.reindex(table["sentence"].unique()).reindex(columns=list(findings.LEXICON_NAMES)[::-1]).fillna(0.0)
    bins = np.arange(len(wide)) * most // max(len(wide), 1) if len(wide) > most else np.arange(len(wide))
    means = wide.groupby(bins).mean()
    heights = means / means.abs().max().replace(0, 1)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(3.0, narrow=narrow)
        for level, name in enumerate(wide.columns):
            values = heights[name].tolist()
            tall = [0.45 * value for value in values]
            axes.axhline(level, color=style.RULE, linewidth=0.8)
            style.bars(axes, range(1, len(values) + 1), tall, at=level, colours=style.diverging(values))
        names = [findings.LEXICON_NAMES[name].removeprefix("the ") for name in wide.columns]
        axes.set_yticks(range(len(names)), names)
        axes.set_xlim(0, len(means) + 1)
        axes.set_xlabel("sentence" if len(wide) <= most else "the text from its beginning to its end")
        return canvas

    return Figure(
        name="tone-lexicons",
        title=findings.lexicon_split(table).split(":")[0].rstrip("."),
        caption=(
            f"Bars above the line: the lexicon's words make the sentence positive; below: negative. {len(wide)} sentences, "
            "title and dek first; each row on the scale of its own largest bar, for lexicons have different units."
        ),
        alt=f"Five rows of bars over the sentences of the text. {findings.lexicon_split(table)}",
        data=wide.reset_index().rename_axis(columns=None),
        draw=draw,
    )


def words(table: pd.DataFrame, *, most: int = 10) -> Figure:
    """The words that move the tone most, summed over the article.

    Args:
        table: as `scoring.words` returns it, of one article.
        most: words on either side.
    """
    sums = feeling.carriers(table)
    shown = pd.concat([sums[sums["contribution"] < 0].head(most), sums[sums["contribution"] > 0].head(most)])
    shown = shown.sort_values(["contribution", "word"], ascending=[False, True], kind="stable", ignore_index=True)
    labels = [f"{r.word} ×{r.times}" if r.times > 1 else str(r.word) for r in rows(shown)]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.7 + 0.23 * max(len(shown), 1), narrow=narrow)
        places = np.arange(len(shown))
        axes.barh(places, shown["contribution"], color=style.diverging(shown["contribution"].tolist()), height=0.7)
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        axes.set_yticks(places, labels)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlabel(
            "added to the tone, summed" if narrow else "what the word adds to the tone of its sentences, summed"
        )
        axes.xaxis.set_major_formatter(lambda value, _: signed(value, digits=1))
        return canvas

    return Figure(
        name="tone-words",
        title=_words_title(sums),
        caption=(
            f"The {len(shown)} words with the largest sums among {len(sums)} that the measure and the lexicons both give a "
            "feeling; names and function words are left out; ×n: how often. "
            "Contributions include negation, emphasis and hedging in their sentence."
        ),
        alt="Bar chart. " + findings.drivers(table),
        data=shown,
        draw=draw,
    )


def _words_title(sums: pd.DataFrame) -> str:
    """The word that lifts the tone most and the one that lowers it most."""
    best = {
        name: list(sums.loc[side, "word"].head(1))
        for name, side in (("lifts", sums["contribution"] > 0), ("lowers", sums["contribution"] < 0))
    }
    said = [f"“{found[0]}” {name}" for name, found in best.items() if found]
    return f"{said[0]} the tone most{f', {said[1]} it' if len(said) > 1 else ''}" if said else "No word carries feeling"
