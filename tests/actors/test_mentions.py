"""Mentions and actors: what is found, and what it is resolved to."""

import importlib.util
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.actors.gazetteer import load
from presslens.actors.mentions import ACTOR_COLUMNS, MENTION_COLUMNS, actors, mentions
from presslens.errors import BadInput

_FOLDER = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("actors_texts", _FOLDER / "texts.py")
assert _SPEC is not None
assert _SPEC.loader is not None
texts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(texts)


def named(text: str, *, title: bool = False) -> list[tuple[str, str]]:
    """(form, actor) of every mention, a question mark after an ambiguous one."""
    found = mentions(*texts.tables_of(text, title=title))
    return [
        (form, actor + ("?" if doubt else ""))
        for form, actor, doubt in zip(found["text"], found["actor"], found["ambiguous"], strict=True)
    ]


def test_a_country_its_capital_its_people_and_its_government_are_one_actor() -> None:
    text = "North Korea said no. A North Korean envoy left Pyongyang. The White House and Washington shrugged."
    assert [actor for _, actor in named(text)] == ["North Korea"] * 3 + ["United States"] * 2


def test_the_north_is_a_country_only_where_north_korea_is_named() -> None:
    assert ("North", "North Korea") in named("North Korea fired. Missiles flew from the North.")
    assert named("Rain fell across the North and the South.") == []


def test_a_surname_stands_for_the_person_named_in_full() -> None:
    text = "President Moon Jae-in spoke. Later the Moon government agreed, and Moon smiled at the Moon above."
    assert named(text) == [("Moon Jae-in", "Moon Jae-in"), ("Moon", "Moon Jae-in"), ("Moon", "Moon Jae-in")]


def test_a_surname_that_two_people_share_is_ambiguous() -> None:
    found = mentions(*texts.tables_of("Kim Jong Un wrote. His sister, Kim Yo Jong, did not. It seems that Kim waits."))
    assert found["actor"].tolist() == ["Kim Jong Un", "Kim Yo Jong", "Kim"]
    assert found["ambiguous"].tolist() == [False, False, True]
    assert found["candidates"].iloc[-1] == "Kim Jong Un|Kim Yo Jong"


def test_a_surname_is_clear_as_long_as_only_one_of_its_bearers_was_named() -> None:
    found = mentions(
        *texts.tables_of("Ada Kessler won. Then Kessler left. Her rival Otto Kessler stayed. Now Kessler sleeps.")
    )
    assert found["actor"].tolist() == ["Ada Kessler", "Ada Kessler", "Otto Kessler", "Kessler"]


@pytest.mark.parametrize(
    "text",
    [
        "Functional cooperation ceased in January. COVID-19 spread on Jan. 22. Article 7 applies.",
        "Even so, many wait. Tragically, nothing came. May was mild. English is hard.",
        "The Vietnam War ended. The Paris Agreement holds.",
        "",
        "🙂🙂 \x00 12 % مرحبا",
    ],
)
def test_what_is_no_actor_is_left_alone(text: str) -> None:
    assert named(text) == []


def test_organisations_are_taken_whole() -> None:
    text = "The Supreme People’s Assembly met. The Ministry of Foreign Affairs wrote to Harlow University."
    assert [form for form, _ in named(text)] == [
        "Supreme People’s Assembly",
        "Ministry of Foreign Affairs",
        "Harlow University",
    ]


def test_people_of_a_place_that_open_a_sentence_are_no_organisation() -> None:
    text = "Doctors of Wuhan were warned. Citizens of Houston cheered. Friends of the Earth sued. The Bank of England rose."
    assert [form for form, _ in named(text)] == ["Wuhan", "Houston", "Friends of the Earth", "Bank of England"]


def test_an_acronym_in_brackets_stands_for_the_organisation_before_it() -> None:
    found = named("The Northern Grain Board (NGB) met in Oslo. The NGB will vote.")
    assert [actor for _, actor in found if actor != "Norway"] == ["Northern Grain Board"] * 3


def test_a_headline_in_title_case_names_only_who_is_known() -> None:
    text = "Moon Wins Big While Seoul Waits\nPresident Moon Jae-in won in South Korea."
    assert named(text, title=True)[:2] == [("Moon", "Moon Jae-in"), ("Seoul", "South Korea")]


