"""Readability formulas and syllables."""

from __future__ import annotations

import pytest

from presslens.article.reading import from_text
from presslens.language.readability import readability, syllables

# syllables as Merriam-Webster divides the words
DIVIDED = (
    (
        "co-op-er-a-tion gov-ern-ment rev-e-nue lead-er out-break peo-ple ta-ble tried walked want-ed need-ed hous-es makes "
        "cre-at-ing re-al-i-ty sci-en-tist vi-rus pan-dem-ic e-co-nom-ic na-tion-al safe-ly state-ment use-ful use-less fly-ing "
        "pow-er week strength through i-de-a a-re-a me-di-um ra-di-o stu-di-o his-to-ry lit-tle trou-bled boxes hour ques-tion "
        "re-gion ge-nius cou-ra-geous tues-day lan-guage guard ac-tu-al crit-i-cis-m be-lieve friend-li-er"
    )
    .replace("boxes", "box-es")
    .split()
)


def test_syllables_of_common_words_are_right_but_for_a_few() -> None:
    wrong = [word for word in DIVIDED if syllables(word.replace("-", "")) != word.count("-") + 1]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize(
    ("word", "expected"), [("well-known", 2), ("NBC", 3), ("x", 1), ("", 1), ("BBC", 3), ("people’s", 2)]
)
def test_compounds_acronyms_and_possessives(word: str, expected: int) -> None:
    assert syllables(word) == expected


def test_formulas_on_a_text_counted_by_hand() -> None:
    # 2 sentences, 9 words, 13 syllables (gov-ern-ment 3, an-nounced 2, fam-i-ly 3, the, new, plan, a, big, won)
    found = readability(from_text("The government announced a plan. A big family won.", id="x").tokens).iloc[0]
    assert (found["sentences"], found["words"], found["syllables"], found["polysyllables"]) == (2, 9, 14, 2)
    assert found["flesch"] == pytest.approx(206.835 - 1.015 * 4.5 - 84.6 * 14 / 9)
    assert found["flesch_kincaid"] == pytest.approx(0.39 * 4.5 + 11.8 * 14 / 9 - 15.59)
    assert found["gunning_fog"] == pytest.approx(0.4 * (4.5 + 100 * 2 / 9))
    assert found["smog"] == pytest.approx(1.0430 * 30**0.5 + 3.1291)


def test_no_words_no_rows() -> None:
    assert readability(from_text("...", id="x").tokens).empty
    assert readability(from_text("", id="x").tokens).empty
