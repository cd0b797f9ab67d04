"""The neural tier: with made-up sentence vectors everywhere, with the true ones where the extra is installed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.framing import codebook, coding, judging, meaning, trained
from presslens.framing.schema import Codebook, parse
from presslens.sentiment import embedding

BOOK = """
name: small
frames:
  - {frame: Sea, definition: ships and waves, examples: [A ship sails.], indicators: [{term: ship, weight: 0.6}]}
  - {frame: Land, definition: fields and roads, examples: [A road winds.], indicators: [{term: road, weight: 2}]}
"""
SEA = {"ship", "ships", "waves", "sails", "harbour", "captain"}


@pytest.fixture
def vectors(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], npt.NDArray[np.float32]]:
    """Vectors of two numbers: how much of the sea is in a text, and how much of all else."""

    def made(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        words = [text.lower().replace(".", "").split() for text in texts]
        table = np.array(
            [[sum(w in SEA for w in text), sum(w not in SEA for w in text)] for text in words], dtype=float
        )
        length = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        return np.hstack([table / length, np.zeros((len(table), embedding.SIZE - 2))]).astype(np.float32)

    meaning._prototypes.cache_clear()
    monkeypatch.setattr(embedding, "available", lambda: True)
    monkeypatch.setattr(embedding, "vectors", made)
    return made


@pytest.fixture
def small() -> Codebook:
    return parse(BOOK, origin="small.yaml")


def scores(text: str, book: Codebook, tier: meaning.Tier) -> pd.DataFrame:
    return coding.texts(pd.DataFrame({"id": ["x"], "text": [text]}), book, tier=tier).set_index("frame")


@pytest.mark.usefixtures("vectors")
def test_prototypes_lift_a_hint_to_a_code_and_never_code_alone(small: Codebook) -> None:
    assert not scores("Ship harbour captain", small, "default").loc["Sea", "coded"]
    assert scores("Ship harbour captain", small, "neural").loc["Sea", "coded"]
    without = scores("Harbour captain waves", small, "neural")
    assert without.loc["Sea", "score"] > 0.5
    assert not without.loc["Sea", "coded"]
    assert without.loc["Other", "coded"]


@pytest.mark.usefixtures("vectors")
def test_the_tier_is_said_in_the_tables(small: Codebook) -> None:
    from presslens.article.reading import from_text

    read = from_text("The ship met the harbour captain.", id="x")
    table = judging.analyse(read.sentences, read.tokens, small, tier="neural").codings
    assert set(table["tier"]) == {"indicators with sentence prototypes"}
    assert coding.texts(pd.DataFrame({"id": [1], "text": ["x"]}), small, tier="neural").attrs == {
        "codebook_hash": small.hash,
        "tier": "indicators with sentence prototypes",
    }
    none = coding.texts(pd.DataFrame({"id": [], "text": []}, dtype="str"), small, tier="neural")
    assert none.empty


@pytest.mark.usefixtures("vectors")
def test_a_neural_coder_loads_only_with_the_vectors_that_it_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sea, land = "The captain saw waves", "Fields lay by mills"
    rows = [(n, f"{text} {n}", label) for n in range(12) for text, label in ((sea, "Sea"), (land, "Land"))]
    table = pd.DataFrame(rows, columns=["id", "text", "labels"]).assign(id=range(24))
    coder = trained.train(table, codebook=parse(BOOK, origin="b"), folds=2, tier="neural")
    assert coder.card["tier"] == "neural"
    path = tmp_path / "mine.coder"
    coder.save(path)
    pd.testing.assert_frame_equal(trained.load(path).code(table), coder.code(table))
    monkeypatch.setattr(embedding, "SHA256", "0" * 64)
    with pytest.raises(BadInput, match="trained with other sentence vectors"):
        trained.load(path)
    monkeypatch.setattr(embedding, "available", lambda: False)
    with pytest.raises(BadInput, match=r"needs presslens\[neural\]"):
        trained.load(path)


def test_a_trained_coder_codes_the_sentences_of_an_article(tmp_path: Path) -> None:
    from presslens.article.reading import from_text

    rows = [(n, f"{text} {n}", label) for n in range(8) for text, label in (("Rain fell", "Wet"), ("Sun shone", "Dry"))]
    table = pd.DataFrame(rows, columns=["id", "text", "labels"]).assign(id=range(16))
    path = tmp_path / "mine.coder"
    trained.train(table, codebook="entman", folds=2).save(path)
    read = from_text("Rain fell again.\n\nThe sun shone.", id="x")
    found = judging.analyse(read.sentences, read.tokens, codebook.load("entman"), coder=str(path))
    coded = found.codings[found.codings["coded"]]
    assert dict(zip(coded["sentence"], coded["frame"], strict=True)) == {"p01s01": "Wet", "p02s01": "Dry"}
    assert found.codings["tier"].str.startswith("a coder trained on 16 units").all()
    for row in found.evidence.itertuples():
        assert read.text[row.start : row.end] == row.term


@pytest.mark.skipif(not embedding.available(), reason="the neural extra is not installed")
def test_prototypes_agree_with_human_coders(data: Path) -> None:
    from presslens.framing import labelled
    from presslens.framing.trained import best_f1
    from presslens.validation.framing import _truth, merged_scores

    table = labelled.read(data / "framing" / "frac_dev.csv")
    frames, truth = _truth(table)
    assert best_f1(truth, merged_scores(table, frames, tier="neural")) > 0.74
