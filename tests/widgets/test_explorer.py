"""The explorer's choices and what follows from them, without a browser."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from presslens.errors import BadInput
from presslens.reports import workbench
from presslens.reports.parameters import Parameters, check, from_options
from presslens.widgets import controls, words
from presslens.widgets.explorer import Explorer, own_ids
from presslens.widgets.later import Later
from presslens.widgets.views import CHOICES, VIEWS

TEXT = """A Town and its River

The mayor of Millbrook praised the engineers. "They did brave work," Anna Reed said.

The flood was a disaster for the farmers <b>who</b> lost their crops, and the farmers sued the city.

The city should rebuild the levee, the engineers said. The farmers fear another terrible flood.
"""
BOOK = """name: water
frames:
  - {frame: Loss, indicators: [{term: lose, weight: 1}, {term: disaster, weight: 2}]}
  - {frame: Dispute, indicators: [{term: sue, weight: 2}]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "town.txt").write_text(TEXT)
    (tmp_path / "water.yaml").write_text(BOOK)
    (tmp_path / "mine.csv").write_text("term,valence\nlevee,4\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explorer(notebook: str, **values: Any) -> Explorer:
    given = {"document": "town.txt", "codebook": "water.yaml", "draws": 100, **values}
    return Explorer(notebook, Parameters(**given))


@pytest.mark.parametrize(("notebook", "view"), [(n, v.name) for n, views in VIEWS.items() for v in views])
def test_every_view_shows_the_article_and_escapes_it(notebook: str, view: str, folder: Path) -> None:
    one = explorer(notebook)
    one.chosen = next(v for v in one.views if v.name == view)
    shown = one.html()
    assert 'role="alert"' not in shown
    assert "<b>" not in shown
    assert re.search(r"<(figure|table|p|div)", shown)


def test_another_window_leaves_all_but_the_running_mean_as_it_is(folder: Path) -> None:
    one = explorer("2_sentiment")
    before = one.html()
    one.kept.made.clear()
    one.choose("window", 2)
    assert one.html() != before
    assert one.kept.made == ["arc"]


def test_a_lexicon_of_ones_own_moves_the_tone(folder: Path) -> None:
    one = explorer("2_sentiment")
    score = one.made.tone().set_index("sentence")["score"]
    one.choose("lexicon", "mine.csv")
    after = one.made.tone().set_index("sentence")["score"]
    assert after["p03s01"] > score["p03s01"]
    assert after["p02s01"] == score["p02s01"]


def test_a_higher_threshold_codes_fewer_sentences(folder: Path) -> None:
    one = explorer("4_framing")
    assert one.made.coded().codings.query("coded and frame == 'Dispute'")["sentence"].tolist() == ["p02s01"]
    one.choose("threshold", 2.5)
    assert one.made.coded().codings.query("coded and frame == 'Dispute'").empty


def test_an_edited_codebook_is_read_again(folder: Path) -> None:
    one = explorer("4_framing")
    assert "Dispute" in one.html()
    path = folder / "water.yaml"
    path.write_text(BOOK.replace("Dispute", "Quarrel"))
    os.utime(path, ns=(1, 1))
    assert "Quarrel" in one.html()


def test_what_is_kept_is_what_would_be_made_now(folder: Path) -> None:
    (folder / "other.txt").write_text(TEXT.replace("disaster", "triumph"))
    used = explorer("4_framing")
    steps = itertools.product(("town.txt", "other.txt"), (3, 5), ("water.yaml", "entman"), (0.0, 3.0))
    for document, window, codebook, threshold in [*[*steps][::-1], ("town.txt", 3, "water.yaml", 0.0)]:
        fresh = explorer("4_framing", document=document, window=window, codebook=codebook)
        fresh.threshold = used.threshold = threshold
        for name, value in (("document", document), ("window", window), ("codebook", codebook)):
            used.choose(name, value)
        assert used.made.frames().equals(fresh.made.frames())
        assert used.made.arc().equals(fresh.made.arc())


def test_a_choice_that_cannot_be_used_changes_nothing_and_says_why(folder: Path) -> None:
    one = explorer("4_framing")
    with pytest.raises(BadInput, match="no codebook 'nowhere'"):
        one.choose("codebook", "nowhere")
    assert one.parameters.codebook == "water.yaml"
    one.choose("document", "nowhere.txt")
    assert "nowhere.txt" in one.html()
    assert 'role="alert"' in one.html()
    assert one.offered() == []


def test_what_was_chosen_can_be_kept_as_a_cell_and_as_a_command(folder: Path) -> None:
    one = explorer("2_sentiment")
    assert one.cell() == ""
    one.choose("window", 9)
    one.choose("keep", ["duplicate", "near duplicate"])
    one.choose("lexicon", "mine.csv")
    kept: dict[str, Any] = {}
    exec(one.cell(), kept)  # noqa: S102 - what a user would paste
    assert {name: kept[name] for name in one.changed()} == one.changed()
    words_of = shlex.split(one.command())
    options = [words_of[i + 1] for i, word in enumerate(words_of) if word == "-p"]
    assert words_of[:5] == ["presslens", "report", "town.txt", "--only", "2"]
    assert check({**one.begun.model_dump(), **from_options(options)}) == one.parameters


def test_a_word_is_shown_with_its_scores_sentences_and_lines(folder: Path) -> None:
    shown = explorer("2_sentiment").word("farmers")
    facts = shown.striptags()
    assert "“farmers”: three places in two sentences" in facts
    assert "tone of its sentences" in facts
    assert shown.count("<blockquote") == 2
    assert shown.count('<td class="where">') == 3
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("disaster", "speaks for Loss"),
        ("disaster", "in the lexicon VADER"),
        ("flood", "beside general English"),
        ("zebra", "no place"),
        ("@Peru", "names no actor “peru”"),
        ("|", "the pattern is empty"),
    ],
)
def test_a_word_says_what_there_is_to_say(pattern: str, said: str, folder: Path) -> None:
    assert said in explorer("4_framing").word(pattern).striptags()


