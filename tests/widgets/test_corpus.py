"""From a point of a corpus down to its articles, without a browser."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from presslens.corpus.counting import Parts
from presslens.corpus.datasets import SCHEMAS
from presslens.widgets.corpus import Depth, view


@pytest.fixture
def data(tmp_path: Path) -> Parts:
    heads = [
        ("a", "Strike ends", "Harbour Post", "2018-03-02", "", "c, line 1", 40),
        ("b", "Clinic opens", "Inland Gazette", "2019-05-06", "", "c, line 2", 40),
    ]
    texts = [("a", "The <b>strike</b> was a disaster."), ("b", "A strike was off, nurses smiled.")]
    evidence = [{"start": 0, "end": 3, "word": "The", "contribution": -0.4, "why": ""}]
    sentences = [
        {
            "article": name,
            "sentence": "p01s01",
            "section": "body",
            "paragraph": 1,
            "start": 0,
            "end": len(text),
            "text": text,
            "score": -0.4,
            "evidence": evidence,
        }
        for name, text in texts
    ]
    columns = ["article", "title", "outlet", "date", "url", "source", "words"]
    articles = [dict(zip(columns, head, strict=True)) for head in heads]
    for name, rows in {"articles": articles, "sentences": sentences}.items():
        (tmp_path / name).mkdir()
        schema = pa.schema([SCHEMAS[name].field(column) for column in rows[0]])
        parquet.write_table(pa.Table.from_pylist(rows, schema=schema), tmp_path / name / "p.parquet")
    return Parts(tmp_path, ("p.parquet",), frozenset())


@pytest.fixture
def depth(data: Parts) -> Depth:
    rows = [("tone", "", "Harbour Post", "2018-03", 1.0, 9.0), ("tone", "", "Inland Gazette", "2019-05", 1.0, 9.0)]
    rows += [("frame", "Capacity", "Harbour Post", "2018-03", 1.0, 9.0), ("frame", "Quality", "Harbour Post", "", 0, 9)]
    rows += [("frame", "Other", "Harbour Post", "2018-03", 5.0, 9.0)]
    rows += [
        ("frame", "Economic", "Harbour Post", "2018-03", 3.0, 9.0),
        ("actor", "Ada Dell", "Harbour Post", "", 0, 2),
    ]
    rows += [("actor", "Fluxel", "Harbour Post", "", -1.0, 5.0)]
    columns = ["measure", "of", "outlet", "month", "x", "s"]
    return Depth(data, pd.DataFrame(rows, columns=columns), "policy_frames", "year")


def test_every_point_of_the_figures_can_be_chosen_the_commonest_first_and_no_frame_that_never_occurs(
    depth: Depth,
) -> None:
    named = ["tone", "frame Economic", "frame Capacity", "tone toward Fluxel", "tone toward Ada Dell"]
    assert [name for name, _ in depth.points()] == named
    assert depth.outlets() == ["Harbour Post", "Inland Gazette"]
    assert depth.periods() == ["2018", "2019"]


def test_behind_a_point_stand_its_sentences_escaped_with_the_evidence_marked(depth: Depth) -> None:
    depth.outlet = "Harbour Post"
    shown = str(depth.html())
    assert '<mark class="word" title="The -0.40">The</mark> &lt;b&gt;strike&lt;/b&gt;' in shown
    assert "nurses" not in shown
    assert "One article behind this point" in shown
    depth.period = "1999"
    assert "No article is behind this point." in str(depth.html())


def test_a_word_stands_in_its_contexts_with_outlet_and_date(depth: Depth) -> None:
    depth.word, depth.period = "strike*", "2019"
    assert "one place in one article" in str(depth.html())
    assert "Inland Gazette, 2019-05-06, p01s01" in str(depth.html())
    depth.word = " | "
    assert 'role="alert"' in str(depth.html())


def test_a_choice_is_followed_and_a_first_view_stays_without_a_kernel(depth: Depth) -> None:
    box = view(depth)
    assert "Two articles behind this point" in box._repr_mimebundle_()["text/html"]
    controls, _, shown = box.children
    controls.children[1].value = "Inland Gazette"
    assert "One article behind this point" in shown.value
