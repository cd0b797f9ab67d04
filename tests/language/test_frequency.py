"""How common words are in general English."""

from __future__ import annotations

import pytest
from wordfreq import get_frequency_dict, zipf_frequency

from presslens.language import frequency
from presslens.language.frequency import rarest, share, zipf


def test_the_list_is_that_of_wordfreq() -> None:
    assert frequency._frequencies() == get_frequency_dict("en", wordlist="best")


@pytest.mark.parametrize("word", ["the", "korea", "covid", "covid-19", "1990s"])
def test_words_are_as_common_as_the_list_says(word: str) -> None:
    assert zipf(word) == pytest.approx(zipf_frequency(word, "en"), abs=0.02)


def test_a_word_that_is_not_listed_has_no_share_and_would_be_rarer_than_all_that_are() -> None:
    assert share("xqzzvf") == zipf("xqzzvf") == 0
    assert 0 < rarest() <= min(share(word) for word in ("respirators", "pyongyang", "kaesong"))


def test_a_compound_is_as_common_as_its_rarest_part() -> None:
    assert share("inter-korean") == min(share("inter"), share("korean"))
