from __future__ import annotations

import pandas as pd

from presslens.findings import corpus as findings
from presslens.reports import quoting

ROWS = [
    ("a", 40, "p01s01", 0, "Nothing much happened.", 0.1),
    ("a", 40, "p02s01", 50, "The crowd booed her.", -0.6),
    ("b", 10, "p01s01", 0, "Half of it is this one sentence.", 0.9),
]


def behind(rows: list[tuple[str, int, str, int, str, float]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article", "words", "sentence", "start", "text", "score"])
    return table.assign(end=table["start"] + table["text"].str.len())


def test_of_an_article_the_most_telling_sentence_is_quoted_unless_it_is_more_than_a_quarter_of_it() -> None:
    (shown,) = quoting.shared([behind(ROWS)], quotation="excerpts")
    assert shown["text"].tolist() == ["⟦3 words: 0-22⟧", "The crowd booed her.", "⟦7 words: 0-32⟧"]


def test_an_article_behind_two_events_is_quoted_with_one_sentence_in_all() -> None:
    first, second = quoting.shared([behind(ROWS[1:2]), behind(ROWS[:1])], quotation="excerpts")
    assert first["text"].tolist() == ["The crowd booed her."]
    assert second["text"].tolist() == ["⟦3 words: 0-22⟧"]


def test_all_is_quoted_or_nothing_where_that_is_asked_for() -> None:
    table = behind(ROWS)
    assert quoting.shared([table], quotation="full")[0]["text"].tolist() == table["text"].tolist()
    assert quoting.shared([table], quotation="none")[0]["text"].str.fullmatch(r"⟦\d+ words: \d+-\d+⟧").all()


def test_a_table_without_rows_stays_one() -> None:
    assert quoting.shared([behind([])], quotation="excerpts")[0].empty


def test_sentences_that_may_be_quoted_are_shown_before_those_that_may_not() -> None:
    (shown,) = quoting.shared([behind(ROWS[2:] + ROWS[:2])], quotation="excerpts")
    told = findings.behind(shown.assign(outlet="", date="", title="", source="", mark_start=0, mark_end=3, why="x"))
    assert [one.text for one in told] == ["The crowd booed her.", "⟦7 words: 0-32⟧"]
    assert [len(one.marks) for one in told] == [1, 0]