def test_no_word_is_no_panel(folder: Path) -> None:
    assert explorer("4_framing").word(" ") == ""


def test_words_worth_a_look_are_in_the_article(folder: Path) -> None:
    offered = explorer("3_keywords").offered()
    assert offered
    assert all(word.lstrip("@").lower() in TEXT.lower() for word in offered)
    assert len(offered) == len(set(offered))


def test_ids_of_the_explorer_are_its_own() -> None:
    html = Markup(
        '<style>.framed > #frame-1:checked ~ .f1 {}</style><input id="frame-1"><label for="frame-1">#frame-12</label>'
        '<use href="#frame-1"/><path clip-path="url(#frame-1)"/><a href="#else">x</a>'
    )
    expected = (
        '<style>.framed > #explore-frame-1:checked ~ .f1 {}</style><input id="explore-frame-1">'
        '<label for="explore-frame-1">#frame-12</label><use href="#explore-frame-1"/>'
        '<path clip-path="url(#explore-frame-1)"/><a href="#else">x</a>'
    )
    assert own_ids(html) == expected


@pytest.mark.parametrize("notebook", sorted(CHOICES))
def test_moving_a_control_changes_the_figure(notebook: str, folder: Path) -> None:
    one = explorer(notebook)
    shown = controls.view(one)
    row, looks, state, figure, kept, asked, word = shown.children
    before = figure.value
    looks.value = one.views[1].name
    assert figure.value != before
    looks.value = one.views[0].name
    assert figure.value == before
    asked.value = "flood"
    assert "Concordance of “flood”" in word.value
    for name, control in zip(one.choices, row.children, strict=True):
        if name in {"window", "top"}:
            control.value = 3
            assert f"{name}=3" in kept.value
    typed = next(c for n, c in zip(one.choices, row.children, strict=True) if n in {"actors", "codebook"})
    typed.value = "nowhere.yaml"
    assert "nowhere.yaml" in state.value
    assert 'role="alert"' in state.value


def test_where_there_is_no_kernel_the_first_view_stays(folder: Path) -> None:
    one = explorer("2_sentiment")
    assert controls.view(one)._repr_mimebundle_()["text/html"] == one.html()


def test_a_report_has_no_explorer(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setenv(workbench.FOLDER, str(folder))
    workbench.Run("2_sentiment", Parameters(document="town.txt"), folder).explore()
    assert capsys.readouterr().out == ""


def test_finished_pages_have_no_trace_of_it_and_notebooks_no_output(report: Path) -> None:
    pages = {path.name: path.read_text("utf-8") for path in report.glob("*.html")}
    assert len(pages) >= 6
    assert [name for name, text in pages.items() if "What if?" in text or "run.explore" in text] == []
    for path in report.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        shown = [cell.get("outputs", []) for cell in cells if "lab" in cell["metadata"].get("tags", [])]
        assert shown == [[], []]


def test_many_calls_in_a_moment_are_one() -> None:
    calls: list[int] = []

    async def several() -> None:
        act = Later(lambda: calls.append(len(calls)), wait=0.01)
        for _ in range(5):
            act()
        assert calls == []
        await asyncio.sleep(0.1)

    asyncio.run(several())
    assert calls == [0]
    Later(lambda: calls.append(9))()
    assert calls == [0, 9]


def test_the_words_of_a_lexicon_are_called_by_their_names() -> None:
    from presslens.sentiment import lexicons

    assert tuple(words.LEXICONS) == lexicons.NAMES
