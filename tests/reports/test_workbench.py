"""What a notebook shows and leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from markupsafe import Markup

from presslens.errors import BadInput
from presslens.figures.figure import Figure
from presslens.reports import workbench
from presslens.reports.parameters import Parameters


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Markup]:
    said: list[Markup] = []
    monkeypatch.setattr(workbench, "display", said.append)
    return said


def run(folder: Path, **values: Any) -> workbench.Run:
    return workbench.Run("1_article", Parameters(**values), folder)


def test_a_figure_of_nothing_is_its_title_in_words(tmp_path: Path, shown: list[Markup]) -> None:
    def never(narrow: bool) -> None:
        raise AssertionError("it is not drawn")

    nothing = Figure("who", "No actor is <named>", "c", "a", pd.DataFrame({"actor": []}), never)
    run(tmp_path).show(nothing)
    assert "No actor is &lt;named&gt;." in shown[0]
    assert not (tmp_path / "figures").exists()


def test_a_table_that_nobody_made_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no table tones"):
        run(tmp_path).load("tones")


def test_actors_of_ones_own_are_among_the_mentions(tmp_path: Path, shown: list[Markup]) -> None:
    own, article = tmp_path / "own.yaml", tmp_path / "a.txt"
    own.write_text("actors:\n  - {name: Zorble Corporation, kind: organisation, aliases: [Zorble]}\n")
    article.write_text("The talks began on Monday. Then Zorble left the room, and nobody knew why it had.\n")
    found = run(tmp_path, document=str(article), actors=str(own)).mentions
    assert "Zorble Corporation" in set(found["actor"])


def test_a_run_says_what_it_reads_and_what_is_not_as_usual(tmp_path: Path) -> None:
    said = repr(run(tmp_path, document="a.txt", window=7))
    assert said == f"Run('1_article', document='a.txt', window=7; tables and figures in {tmp_path})"
