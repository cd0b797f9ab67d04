"""What each run of a sweep found, and how far each finding depends on the choices."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.findings import framing, sentiment
from presslens.findings.wording import capital, count, number, percent, series, signed
from presslens.reports import rereading
from presslens.reports.grids import Point, shown

LABELS = {
    "tone_strength": "the tone in words",
    "tone_sign": "the sign of the tone",
    "frame": "the dominant frame",
    "second_frame": "the dominant frame of the second codebook",
    "keyphrase": "the first key phrase",
    "actor": "the actor named most",
}
NUMBERS = {
    "tone": "the tone of the article",
    "frame_share": "the share of the dominant frame",
    "overlap": "the share of key phrases that a run has in common with the first",
    "sentences": "the number of sentences",
}
READING = (
    "tone", "tone_low", "tone_high", "tone_strength", "tone_sign", "frame", "frame_share", "frame_low", "frame_high",
    "frame_tied", "second_frame", "keyphrase", "keyphrases", "actor", "sentences", "finding",
)  # fmt: skip
STABILITY = ("article", "finding", "kind", "most", "same_in", "of", "low", "high", "moved_by", "sentence")
UNSURE = "not certain"
ALIKE = 1e-12


def readings(article: str, points: Sequence[tuple[Point, Path]]) -> pd.DataFrame:
    """What each run of a sweep found.

    Args:
        article: its id.
        points: of the sweep, each with the folder of its report.

    Returns:
        A row a point: `article`, `point`, the varied parameters (as text), `tone` (-1..1) with `tone_low` and `tone_high`
        (95 %), `tone_strength` (in words), `tone_sign` ("positive", "negative", "not certain"), `frame`, `frame_share` (0..1)
        with its interval, `frame_tied` (whether its interval overlaps with the next one's), `second_frame`, `keyphrase`
        (the first), `keyphrases` (all, by " | "), `overlap` (0..1, Jaccard, with the first point's), `actor`, `sentences`,
        `finding`. What a run did not measure is absent.
    """
    rows = []
    for point, folder in points:
        chosen = {name: shown(value) for name, value in point.chosen.items()}
        rows.append({"article": article, "point": point.name, **chosen, **_reading(folder)})
    varied = list(points[0][0].chosen) if points else []
    table = pd.DataFrame(rows, columns=["article", "point", *varied, *READING])
    phrases = [{*str(text).split(" | ")} if isinstance(text, str) else None for text in table["keyphrases"]]
    overlap = [len(p & phrases[0]) / len(p | phrases[0]) if p and phrases[0] else float("nan") for p in phrases]
    table.insert(list(table.columns).index("keyphrases") + 1, "overlap", overlap)
    numeric = ["tone", "tone_low", "tone_high", "frame_share", "frame_low", "frame_high", "overlap", "sentences"]
    texts = [name for name in table.columns if name not in {*numeric, "frame_tied"}]
    return table.astype(dict.fromkeys(numeric, "float64") | dict.fromkeys(texts, "str") | {"frame_tied": "boolean"})


def _reading(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(READING)
    tone, frames, second = (_table(folder, name) for name in ("tone_article", "frames_article", "second_article"))
    phrases, actors, sentences = (_table(folder, name) for name in ("keyphrases", "actors", "sentences"))
    if tone is not None and len(tone):
        row = tone.iloc[0]
        found |= {"tone": row["score"], "tone_low": row["low"], "tone_high": row["high"]}
        found |= {"tone_strength": sentiment.strength(float(row["score"]))}
        found |= {"tone_sign": sentiment.side(row["low"], row["high"]) or UNSURE, "sentences": row["sentences"]}
    if frames is not None:
        leading = framing.coded(frames)
        found |= {"frame": "none", "frame_tied": framing.tied(frames)}
        if len(leading):
            row = leading.iloc[0]
            found |= {"frame": row["frame"], "frame_share": row["share"]}
            found |= {"frame_low": row["low"], "frame_high": row["high"]}
    if second is not None:
        leading = framing.coded(second)
        found |= {"second_frame": leading["frame"].iloc[0] if len(leading) else "none"}
    if phrases is not None:
        named = phrases.sort_values("rank", kind="stable")["phrase"].astype("str").tolist()
        found |= {"keyphrase": named[0] if named else "none", "keyphrases": " | ".join(named)}
    if actors is not None:
        found |= {"actor": str(actors["actor"].iloc[0]) if len(actors) else "none"}
    if sentences is not None:
        found |= {"sentences": len(sentences)}
    brief = folder / "findings" / "5_brief.json"
    if brief.is_file():
        found |= {"finding": rereading.findings(brief).get("finding")}
    return found


def _table(folder: Path, name: str) -> pd.DataFrame | None:
    path = folder / "tables" / f"{name}.parquet"
    return rereading.table(path) if path.is_file() else None


def stability(table: pd.DataFrame, varied: Sequence[str]) -> pd.DataFrame:
    """How far each finding is the same in every run.

    Args:
        table: as `readings` gives it.
        varied: the names of the varied parameters.

    Returns:
        A row a finding that was measured: `article`, `finding`, `kind` (label or number), `most` (the commonest label, or
        the first run's number), `same_in` and `of` (runs), `low` and `high` (the range of a number), `moved_by` (the
        parameters a change of which, and of nothing else, changes it; by spaces), `sentence`.
    """
    rows = []
    for column, words in (LABELS | NUMBERS).items():
        values = [None if pd.isna(v) else v for v in table[column]]
        if len(values) < 2 or all(value is None for value in values):
            continue
        moved = [name for name in varied if _moves(table, column, name, varied)]
        said = _label(words, values, moved) if column in LABELS else _number(column, words, values, moved)
        rows.append((table["article"].iloc[0], *said))
    found = pd.DataFrame(rows, columns=list(STABILITY))
    texts = ["article", "finding", "kind", "most", "moved_by", "sentence"]
    return found.astype(
        dict.fromkeys(texts, "str") | {"same_in": "int64", "of": "int64", "low": "float64", "high": "float64"}
    )


def _moves(table: pd.DataFrame, column: str, name: str, varied: Sequence[str]) -> bool:
    """Whether two runs that differ in one parameter only differ in what they found."""
    others = [other for other in varied if other != name]
    groups = [group for _, group in table.groupby(others, sort=False)] if others else [table]
    pairs = (pair for group in groups for pair in itertools.combinations(group[column].tolist(), 2))
    return any(not _alike(a, b) for a, b in pairs)


def _alike(a: Any, b: Any) -> bool:
    if pd.isna(a) or pd.isna(b):
        return bool(pd.isna(a) and pd.isna(b))
    return abs(a - b) <= ALIKE if isinstance(a, float) and isinstance(b, float) else bool(a == b)


def _label(words: str, values: Sequence[Any], moved: Sequence[str]) -> tuple[Any, ...]:
    counts = Counter(values)
    most = max(counts, key=lambda value: (counts[value], -values.index(value)))
    same, of = counts[most], len(values)
    what = f"{capital(words)} is the same in"
    if same == of:
        sentence = f"{what} all {count(of, 'run')}: {_quote(most)}."
    else:
        rest = [(value, n) for value, n in counts.most_common() if value != most]
        other = series(
            [f"{_quote(value)} in {count(n, 'run') if i == 0 else number(n)}" for i, (value, n) in enumerate(rest)]
        )
        sentence = f"{what} {number(same)} of {of} runs ({_quote(most)}); it is {other}.{_why(moved)}"
    return (words, "label", str(most), same, of, None, None, " ".join(moved), sentence)


def _number(column: str, words: str, values: Sequence[Any], moved: Sequence[str]) -> tuple[Any, ...]:
    known = [value for value in values if value is not None]
    low, high, first = min(known), max(known), values[0]
    same = sum(value is not None and first is not None and _alike(value, first) for value in values)
    if high - low <= ALIKE:
        sentence = f"{capital(words)} is {_said(column, low)} in every run."
    else:
        began = f" ({_said(column, first)} in the first)" if first is not None and column != "overlap" else ""
        sentence = f"{capital(words)} is between {_said(column, low)} and {_said(column, high)}{began}.{_why(moved)}"
    start = "" if first is None else _said(column, first)
    return (words, "number", start, same, len(values), low, high, " ".join(moved), sentence)


def _quote(value: Any) -> str:
    return "absent" if value is None else f"“{value}”"


def _said(column: str, value: float) -> str:
    if column == "tone":
        return signed(float(value), digits=3)
    return number(int(value)) if column == "sentences" else percent(float(value))


def _why(moved: Sequence[str]) -> str:
    return f" It changes with {series(list(moved))}." if moved else ""


def lead(found: pd.DataFrame, runs: int) -> str:
    """How robust the findings are, in a sentence or two."""
    labels = found[found["kind"] == "label"]
    if labels.empty:
        return f"{capital(count(runs, 'run'))}; no finding was measured in them."
    steady = labels[labels["same_in"] == labels["of"]]
    if len(steady) == len(labels):
        return f"All {count(len(labels), 'finding')} are the same in all {count(runs, 'run')}, whatever the choices."
    shaky = labels[labels["same_in"] < labels["of"]]
    told = series([f"{row.finding} in {row.same_in}" for row in shaky.itertuples()])
    be = "is" if len(steady) == 1 else "are"
    some = capital(count(len(steady), "", " ")).strip()
    kept = f"{some} of {count(len(labels), 'finding')} {be} the same in all {count(runs, 'run')}"
    return f"{kept}; {told} of {runs}."


def explained(table: Mapping[str, Sequence[Any]]) -> str:
    """What a sweep varied: "window (3, 5), keep (none, duplicate)"."""
    return ", ".join(f"{name} ({'; '.join(shown(v) for v in choices)})" for name, choices in table.items())
