from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pyarrow import parquet

from presslens.corpus import analysing, counting, demo
from presslens.corpus.analysing import Settings
from presslens.corpus.entries import Entry
from presslens.errors import BadInput


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    return list(demo.articles(300, seed=6))


def test_sums_do_not_depend_on_how_articles_are_parted(write: Any, articles: list[dict[str, Any]]) -> None:
    one, other = (
        counting.moments(counting.parts(write(articles, part=size)), actors=["Elena Markovic"]) for size in (300, 110)
    )
    pd.testing.assert_frame_equal(one, other)


def test_sums_are_those_counted_by_hand_without_copies(write: Any, articles: list[dict[str, Any]]) -> None:
    sums = counting.moments(counting.parts(write(articles)))
    own = [one for one in articles if not one["planted"]["copy_of"]]
    economic = sums[(sums["measure"] == "frame") & (sums["of"] == "Economic")]
    assert economic["x"].sum() == sum(one["planted"]["frames"]["Economic"] for one in own)
    assert economic["n"].sum() == len(own) < len(articles)
    tone = sums[sums["measure"] == "tone"]
    assert tone["x"].sum() == sum(one["planted"]["positive"] - one["planted"]["negative"] for one in own)
    assert tone["s"].sum() == sum(one["text"].count(".") for one in own)


def test_copies_count_where_they_are_asked_for(write: Any, articles: list[dict[str, Any]]) -> None:
    folder = write(articles)
    apart, together = (counting.volume(counting.parts(folder, copies=copies)) for copies in (False, True))
    assert apart["copies"].sum() == sum(bool(one["planted"]["copy_of"]) for one in articles) > 0
    assert together["copies"].sum() == 0
    assert apart["articles"].sum() + apart["copies"].sum() == together["articles"].sum() == len(articles)


def test_actors_are_ranked_by_the_articles_that_name_them(write: Any, articles: list[dict[str, Any]]) -> None:
    found = counting.leading_actors(counting.parts(write(articles), copies=True))
    counts = {name: sum(name in one["planted"]["actors"] for one in articles) for name in found["actor"]}
    assert found["articles"].tolist() == sorted(counts.values(), reverse=True)


def test_a_folder_without_a_whole_data_set_is_refused(
    tmp_path: Path, write: Any, articles: list[dict[str, Any]]
) -> None:
    with pytest.raises(BadInput, match="no analysed corpus"):
        counting.parts(tmp_path)
    with pytest.raises(BadInput, match="not finished"):
        counting.parts(write(articles[:2], whole=False))


def test_an_actor_is_of_the_kind_that_most_articles_take_it_for_and_places_and_rare_ones_are_left_out(
    tmp_path: Path,
) -> None:
    kinds = {
        "Ada Dell": ["person"] * 4 + ["organisation"],
        "Oxcombe": ["place"] * 4 + ["organisation"],
        "Bo Lee": ["person"],
    }
    for name in ("articles", "actors"):
        (tmp_path / name).mkdir()
    rows = [(f"a{n}", actor, kind, 2) for actor, named in kinds.items() for n, kind in enumerate(named)]
    pd.DataFrame(rows, columns=["article", "actor", "kind", "mentions"]).to_parquet(tmp_path / "actors" / "p.parquet")
    found = counting.leading_actors(counting.Parts(tmp_path, ("p.parquet",), frozenset()))
    assert found.to_dict("records") == [{"actor": "Ada Dell", "kind": "person", "articles": 5, "mentions": 10}]


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"counts": 5}', '{"counts": {"records": 1, "articles": "x", "errors": 0}}']
)
def test_a_manifest_that_does_not_say_how_many_articles_there_are_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BadInput, match=r"manifest\.json"):
        counting.manifest(tmp_path)


def test_what_was_guessed_in_reading_and_other_languages_are_counted(settings: Settings, tmp_path: Path) -> None:
    english = (
        "The council met on Tuesday and said that the harbour would be closed for the winter by the end of the year."
    )
    german = (
        "Der Rat traf sich am Dienstag und sagte, dass der Hafen bis zum Ende des Jahres im Winter geschlossen wird. "
        * 3
    )
    entries = [Entry("a", english), Entry("b", german), Entry("c", english, notes="The encoding was guessed: cp1252.")]
    table = analysing.analyse(entries, settings).tables["articles"]
    (tmp_path / "articles").mkdir()
    parquet.write_table(table, tmp_path / "articles" / "p.parquet")
    found = counting.reading(counting.Parts(tmp_path, ("p.parquet",), frozenset()))
    assert found == {"noted": 2, "guessed_encoding": 1, "cut": 0, "languages": {"de": 1}}
