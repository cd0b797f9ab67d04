"""Learning the weights: on data made here, and, where the human-coded data is, to the same bytes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from presslens.sentiment import embedding, inducing, measure, training
from presslens.validation import data_folder

GOOD = ["a wonderful day of joy", "the happy rescue was a success", "peace and love won", "a brilliant and kind act"]
BAD = ["a horrible day of war", "the cruel massacre was a crime", "hate and fear won", "an awful and brutal act"]
PLAIN = ["the table is in the room", "a page has two sides", "they met on a monday", "the road goes north"]


def rated(copies: int = 5) -> pd.DataFrame:
    rows = [
        (f"{article}_{number}", article, valence + 0.1 * article, f"{text} number {article}.")
        for article in range(copies)
        for number, (text, valence) in enumerate(
            [(t, 2) for t in GOOD] + [(t, -2) for t in BAD] + [(t, 0) for t in PLAIN]
        )
    ]
    return pd.DataFrame(rows, columns=["id", "article", "valence", "text"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sentiment").mkdir()
    for name in ("nyt_editorials_dev", *training.OTHERS):
        rated().to_csv(tmp_path / "sentiment" / f"{name}.csv", index=False)
    (tmp_path / "targets").mkdir()
    coded = pd.DataFrame({"text": [*GOOD, *BAD], "polarity": [1] * 4 + [-1] * 4})
    coded.to_json(tmp_path / "targets" / "newsmtsc_train.jsonl", orient="records", lines=True)
    (tmp_path / "keywords").mkdir()
    story = pd.DataFrame(
        {"text": [". ".join(text.capitalize() + " in the old town" for text in [*GOOD, *BAD, *PLAIN])]}
    )
    for name in ("duc2001_dev", "kpcrowd_dev"):
        story.to_json(tmp_path / "keywords" / f"{name}.jsonl", orient="records", lines=True)
    (tmp_path / "framing").mkdir()
    for name in ("frac_dev", "gvfc_headlines_dev"):
        pd.DataFrame({"text": PLAIN}).to_csv(tmp_path / "framing" / f"{name}.csv", index=False)
    return tmp_path


def test_folds_hold_whole_articles_and_each_row_once() -> None:
    articles = np.array([1, 1, 1, 2, 3, 3, 4, 5, 5, 5, 5])
    held = list(training.folds(articles, 3))
    assert np.sum(held, axis=0).tolist() == [1] * len(articles)
    for fold in held:
        assert not set(articles[fold]) & set(articles[~fold])


def test_thresholds_part_the_signs() -> None:
    scores = np.array([-1.0, -0.6, 0.0, 0.05, 0.7, 1.2])
    low, high = training.thresholds(scores, np.array([-1, -1, 0, 0, 1, 1]))
    assert training.sign(scores / 4, low, high).tolist() == [-1, -1, 0, 0, 1, 1]


def test_ratings_are_learnt_and_held_out_ones_foretold(folder: Path) -> None:
    weights, rest, _ = training.train(folder)
    learnt = weights.set_index("term")["plain"]
    assert learnt["joy"] > 0 > learnt["massacre"]
    found = training.cross_validate(folder)
    assert np.corrcoef(found["rating"], found["score"])[0, 1] > 0.9
    assert len(rest["errors"]) == 41  # type: ignore[arg-type]


def test_a_model_of_other_domains_needs_no_opinion_page(folder: Path) -> None:
    found = training.transfer(folder)
    assert np.corrcoef(found["rating"], found["score"])[0, 1] > 0.7


def test_a_lexicon_is_induced_from_vectors_of_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lists = pd.Series({**dict.fromkeys(" ".join(GOOD).split(), 1.0), **dict.fromkeys(" ".join(BAD).split(), -1.0)})

    def vectors(texts: list[str]) -> np.ndarray:
        generator = np.random.default_rng(1)
        felt = [sum(lists.get(word.strip("."), 0.0) for word in text.lower().split()) for text in texts]
        return np.column_stack([felt, generator.normal(0, 0.1, (len(texts), 5))])

    monkeypatch.setattr(embedding, "vectors", vectors)
    monkeypatch.setattr(
        inducing, "vocabulary", lambda texts: sorted(set(" ".join([*GOOD, *BAD, *PLAIN, *texts]).split()))
    )
    table = inducing.induce(folder).set_index("term")
    assert list(table.columns) == ["lexical", "news", "distilled"]
    assert table.loc["wonderful", "news"] > 0 > table.loc["horrible", "news"]


def test_the_shipped_weights_are_those_that_the_data_give(monkeypatch: pytest.MonkeyPatch) -> None:
    data = data_folder()
    if data is None:
        pytest.skip("the human-coded data is not here")
    monkeypatch.setattr(
        training, "held_out", lambda _matrix, ratings, *_rest: ratings
    )  # cross-validation takes a while
    monkeypatch.setattr(training, "thresholds", lambda *_rest: (-0.01, 0.01))
    monkeypatch.setattr(training, "agreement", lambda *_rest: {})
    weights, rest, _ = training.train(data)
    shipped = pd.read_csv(Path(training.__file__).parent / "data" / "weights.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(weights, shipped, atol=0.0011)
    assert rest["base"] == pytest.approx(measure.settings()["base"], abs=2e-4)


def test_the_shipped_measure_agrees_with_raters_as_it_must() -> None:
    found = measure.settings()["cross_validated"]
    assert found["pearson"] >= 0.61
    assert found["weighted_f1"] >= 0.66
