"""The tier with a spaCy model: absent it says so in one sentence; present it only helps where the rules cannot tell."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from presslens.actors import model
from presslens.actors.mentions import mentions
from presslens.actors.model import ENTITY_COLUMNS, entities
from presslens.errors import BadInput


def seen(*rows: tuple[str, int, int, str]) -> pd.DataFrame:
    table = [("a", *row) for row in rows]
    return pd.DataFrame(table, columns=list(ENTITY_COLUMNS)).astype(ENTITY_COLUMNS)


def test_a_missing_spacy_is_said_in_one_sentence(texts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "find_spec", lambda _: None)
    model._pipeline.cache_clear()
    with pytest.raises(BadInput, match=r"presslens\[ner\]"):
        entities(texts.sentences_of("Peru sat down."))


def test_a_missing_model_is_said_in_one_sentence(texts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "find_spec", lambda name: True if name == "spacy" else None)
    model._pipeline.cache_clear()
    with pytest.raises(BadInput, match="no spaCy model 'xx_none'"):
        entities(texts.sentences_of("Peru sat down."), model="xx_none")


def test_what_the_model_sees_is_placed_in_the_article(texts: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipeline:
        def pipe(self, lines: list[str], **_: Any) -> Any:
            for line in lines:
                at = line.find("Zed")
                found = [SimpleNamespace(start_char=at, end_char=at + 3, label_="PERSON")] if at >= 0 else []
                yield SimpleNamespace(ents=[*found, SimpleNamespace(start_char=0, end_char=1, label_="DATE")])

    monkeypatch.setattr(model, "check", lambda _: None)
    monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=lambda *_, **__: Pipeline()))
    model._pipeline.cache_clear()
    found = entities(texts.sentences_of("It rained. He met Zed."))
    model._pipeline.cache_clear()
    assert found.to_numpy().tolist() == [["a", "p01s02", 18, 21, "person"]]


def test_the_model_tells_what_the_rules_cannot_and_changes_nothing_else(texts: ModuleType) -> None:
    text = "Rain fell on Gold Ridge and on Peru."
    sentences, tokens = texts.tables_of(text)
    at = text.index("Gold Ridge")
    assert mentions(sentences, tokens)["actor"].tolist() == ["Peru"]
    hinted = mentions(
        sentences,
        tokens,
        entities=seen(
            ("p01s01", at, at + 10, "organisation"), ("p01s01", text.index("Peru"), len(text) - 1, "organisation")
        ),
    )
    assert dict(zip(hinted["actor"], hinted["kind"], strict=True)) == {"Gold Ridge": "organisation", "Peru": "country"}
