"""The article's own text with layers of marks, switched on and off without a script.

The switches are check boxes before the text and a style sheet does the rest, so that neither a script nor a kernel is
needed. Layers may overlap: the text is cut wherever a mark begins or ends, and each piece has the classes of all layers
that it belongs to. Pointing at a marked piece, or reaching the small link behind it by keyboard, shows at the foot of the
window why it is marked; a layer that is off has no link to stop at.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import pandas as pd
from markupsafe import Markup

from presslens.findings.wording import capital, count, place, rows, series

COLOURS = ("--positive", "--negative", "--series-3", "--series-4", "--series-5", "--series-6")


@dataclass(frozen=True)
class Layer:
    """A kind of mark: `key` is its class in the page, `switch` the id of its check box, `sign` what stands behind a mark.

    `one` and `many` count its marks where their sentence is not shown.
    """

    key: str
    switch: str
    name: str
    sign: str
    on: bool = False
    one: str = "mark"
    many: str = "marks"


@dataclass(frozen=True)
class Mark:
    """A marked stretch of the text, in its offsets: its layer's key, why it is marked, more classes for its colour."""

    start: int
    end: int
    layer: str
    why: str
    kind: str = ""


@dataclass(frozen=True)
class Said:
    """What a sentence's number says of it: classes, a value to show beside it, and the whole in words."""

    kind: str = ""
    value: str = ""
    why: str = ""


@dataclass(frozen=True)
class Text:
    """What is shown: sentences, layers, their marks, and what is not shown.

    `said` is by sentence id; `shown` are the sentences that may be quoted (None: all); `between` is what stands after a
    paragraph, by section and number.
    """

    sentences: pd.DataFrame
    layers: Sequence[Layer]
    marks: Sequence[Mark]
    said: Mapping[str, Said] = field(default_factory=dict)
    shown: Collection[str] | None = None
    between: Mapping[tuple[str, int], Markup] = field(default_factory=dict)
    numbered: bool = True
    lang: str = "en"


FRAMES = tuple((f"f{n}", f"frame-{n}", COLOURS[(n - 1) % len(COLOURS)], str(n)) for n in range(1, 9))
OWN = (
    ("a", "layer-actors", "--series-4", "a"),
    ("k", "layer-phrases", "--series-6", "k"),
    ("f", "layer-frames", "--series-3", "f"),
    ("q", "layer-quotations", "--series-5", "q"),
    ("h", "layer-hedges", "--accent", "h"),
)
TONE, REMOVED = "layer-tone", "layer-removed"


@cache
def style() -> str:
    """The style sheet of every text with layers: the switches, the marks of each layer, and the bar that says why."""
    from importlib.resources import files

    base = (files("presslens.findings") / "data" / "layers.css").read_text("utf-8")
    names = [key for key, *_ in (*OWN, *FRAMES)]
    rules = [base]
    for key, switch, colour, sign in (*OWN, *FRAMES):
        on = f".layered > #{switch}:checked ~ .text .s.{key}"
        rules.append(f".layered > #{switch} + label {{ --colour: var({colour}); }}")
        rules.append(
            f"{on} {{ --why-{key}: attr(data-{key}) '\\A'; --sign-{key}: '{sign}'; --mark: var({colour}); "
            f"background: color-mix(in srgb, var(--tint, var({colour})) 18%, transparent); "
            f"box-shadow: inset 0 -2px 0 var(--tint, var({colour})); }}"
        )
        rules.append(f"{on} > .b {{ display: inline; }}")
        rules.append(f".layered > #{switch}:checked ~ .text .gone .{key} {{ display: inline; }}")
    whys = " ".join(f"var(--why-{key}, '')" for key in names)
    signs = " ".join(f"var(--sign-{key}, '')" for key in names)
    rules.append(f".layered .s:hover::after, .layered .s:focus-within::after {{ content: {whys}; }}")
    rules.append(f".layered .s > .b::before {{ content: {signs}; color: var(--mark, inherit); }}")
    return "\n".join(rules)


def layered(text: Text, *, label: str) -> Markup:
    """The switches and the text under them.

    Args:
        text: what to show.
        label: what the whole is, for those who do not see it.
    """
    switches = [
        Markup('<input type="checkbox" id="{}"{}><label for="{}">{}</label>').format(
            layer.switch, Markup(" checked") if layer.on else Markup(""), layer.switch, layer.name
        )
        for layer in text.layers
    ]
    return Markup(
        '<style>{style}</style><div class="layered" role="group" aria-label="{label}">{switches}<div class="text"{lang}>'
        "{text}</div></div>"
    ).format(
        style=Markup(style()),  # noqa: S704 - our own rules
        label=label,
        switches=Markup("").join(switches),
        lang=Markup("") if text.lang == "en" else Markup(' lang="{}"').format(text.lang),
        text=Markup("").join(_paragraphs(text)),
    )


