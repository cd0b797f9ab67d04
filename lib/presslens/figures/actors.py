"""Figures of actors: tone toward them, where it stands in the article, who is set beside whom, who is quoted."""

from typing import Any

import numpy as np
import pandas as pd

from presslens.figures import network as layout
from presslens.figures import style
from presslens.figures.figure import Figure
from presslens.findings import actors as findings
from presslens.findings import statements
from presslens.findings.wording import count, number, quoted, rows, series, signed

SCALE = "tone toward the actor (\u22121 negative, +1 positive)"
DOTS = {"negative": style.NEGATIVE, "positive": style.POSITIVE}


def tones(table: pd.DataFrame, *, most: int = 10) -> Figure:
    """Tone toward each actor with its interval, the author's voice filled and the voices of others hollow.

    Args:
        table: as `targets_actors.actor_tones` gives it, of one article.
        most: actors to show; those named most.
    """
    few = table["verdict"] == findings.TOO_FEW
    often = table.groupby("actor", sort=False)["mentions"].sum()
    kept = table.loc[~few, "actor"].drop_duplicates()
    kept = kept[kept.isin(often[kept].sort_values(ascending=False, kind="stable").index[:most])]
    own = table[(table["voice"] == "author") & ~few].set_index("actor")["score"]
    order = sorted(kept, key=lambda actor: (-float(own.get(actor, -9.0)), actor))
    shown = table[table["actor"].isin(order) & ~few]
    scarce = [actor for actor in often.sort_values(ascending=False, kind="stable").index if actor not in set(kept)]
    scarce = [actor for actor in scarce if actor in set(table.loc[few, "actor"])]

    def draw(narrow: bool) -> Any:
        lines = _lines(order, shown)
        canvas, axes = style.canvas(0.75 + (0.32 if narrow else 0.29) * max(len(lines), 1), narrow=narrow)
        axes.axvline(0, color=style.MUTED, linewidth=0.8)
        for at, (_, row) in enumerate(lines):
            colour = DOTS.get(row.verdict, style.NEUTRAL)
            axes.hlines(at, row.low, row.high, color=style.RULE if row.verdict not in DOTS else colour, linewidth=3.5)
            filled = colour if row.voice == "author" else style.PALE
            axes.scatter(row.score, at, s=44, color=filled, edgecolors=colour, linewidths=1.6, zorder=3)
        labels = [
            _label(name, row, narrow=narrow, first=not at or lines[at - 1][0] != name)
            for at, (name, row) in enumerate(lines)
        ]
        axes.set_yticks(range(len(lines)), labels)
        axes.set_ylim(max(len(lines), 1) - 0.4, -0.6)
        axes.set_xlim(-1.05, 1.05)
        axes.set_xticks([-1, -0.5, 0, 0.5, 1])
        axes.set_xlabel("tone (\u22121 wary, +1 warm)" if narrow else SCALE)
        axes.xaxis.set_major_formatter(lambda value, _: signed(value, digits=1))
        return canvas

    more = [count(len(scarce) - 6, "other")] if len(scarce) > 6 else []
    rest = f" Too few mentions to say: {series([*map(quoted, scarce[:6]), *more])}." if scarce else ""
    listed = series([f"{r.actor} {signed(r.score)} ({r.voice}, {r.verdict})" for r in rows(shown)])
    return Figure(
        name="actor-tones",
        title=_tones_title(shown),
        caption=(
            "Mean tone of the sentences toward each actor, with the number of its mentions; lines: 95 % intervals. Filled: the "
            "author's voice; hollow: what others are quoted or reported as saying. Coloured only where the whole interval is "
            f"on one side.{rest}"
        ),
        alt=f"Dot chart of tone by actor: {listed}." if listed else "An empty chart: no actor has enough mentions.",
        data=table,
        draw=draw,
    )


def _lines(order: list[str], shown: pd.DataFrame) -> list[tuple[str, Any]]:
    """A line an actor and voice, the author's first."""
    return [(actor, row) for actor in order for row in rows(shown[shown["actor"] == actor])]


def _label(actor: str, row: Any, *, narrow: bool, first: bool) -> str:
    """The actor, on the first of its lines; whose voice it is, where not the author's; and the number of mentions."""
    name = short(actor, most=17 if narrow else 34)
    voice = "" if row.voice == "author" else "quoted" if narrow else "in others’ words"
    said = [name, voice] if first else [voice or name]
    return f"{', '.join(word for word in said if word)}  {row.mentions}"


