"""What `presslens status` tells."""

from __future__ import annotations

import json
from calendar import timegm
from pathlib import Path

import pytest

from presslens.errors import BadInput
from presslens.reports import layout, status

pytestmark = pytest.mark.notebooks


def copied(report: Path, out: Path, name: str, **changed: object) -> None:
    record = json.loads((report / "run.json").read_text("utf-8")) | changed
    (out / name).mkdir(parents=True)
    (out / name / "run.json").write_text(json.dumps(record))


def test_every_run_is_told_with_its_state(report: Path, tmp_path: Path) -> None:
    record = json.loads((report / "run.json").read_text("utf-8"))
    notebooks = [dict(entry) for entry in record["notebooks"]]
    notebooks[1]["error"] = "ZeroDivisionError: division\n  by zero"
    keys = {name: dict(parts) for name, parts in record["keys"].items()}
    keys["3_keywords"]["figures/keywords.py"] = "another"
    copied(report, tmp_path, "fresh", finished="2026-03-01T10:00:00Z")
    copied(report, tmp_path, "bad.failed", notebooks=notebooks)
    copied(report, tmp_path, "old", keys=keys)
    copied(report, tmp_path, "gone", parameters={**record["parameters"], "document": "seeds/gone.txt"})
    copied(report, tmp_path, "x.sweep/window=3")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "run.json").write_text("{")
    copied(report, tmp_path, ".hidden")
    found = {s.run: s for s in status.status(tmp_path, now=timegm((2026, 3, 1, 13, 0, 5)))}
    assert {name: s.state for name, s in found.items()} == {
        "bad.failed": "failed",
        "broken": "unknown",
        "fresh": "fresh",
        "gone": "unknown",
        "old": "stale",
        "x.sweep/window=3": "fresh",
    }
    assert found["old"].would_run == ["3_keywords"]
    assert found["old"].reason == "figures/keywords.py changed"
    assert found["bad.failed"].said == "failed: 2_sentiment: ZeroDivisionError: division by zero"
    assert "no such file" in found["gone"].reason
    assert found["fresh"].age_seconds == 3 * 3600 + 5
    assert found["fresh"].run_key == record["run_key"]
    assert found["fresh"].notebooks == list(layout.NOTEBOOKS)
    lines = status.text(list(found.values()), tmp_path).split("\n")
    assert "3 hours" in next(line for line in lines if line.startswith("fresh"))
    assert any("3_keywords would be made again: figures/keywords.py changed" in line for line in lines)
    assert len({line.index("5  ") for line in lines if "  5  " in line}) == 1


def test_no_run_and_no_folder_are_told(tmp_path: Path) -> None:
    assert status.status(tmp_path) == []
    assert "There is no run" in status.text([], tmp_path)
    with pytest.raises(BadInput, match="no folder"):
        status.status(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "now"), (1, "1 second"), (119, "1 minute"), (7200, "2 hours"), (86400 * 400, "1 year")]
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert status.age(seconds) == words
