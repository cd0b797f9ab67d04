"""Topics, networks and places of phrases."""

from __future__ import annotations

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.errors import BadInput
from presslens.keywords.structure import EDGE_COLUMNS, NODE_COLUMNS, SEGMENT_COLUMNS, by_paragraph, network, segments

OIL = "The tanker spilled oil. Oil reached the coast. Crews cleaned oil from birds. The tanker crew left."
TENNIS = "The tennis player won. Her serve beat the champion. The champion lost the tennis match. She serves again."


def places(rows: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(
        [("x", phrase, sentence) for phrase, sentence in rows], columns=["article", "phrase", "sentence"]
    )


def test_two_stories_joined_are_two_segments() -> None:
    article = from_text(f"{OIL} {TENNIS}", id="x")
    found = segments(article.tokens, window=3)
    assert found["sentences"].tolist() == [4, 4]
    assert "oil" in found["words"][0]
    assert "tennis" in found["words"][1]


def test_a_boundary_stands_between_paragraphs_and_stretches_have_three_at_least() -> None:
    article = from_text("\n\n".join([OIL] * 5 + [TENNIS] * 5), id="x")
    assert segments(article.tokens)["first"].tolist() == ["p01s01", "p06s01"]
    short = from_text("\n\n".join([OIL] * 2 + [TENNIS] * 2), id="x")
    assert len(segments(short.tokens)) == 1


def test_a_text_about_one_thing_is_not_cut() -> None:
    article = from_text("\n\n".join([OIL] * 8), id="x")
    assert segments(article.tokens)["words"].tolist() == [""]  # the whole stands out from nothing


def test_segments_cover_the_body_once() -> None:
    article = from_text("\n\n".join([OIL] * 4 + [TENNIS] * 4), id="x")
    found = segments(article.tokens)
    assert found["sentences"].sum() == article.tokens["sentence"].nunique()
    assert found["segment"].tolist() == list(range(1, len(found) + 1))


def test_phrases_that_always_meet_have_the_highest_association() -> None:
    sentences = pd.DataFrame({"article": "x", "sentence": ["s1", "s2", "s3", "s4"]})
    nodes, edges = network(places([("a", "s1"), ("b", "s1"), ("c", "s2"), ("a", "s2")]), sentences)
    assert list(zip(edges["source"], edges["target"], strict=True)) == [("a", "b"), ("a", "c")]
    # a in 2 of 4, b in 1 of 4, together in 1 of 4: log(1/4 / (2/4 * 1/4)) / -log(1/4) = log 2 / log 4
    assert edges["npmi"].tolist() == pytest.approx([0.5, 0.5])
    assert nodes.set_index("phrase")["degree"].to_dict() == {"a": 2, "b": 1, "c": 1}


def test_a_network_keeps_the_commonest_phrases() -> None:
    sentences = pd.DataFrame({"article": "x", "sentence": ["s1", "s2"]})
    nodes, _ = network(places([("a", "s1"), ("b", "s1"), ("b", "s2")]), sentences, most=1)
    assert nodes["phrase"].tolist() == ["b"]


def test_every_phrase_has_a_count_for_every_paragraph() -> None:
    sentences = pd.DataFrame({"article": "x", "sentence": ["s1", "s2", "s3"], "paragraph": [1, 1, 2]})
    found = by_paragraph(places([("a", "s1"), ("a", "s2"), ("b", "s3")]), sentences)
    assert found[["phrase", "paragraph", "count"]].to_numpy().tolist() == [
        ["a", 1, 2],
        ["a", 2, 0],
        ["b", 1, 0],
        ["b", 2, 1],
    ]


def test_nothing_gives_empty_tables_and_bad_options_are_refused() -> None:
    tokens = from_text("", id="x").tokens
    assert {name: str(dtype) for name, dtype in segments(tokens).dtypes.items()} == SEGMENT_COLUMNS
    nodes, edges = network(places([]), pd.DataFrame({"article": [], "sentence": []}))
    assert list(nodes.columns) == list(NODE_COLUMNS)
    assert list(edges.columns) == list(EDGE_COLUMNS)
    with pytest.raises(BadInput):
        segments(tokens, window=0)
    with pytest.raises(BadInput):
        network(places([]), tokens, most=0)
