"""What `make lab` opens on, without a browser."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from presslens.reports import status
from presslens.widgets import welcome


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "outputs" / "fair").mkdir(parents=True)
    (tmp_path / "seeds" / "fair.txt").write_text(
        "The fair <b>opens</b>\n\nIt rained on Sunday, and nobody came to the fair.\n"
    )
    (tmp_path / "seeds" / "fair.yaml").write_text(
        "outlet: The Courier\ndate: 2024-05-01\ntitle: The fair <b>opens</b>\n"
    )
    (tmp_path / "seeds" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    (tmp_path / "outputs" / "fair" / "index.html").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(name: str, state: str, **values: Any) -> status.Status:
    return status.Status(
        name, name, "k", "", 7200, ["1_article"], state, values.get("would", []), values.get("reason", "")
    )


def test_documents_are_listed_with_what_is_known_and_their_reports(root: Path) -> None:
    table = welcome.documents(runs=[run("fair", "stale")], root=root)
    fair, picture = table.to_dict("records")
    assert fair == {"document": "fair.txt", "title": "The fair <b>opens</b>", "source": "The Courier, 1 May 2024"} | {
        "words": 15,
        "report": "stale",
    }
    assert "binary data" in picture["title"]
    assert picture["report"] == "none yet"


def test_runs_say_their_state_and_why_and_link_to_their_pages(root: Path) -> None:
    found = [run("fair", "fresh"), run("x", "stale", would=["1_article"], reason="parameter seed changed")]
    first, second = welcome.run_table(found, root=root).to_dict("records")
    assert first == {
        "run": '<a href="../outputs/fair/index.html">fair</a>',
        "age": "2 hours ago",
        "state": "up to date",
        "why": "",
    }
    assert second["run"] == "x"
    assert second["why"] == "1_article: parameter seed changed"


def test_the_page_escapes_what_documents_say_of_themselves(root: Path) -> None:
    page = welcome.html(root=root)
    assert "<b>" not in page
    assert "There is none yet" not in page.replace("there is none yet", "")
    assert "there is none yet" in page


def test_what_jupyterlab_keeps_for_itself_is_no_run(root: Path) -> None:
    lab = root / "outputs" / "lab"
    lab.mkdir()
    (lab / "run.json").write_text(json.dumps({}))
    assert welcome.runs(root=root) == []


def test_a_project_without_seeds_or_outputs_has_no_rows(tmp_path: Path) -> None:
    assert welcome.documents(root=tmp_path).empty
    assert welcome.runs(root=tmp_path) == []
    assert welcome.button(lambda: None, root=tmp_path).children[0].children[1].disabled


def test_a_report_that_does_not_work_says_why(root: Path) -> None:
    said: list[str] = []
    asyncio.run(welcome._report("picture.txt", said.append, root=root))
    assert said[-1].startswith("picture.txt: it did not work. ")
    assert "presslens" in said[-1] or "Give" in said[-1]
