from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from presslens.reports.elements import finding, note, table


def test_cells_are_escaped_and_numbers_are_for_people() -> None:
    html = table(pd.DataFrame({"text": ["<script>"], "n": [1234567], "score": [-0.004]}), caption="A & B")
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert ">1,234,567<" in html
    assert ">0.00<" in html
    assert "A &amp; B" in html


def test_a_table_has_headers_for_columns_and_rows() -> None:
    html = table(pd.DataFrame({"name": ["x"], "n": [1]}), caption="c", headers={"n": "how many", "name": "name"})
    assert '<th scope="col" class="number">how many</th>' in html
    assert '<th scope="row" class="number">1</th>' in html


def test_an_empty_table_says_none_and_a_long_one_how_many_more() -> None:
    assert ">none<" in table(pd.DataFrame({"a": []}), caption="c")
    assert "5 more rows" in table(pd.DataFrame({"a": range(15)}), caption="c", most=10)


def test_sentences_are_escaped_unless_prepared() -> None:
    assert finding("a < b") == Markup('<p class="finding">a &lt; b</p>')
    assert note(Markup("<b>x</b>")) == Markup('<p class="note"><b>x</b></p>')