def _tones_title(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "No actor has mentions enough for a tone"
    for voice, lead in (("author", "Clearly"), ("attributed", "Those quoted or reported are")):
        heard = shown[shown["voice"] == voice]
        clear = {side: heard.loc[heard["verdict"] == side, "actor"].drop_duplicates() for side in findings.VERDICTS}
        said = [
            f"{word} {series([quoted(actor) for actor in clear[side][:2]])}"
            for side, word in (("positive", "warm toward"), ("negative", "wary of"))
            if len(clear[side])
        ]
        if said:
            return f"{lead} {series(said)}"
    return "Every interval crosses zero: the tone is not clear" if len(shown) > 1 else "The interval crosses zero"


def course(toned: pd.DataFrame, sentences: pd.DataFrame, *, most: int = 6) -> Figure:
    """The tone of every mention along the article, a row an actor.

    Args:
        toned: mentions with `score`, `label` and `voice`, of one article.
        sentences: of the article, for their order.
        most: actors to show; those named most, twice at least.
    """
    at = {name: place for place, name in enumerate(sentences["sentence"], start=1)}
    often = toned["actor"].value_counts(sort=False)
    often = often[often > 1].sort_values(ascending=False, kind="stable").head(most)
    shown = toned[toned["actor"].isin(often.index)]

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.7 + (0.5 if narrow else 0.46) * max(len(often), 1), narrow=narrow)
        for level, actor in enumerate(often.index):
            own = shown[shown["actor"] == actor]
            x = np.array([at[name] for name in own["sentence"]], dtype=np.float64)
            y = level - 0.42 * own["score"].to_numpy()
            colours = np.array([DOTS.get(label, style.NEUTRAL) for label in own["label"]])
            faces = np.where(own["voice"] == "author", colours, style.PALE)
            axes.axhline(level, color=style.RULE, linewidth=0.8, zorder=0)
            axes.vlines(x, level, y, colors=colours, linewidth=1.4)
            axes.scatter(x, y, s=20, c=faces, edgecolors=colours, linewidths=1.2, zorder=3)
        axes.set_yticks(range(len(often)), [short(name, most=14 if narrow else 30) for name in often.index])
        axes.set_ylim(max(len(often), 1) - 0.4, -0.6)
        axes.set_xlim(0, len(at) + 1)
        axes.set_xlabel("sentence of the article" if narrow else "sentence of the article, from title to end")
        return canvas

    return Figure(
        name="actor-course",
        title=_course_title(shown, often, at),
        caption=(
            "Each mark is a mention: above its line positive, below negative, grey where neither is likeliest. Hollow: in the "
            f"words of others. The {count(len(often), 'actor')} named most."
        ),
        alt=_course_alt(shown, often),
        data=shown,
        draw=draw,
    )


def _course_title(shown: pd.DataFrame, often: pd.Series, at: dict[str, int]) -> str:
    if not len(often):
        return "No actor is named twice"
    name = str(often.index[0])
    own = shown[shown["actor"] == name]
    halves = own["sentence"].map(at) > len(at) / 2
    counts = [[int((own.loc[halves == late, "label"] == side).sum()) for side in DOTS] for late in (False, True)]
    if not sum(map(sum, counts)):
        return f"{quoted(name)}: no mention is likelier positive or negative than neutral"
    return (
        f"{quoted(name)}: {counts[0][1]} positive and {counts[0][0]} negative mentions in the first half, "
        f"{counts[1][1]} and {counts[1][0]} in the second"
    )


def _course_alt(shown: pd.DataFrame, often: pd.Series) -> str:
    if not len(often):
        return "An empty chart: no actor is named twice."
    said = []
    for actor in often.index:
        own = shown[shown["actor"] == actor]
        said.append(f"{actor} {len(own)} mentions, {int((own['label'] == 'positive').sum())} positive")
    return f"Strip chart of tone at each mention along the article: {series(said)}."


def network(pairs: pd.DataFrame, actors: pd.DataFrame, *, most: int = 24) -> Figure:
    """Who is set beside whom: a label an actor, a line where two stand in one sentence, thicker for more sentences.

    Args:
        pairs: as `actors.pairs.cooccurrence` gives it, of one article.
        actors: as `actors.mentions.actors` gives it.
        most: actors to show; those named most of those that stand beside another.
    """
    beside = set(pairs["actor"]) | set(pairs["other"])
    linked = actors[actors["actor"].isin(beside)]

    def draw(narrow: bool) -> Any:
        shown = linked.head(min(most, 16) if narrow else most)
        width = style.NARROW if narrow else style.WIDE
        height = max(1.2, (0.34 if narrow else 0.215) * len(shown) + (0.6 if narrow else 0.5))
        canvas, axes = style.canvas(height, narrow=narrow)
        _draw_network(axes, shown, pairs, width=width, height=height, narrow=narrow)
        return canvas

    top = pairs.iloc[0] if len(pairs) else None
    named = len(linked.head(most))
    return Figure(
        name="actor-network",
        title=_network_title(pairs),
        caption=(
            f"A line joins two actors named in one sentence, thicker for more sentences; larger names have more mentions. "
            f"{count(named, 'actor').capitalize()} of {number(len(linked))} that stand beside another (on a phone at most 16)."
        ),
        alt=(
            f"Network of {named} actors and {len(pairs)} links; the strongest joins {top['actor']} and {top['other']}, in "
            f"{count(int(top['sentences']), 'sentence')}."
            if top is not None
            else "An empty network: no two actors stand in one sentence."
        ),
        data=pairs,
        draw=draw,
    )


