"""What is found in sentences and texts, and how it is scored."""

import json
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from presslens.framing import codebook, coding
from presslens.framing.schema import Codebook

Tables = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
Book = Callable[[str], Codebook]
ONE = "  - {frame: F, indicators: [%s]}\n"


def terms(tables: Tables, book: Codebook, text: str) -> list[str]:
    return coding.evidence(*tables(text), book)["term"].tolist()


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("tax", "Taxes are taxing, the taxi is not.", ["Taxes", "taxing"]),
        ("rights", "the right rights", ["rights"]),
        ("immigra*", "Immigrants and immigration", ["Immigrants", "immigration"]),
        ("=US", "the US and us", ["US"]),
        ("=us", "the US and us", ["US", "us"]),
        ("health care", "health-care and health care, but health, care", ["health-care", "health care"]),
        ("labor union", "Labour unions struck.", ["Labour unions"]),
        ("cut/slash tax", "They slashed taxes and cut tax.", ["slashed taxes", "cut tax"]),
        ("$ <number>", "It cost $20,000.", ["$20,000"]),
        ("9/11", "Since 9/11 the 9 of 11 June", ["9/11"]),
        ("gun violence", "#EndGunViolence #gunviolence", ["GunViolence", "gunviolence"]),
        ("guns", "#guns", ["guns"]),
        ("stretched … thin", "stretched very thin", ["stretched very thin"]),
        ("stretched … thin", "stretched one two three four thin", []),
        ("stretched … thin", "stretched. Thin", []),
        ("states' rights", "the states’ rights", ["states’ rights"]),
    ],
)
def test_a_term_matches_as_documented(tables: Tables, book: Book, term: str, text: str, found: list[str]) -> None:
    assert terms(tables, book(ONE % json.dumps(term)), text) == found


def test_a_gap_may_be_wider(tables: Tables, book: Book) -> None:
    frames = book(ONE % "{term: stretched … thin, gap: 4}")
    assert terms(tables, frames, "stretched one two three four thin") == ["stretched one two three four thin"]


def test_unless_takes_the_words_away_from_its_frame_only(tables: Tables, book: Book) -> None:
    frames = book(
        "  - {frame: F, indicators: [resource], unless: [natural resources]}\n  - {frame: G, indicators: [resource]}\n"
    )
    assert coding.evidence(*tables("Natural resources."), frames)["frame"].tolist() == ["G"]


def test_a_negator_close_before_undoes_a_negatable_indicator(tables: Tables, book: Book) -> None:
    frames = book(ONE % "{term: shortage, negatable: true}").model_copy(update={"negators": ("no",)})
    assert terms(tables, frames, "There is no real shortage; of nurses there is a shortage.") == ["shortage"]


def test_a_longer_term_owns_its_words_across_frames(tables: Tables, book: Book) -> None:
    frames = book("  - {frame: F, indicators: [rights]}\n  - {frame: G, indicators: [gun rights]}\n")
    assert coding.evidence(*tables("Gun rights"), frames)["frame"].tolist() == ["G"]


def test_a_span_speaks_once_for_a_frame_by_its_heaviest_indicator(tables: Tables, book: Book) -> None:
    found = coding.evidence(*tables("Elections"), book(ONE % "election, {term: elections, weight: 2}, elect*"))
    assert found["weight"].tolist() == [2.0]


def test_scores_follow_the_formula_and_the_residual_takes_the_rest(tables: Tables, book: Book) -> None:
    frames = book("  - {frame: F, indicators: [tax, {term: job, weight: 2}, {term: fun, weight: -1}]}\n")
    codings = coding.code(*tables("Tax, tax.", "Tax and jobs.", "Fun tax.", "Nothing."), frames)
    scores = codings.pivot(index="paragraph", columns="frame", values="score")
    assert scores["F"].tolist() == pytest.approx([0.5, 1 - 2**-3, 0, 0])  # a repeated indicator counts once
    assert scores["Other"].tolist() == pytest.approx([0, 0, 1, 1])
    assert codings.loc[codings["coded"], "frame"].tolist() == ["F", "F", "Other", "Other"]


def test_a_higher_threshold_asks_for_more(tables: Tables, book: Book) -> None:
    codings = coding.code(*tables("Tax."), book(ONE % "tax"), threshold=2)
    assert codings["coded"].tolist() == [False, True]
    assert codings["score"].tolist() == pytest.approx([1 - 2**-0.5, 2**-0.5])