def test_offsets_slice_to_the_text() -> None:
    text = "Sen. Mary O’Brien’s plan\nThe U.N. and Ms. O’Brien met Bashar al-Assad in Côte d’Ivoire."
    found = mentions(*texts.tables_of(text))
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == found["text"].tolist()
    assert "Mary O’Brien" in found["text"].tolist()


def test_actors_are_counted_with_their_forms() -> None:
    table = actors(
        mentions(*texts.tables_of("Russia spoke. Moscow and the Kremlin agreed. China did not. Russia left."))
    )
    assert table["actor"].tolist() == ["Russia", "China"]
    assert table["mentions"].tolist() == [4, 1]
    assert table["forms"].iloc[0] == "Russia|Moscow|Kremlin"


def test_articles_do_not_share_people() -> None:
    one, two = texts.tables_of("Ada Kessler won.", article="a"), texts.tables_of("We met Kessler.", article="b")
    found = mentions(pd.concat([one[0], two[0]]), pd.concat([one[1], two[1]]))
    assert found["article"].tolist() == ["a"]


def test_no_mentions_gives_typed_empty_tables() -> None:
    found = mentions(*texts.tables_of(""))
    assert list(found.columns) == list(MENTION_COLUMNS)
    assert list(actors(found).columns) == list(ACTOR_COLUMNS)
    assert found["start"].dtype == "int64"


def test_a_user_adds_actors_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("actors:\n  - {name: Drimble Works, kind: organisation, aliases: [Drimble]}\n", encoding="utf-8")
    found = mentions(*texts.tables_of("They sold Drimble."), actors=path)
    assert found["actor"].tolist() == ["Drimble Works"]


@pytest.mark.parametrize("content", ["actors: 3", "- a", "actors:\n  - {name: X, kind: planet}", "actors: [:", "a: {"])
def test_a_broken_actors_file_is_refused_in_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match="actor"):
        load(path)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{name: Xo, aliasses: [Ya]}", "unknown field 'aliasses'"),
        ("{name: Xo, aliases: Ya}", "no list of names"),
        ("{name: Xo, aliases: [ya]}", "must begin with one"),
        ("{kind: person}", "needs a name"),
    ],
)
def test_a_doubtful_entry_is_refused_and_named(tmp_path: Path, entry: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"actors:\n  - {{name: Zed, kind: person}}\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"^actor 2 of .*{says}[^\n]*$"):
        load(path)


def test_a_missing_actors_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"none\.yaml: there is no such file"):
        load(tmp_path / "none.yaml")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_ordered_mentions_that_slice_to_it(text: str) -> None:
    found = mentions(*texts.tables_of(text.replace("\r", " ")))
    text = text.replace("\r", " ")
    spans = list(zip(found["start"], found["end"], strict=True))
    assert [text[a:b] for a, b in spans] == found["text"].tolist()
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.fixture(scope="module")
def seed_actors() -> pd.DataFrame:
    reading = pytest.importorskip("presslens.article.reading")
    folder = Path(__file__).parents[2] / "seeds"
    article = reading.read(folder / "pyongyang-helping-hand.txt")
    return actors(mentions(article.sentences, article.tokens))


def test_the_seed_article_has_its_actors_and_nobody_else(seed_actors: pd.DataFrame) -> None:
    kinds = dict(zip(seed_actors["actor"], seed_actors["kind"], strict=True))
    assert kinds == {
        "North Korea": "country",
        "South Korea": "country",
        "United States": "country",
        "Moon Jae-in": "person",
        "United Nations": "body",
        "Donald Trump": "person",
        "Kim Jong Un": "person",
        "Kim Yo Jong": "person",
        "Kim": "person",
        "Democratic Party": "party",
        "China": "country",
        "Wuhan": "place",
        "World Health Organization": "body",
        "Europe": "place",
        "Supreme People's Assembly": "organisation",
        "United Nations Security Council": "body",
        "Kaesong": "place",
        "Panmunjom": "place",
        "Korea": "country",
        "Vietnam": "country",
    }
    forms = seed_actors.set_index("actor")["forms"]
    assert set(forms["North Korea"].split("|")) == {"North Korea", "Pyongyang", "North Korean", "North"}
    assert set(forms["Moon Jae-in"].split("|")) == {"Moon Jae-in", "Moon"}
    assert seed_actors.loc[seed_actors["ambiguous"], "actor"].tolist() == ["Korea", "Kim"]
