"""The article's own text with the words of each frame marked, to be switched on and off without a script."""

from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from presslens.findings.framing import OTHER
from presslens.findings.wording import capital, place, rows

MOST = 8  # frames with a switch; there are no more colours than can be told apart, and numbers tell the rest
SHOWN = 2  # frames whose words are marked from the start
COLOURS = ("--positive", "--negative", "--series-3", "--series-4", "--series-5", "--series-6")
STYLE = """
.framed > input { position: absolute; opacity: 0; width: 1px; height: 1px; }
.framed > label { display: inline-block; font: .82rem/1.3 var(--sans, sans-serif); padding: .28rem .6rem;
 margin: 0 .35rem .4rem 0;
 border: 1px solid var(--rule); border-radius: 1rem; cursor: pointer; color: var(--muted); }
.framed > label::before { content: "\\25CB\\00A0"; }
.framed > input:checked + label { color: var(--ink); border-color: var(--colour); box-shadow: inset 0 -2px 0 var(--colour); }
.framed > input:checked + label::before { content: "\\25CF\\00A0"; color: var(--colour); }
.framed > input:focus-visible + label { outline: 3px solid var(--accent); outline-offset: 2px; }
.framed .text { margin-top: .6rem; }
.framed .text p { margin: .55rem 0; }
.framed mark { background: none; padding: .05em 0; }
.framed mark::after { font: 600 .62em/1 var(--sans, sans-serif); vertical-align: .55em; margin-left: .1em; }
@media print { .framed > input:not(:checked) + label { display: none; } }
"""


def highlights(
    frames: pd.DataFrame,
    codings: pd.DataFrame,
    evidence: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    doubtful: frozenset[str] = frozenset(),
) -> Markup:
    """The text with marks at the words that speak for the frames coded in their sentence; a switch a frame.

    The switches are check boxes before the text, and the style sheet does the rest, so that neither a script nor a
    kernel is needed. A mark has the number of its frame beside it, so that colour is never alone.

    Args:
        frames: as `aggregating.articles` gives them; the frames with the largest shares get the switches.
        codings, evidence: as `coding.analyse` gives them.
        sentences: of the article.
        doubtful: frames on which coders agree too little; their switches say so and are off.
    """
    leading = frames[(frames["share"] > 0) & (frames["frame"] != OTHER)].sort_values("rank", kind="stable")
    names = [str(name) for name in leading["frame"].head(MOST)]
    if not names:
        return Markup('<p class="note">No frame has words to mark.</p>')
    sizes = dict(zip(leading["frame"], leading["sentences"], strict=True))
    on = [name for name in names if name not in doubtful][:SHOWN]
    switches = [
        Markup(
            '<input type="checkbox" id="frame-{n}"{on}><label for="frame-{n}">{n}&#160;{name} ({size})</label>'
        ).format(
            n=number,
            on=Markup(" checked") if name in on else Markup(""),
            name=f"{name}, not reliable" if name in doubtful else name,
            size=sizes[name],
        )
        for number, name in enumerate(names, start=1)
    ]
    marks = _marks(names, codings, evidence)
    return Markup(
        '<style>{style}</style><div class="framed" role="group" aria-label="The text, with the words of the frames that are '
        'switched on">{switches}<div class="text">{text}</div></div>'
    ).format(
        style=Markup(STYLE + _rules(len(names))),  # noqa: S704 - our own rules
        switches=Markup("").join(switches),
        text=Markup("").join(_paragraphs(sentences, marks)),
    )


def _rules(count: int) -> str:
    rules = []
    for n in range(1, count + 1):
        colour = f"var({COLOURS[(n - 1) % len(COLOURS)]})"
        on = f".framed > #frame-{n}:checked ~ .text .f{n}"
        rules.append(f".framed > #frame-{n} + label {{ --colour: {colour}; }}")
        rules.append(
            f"{on} {{ background: color-mix(in srgb, {colour} 20%, transparent); box-shadow: inset 0 -2px 0 {colour}; }}"
        )
        rules.append(f'{on}::after {{ content: "{n}"; color: {colour}; }}')
    return "\n".join(rules)


Mark = tuple[int, int, tuple[int, ...], str]


def _marks(names: Sequence[str], codings: pd.DataFrame, evidence: pd.DataFrame) -> dict[str, list[Mark]]:
    """By sentence: start, end, the numbers of the frames, and why; a place has one mark, the longest."""
    number = {name: n for n, name in enumerate(names, start=1)}
    coded = set(codings.loc[codings["coded"], ["sentence", "frame"]].itertuples(index=False, name=None))
    found: dict[str, dict[tuple[int, int], dict[int, str]]] = {}
    for row in rows(evidence[(evidence["weight"] > 0) & evidence["frame"].isin(names)]):
        if (row.sentence, row.frame) in coded:
            why = f"{row.frame}: {row.indicator} (weight {row.weight:g})"
            found.setdefault(row.sentence, {}).setdefault((row.start, row.end), {})[number[row.frame]] = why
    marks: dict[str, list[Mark]] = {}
    for sentence, spans in found.items():
        kept: list[Mark] = []
        for (start, end), frames in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
            if not kept or start >= kept[-1][1]:
                kept.append(
                    (start, end, tuple(sorted(frames, reverse=True)), "; ".join(frames[n] for n in sorted(frames)))
                )
        marks[sentence] = kept
    return marks


def _paragraphs(sentences: pd.DataFrame, marks: dict[str, list[Mark]]) -> list[Markup]:
    pieces = []
    for _, group in sentences.groupby(["section", "paragraph"], sort=False):
        words = Markup(" ").join(_sentence(row, marks.get(row.sentence, [])) for row in rows(group))
        first = group.iloc[0]
        where = place(str(first["section"]), int(first["paragraph"]))
        label = str(first["paragraph"]) if first["section"] == "body" else capital(where.removeprefix("the "))
        pieces.append(
            Markup('<p><span class="where" aria-label="{}">{}</span> {}</p>').format(capital(where), label, words)
        )
    return pieces


def _sentence(row: pd.Series, marks: Sequence[Mark]) -> Markup:
    text, offset = str(row.text), int(row.start)
    pieces, at = [], 0
    for start, end, frames, why in marks:
        left, right = start - offset, end - offset
        if left < at or right > len(text):
            continue
        kinds = " ".join(f"f{n}" for n in frames)
        pieces.append(Markup("{}").format(text[at:left]))
        pieces.append(Markup('<mark class="{}" title="{}">{}</mark>').format(kinds, why, text[left:right]))
        at = right
    return Markup("").join([*pieces, Markup("{}").format(text[at:])])