def _paragraphs(text: Text) -> list[Markup]:
    marks = _by_sentence(text)
    pieces = []
    for _, group in text.sentences.groupby(["section", "paragraph"], sort=False):
        first = group.iloc[0]
        section, number = str(first["section"]), int(first["paragraph"])
        said = [_sentence(row, marks.get(str(row.sentence), []), text) for row in rows(group)]
        where = place(section, number)
        name = f"p{number:02d}" if section == "body" else f"paragraph-{section}"
        address = Markup(' id="{}"').format(name) if text.numbered else Markup("")
        pieces.append(
            Markup(
                '<p class="{}"{}><span class="where"><span aria-hidden="true">{}</span><span class="unseen">{}: </span></span>'
                " {}</p>"
            ).format(
                section,
                address,
                str(number) if section == "body" else capital(where.removeprefix("the ")),
                capital(where),
                Markup(" ").join(said),
            )
        )
        pieces.append(text.between.get((section, number), Markup("")))
    return pieces


def _by_sentence(text: Text) -> dict[str, list[Mark]]:
    """The marks of each sentence, in order; one that runs on into others is among the marks of each."""
    names, starts, ends = (text.sentences[name].tolist() for name in ("sentence", "start", "end"))
    found: dict[str, list[Mark]] = {}
    for mark in sorted(text.marks, key=lambda mark: (mark.start, -mark.end, mark.layer, mark.why)):
        at = max(bisect_right(starts, mark.start) - 1, 0)
        while at < len(names) and starts[at] < mark.end:
            if ends[at] > mark.start:
                found.setdefault(str(names[at]), []).append(mark)
            at += 1
    return found


def _sentence(row: pd.Series, marks: Sequence[Mark], text: Text) -> Markup:
    name, said = str(row.sentence), text.said.get(str(row.sentence), Said())
    hidden = text.shown is not None and name not in text.shown
    words = _withheld(row, marks, text) if hidden else _pieces(row, marks, name)
    if not text.numbered:
        return Markup('<span class="part">{}</span>').format(words)
    number = name.rpartition("s")[2].lstrip("0") if str(row.section) == "body" else ""
    link = Markup('<a class="id" href="#{0}" aria-label="{0}. {1}" data-t="{0}. {1}" data-v="{2}">{3}</a>').format(
        name, said.why, said.value, number or "·"
    )
    return Markup('<span class="sentence {}{}" id="{}">{}{}</span>').format(
        said.kind, " held" if hidden else "", name, link, words
    )


def _pieces(row: pd.Series, marks: Sequence[Mark], name: str) -> Markup:
    """A sentence cut wherever a mark begins or ends."""
    offset, whole = int(row.start), str(row.text)
    cuts = sorted(
        {0, len(whole), *(min(max(at - offset, 0), len(whole)) for mark in marks for at in (mark.start, mark.end))}
    )
    pieces = []
    for left, right in pairwise(cuts):
        own = [mark for mark in marks if mark.start - offset <= left and mark.end - offset >= right]
        words = Markup("{}").format(whole[left:right])
        pieces.append(_marked(words, own, name) if own else words)
    return Markup("").join(pieces)


def _marked(words: Markup, marks: Sequence[Mark], name: str) -> Markup:
    whys: dict[str, list[str]] = {}
    for mark in marks:
        whys.setdefault(mark.layer, []).append(mark.why)
    kinds = dict.fromkeys([*whys, *(mark.kind for mark in marks if mark.kind)])
    data = Markup("").join(
        Markup(' data-{}="{}"').format(key, "; ".join(dict.fromkeys(why))) for key, why in whys.items()
    )
    told = "; ".join(dict.fromkeys(mark.why for mark in marks))
    return Markup('<mark class="s {}"{}>{}<a class="b" href="#{}" aria-label="{}"></a></mark>').format(
        " ".join(kinds), data, words, name, told
    )


def _withheld(row: pd.Series, marks: Sequence[Mark], text: Text) -> Markup:
    """What stands for a sentence that is not quoted: its length, and how many marks of each layer it has."""
    words = count(len(str(row.text).split()), "word")
    counts = []
    for layer in text.layers:
        found = len({(mark.start, mark.end) for mark in marks if mark.layer == layer.key})
        if found:
            counts.append(
                Markup('<span class="{}"> · {}</span>').format(layer.key, count(found, layer.one, layer.many))
            )
    return Markup('<span class="gone">{}{}</span>').format(words, Markup("").join(counts))


def named(layers: Sequence[Layer]) -> str:
    """The layers in a series, for a sentence."""
    return series([layer.name for layer in layers])
