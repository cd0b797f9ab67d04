"""Lexicons and tiers of one's own, from the command line and as parameters."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput
from presslens.reports.parameters import check
from presslens.sentiment import embedding, measure

RUNNER = CliRunner()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text("term,valence\nbudget,-3\nsenate vote,2\n")
    return path


def test_a_good_lexicon_has_no_problems(good: Path) -> None:
    found = RUNNER.invoke(app, ["lexicon", "check", str(good)])
    assert (found.exit_code, found.stdout) == (0, "no problems\n")


def test_a_warning_alone_is_no_failure_and_an_error_is(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("term,valence\nfine,1\nfine,1\n")
    found = RUNNER.invoke(app, ["lexicon", "check", str(path)])
    assert found.exit_code == 0
    assert "line 3 · fine · warning · already in line 2" in found.stdout
    path.write_text("term,valence\nfine,9\n")
    found = RUNNER.invoke(app, ["lexicon", "check", str(path)])
    assert found.exit_code == 1
    assert found.stdout.endswith("one error, no warnings\n")


def test_a_lexicon_of_ones_own_changes_the_tone(good: Path, tmp_path: Path) -> None:
    table, out = tmp_path / "texts.csv", tmp_path / "out.csv"
    table.write_text("id,text\na,They read the budget.\n")
    scores = []
    for options in ([], ["--lexicon", str(good)]):
        assert RUNNER.invoke(app, ["sentiment", str(table), "-o", str(out), *options]).exit_code == 0
        scores.append(pd.read_csv(out)["score"].iloc[0])
    assert scores[1] < scores[0] - 0.1


def test_an_unknown_or_missing_tier_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="no sentiment tier"):
        measure.named("best")
    with pytest.raises(BadInput, match="parameter tier"):
        check({"tier": "best"})
    monkeypatch.setattr(embedding, "available", lambda: False)
    measure.settings.cache_clear()
    with pytest.raises(BadInput, match=r"presslens\[neural\]"):
        check({"tier": "neural"})


def test_a_faulty_lexicon_is_refused_as_a_parameter(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("term,valence\nfine,9\n")
    with pytest.raises(BadInput, match="line 2"):
        check({"lexicon": str(path)})
