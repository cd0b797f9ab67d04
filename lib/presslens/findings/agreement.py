"""What the tables of agreement say: people among themselves, the machine beside them, what to talk about."""

import math
from collections.abc import Sequence

import pandas as pd

from presslens.findings.framing import in_words
from presslens.findings.wording import capital, count, number, quoted, rows, series

ALL = "all frames"
OTHER = "Other"
WHY = "Krippendorff (2004) takes .667 as the least for tentative conclusions"
ALPHA_HEADERS = {
    "frame": "frame",
    "alpha": "alpha",
    "verdict": "reliable",
    "low": "low",
    "high": "high",
    "units": "units",
}
BESIDE_HEADERS = {
    "frame": "frame",
    "humans": "people",
    "machine": "machine and people",
    "machine_low": "low",
    "machine_high": "high",
    "f1": "F1",
}
CONFUSION_HEADERS = {"first": "one says", "second": "the other says", "count": "units", "who": "who"}
NONE = (
    "No coding sheets are named, so there is nothing to compare. Make one with presslens coding sheet, have two people "
    "code it, and name the files in the parameter sheets."
)


def overview(table: pd.DataFrame, codes: pd.DataFrame) -> str:
    """How far people agree on all frames, and on which they do not."""
    if codes.empty:
        return NONE
    whole = table[table["frame"] == ALL].iloc[0]
    if math.isnan(whole["alpha"]):
        return "One person has coded, or no unit is coded by two: agreement needs a second coder on the same units."
    frames = judged(table)
    good = [str(name) for name in frames.loc[frames["reliable"], "frame"]]
    bad = len(frames) - len(good)
    verdict = (
        "on every frame well enough to rely on"
        if not bad
        else f"well enough to rely on in {in_words(len(good))} of {count(len(frames), 'frame')}"
    )
    return (
        f"{capital(count(int(whole['coders']), 'person', 'people'))} agree at alpha {number(float(whole['alpha']))} over all "
        f"frames (95 % interval {number(float(whole['low']))} to {number(float(whole['high']))}, "
        f"{count(int(whole['units']), 'unit')}), {verdict}."
    )


