"""Concordances to choose from, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from presslens.actors.mentions import mentions
from presslens.article.reading import from_text
from presslens.reports import workbench
from presslens.widgets.concordance import Lookup, look_up, view

TEXT = "North Korea fired <i>it</i>. Pyongyang said so. Sanctions follow; a sanction is no help."


@pytest.fixture
def lookup() -> Lookup:
    article = from_text(TEXT, id="x")
    named = mentions(article.sentences, article.tokens)
    return Lookup(article.sentences, article.tokens, ["North Korea", "sanctions"], mentions=named)


def test_it_begins_with_the_first_phrase_an_actor_by_any_name(lookup: Lookup) -> None:
    assert lookup.found()["match"].tolist() == ["North Korea", "Pyongyang"]
    assert "North Korea (any name): two lines." in lookup.html()
    assert "<i>" not in lookup.html()


def test_another_phrase_brings_its_lines(lookup: Lookup) -> None:
    lookup.choose("sanctions")
    assert lookup.found()["match"].tolist() == ["Sanctions", "sanction"]


@pytest.mark.parametrize(
    ("pattern", "said"), [("", "the pattern is empty"), ("@France", "no actor “france”"), ("x", "no lines")]
)
def test_what_finds_nothing_is_said(lookup: Lookup, pattern: str, said: str) -> None:
    lookup.pattern = pattern
    assert said in lookup.html()


def test_the_controls_lead_to_each_other(lookup: Lookup) -> None:
    shown = view(lookup)
    phrase, typed, order, stems = shown.children[0].children
    lines: Any = shown.children[2]
    phrase.value = "sanctions"
    assert typed.value == "sanctions"
    assert "Sanctions" in lines.value
    assert "two lines" in lines.value
    stems.value = False
    assert "one line" in lines.value
    typed.value = "s*"
    order.value = "right"
    assert lookup.found()["match"].tolist()[0] == "Sanctions"


def test_a_page_without_a_kernel_shows_the_first_phrases(lookup: Lookup, monkeypatch: pytest.MonkeyPatch) -> None:
    page = view(lookup)._repr_mimebundle_()["text/html"]
    assert "Concordance of North Korea (any name) and “sanctions”" in page
    assert page.count("<tr>") == 5
    assert len(lookup.first()) == 4
    shown: list[object] = []
    monkeypatch.setattr(workbench, "display", shown.append)
    monkeypatch.setenv(workbench.FOLDER, "anywhere")
    look_up(lookup)
    assert shown == [page]


def test_without_a_key_phrase_there_is_nothing_to_look_up_at_first(lookup: Lookup) -> None:
    nothing = Lookup(lookup.sentences, lookup.tokens)
    assert nothing.first().empty
    assert "no key phrase" in nothing.static()
    assert "the pattern is empty" in nothing.html()
