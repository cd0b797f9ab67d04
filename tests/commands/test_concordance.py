"""`presslens concordance` on a document and on a table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput

RUNNER = CliRunner()
TEXTS = {
    "a": "Sanctions on North Korea stay. Pyongyang hates these cruel sanctions. The court upheld the law.",
    "b": "The sanction waiver is wonderful news.",
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "texts.csv"
    pd.DataFrame({"id": list(TEXTS), "text": list(TEXTS.values())}).to_csv(path, index=False)
    return path


def found(table: Path, *arguments: str) -> list[tuple[str, str]]:
    """Article and match of every line."""
    out = table.with_name("out.csv")
    done = RUNNER.invoke(app, ["concordance", str(table), *arguments, "-o", str(out)], catch_exceptions=False)
    assert done.exit_code == 0
    lines = pd.read_csv(out)
    assert list(lines.columns) == ["article", "sentence", "start", "end", "left", "match", "right"]
    assert all(TEXTS[row.article][row.start : row.end] == row.match for row in lines.itertuples())
    return list(zip(lines["article"], lines["match"], strict=True))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["sanction*"], [("a", "Sanctions"), ("a", "sanctions"), ("b", "sanction")]),
        (["sanctions", "--stems"], [("a", "Sanctions"), ("a", "sanctions"), ("b", "sanction")]),
        (["sanction waiver"], [("b", "sanction waiver")]),
        (["@North Korea"], [("a", "North Korea"), ("a", "Pyongyang")]),
        (["sanction*", "--tone", "positive"], [("b", "sanction")]),
        (["sanction*", "--tone", "negative", "--sort", "left"], [("a", "Sanctions"), ("a", "sanctions")]),
        (["law | sanctions", "--frame", "legality, constitutionality, jurisdiction"], [("a", "law")]),
        (["unicorn"], []),
    ],
)
def test_what_is_found(table: Path, arguments: list[str], expected: list[tuple[str, str]]) -> None:
    assert found(table, *arguments) == expected


def test_without_a_table_to_write_the_lines_are_aligned_on_the_match(table: Path) -> None:
    done = RUNNER.invoke(app, ["concordance", str(table), "sanction*", "--sort", "right", "--width", "20"])
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["a", "a", "b"]
    assert len({line.lower().index("sanction") for line in lines}) == 1
    assert "3 lines" in done.stderr


def test_a_document_is_cleaned_first(seed_path: Path) -> None:
    done = RUNNER.invoke(app, ["concordance", str(seed_path), "@Pyongyang | netflix", "--width", "10"])
    assert "Pyongyang" in done.stdout
    assert "North Korea" in done.stdout
    assert "Netflix" not in done.stdout


def test_an_actor_that_nobody_names_is_said(table: Path) -> None:
    done = RUNNER.invoke(app, ["concordance", str(table), "@France"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "names an actor 'france'" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["x", "--sort", "wrong"], ["x", "--tone", "sad"], ["x", "--frame", "Weather"], [" "], ["x", "--width", "-1"]],
)
def test_what_cannot_be_is_one_sentence(table: Path, arguments: list[str]) -> None:
    done = RUNNER.invoke(app, ["concordance", str(table), *arguments])
    assert isinstance(done.exception, BadInput)
    assert done.exception.exit_code == 2
    assert "\n" not in str(done.exception)
