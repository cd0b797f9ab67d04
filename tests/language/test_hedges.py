"""Hedges and modality."""

from __future__ import annotations

import pandas as pd

from presslens.article.reading import from_table, from_text
from presslens.language.hedges import COLUMNS, KINDS, hedge_rates, hedges
from presslens.language.tokens import tokenize


def test_places_and_kinds() -> None:
    article = from_text("It will likely rain. He seems to be able to come, and must.", id="x")
    found = hedges(article.tokens)
    assert list(zip(found["match"], found["kind"], strict=True)) == [
        ("will", "prediction"),
        ("likely", "probability"),
        ("seems", "appearance"),
        ("must", "obligation"),
    ]
    assert [article.text[s:e] for s, e in zip(found["start"], found["end"], strict=True)] == found["match"].tolist()


def test_the_month_of_may_is_no_hedge() -> None:
    tokens = from_text("Schools open in May. May 4 is late. It may rain. May we come?", id="x").tokens
    assert hedges(tokens)["match"].tolist() == ["may", "May"]


def test_the_longest_term_wins() -> None:
    assert hedges(from_text("It is, in my view, wrong.", id="x").tokens)["term"].tolist() == ["in my view"]


def test_rates_have_a_row_for_every_kind() -> None:
    found = hedge_rates(from_text("It may rain. It is wet.", id="x").tokens).set_index("kind")
    assert list(found.index) == list(KINDS)
    assert found.loc["possibility", ["count", "per_1000", "sentences"]].tolist() == [1, 1000 / 6, 0.5]


def test_no_tokens_no_rows() -> None:
    tokens = tokenize(from_table(pd.DataFrame({"id": ["x"], "text": [""]})))
    assert {name: str(dtype) for name, dtype in hedges(tokens).dtypes.items()} == COLUMNS
    assert hedge_rates(tokens).empty