def test_several_codebooks_in_one_pass_code_as_each_alone(tables: Tables) -> None:
    one, other = codebook.load("policy_frames"), codebook.load("entman")
    given_tables = tables("The court struck down the tax.", "Because of the shortage, we should act.")
    both = coding.code(*given_tables, [one, other])
    alone = pd.concat([coding.code(*given_tables, one), coding.code(*given_tables, other)], ignore_index=True)
    pd.testing.assert_frame_equal(both, alone)


@given(st.lists(st.text(max_size=60), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_evidence_slices_to_its_term_in_any_text(tables: Tables, texts: list[str]) -> None:
    texts = [text + " the economy of gun-owners, #GunControl’s $5" for text in texts]
    found = coding.evidence(*tables(*texts), codebook.load("policy_frames"))
    whole = " ".join(texts)
    assert len(found) >= 4 * len(texts)
    assert all(whole[row.start : row.end] == row.term for row in found.itertuples())


WORDS = ["tax", "job", "cut", "the", "law"]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@given(st.lists(PHRASES, min_size=1, max_size=6, unique=True), st.lists(st.sampled_from([*WORDS, ","]), max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_matcher_finds_what_regular_expressions_find(tables: Tables, phrases: list[str], words: list[str]) -> None:
    frames = [{"frame": phrase, "indicators": [phrase]} for phrase in phrases]
    book = Codebook.model_validate({"name": "test", "frames": frames})
    text = " ".join(words)
    spans = {(m.start(1), m.end(1)) for p in phrases for m in re.finditer(rf"\b(?=({p})\b)", text)}
    expected = sorted(s for s in spans if not any(t != s and t[0] <= s[0] and s[1] <= t[1] for t in spans))
    found = coding.evidence(*tables(text), book)
    assert sorted(zip(found["start"], found["end"], strict=True)) == expected


def test_no_sentences_give_empty_tables_of_the_right_kind(tables: Tables) -> None:
    full, empty = (coding.analyse(*given, codebook.load("entman")) for given in (tables("A problem."), tables()))
    for with_rows, without in zip(full, empty, strict=True):
        assert list(without.columns) == list(with_rows.columns)
        assert without.empty
        assert without["score" if "score" in without else "weight"].dtype == np.float64


def test_texts_give_every_frame_in_order_with_evidence_that_slices() -> None:
    book = codebook.load("policy_frames")
    table = pd.DataFrame({"id": ["x", "x", "y"], "text": ["Taxes rose.\n\nPolice made arrests.", "", "\0 🙂 שלום"]})
    result = coding.texts(table, book)
    assert result.columns.tolist() == ["id", "frame", "score", "coded", "evidence"]
    assert result["frame"].tolist() == list(book.labels) * 3
    assert result.loc[result["coded"] & result["id"].eq("y"), "frame"].tolist() == ["Other"]
    spans = [span for spans in result["evidence"][:16].map(json.loads) for span in spans]
    assert spans
    assert all(table["text"][0][span["start"] : span["end"]] == span["term"] for span in spans)


def test_a_long_text_needs_more_evidence_than_a_short_one(book: Book) -> None:
    plain = "Nothing of the kind is said here. "
    texts = ["The tax rose in our town. " + plain * more for more in (0, 2, 11)]
    result = coding.texts(pd.DataFrame({"id": ["one", "three", "twelve"], "text": texts}), book(ONE % "tax"))
    assert result["score"].tolist() == pytest.approx([0.5, 0, 0.5, 0, 1 - 2**-0.5, 2**-0.5])


def test_no_texts_give_an_empty_table(book: Book) -> None:
    result = coding.texts(pd.DataFrame({"id": [], "text": []}), book(ONE % "tax"))
    assert result.columns.tolist() == ["id", "frame", "score", "coded", "evidence"]
    assert result.empty


def test_a_coding_says_how_many_sentences_have_each_frame() -> None:
    codings = pd.DataFrame({"frame": ["Money", "Other", "Money"], "coded": [True, True, False]})
    assert repr(coding.Coding(codings, codings)) == "Coding(sentences by frame: Money 1, Other 1; 3 words of evidence)"
