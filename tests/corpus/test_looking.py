from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from presslens.corpus import counting, looking
from presslens.errors import BadInput


def test_behind_a_point_stand_articles_of_that_outlet_and_period_with_evidence_in_their_own_words(
    evident: Path,
) -> None:
    found = looking.behind(
        counting.parts(evident), measure="frame", of="Economic", codebook="policy_frames", outlet="Harbour Post",
        period="2018", most=4,
    )  # fmt: skip
    assert found["article"].nunique() == 4
    assert set(found["outlet"]) == {"Harbour Post"}
    assert set(found["date"].str[:4]) == {"2018"}
    words = [row.text[row.mark_start - row.start : row.mark_end - row.start] for row in found.itertuples()]
    assert words == found["why"].tolist()


def test_behind_tone_stand_sentences_with_feeling_only_and_behind_an_actor_mentions_of_it(evident: Path) -> None:
    data = counting.parts(evident)
    assert (looking.behind(data, measure="tone", most=3)["score"].abs() >= counting.CLEAR).all()
    assert looking.behind(data, measure="actor", of="Elena Markovic", most=3)["article"].nunique() == 3
    assert looking.behind(data, measure="actor", of="Nobody").empty


def test_a_word_is_found_in_its_contexts_in_articles_of_that_outlet_and_period(evident: Path) -> None:
    data = counting.parts(evident)
    found = looking.concordance(data, pattern="pier*", outlet="Harbour Post", period="2018", most=20, width=20)
    assert len(found)
    assert set(found["outlet"]) == {"Harbour Post"}
    assert set(found["date"].str[:4]) == {"2018"}
    assert found["match"].str.lower().str.startswith("pier").all()
    with pytest.raises(BadInput, match="pattern is empty"):
        looking.concordance(data, pattern=" ")


def test_a_sample_takes_the_same_number_from_each_stratum_and_says_what_each_article_stands_for(evident: Path) -> None:
    data = counting.parts(evident)
    drawn = looking.sample(data, size=40, by=["outlet", "year"], seed=3)
    assert set(Counter(drawn["stratum"]).values()) == {2}
    assert drawn["weight"].sum() == pytest.approx(counting.volume(data)["articles"].sum())
    assert drawn["id"].is_unique
    assert drawn["text"].str.len().min() > 500
    assert not set(drawn["article"]) & data.copies


def test_a_sample_is_the_same_for_the_same_seed_and_grows_without_losing_anyone(evident: Path) -> None:
    data = counting.parts(evident)
    small, large = (set(looking.sample(data, size=size, by=["outlet"], seed=1)["id"]) for size in (8, 16))
    assert small < large
    assert set(looking.sample(data, size=8, by=["outlet"], seed=2)["id"]) != small


def test_what_cannot_be_drawn_is_refused(evident: Path) -> None:
    with pytest.raises(BadInput, match="no stratum 'colour'"):
        looking.sample(counting.parts(evident), size=5, by=["colour"])
    with pytest.raises(BadInput, match="cannot be drawn from 20 strata"):
        looking.sample(counting.parts(evident), size=5, by=["outlet", "year"])
