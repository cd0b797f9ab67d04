"""How two runs differ: parameters, input, versions, findings, and every number that moved."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from presslens.findings.wording import capital, count, number, series
from presslens.reports import elements, records, sheets
from presslens.reports.matching import Alignment, Match, match
from presslens.reports.parameters import Parameters
from presslens.reports.restoring import Restored, withheld
from presslens.reports.withholding import GAP

Change = tuple[str, str, str]  # what, before, after
MOST = 8  # rows that the text names one by one


@dataclass(frozen=True)
class Differences:
    """What differs between two runs; each change is what it is, its value in A and its value in B."""

    a: str
    b: str
    keys: tuple[str, str]
    articles: tuple[str, str]
    parameters: list[Change]
    inputs: list[Change]
    versions: list[Change]
    commit: list[Change]
    findings: list[Change]
    tables: list[Match]
    only_a: list[str]
    only_b: list[str]
    compared: int
    withheld: list[str] = field(default_factory=list)

    @property
    def limit(self) -> str:
        """What could not be compared, because words are withheld that cannot be put back; empty where all could."""
        if not self.withheld:
            return ""
        shown = self.withheld[:MOST]
        rest = [count(len(self.withheld) - len(shown), "other")] if len(self.withheld) > len(shown) else []
        return (
            f"Not compared, because a run withholds words (quotation) and its document is not here as it was: "
            f"{series([*shown, *rest])}. Sentences are matched by their ids, not their words."
        )

    @property
    def results_differ(self) -> bool:
        """Whether a finding or a table differs."""
        return bool(self.findings or self.tables or self.only_a or self.only_b)

    @property
    def same(self) -> bool:
        """Whether the runs were of the same, and gave the same; versions and commits alone do not count."""
        return not (self.results_differ or self.parameters or self.inputs)

    def lead(self) -> str:
        """What differs, in one or two sentences."""
        names = [what for what, _, _ in self.parameters]
        asked = [f"the parameter{'s' if len(names) > 1 else ''} {series(names)}"] if names else []
        asked += ["the input"] if self.inputs else []
        setting = [words for words, found in (("versions", self.versions), ("the commit", self.commit)) if found]
        differ = "differs" if len([*asked, *setting]) == 1 and len(names) < 2 and not self.versions else "differ"
        if not self.results_differ:
            but = f", although {series([*asked, *setting])} {differ}" if asked or setting else ""
            return f"Every finding and all {count(self.compared, 'table')} are the same{but}."
        told = [
            "no finding changed" if not self.findings else f"{count(len(self.findings), 'finding')} changed",
            f"{len(self.tables) + len(self.only_a) + len(self.only_b)} of {self.compared} tables differ",
        ]
        why = f"{series([*asked, *setting])} {differ}" if asked or setting else "nothing recorded explains it"
        return f"{capital(series(told))}; {why}."


def compare(a: Path, b: Path) -> Differences:
    """Compare two finished runs.

    Tables are compared cell by cell, rows matched on what identifies them; where the texts differ, sentences are matched
    by their words, so that a sentence that stands elsewhere is still compared with itself.

    Args:
        a: the folder of the first run.
        b: the folder of the second run.

    Raises:
        BadInput: a record or a table cannot be read.
    """
    first, second = records.read(a), records.read(b)
    one, other = Restored(a, first), Restored(b, second)
    both = [name for name in one.tables if name in other.tables]
    loaded = {name: (one.table(name), other.table(name)) for name in both}
    held = {name: sorted({*withheld(left), *withheld(right)}) for name, (left, right) in loaded.items()}
    texts = loaded.get("sentences")
    aligned = Alignment(*texts) if texts and not held["sentences"] else None
    found = []
    for name, (left, right) in loaded.items():
        if aligned is not None and name != "sentences":
            left, right = aligned.settle(left, 0), aligned.settle(right, 1)
        if name == "sentences" and aligned is not None and aligned.moved:
            left, right = (t.drop(columns=["sentence", "section", "paragraph"]) for t in (left, right))
        left, right = (t.drop(columns=held[name], errors="ignore") for t in (left, right))
        found.append(match(name, left, right, moved=aligned is not None and aligned.moved))
    said = one.findings(), other.findings()
    gone = {name for findings in said for name, text in findings.items() if GAP.search(text)}
    kept = [{name: text for name, text in findings.items() if name not in gone} for findings in said]
    return Differences(
        a=str(a),
        b=str(b),
        keys=(first["run_key"], second["run_key"]),
        articles=(first["article"], second["article"]),
        parameters=_changes(first["parameters"], second["parameters"], default=Parameters().model_dump()),
        inputs=_changes(first["inputs"], second["inputs"]),
        versions=_changes(first["versions"], second["versions"]),
        commit=_changes({"commit": first.get("commit")}, {"commit": second.get("commit")}),
        findings=_changes(*kept),
        tables=[table for table in found if not table.same],
        only_a=[name for name in one.tables if name not in other.tables],
        only_b=[name for name in other.tables if name not in one.tables],
        compared=len({*one.tables, *other.tables}),
        withheld=[f"{name}.{column}" for name, columns in held.items() for column in columns] + sorted(gone),
    )


def _changes(a: Mapping[str, Any], b: Mapping[str, Any], *, default: Mapping[str, Any] | None = None) -> list[Change]:
    """What differs between two mappings; a name that is missing has its default."""
    known = default or {}
    names = [*a, *(name for name in b if name not in a)]
    pairs = [(name, _said(a.get(name, known.get(name))), _said(b.get(name, known.get(name)))) for name in names]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _said(value: Any) -> str:
    if value is None:
        return "–"
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def text(found: Differences) -> str:
    """The differences as plain text."""
    lines = [f"A  {found.a} (run key {found.keys[0]})", f"B  {found.b} (run key {found.keys[1]})", found.lead()]
    lines += [found.limit] if found.limit else []
    for heading, changes in _settings(found).items():
        lines += ["", heading, *(f"  {what}: {before} → {after}" for what, before, after in changes)]
    if found.findings:
        lines += ["", "Findings"]
        for what, before, after in found.findings:
            lines += [f"  {what}", f"    A: {before}", f"    B: {after}"]
    for table in found.tables:
        lines += [
            "",
            f"Table {table.name}: {count(table.rows, 'row')} in both",
            *(f"  {line}" for line in _told(table)),
        ]
    for side, names in (("A", found.only_a), ("B", found.only_b)):
        if names:
            lines += ["", f"Tables only in {side}: {', '.join(names)}"]
    return "\n".join(lines)


def _settings(found: Differences) -> dict[str, list[Change]]:
    named = {"Parameters": found.parameters, "Input": found.inputs, "Versions": found.versions, "Commit": found.commit}
    return {heading: changes for heading, changes in named.items() if changes}


def _told(table: Match) -> list[str]:
    lines = [f"{row['column']}: {_moved(row)}" for row in table.numbers.to_dict("records")]
    lines += [
        f"{row['column']}: {row['changed']} of {row['rows']} changed, first at {row['where']}: "
        f"{row['before'] or '–'} → {row['after'] or '–'}"
        for row in table.words.to_dict("records")
    ]
    lines += [f"only in {side}: {_listed(rows)}" for side, rows in (("A", table.only_a), ("B", table.only_b)) if rows]
    return lines + ([f"columns in one only: {', '.join(table.columns)}"] if table.columns else [])


def _moved(row: Mapping[Any, Any]) -> str:
    if row["rows"] == 1:
        return f"{size(row['before'])} → {size(row['after'])}"
    return (
        f"{row['changed']} of {row['rows']} changed, most by {size(row['greatest'])} at {row['where']} "
        f"({size(row['before'])} → {size(row['after'])}), median {size(row['median'])}"
    )


def _listed(rows: Sequence[str]) -> str:
    more = len(rows) - MOST
    return f"{len(rows)} ({'; '.join(rows[:MOST])}{f'; and {more} more' if more > 0 else ''})"


def size(value: float) -> str:
    """A number with as many places as it needs: 0.0312, 2.5, 140."""
    if math.isnan(value):
        return "–"
    if value == int(value) and abs(value) < 1e15:
        return number(int(value))
    shown = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return shown.replace("-", "\u2212")


def page(found: Differences) -> str:
    """The differences as one HTML page that makes no request; all text is escaped."""
    title = f"Two runs of {found.articles[0]}" if found.articles[0] == found.articles[1] else "Two runs"
    sections = [sheets.Section("What was run", _what_was_run(found))]
    if found.findings:
        told = Markup("").join(_finding(*change) for change in found.findings)
        sections.append(sheets.Section("Which findings changed?", told))
    if found.results_differ:
        sections.append(sheets.Section("Which numbers moved?", _numbers(found)))
    if found.tables:
        sections.append(sheets.Section("Table by table", Markup("").join(_table(table) for table in found.tables)))
    if found.limit:
        sections[0] = sheets.Section(sections[0].heading, sections[0].body + elements.note(found.limit))
    about = f"A: {found.a} (run key {found.keys[0]}) · B: {found.b} (run key {found.keys[1]})"
    return sheets.page(title=title, kicker="presslens diff", about=about, lead=found.lead(), sections=sections)


def _what_was_run(found: Differences) -> Markup:
    settings = _settings(found)
    if not settings:
        return elements.note("Parameters, input, versions and commit are the same.")
    rows = [(heading, *change) for heading, changes in settings.items() for change in changes]
    frame = pd.DataFrame(rows, columns=["kind", "what", "a", "b"])
    headers = {"what": "what", "kind": "kind", "a": "in A", "b": "in B"}
    return elements.table(frame, caption="What differs before anything is measured", headers=headers)


def _numbers(found: Differences) -> Markup:
    rows = [
        (
            f"{table.name}.{row['column']}",
            f"{row['changed']} of {row['rows']}",
            size(row["greatest"]),
            size(row["median"]),
        )
        for table in found.tables
        for row in table.numbers.to_dict("records")
    ]
    only = [(f"{t.name}", len(t.only_a), len(t.only_b)) for t in found.tables if t.only_a or t.only_b]
    shown = elements.table(
        pd.DataFrame(rows, columns=["number", "changed", "greatest", "median"]),
        caption="Numbers that moved, by how much at most and in the middle of those that did",
        headers={
            "number": "number",
            "changed": "rows changed",
            "greatest": "greatest change",
            "median": "median change",
        },
    )
    if only:
        shown += elements.table(
            pd.DataFrame(only, columns=["table", "a", "b"]),
            caption="Rows in one run only",
            headers={"table": "table", "a": "only in A", "b": "only in B"},
        )
    for side, names in (("A", found.only_a), ("B", found.only_b)):
        if names:
            shown += elements.note(f"Tables only in {side}: {', '.join(names)}.")
    return shown


def _finding(what: str, before: str, after: str) -> Markup:
    """A finding in both runs, the words that differ marked."""
    a, b = re.findall(r"\S+", before), re.findall(r"\S+", after)
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    said = [_marked(a, [(c[1], c[2]) for c in changes]), _marked(b, [(c[3], c[4]) for c in changes])]
    return Markup("<h3>{}</h3><dl><dt>A</dt><dd>{}</dd><dt>B</dt><dd>{}</dd></dl>").format(what, *said)


def _marked(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> Markup:
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(word) for word in words[at:start]]
        if end > start:
            parts.append(Markup("<mark>{}</mark>").format(" ".join(words[start:end])))
        at = end
    return Markup(" ").join([*parts, *(escape(word) for word in words[at:])])


def _table(table: Match) -> Markup:
    parts = [Markup("<h3>{}</h3>").format(table.name)]
    if len(table.numbers):
        rows = pd.DataFrame(
            [
                (
                    r["column"],
                    f"{r['changed']} of {r['rows']}",
                    r["where"],
                    size(r["before"]),
                    size(r["after"]),
                    _change(r),
                )
                for r in table.numbers.to_dict("records")
            ],
            columns=["column", "changed", "where", "a", "b", "by"],
        )
        headers = {
            "column": "number",
            "changed": "rows changed",
            "where": "most at",
            "a": "in A",
            "b": "in B",
            "by": "change",
        }
        parts.append(elements.table(rows, caption="Where each number moved most", headers=headers))
    if len(table.words):
        rows = table.words.assign(
            changed=[f"{n} of {of}" for n, of in zip(table.words["changed"], table.words["rows"], strict=True)]
        )
        headers = {
            "column": "column",
            "changed": "rows changed",
            "where": "first at",
            "before": "in A",
            "after": "in B",
        }
        parts.append(elements.table(rows, caption="Words and labels that changed", headers=headers))
    parts += [
        Markup("<p>Only in {}: {}.</p>").format(side, _listed(rows))
        for side, rows in (("A", table.only_a), ("B", table.only_b))
        if rows
    ]
    if table.columns:
        parts.append(Markup("<p>Columns in one run only: {}.</p>").format(", ".join(table.columns)))
    return Markup("").join(parts)


def _change(row: Mapping[Any, Any]) -> str:
    by = row["after"] - row["before"]
    return "–" if pd.isna(by) else ("+" if by > 0 else "") + size(by)
