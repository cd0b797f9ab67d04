"""Run a report for every combination of some parameters, and show what depends on them."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from presslens import saving
from presslens.errors import BadInput
from presslens.findings.wording import capital, count, percent, signed
from presslens.reports import elements, publishing, records, rereading, running, sheets, stability, swapping, tables
from presslens.reports.grids import Grid, Point
from presslens.reports.layout import NOTEBOOKS

OnPoint = Callable[[Point], running.OnCell]
WIDE, HIGH = 100.0, 12.0  # of the drawing of an interval


@dataclass(frozen=True)
class Sweep:
    """What a sweep left: its folder, and each point with its report, in order."""

    article: str
    folder: Path
    reports: list[tuple[Point, running.Report]]

    @property
    def ok(self) -> bool:
        """Whether every notebook of every point ran to its end."""
        return all(report.ok for _, report in self.reports)

    @property
    def unchanged(self) -> bool:
        """Whether nothing had to be done."""
        return all(report.unchanged for _, report in self.reports)

    @property
    def ran(self) -> int:
        """How many notebooks were run in all."""
        return sum(len(report.outcomes) for _, report in self.reports)


def folder_of(document: Path, out: Path) -> Path:
    """Where the sweep of a document goes."""
    return out / f"{document.stem}{records.SWEEP}"


def plans(
    document: Path, *, grid: Grid, out: Path, only: Sequence[str], with_code: bool
) -> dict[str, list[str] | None]:
    """What a sweep would run at each point, from the run keys; nothing is run or written.

    Returns:
        For each point the notebooks that would run, those that another point has left or will have left taken out;
        None where nothing has changed, so that the point would stay as it is.
    """
    final = folder_of(document, out)
    known = [running.last_record(folder).get("keys", {}) for folder in _sources(document, final)]
    found: dict[str, list[str] | None] = {}
    for point in grid.points:
        planned = _plan(document, point, final / point.name, only, with_code)
        to_run = [name for name in planned.to_run if not any(k.get(name) == planned.parts[name] for k in known)]
        known.append(planned.parts)
        found[point.name] = to_run if planned.to_run or planned.pages_changed else None
    return found


def _sources(document: Path, final: Path) -> list[Path]:
    """The reports of a document that may hold what a point needs: its own report and the points that there are."""
    return [final.parent / document.stem, *(path.parent for path in sorted(final.glob("*/run.json")))]


def _plan(document: Path, point: Point, folder: Path, only: Sequence[str], with_code: bool) -> running.Plan:
    record = running.last_record(folder)
    return records.plan(record, document=document, chosen=point.parameters, only=only, code=with_code)


def sweep(
    document: Path,
    *,
    grid: Grid,
    out: Path = Path("outputs"),
    only: Sequence[str] = (),
    force: Sequence[str] | None = None,
    with_code: bool = False,
    timeout: float | None = None,
    on_point: OnPoint = lambda _: lambda *_: None,
) -> Sweep:
    """Make `OUT/ARTICLE.sweep/`: a report for every point of the grid, and an overview (`index.html`, `points`, `stability`).

    A point that has not changed is left as it is, and a notebook whose run key some other report of the article has is
    taken from there. Points of earlier grids stay, but the overview does not show them. Where a notebook fails, the other
    points are still made, and the last overview stays.

    Args:
        document: what to read.
        grid: the points.
        out: where reports go.
        only: notebooks to run, by name or number.
        force: notebooks to run although nothing changed; an empty list for all.
        with_code: show code in the pages.
        timeout: seconds that a cell may take.
        on_point: called with each point that is made; what it returns is called for each cell, as in `running.report`.

    Raises:
        BadInput: the document cannot be read or the folder cannot be written.
    """
    final = folder_of(document, out)
    reports = []
    with swapping.sole(final):
        work = swapping.aside(final)
        try:
            final.mkdir(exist_ok=True)
            for point in grid.points:
                options = {"only": only, "force": force, "with_code": with_code, "timeout": timeout}
                reports.append((point, _make(document, point, final, work, on_point, options)))
        finally:
            shutil.rmtree(work, ignore_errors=True)
        done = Sweep(document.stem, final, reports)
        if done.ok:
            _overview(done, grid)
    publishing.index_all(out)
    return done


def _make(
    document: Path, point: Point, final: Path, work: Path, on_point: OnPoint, options: Mapping[str, Any]
) -> running.Report:
    """One point: build it in `work`, then put it in its place."""
    place = final / point.name
    swapping.recover(place)
    planned = _plan(document, point, place, options["only"], options["with_code"])
    if options["force"] is None and not planned.to_run and not planned.pages_changed:
        return running.Report(document.stem, place, unchanged=True)
    shutil.rmtree(work / document.stem, ignore_errors=True)
    _seed(work / document.stem, planned, [place, *_sources(document, final)])
    done = running.report(document, parameters=point.parameters, out=work, on_cell=on_point(point), **options)
    target = place if done.ok else place.with_name(f"{place.name}{records.FAILED}")
    if not done.unchanged:
        swapping.swap(done.folder, target)
    elif not place.exists():
        swapping.swap(work / document.stem, target)
    if done.ok:
        shutil.rmtree(place.with_name(f"{place.name}{records.FAILED}"), ignore_errors=True)
    return running.Report(document.stem, target, done.outcomes, unchanged=done.unchanged)


def _seed(folder: Path, planned: running.Plan, sources: Sequence[Path]) -> None:
    """Begin a report with what others have left for the same run keys, and a record that says so."""
    known = [(source, running.last_record(source)) for source in sources]
    record: dict[str, Any] = {"keys": {}, "notebooks": [], "page_key": {}}
    folder.mkdir(parents=True)
    for name in NOTEBOOKS:
        for source, had in known:
            if name not in planned.parts or had.get("keys", {}).get(name) != planned.parts[name]:
                continue
            if not _copy(name, source, folder):
                continue
            record["keys"][name] = planned.parts[name]
            record["notebooks"] += [entry for entry in had.get("notebooks", []) if entry["notebook"] == name]
            break
    (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _copy(name: str, source: Path, folder: Path) -> bool:
    """Copy what a notebook has left; False, and nothing, where some of it is missing."""
    try:
        own = rereading.findings(source / "findings" / f"{name}.json")
    except BadInput:
        return False
    files = [f"{name}.ipynb", f"findings/{name}.json", *rereading.made(own, source)]
    if not all((source / file).is_file() for file in files):
        return False
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / file, folder / file)
    return True


def _overview(done: Sweep, grid: Grid) -> None:
    """Write the tables, the record and the page of a finished sweep."""
    points = [(point, report.folder) for point, report in done.reports]
    found = stability.readings(done.article, points)
    steady = stability.stability(found, list(grid.varied))
    tables.save(found, done.folder, "points")
    tables.save(steady, done.folder, "stability")
    runs = [
        {"point": point.name, "chosen": point.chosen, "run_key": running.last_record(folder).get("run_key")}
        for point, folder in points
    ]
    record = {
        "article": done.article,
        "varied": grid.varied,
        "finding": stability.lead(steady, len(points)),
        "points": runs,
    }
    saving.save(done.folder / "sweep.json", json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    saving.save(done.folder / "index.html", page(done.article, grid, found, steady))


def page(article: str, grid: Grid, found: pd.DataFrame, steady: pd.DataFrame) -> str:
    """The overview of a sweep as one HTML page that makes no request; all text is escaped."""
    told = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in steady["sentence"])
    sections = [
        sheets.Section("How stable is each finding?", Markup('<ul class="findings">{}</ul>').format(told)),
        sheets.Section("What does each run say?", _points(grid, found)),
        sheets.Section("How to read this", elements.note(METHOD)),
    ]
    about = f"{capital(count(len(found), 'run'))} that vary {stability.explained(grid.varied)}"
    return sheets.page(
        title=f"What the choices change: {article}",
        kicker="presslens sweep",
        about=about,
        lead=stability.lead(steady, len(found)),
        sections=sections,
    )


METHOD = (
    "Each run is the whole report with other choices, and opens from the table; the first is what the others are compared "
    "with. A finding that changes with a parameter does so when that parameter alone changes. A line is a 95 % interval, "
    "the dot its value; in tone the thin upright line is zero. Key phrases in common: those of both runs, as a share of those "
    "of either (Jaccard). The tables are beside this page: points and stability, as CSV and Parquet."
)


def _points(grid: Grid, found: pd.DataFrame) -> Markup:
    rows = found.to_dict("records")
    tones = _scale([r["tone_low"] for r in rows], [r["tone_high"] for r in rows], zero=True)
    shares = _scale([r["frame_low"] for r in rows], [r["frame_high"] for r in rows], zero=False)
    shown = pd.DataFrame(
        {
            "run": [
                Markup('<a href="{}/index.html">Run {}</a><br><span class="choices">{}</span>').format(
                    quote(r["point"]), number, Markup("<br>").join(f"{name}: {r[name]}" for name in grid.varied)
                )
                for number, r in enumerate(rows, 1)
            ],
            "tone": [_measured(signed, r, "tone", "tone", tones, r["tone_strength"]) for r in rows],
            "frame": [_measured(percent, r, "frame_share", "frame", shares, r["frame"]) for r in rows],
            "phrase": [_absent(r["keyphrase"]) for r in rows],
            "overlap": ["–" if pd.isna(r["overlap"]) else percent(float(r["overlap"])) for r in rows],
        },
        dtype="object",  # a column of strings would lose what is markup
    )
    headers = {"run": "run and choices", "tone": "tone", "frame": "dominant frame", "phrase": "first key phrase"}
    headers |= {"overlap": "key phrases in common with run 1"}
    caption = "Every run, with its choices and what it found"
    return elements.table(shown, caption=caption, headers=headers)


def _absent(value: Any) -> str:
    return "–" if pd.isna(value) else str(value)


def _measured(
    say: Callable[[float], str],
    row: Mapping[Any, Any],
    value: str,
    interval: str,
    scale: tuple[float, float],
    words: Any,
) -> Markup:
    if pd.isna(row[value]):
        return Markup("{}").format(_absent(words))
    low, high = float(row[f"{interval}_low"]), float(row[f"{interval}_high"])
    drawn = _range(low, float(row[value]), high, scale)
    said = f"{say(float(row[value]))} ({say(low)} to {say(high)})"
    return Markup("{}<br>{}{}").format(_absent(words), said, drawn)


def _scale(lows: Sequence[float], highs: Sequence[float], *, zero: bool) -> tuple[float, float]:
    known = [float(v) for v in (*lows, *highs) if not pd.isna(v)] + ([0.0] if zero else [])
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _range(low: float, value: float, high: float, scale: tuple[float, float]) -> Markup:
    """An interval as a line with a dot, on a scale that all rows share; the numbers beside it say the same."""
    width = scale[1] - scale[0]
    x = [round(4 + (WIDE - 8) * (v - scale[0]) / width, 1) for v in (low, value, high, 0.0)]
    middle = HIGH / 2
    zero = Markup('<line x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(x[3], HIGH) if scale[0] <= 0 <= scale[1] else ""
    return Markup(
        '<svg class="range" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}'
        '<line class="interval" x1="{}" x2="{}" y1="{}" y2="{}"/><circle cx="{}" cy="{}" r="3"/></svg>'
    ).format(WIDE, HIGH, zero, x[0], x[2], middle, middle, x[1], middle)
