"""The desk for coding by hand, without a browser."""

from pathlib import Path

import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.framing import coded, sheets
from presslens.framing.codebook import load
from presslens.widgets.coding import Desk, desk, view

BOOK = load("generic_frames")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    units = pd.DataFrame({"id": ["u1", "u2", "u3"], "text": ["=1", "<b>two</b>", "three"]})
    where = tmp_path / "ann.xlsx"
    sheets.write(sheets.blank(units, BOOK), where, BOOK)
    return where


def codes(path: Path) -> list[list[str]]:
    return coded.read([path], codebook=BOOK).codes[["unit", "labels"]].to_numpy().tolist()


def test_typed_numbers_are_saved_at_once_and_lead_on(path: Path) -> None:
    state = Desk(path, BOOK)
    assert state.type("2 1")
    assert codes(path) == [["u1", f"{BOOK.labels[1]}|{BOOK.labels[0]}"]]
    assert state.at == 1
    assert state.type("b")
    assert state.labels == [BOOK.labels[1], BOOK.labels[0]]
    assert state.type("x")
    assert codes(path) == []


def test_it_goes_on_where_one_stopped(path: Path) -> None:
    Desk(path, BOOK).type("1")
    again = Desk(path, BOOK)
    assert (again.at, again.done) == (1, 1)


@pytest.mark.parametrize("words", ["99", "0", "conflict", "1 2 3 4", ""])
def test_what_is_not_understood_changes_nothing_and_is_said(words: str, path: Path) -> None:
    before = path.read_bytes()
    state = Desk(path, BOOK)
    assert not state.type(words)
    assert state.message
    assert path.read_bytes() == before


def test_buttons_give_and_take_a_code_and_texts_are_escaped(path: Path) -> None:
    state = Desk(path, BOOK)
    for label in BOOK.labels[:4]:
        state.toggle(label)
    assert state.labels == list(BOOK.labels[:3])
    assert "at most" in state.message
    state.toggle(BOOK.labels[0])
    assert state.labels == list(BOOK.labels[1:3])
    state.go(1)
    assert "&lt;b&gt;two" in state.unit_html()
    assert "<b>two" not in state.unit_html()


def test_the_widget_has_a_plain_form_without_a_kernel(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = view(Desk(path, BOOK))
    assert shown._repr_mimebundle_()["text/html"].startswith("<p")
    typed = shown.children[1]
    typed.value = "1"
    assert codes(path) == [["u1", BOOK.labels[0]]]
    assert typed.value == ""
    shown.children[2].children[2].value = True
    assert codes(path)[1] == ["u2", BOOK.labels[2]]
    monkeypatch.setenv("PRESSLENS_RUN_FOLDER", str(path.parent))
    assert "2 of 3 units" in desk(path).data


def test_the_line_is_clear_before_the_next_unit_shows_so_that_a_quick_coder_loses_no_key(path: Path) -> None:
    unit, typed, *_ = view(Desk(path, BOOK)).children
    seen: list[str] = []
    unit.observe(lambda _: seen.append(typed.value), names="value")
    typed.value = "1"
    assert seen == [""]


def test_a_sheet_of_another_codebook_is_refused(path: Path, tmp_path: Path) -> None:
    Desk(path, BOOK).type("1")
    with pytest.raises(BadInput, match="no frame of policy_frames"):
        desk(path, codebook="policy_frames")
    other = tmp_path / "codes.csv"
    other.write_text("coder,unit,label\nA,1,x\n")
    with pytest.raises(BadInput, match="does not say by which codebook"):
        desk(other)
