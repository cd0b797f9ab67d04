"""Words that carry feeling, and where lexicons and the measure part over them."""

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.sentiment import feeling, lexicons, scoring

TEXT = (
    "A wonderful success\n\n"
    "It was a great joy for Kim at the United Nations. The wonderful rescue made the town happy in 2019. Everyone "
    "was glad and thankful.\n\n"
    "The horrible massacre killed many in Washington. A terrible disease and cruel war ruined it. Like other towns, "
    "it was a disaster."
)


@pytest.fixture(scope="module")
def words() -> pd.DataFrame:
    return scoring.words(from_text(TEXT, id="x").sentences)


def test_only_words_that_lexicons_back_carry_feeling(words: pd.DataFrame) -> None:
    found = set(feeling.carriers(words)["word"])
    assert {"wonderful", "joy", "horrible", "massacre", "disaster"} <= found
    assert not found & {"it", "at", "was", "kim", "washington", "united", "like", "the", "and"}


def test_carriers_come_largest_first_and_are_on_the_side_of_their_lexicons(words: pd.DataFrame) -> None:
    found = feeling.carriers(words)
    assert found["contribution"].abs().is_monotonic_decreasing
    vader = found["vader"].dropna()
    assert (vader * found.loc[vader.index, "contribution"] >= 0).mean() > 0.9


def test_a_capital_inside_a_sentence_is_a_name_and_one_at_its_start_is_not(words: pd.DataFrame) -> None:
    named = words.set_index("word")["name"]
    assert named["United"]
    assert not named["Like"]
    assert not named["wonderful"].any()


def test_a_name_that_a_lexicon_counts_is_discounted(words: pd.DataFrame) -> None:
    found = feeling.discounted(words, most=20).set_index("word")
    assert found.loc["united", "by"] == "vader"
    assert found.loc["united", "claim"] == pytest.approx(0.45)
    assert "massacre" not in found.index


def test_the_words_of_a_fall_are_bad_ones_after_it_and_good_ones_before(words: pd.DataFrame) -> None:
    sentences = from_text(TEXT, id="x").sentences
    arc = scoring.arc(scoring.score(sentences), window=3, turns=1)
    found = feeling.at_turns(arc, words, window=3)
    assert set(found["turn"]) == {1}
    assert (found.loc[found["after"], "contribution"] < 0).all()
    assert (found.loc[~found["after"], "contribution"] > 0).all()
    assert found["after"].any()


def test_no_words_give_empty_tables_of_the_same_kinds(words: pd.DataFrame) -> None:
    none = words.iloc[:0]
    for make in (feeling.compared, feeling.carriers, feeling.discounted):
        assert make(none).dtypes.to_dict() == make(words).dtypes.to_dict()
        assert make(none).empty


def test_no_lexicon_of_the_user_is_no_overlay() -> None:
    assert lexicons.of_user("") == {}
