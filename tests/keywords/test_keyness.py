"""Keyness and dispersion, against published worked examples."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from presslens.actors.mentions import mentions
from presslens.article.reading import from_table, from_text
from presslens.errors import BadInput
from presslens.keywords import keyness as k
from presslens.language.tokens import tokenize


def test_log_likelihood_equals_the_worked_example_of_lancaster() -> None:
    # CQPweb / UCREL teaching example: 52 in 50,000 words against 57 in 75,000 gives LL +2.65
    assert round(float(k.log_likelihood(np.array([52]), np.array([57]), 50_000, 75_000)[0]), 2) == 2.65


def test_log_likelihood_equals_what_its_author_worked_out() -> None:
    # Rayson on the Corpora list, 18 January 2002: the lemma keep and its forms among learners and native speakers, each
    # corpus taken as a million words; he prints no decimals
    learners, natives = np.array([392, 348, 15, 9, 21]), np.array([170, 99, 14, 32, 25])
    assert k.log_likelihood(learners, natives, 1e6, 1e6).round().tolist() == [90, 147, 0, 14, 0]


def test_dispersion_equals_the_worked_example_of_gries_2008() -> None:
    # Gries 2008, section 2: the word "a" occurs 1, 2, 3, 4, 5 times in parts of 9, 10, 10, 10, 11 words
    counts, sizes = np.array([1, 2, 3, 4, 5]), np.array([9, 10, 10, 10, 11])
    assert round(k.juilland_d(counts, sizes), 3) == 0.785
    assert round(k.gries_dp(counts, sizes), 2) == 0.18


def test_false_discovery_rate_equals_the_example_of_benjamini_and_hochberg_1995() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    q = k.benjamini_hochberg(np.array(p))
    assert (q <= 0.05).tolist() == [True] * 4 + [False] * 11  # four hypotheses are rejected, as they say
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_log_ratio_counts_doublings() -> None:
    # Hardie 2014: each point is a doubling of the relative frequency
    assert k.log_ratio(np.array([8]), np.array([1]), 100, 100)[0] == pytest.approx(3)
    assert k.log_ratio(np.array([1]), np.array([0]), 100, 100)[0] == pytest.approx(1)


def test_percent_difference_equals_the_example_of_its_authors() -> None:
    # Gabrielatos and Marchi 2011, slide 18: 206,523 in 959,641 against 178,174 in 1,562,358 gives %DIFF 88.7
    found = k.percent_difference(np.array([206_523]), np.array([178_174]), 959_641, 1_562_358)
    assert round(float(found[0]), 1) == 88.7


def test_percent_difference() -> None:
    assert k.percent_difference(np.array([3]), np.array([1]), 100, 100)[0] == pytest.approx(200)
    assert k.percent_difference(np.array([1]), np.array([2]), 100, 100)[0] == pytest.approx(-50)


def test_log_odds_equal_the_printed_example_of_another_implementation() -> None:
    # Hessel's FightingWords (MIT) prints these z-scores in its README for two texts of nine words, prior .05 for each of
    # eleven words; the paper itself prints no counts
    one = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "pig"]
    other = ["the", "lazy", "purple", "pig", "jumps", "over", "the", "lazier", "donkey"]
    words = sorted({*one, *other})
    a, b = (np.array([text.count(word) for word in words]) for text in (one, other))
    _, z = k.log_odds(a, b, np.full(11, 0.05), 9, 9)
    expected = {"donkey": -1, "lazier": -1, "purple": -1, "brown": 1, "fox": 1, "quick": 1}
    assert dict(zip(words, z, strict=True)) == pytest.approx(
        {w: expected.get(w, 0) * 0.6894227886807968 for w in words}
    )


def test_log_odds_with_an_informative_prior_by_hand() -> None:
    # y 3 of 10 and 1 of 10, prior 1 of 2: log(4/8) - log(2/10), variance 1/4 + 1/2 (Monroe et al. 2008, equations
    # 16 and 20)
    delta, z = k.log_odds(np.array([3, 7]), np.array([1, 9]), np.array([1.0, 1.0]), 10, 10)
    assert delta[0] == pytest.approx(np.log(4 / 8) - np.log(2 / 10))
    assert z[0] == pytest.approx(delta[0] / np.sqrt(0.75))
    assert delta[1] == pytest.approx(-delta[0])


def test_a_word_in_one_paragraph_only_is_as_uneven_as_that_paragraph_is_small() -> None:
    assert k.gries_dp(np.array([0, 1]), np.array([3, 1])) == pytest.approx(0.75)
    assert k.juilland_d(np.array([0, 2]), np.array([5, 5])) == pytest.approx(0)


def test_the_key_words_of_a_story_come_first_and_common_words_do_not() -> None:
    tokens = from_text("The eclipse came. The eclipse went.\n\nAn eclipse is rare, and the sun is not.", id="x").tokens
    found = k.keyness(tokens)
    assert found.loc[0, "term"] == "eclipse"
    assert found.loc[0, "reference"] == k.GENERAL
    assert found["q"].between(0, 1).all()
    assert (found["q"] >= found["p"] - 1e-12).all()
    assert "the" not in k.keyness(tokens, content_only=True)["term"].tolist()


def test_another_article_or_counts_as_reference() -> None:
    tokens = from_text("oil oil gas", id="x").tokens
    other = from_text("gas gas gas oil", id="y").tokens
    by_table = k.keyness(tokens, reference=other, least=1).set_index("term")
    by_counts = k.keyness(tokens, reference={"gas": 3, "oil": 1}, least=1).set_index("term")
    assert by_table["g2"].to_dict() == by_counts["g2"].to_dict()
    assert by_table.loc["oil", "log_ratio"] == pytest.approx(np.log2((2 / 3) / (1 / 4)))
    assert by_table.loc["gas", "log_ratio"] < 0


def test_stems_take_inflections_together() -> None:
    found = k.keyness(from_text("One eclipse. Two eclipses.", id="x").tokens, by="stem")
    assert found["term"].tolist()[0] == "eclips"
    assert found["count"].tolist()[0] == 2


def test_a_first_name_that_never_stands_alone_is_part_of_a_name() -> None:
    text = (
        "Angela Merkel met Kim Jong Un. Merkel smiled, and Kim Yo Jong did not. Mr. Kim said so. Angela Merkel and Kim Jong Un "
        "left. The port of Hull hailed Chloe; Chloe Hull had sung there."
    )
    read = from_text(text, id="x")
    found = k.keyness(read.tokens, least=1, mentions=mentions(read.sentences, read.tokens)).set_index("term")
    assert set(found.index[found["part_of_name"]]) == {"angela", "jong", "yo"}
    assert not k.keyness(read.tokens, least=1)["part_of_name"].any()


def test_no_words_give_an_empty_table_and_bad_options_are_refused() -> None:
    tokens = tokenize(from_table(pd.DataFrame({"id": ["x"], "text": ["... 12"]})))
    found = k.keyness(tokens)
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == k.COLUMNS
    assert k.dispersion(tokens).empty
    words = from_text("oil", id="x").tokens
    for options in ({"least": 0}, {"by": "lemma"}, {"reference": tokens}, {"reference": {}}):
        with pytest.raises(BadInput):
            k.keyness(words, **options)  # type: ignore[arg-type]
