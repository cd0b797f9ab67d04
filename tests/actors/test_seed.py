"""What must hold of the seed: who is in it, in whose voice, and nobody who is not part of the article."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from presslens.actors.mentions import actors, mentions
from presslens.actors.quotations import quotations
from presslens.actors.voices import voices
from presslens.article.reading import Article, from_text, read
from presslens.findings.actors import toward
from presslens.sentiment import targets
from presslens.sentiment.targets_actors import actor_tones

SEED = Path(__file__).parents[2] / "seeds" / "pyongyang-helping-hand.txt"


@cache
def seed() -> Article:
    return read(SEED)


@cache
def named() -> pd.DataFrame:
    return mentions(seed().sentences, seed().tokens)


@cache
def toned() -> pd.DataFrame:
    said = quotations(seed().sentences, seed().tokens, named())
    return targets.tone(seed().sentences, seed().tokens, voices(named(), said))


def test_pyongyang_the_north_and_north_korea_are_one_actor() -> None:
    forms = named().groupby("actor")["text"].unique()
    assert {"Pyongyang", "North", "North Korea", "North Korean"} == set(forms["North Korea"])
    assert {"Seoul", "South Korea", "South Korean"} == set(forms["South Korea"])
    assert {"Washington", "United States", "U.S."} == set(forms["United States"])


def test_moon_the_man_and_the_moon_are_apart() -> None:
    assert set(named().loc[named()["text"] == "Moon", "actor"]) == {"Moon Jae-in"}
    more = from_text(f"{seed().text}\n\nThe moon rose over Seoul. A rocket to the Moon failed.", id="x")
    found = mentions(more.sentences, more.tokens)
    assert int(found["actor"].eq("Moon Jae-in").sum()) == int(named()["actor"].eq("Moon Jae-in").sum())


def test_kim_yo_jong_is_apart_from_kim_jong_un_and_kim_alone_is_neither() -> None:
    kims = named()[named()["text"].str.startswith("Kim")]
    assert kims["actor"].tolist() == ["Kim Jong Un", "Kim Jong Un", "Kim Yo Jong", "Kim"]
    assert kims["ambiguous"].tolist() == [False, False, False, True]
    assert kims["candidates"].iloc[-1] == "Kim Jong Un|Kim Yo Jong"


def test_senseless_is_its_speaker_s_and_not_the_author_s() -> None:
    said = quotations(seed().sentences, seed().tokens, named()).set_index("text")
    assert said.loc["senseless", "speaker"] == "Kim Yo Jong"
    lent = toned()[toned()["voice"] == "attributed"]
    assert lent[["text", "actor", "speaker", "label"]].to_numpy().tolist() == [
        ["Seoul", "South Korea", "Kim Yo Jong", "negative"]
    ]
    own = toned()[(toned()["actor"] == "South Korea") & (toned()["voice"] == "author")]
    assert len(own) == 8
    assert "negative" not in set(own["label"])


def test_the_finding_gives_the_harsh_word_to_its_speaker() -> None:
    said = quotations(seed().sentences, seed().tokens, named())
    finding = toward(actor_tones(toned(), seed=2020), toned(), said)
    assert "Its one harsh word about South Korea is a quotation: Kim Yo Jong says “senseless”." in finding
    assert "clearly warm or wary" in finding  # and not more than the intervals allow


def test_claims_of_pyongyang_are_reported_and_not_asserted() -> None:
    said = quotations(seed().sentences, seed().tokens, named()).set_index("text")
    assert said.loc["have zero cases", ["kind", "speaker"]].tolist() == ["indirect", "North Korea"]


def test_teasers_and_the_author_s_note_contribute_nobody() -> None:
    outside = {
        "Andray Abrahamian",
        "Stanford University",
        "APARC",
        "Koret",
        "Keri Russell",
        "Netflix",
        "Emmanuel Macron",
    }
    outside |= {
        "France",
        "Russia",
        "European Union",
        "Barack Obama",
        "George W. Bush",
        "Soviet Union",
        "Foreign Policy",
    }
    everything = read(SEED, keep=["all"])
    noisy = mentions(everything.sentences, everything.tokens)
    assert len(outside & set(noisy["actor"])) >= 5  # they are there to be found, before cleaning
    assert not outside & set(actors(named())["actor"])
    assert named()["end"].max() <= len(seed().text)
