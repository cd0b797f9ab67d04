from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from presslens.cli import app
from presslens.errors import BadInput
from presslens.reports import subjects
from presslens.reports.parameters import Parameters

ARTICLE = Path(__file__).parents[2] / "seeds" / "pyongyang-helping-hand.txt"


@pytest.mark.parametrize(
    ("command", "unused", "takes"),
    [
        (["report", str(ARTICLE)], "period=year", "window"),
        (["compare", str(ARTICLE), str(ARTICLE)], "window=3,5", "lexicon"),
        (["corpus-report", "nowhere"], "window=3", "period"),
    ],
)
def test_a_parameter_on_which_a_report_does_not_depend_is_refused(command: list[str], unused: str, takes: str) -> None:
    done = CliRunner().invoke(app, [*command, "-p", unused])
    said = str(done.exception)
    assert isinstance(done.exception, BadInput)
    assert said.startswith(f"parameter {unused.split('=')[0]}: this report does not depend on it. It takes ")
    assert takes in said.split("It takes")[1]


def test_the_command_that_makes_a_report_again_names_no_parameter_that_would_be_refused() -> None:
    chosen = Parameters(period="year", draws=200, quotation="none")  # as a file for several reports may say
    again = shlex.split(subjects.of(ARTICLE).command(chosen))
    assert again == ["presslens", "report", str(ARTICLE), "-p", "draws=200", "-p", "quotation=none"]
