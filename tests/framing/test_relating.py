"""Frames beside actors, voices and a second codebook."""

import pandas as pd
import pytest

from presslens.framing.aggregating import chance
from presslens.framing.relating import by_actor, by_voice, crossed


def codings(*rows: str, frames: str = "ABO") -> pd.DataFrame:
    """A coding a sentence: the frames (letters) coded in it; `O` is the residual one."""
    names = {"O": "Other"}
    table = [("a", f"s{n}", names.get(f, f), f in row) for n, row in enumerate(rows) for f in frames]
    return pd.DataFrame(table, columns=["article", "sentence", "frame", "coded"])


def named(*places: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [("a", sentence, actor, "person") for sentence, actor in places],
        columns=["article", "sentence", "actor", "kind"],
    )


def test_an_actor_has_the_frames_of_the_sentences_that_name_it() -> None:
    table = by_actor(
        codings("A", "AB", "A", "O"),
        named(("s0", "Kim"), ("s1", "Kim"), ("s1", "Kim"), ("s3", "Kim"), ("s0", "Moon")),
        least=2,
    )
    assert table[["actor", "frame", "sentences", "of"]].to_numpy().tolist() == [["Kim", "A", 2, 3], ["Kim", "B", 1, 3]]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert table["overall"].tolist() == pytest.approx([3 / 4, 1 / 4])
    # Of the four ways to leave one sentence out, three leave out one of A's: then two of Kim's are A's; else three.
    assert table["chance"].tolist() == pytest.approx([1, 3 / 4])


def test_chance_is_that_of_drawing_without_replacement() -> None:
    assert chance(2, 2, 2, 4) == pytest.approx(1 / 6)  # one pair of six
    assert chance(0, 3, 2, 9) == 1


def test_words_of_evidence_are_the_authors_or_of_those_quoted() -> None:
    evidence = pd.DataFrame(
        [
            ("a", "s0", "A", 0, 4, 2.0),
            ("a", "s0", "A", 10, 14, 2.0),
            ("a", "s0", "B", 10, 14, 1.0),
            ("a", "s0", "A", 11, 30, 2.0),
        ],
        columns=["article", "sentence", "frame", "start", "end", "weight"],
    )
    spoken = pd.DataFrame({"article": ["a", "a"], "start": [8, 9], "end": [20, 12]})
    table = by_voice(codings("A"), evidence, spoken)
    assert table.to_numpy().tolist() == [["a", "A", 1, 2, pytest.approx(1 / 3)]]


def test_two_codebooks_are_set_side_by_side_sentence_by_sentence() -> None:
    table = crossed(codings("AB", "A", "O"), codings("X", "XY", "X", frames="XYO"))
    assert table.to_numpy().tolist() == [["A", "X", 2, 2, 1.0], ["A", "Y", 1, 2, 0.5], ["B", "X", 1, 1, 1.0]]


def test_nothing_gives_tables_with_their_columns() -> None:
    empty = codings().astype({"coded": "bool"})
    none = pd.DataFrame(columns=["article", "sentence", "frame", "start", "end", "weight"]).astype(
        {"weight": "float64"}
    )
    spoken = pd.DataFrame(columns=["article", "start", "end"])
    assert list(by_actor(empty, named()).columns)[:4] == ["article", "actor", "kind", "frame"]
    assert by_voice(empty, none, spoken).empty
    assert crossed(empty, empty).empty
