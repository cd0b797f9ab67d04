"""What `presslens diff` tells."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.reports import differences, sharing

pytestmark = pytest.mark.notebooks


@pytest.fixture
def other(report: Path, tmp_path: Path) -> Path:
    """A copy of the report to change."""
    return Path(shutil.copytree(report, tmp_path / "other"))


def amend(folder: Path, name: str, change: dict[str, object]) -> None:
    content = json.loads((folder / name).read_text("utf-8"))
    (folder / name).write_text(json.dumps(content | change))


def test_a_run_is_the_same_as_itself(report: Path, other: Path) -> None:
    found = differences.compare(report, other)
    assert found.same
    assert re.fullmatch(r"Every finding and all \d+ tables are the same\.", found.lead())


def test_versions_and_commits_alone_are_told_but_do_not_count(report: Path, other: Path) -> None:
    record = json.loads((other / "run.json").read_text("utf-8"))
    amend(other, "run.json", {"versions": record["versions"] | {"pandas": "9.9"}, "commit": None})
    found = differences.compare(report, other)
    assert found.same
    assert found.versions == [("pandas", record["versions"]["pandas"], "9.9")]
    assert found.commit[0][2] == "–"
    assert "although versions and the commit differ" in found.lead()


def test_what_changed_is_told_with_where_and_by_how_much(report: Path, other: Path) -> None:
    record = json.loads((other / "run.json").read_text("utf-8"))
    amend(other, "run.json", {"parameters": record["parameters"] | {"window": 7}})
    amend(other, "findings/2_sentiment.json", {"finding": "The article is <b>glad</b>."})
    path = other / "tables" / "tone_sentences.parquet"
    tone = pd.read_parquet(path)
    at = tone.index[tone["sentence"] == "p03s02"][0]
    before = float(tone.loc[at, "score"])
    tone.loc[at, "score"] = before + 0.5
    tone = tone[tone["sentence"] != "p05s01"]
    tone.to_parquet(path, index=False)
    (other / "tables" / "ledger.parquet").unlink()
    found = differences.compare(report, other)
    assert not found.same
    assert found.parameters == [("window", "5", "7")]
    assert [what for what, _, _ in found.findings] == ["2_sentiment"]
    (table,) = found.tables
    assert (table.name, table.only_a, table.only_b) == ("tone_sentences", ["p05s01"], [])
    (row,) = table.numbers.to_dict("records")
    assert (row["column"], row["changed"], row["where"]) == ("score", 1, "p03s02")
    assert row["greatest"] == pytest.approx(0.5)
    assert found.only_a == ["ledger"]
    said = differences.text(found)
    assert "window: 5 → 7" in said
    assert "score: 1 of 50 changed, most by 0.5 at p03s02" in said
    assert found.lead().endswith("; the parameter window differs.")


def test_the_page_escapes_marks_what_changed_and_makes_no_request(report: Path, other: Path) -> None:
    amend(other, "findings/2_sentiment.json", {"finding": "<script>alert(1)</script> in tone"})
    page = differences.page(differences.compare(report, other))
    assert page == differences.page(differences.compare(report, other))
    assert page.count("<script") == 1  # our own
    assert "&lt;script&gt;" in page
    assert "<mark>" in page
    assert "default-src 'none'" in unescape(page)
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_a_table_that_cannot_be_read_is_named(report: Path, other: Path) -> None:
    (other / "tables" / "ledger.parquet").write_bytes(b"nothing")
    with pytest.raises(BadInput, match=r"ledger\.parquet"):
        differences.compare(report, other)


@pytest.mark.parametrize(
    ("value", "words"), [(3.0, "3"), (-1234.0, "−1,234"), (0.01234, "0.0123"), (1234.5, "1,234"), (float("nan"), "–")]
)
def test_a_number_is_said_with_as_many_places_as_it_needs(value: float, words: str) -> None:
    assert differences.size(value) == words


def masked(folder: Path) -> None:
    """Withhold all that is quoted, as `quotation=none` does."""
    record = json.loads((folder / "run.json").read_text("utf-8"))
    sharing.share(folder, record["parameters"]["document"], record["parameters"] | {"quotation": "none"})
    amend(folder, "run.json", {"parameters": record["parameters"] | {"quotation": "none"}})


def test_runs_that_withhold_words_are_compared_whole_where_their_document_is_here(report: Path, other: Path) -> None:
    masked(other)
    found = differences.compare(report, other)
    assert not found.results_differ
    assert found.parameters == [("quotation", "excerpts", "none")]
    assert found.limit == ""


def test_where_it_is_not_here_what_cannot_be_compared_is_said_and_nothing_else_is_called_changed(
    report: Path, other: Path, tmp_path: Path
) -> None:
    masked(other)
    mine = Path(shutil.copytree(report, tmp_path / "mine"))
    for folder in (mine, other):
        amend(folder, "run.json", {"inputs": {"pyongyang-helping-hand.txt": "0" * 64}})
    found = differences.compare(mine, other)
    assert not found.results_differ
    assert "sentences.text" in found.withheld
    assert "Not compared, because a run withholds words" in differences.text(found)
    assert "sentences.text" in differences.page(found)