def judged(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of frames on which there is an alpha, without all frames and the residual one."""
    return table[~table["frame"].isin((ALL, OTHER)) & table["alpha"].notna()]


def doubts(table: pd.DataFrame) -> str:
    """Which frames are not reliable, and which are only perhaps so."""
    frames = judged(table)
    bad = frames[~frames["reliable"]].sort_values("alpha", kind="stable")
    unsure = frames[frames["reliable"] & (frames["low"] < 0.667)]
    if frames.empty:
        return "No frame was coded by two people."
    parts = [f"{quoted(r.frame)} ({number(float(r.alpha))})" for r in rows(bad)]
    first = (
        f"Not to be relied on, at alpha under .667: {series(parts)}; {WHY}."
        if parts
        else f"No frame is under .667; {WHY}."
    )
    names = [quoted(r.frame) for r in rows(unsure)]
    return first + (f" The interval reaches below it for {series(names)}: code more units." if names else "")


def beside(table: pd.DataFrame) -> str:
    """The machine beside people."""
    whole = table[table["frame"] == ALL].iloc[0]
    if math.isnan(whole["machine"]):
        return "The words of the units are not known here, so that the machine could not code them."
    middle, low, high = (number(float(whole[name])) for name in ("machine", "machine_low", "machine_high"))
    machine = f"{middle} ({low} to {high})"
    if math.isnan(whole["humans"]):
        return (
            f"The machine agrees with the one person who coded at alpha {machine}; how far people agree is not known."
        )
    clear = whole["machine_high"] < whole["low"]
    verdict = "clearly less than" if clear else "about as much as"
    return (
        f"The machine agrees with people at alpha {machine}, {verdict} people do with each other "
        f"({number(float(whole['humans']))}), which is the most that can be asked of it."
    )


def people(codes: pd.DataFrame, machine: str) -> list[str]:
    """The people among the coders, by name."""
    return sorted(set(codes["coder"]) - {machine})


def confusions(table: pd.DataFrame) -> str:
    """The two frames that coders mix up most."""
    mixed = table[table["first"] != table["second"]]
    if mixed.empty:
        return "No two main frames were mixed up."
    pairs = pd.DataFrame(
        {
            "pair": [
                " and ".join(sorted((quoted(a), quoted(b))))
                for a, b in zip(mixed["first"], mixed["second"], strict=True)
            ],
            "count": mixed["count"].to_numpy(),
        }
    )
    most = pairs.groupby("pair")["count"].sum().sort_values(ascending=False, kind="stable")
    return f"Most often mixed up: {most.index[0]}, in {count(int(most.iloc[0]), 'unit')}."


def adjudication(table: pd.DataFrame, coded: int) -> str:
    """How many units there are to talk about."""
    if table.empty:
        return "No unit is coded differently."
    apart = int((table["distance"] >= 1).sum())
    none = f"; {in_words(apart)} of them share no frame at all" if apart else ""
    return (
        f"{capital(in_words(len(table)))} of {count(coded, 'unit')} are coded differently{none}. Settle them together, the "
        "farthest apart first, and write down why: that mends the codebook."
    )


def curve(table: pd.DataFrame, hoped: float, *, more: int = 100) -> str:
    """What more codes would bring."""
    if table.empty:
        return "There are too few codes to train a coder on: it needs two frames with five units each, better 100 units in all."
    last = table.iloc[-1]
    reached = number(float(last["macro_f1"]))
    now = f"A coder trained on {count(int(last['labels']), 'unit')} reaches macro-F1 {reached}, cross-validated."
    if math.isnan(hoped):
        return f"{now} There are too few codes to say what more would bring."
    gain = hoped - float(last["macro_f1"])
    if gain < 0.005:
        return f"{now} Another {more} codes would hardly bring more, were the curve to go on as it has."
    return f"{now} Another {more} codes would bring it to about {number(hoped)}, were the curve to go on as it has."


def upcoming(table: pd.DataFrame) -> str:
    """Whether there is anything to code next."""
    if table.empty:
        return "Every unit that is at hand is coded, or too little is coded to say which would teach most."
    return (
        f"{capital(count(len(table), 'unit'))} not yet coded would teach most: those that the coder is least sure of and that "
        "stand for many others."
    )


def verdicts(table: pd.DataFrame) -> pd.DataFrame:
    """The table of agreement with its verdict in words: `verdict` is `yes`, `no (under .667)` or empty."""
    words = ["" if math.isnan(r.alpha) else "yes" if r.reliable else "no, under .667" for r in rows(table)]
    return table.assign(verdict=words)


def with_scores(table: pd.DataFrame, scores: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The table of `comparing.beside` with the machine's mean F1 by people's codes (`f1`)."""
    if not scores:
        return table.assign(f1=float("nan"))
    mean = pd.concat(scores).groupby("frame")["f1"].mean()
    return table.assign(f1=table["frame"].map(mean).astype("float64"))


def method(book: object, notes: Sequence[str]) -> str:
    """How agreement was measured, and what the sheets make doubtful."""
    codebook = (
        f"{getattr(book, 'title', '')} (version {getattr(book, 'version', '')}, hash {getattr(book, 'hash', '')})"
    )
    return " ".join(
        [
            f"Codebook: {codebook}. Krippendorff's alpha (2011), nominal for each frame, with the MASI distance (Passonneau "
            "2006) for all; intervals by percentile bootstrap over units, seeded. The machine's alpha is the mean over people.",
            *notes,
        ]
    )


def disputed(table: pd.DataFrame) -> pd.DataFrame:
    """The table of `agreement.disagreements` for readers: main frames first, commas between them."""
    coders = [name for name in table.columns if name not in {"unit", "text", "distance"}]
    words = {name: table[name].fillna("").astype("str").str.replace("|", ", ", regex=False) for name in coders}
    return table.assign(**words)[["unit", "text", *coders]]