def _network_title(pairs: pd.DataFrame) -> str:
    if pairs.empty:
        return "No two actors stand in one sentence"
    ends = pd.concat([pairs["actor"], pairs["other"]])
    links = ends.value_counts().sort_values(ascending=False, kind="stable")
    most = int(links.iloc[0])
    centre = sorted(str(name) for name in links.index[links == most])
    if len(pairs) == 1:
        return f"{quoted(pairs['actor'].iloc[0])} and {quoted(pairs['other'].iloc[0])} stand together"
    if len(centre) > 1:
        return (
            f"{quoted(centre[0])} and {quoted(centre[1])} stand beside {count(most, 'other')} each"
            if len(centre) == 2
            else "Nobody stands at the centre"
        )
    return f"{quoted(centre[0])} is at the centre, beside {count(most, 'other actor')}"


def _draw_network(
    axes: Any, shown: pd.DataFrame, pairs: pd.DataFrame, *, width: float, height: float, narrow: bool
) -> None:
    names = shown["actor"].tolist()
    number_of = {name: place for place, name in enumerate(names)}
    inside = pairs[pairs["actor"].isin(names) & pairs["other"].isin(names)]
    links = [(number_of[r.actor], number_of[r.other], float(r.sentences)) for r in rows(inside)]
    mentions = shown["mentions"].to_numpy(dtype=np.float64)
    points = (7.8 if narrow else 8.3) + 3.2 * np.sqrt(mentions / max(float(mentions.max(initial=1)), 1.0))
    labels = [short(name, most=20 if narrow else 30) for name in names]
    sizes = np.array(
        [[0.0088 * size * len(text) + 0.13, 0.0139 * size + 0.11] for size, text in zip(points, labels, strict=True)]
    )
    at = layout.places(links, sizes.reshape(len(names), 2), width=width, height=height)
    strongest = max((weight for *_, weight in links), default=1.0)
    for one, other, weight in sorted(links, key=lambda link: link[2]):
        share = weight / strongest
        colour = style.SERIES[0] if weight > 1 else style.RULE
        axes.plot(
            *at[[one, other]].T,
            color=colour,
            linewidth=0.8 + 2.6 * share * (weight > 1),
            zorder=1,
            solid_capstyle="round",
        )
    for place, size, text in zip(at, points, labels, strict=True):
        box = {"boxstyle": "round,pad=0.28", "facecolor": style.PALE, "edgecolor": style.RULE, "linewidth": 0.6}
        axes.text(*place, text.replace("$", r"\$"), fontsize=size, ha="center", va="center", bbox=box, zorder=3)
    axes.set(xlim=(0, width), ylim=(0, height))
    axes.axis("off")


def sources(table: pd.DataFrame, *, most: int = 10) -> Figure:
    """How many words each speaker has, quoted or reported.

    Args:
        table: as `actors.quotations.sources` gives it, of one article.
        most: speakers to show.
    """
    shown = table.head(most).reset_index(drop=True)

    def draw(narrow: bool) -> Any:
        canvas, axes = style.canvas(0.45 + 0.28 * max(len(shown), 1), narrow=narrow)
        axes.barh(shown.index, shown["words"], color=style.SERIES[2], height=0.62)
        for at, row in enumerate(rows(shown)):
            passages = int(row.direct + row.indirect)
            said = (
                f"{number(int(row.words))} in {passages}"
                if narrow
                else f"{count(int(row.words), 'word')} in {count(passages, 'passage')}"
            )
            axes.annotate(said, (row.words, at), xytext=(4, 0), textcoords="offset points", va="center")
        axes.set_yticks(
            shown.index, [short(str(name), most=16 if narrow else 34).replace("$", r"\$") for name in shown["speaker"]]
        )
        axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
        axes.set_xlim(0, max(float(shown["words"].max()) if len(shown) else 1.0, 1.0) * 1.35)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return canvas

    listed = series([f"{r.speaker} {number(int(r.words))} words" for r in rows(shown)])
    passages = int(table[["direct", "indirect"]].to_numpy().sum())
    alone = len(table) > 1 and passages > 4 and int(table["words"].iloc[0]) > table["words"].sum() / 2
    return Figure(
        name="sources",
        title=(
            f"{quoted(table['speaker'].iloc[0])} has more than half of the words"
            if alone
            else f"{count(len(table), 'voice').capitalize()} beside the author's"
        ),
        caption=(
            f"Words that are quoted or reported, by speaker; {len(shown)} of {len(table)} are shown. By words they weigh like "
            f"{statements.effective(table):.1f} equal voices (Hill number of order 1)."
        ),
        alt=f"Bar chart of words by speaker: {listed}." if listed else "An empty chart: nobody is quoted.",
        data=shown,
        draw=draw,
    )


def short(name: str, *, most: int = 22) -> str:
    """A name cut to so many characters."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
