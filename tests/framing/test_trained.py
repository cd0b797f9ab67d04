"""A coder trained on a user's labels."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from presslens.errors import BadInput
from presslens.framing import codebook, labelled, trained

WORDS = {
    "Sport": ["striker", "goal", "coach", "stadium"],
    "Food": ["soup", "bread", "oven", "chef"],
    "Weather": ["rain", "storm", "cloud", "frost"],
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Sixty texts of three frames that a few words tell apart, some with two."""
    rng = np.random.default_rng(1)
    filler = ["yesterday", "people", "saw", "the", "big", "old", "town", "again"]
    rows = []
    for number, (frame, _) in enumerate(product(WORDS, range(20))):
        text = [*rng.choice(WORDS[frame], 2), *rng.choice(filler, 5)]
        labels = frame
        if number % 10 == 0:
            text += [WORDS["Food"][0]]
            labels = "|".join(sorted({frame, "Food"}))
        rows.append((f"t{number}", " ".join(rng.permutation(text)), labels))
    return pd.DataFrame(rows, columns=["id", "text", "labels"])


@pytest.fixture(scope="module")
def coder(table: pd.DataFrame) -> trained.Coder:
    return trained.train(table, codebook="entman", folds=3)


def test_it_learns_what_separable_words_teach(coder: trained.Coder) -> None:
    assert coder.frames == ("Food", "Sport", "Weather")
    assert coder.card["macro_f1"] > 0.95
    assert coder.card["frames"]["Sport"]["units"] == 20
    found = coder.code(pd.DataFrame({"id": ["x"], "text": ["The coach and the striker at the stadium"]}))
    assert found.loc[found["coded"], "frame"].tolist() == ["Sport"]


def test_its_evidence_is_the_words_that_moved_it(coder: trained.Coder) -> None:
    text = "Yesterday the big storm, with frost"
    found = coder.code(pd.DataFrame({"id": ["x"], "text": [text]})).set_index("frame")
    spans = json.loads(found.loc["Weather", "evidence"])
    assert {span["term"] for span in spans} >= {"storm", "frost"}
    assert all(text[span["start"] : span["end"]] == span["term"] for span in spans)


def test_the_words_of_an_indicator_are_evidence_too() -> None:
    texts = [f"{word} {number}" for number in range(8) for word in ("shortages", "painting")]
    labels = ["Lack", "Art"] * 8
    table = pd.DataFrame({"id": range(16), "text": texts, "labels": labels})
    coder = trained.train(table, codebook="entman", folds=2)
    found = coder.code(pd.DataFrame({"id": ["x"], "text": ["Scarcity"]})).set_index("frame")
    assert json.loads(found.loc["Lack", "evidence"]) == [{"start": 0, "end": 8, "term": "Scarcity"}]


def test_a_text_without_a_known_word_is_other(coder: trained.Coder) -> None:
    found = coder.code(pd.DataFrame({"id": ["x", "y"], "text": ["", "🙂 \0 שלום"]}))
    assert found["frame"].tolist() == ["Food", "Sport", "Weather", "Other"] * 2
    assert found["score"].between(0, 1).all()
    assert found.groupby("id")["coded"].any().all()


def test_it_saves_without_pickle_and_loads_the_same(coder: trained.Coder, table: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "mine.coder"
    coder.save(path)
    with np.load(path, allow_pickle=False) as arrays:
        assert json.loads(arrays["content"].tobytes())["card"] == coder.card
    again = trained.load(path, codebook=codebook.load("entman"))
    pd.testing.assert_frame_equal(again.code(table), coder.code(table))


def test_it_refuses_another_codebook_and_other_files(coder: trained.Coder, tmp_path: Path) -> None:
    path = tmp_path / "mine.coder"
    coder.save(path)
    with pytest.raises(BadInput, match="trained with another codebook"):
        trained.load(path, codebook=codebook.load("policy_frames"))
    for wrong in (b"", b"not a coder", b"PK\x03\x04"):
        path.write_bytes(wrong)
        with pytest.raises(BadInput, match="not a trained coder"):
            trained.load(path)
    with pytest.raises(BadInput, match="there is no such file"):
        trained.load(tmp_path / "none")


def test_the_same_labels_give_the_same_coder(coder: trained.Coder, table: pd.DataFrame) -> None:
    again = trained.train(table, codebook="entman", folds=3)
    assert again.card == coder.card
    np.testing.assert_array_equal(again.weights, coder.weights)


def test_more_labels_do_better(table: pd.DataFrame) -> None:
    curve = trained.learning_curve(table, sizes=(8,), codebook="entman", folds=3)
    assert curve["labels"].tolist() == [8, 40]
    assert curve["macro_f1"].iloc[0] < curve["macro_f1"].iloc[1]


def test_too_few_labels_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(BadInput, match="two frames with 5 labelled units"):
        trained.train(table.head(15), codebook="entman")


def test_two_frames_can_be_learnt(table: pd.DataFrame) -> None:
    two = table[table["labels"].isin(["Sport", "Weather"])]
    assert trained.train(two, codebook="entman", folds=2).card["macro_f1"] > 0.95


def test_best_f1_takes_any_label_of_a_unit_for_right() -> None:
    truth = np.array([[True, True], [True, False], [False, True]])
    chance = np.array([[0.2, 0.6], [0.9, 0.1], [0.8, 0.2]])
    # Best frames: 1 (right, one of two), 0 (right), 0 (wrong): F1 of 0 is 2/3, of 1 is 2/3.
    assert trained.best_f1(truth, chance) == pytest.approx(2 / 3)


def test_labels_are_read_from_csv_and_jsonl(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,labels\n1,NA,A|B\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"id": 1, "text": "NA", "labels": ["A", "B"]}\n\n', encoding="utf-8")
    for name in ("a.csv", "a.jsonl"):
        table = labelled.read(tmp_path / name)
        assert table.to_numpy().tolist() == [["1", "NA", "A|B"]]
        assert labelled.label_sets(table) == [frozenset({"A", "B"})]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"id,text\n1,x\n", "no column 'labels'"),
        ("a.jsonl", b"{", "not a CSV or JSONL"),
        ("a.csv", b"\xff\xfe,\n", "not a CSV"),
    ],
)
def test_what_is_not_a_table_of_labels_is_refused(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput, match=says):
        labelled.read(tmp_path / name)
    with pytest.raises(BadInput, match="cannot read"):
        labelled.read(tmp_path / "none.csv")
