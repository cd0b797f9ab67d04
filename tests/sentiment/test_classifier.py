"""A sentiment classifier from a folder: its labels, its scores, and what is refused."""

import importlib
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from presslens.article.reading import from_text
from presslens.cli import app
from presslens.errors import BadInput
from presslens.findings import sentiment as findings
from presslens.reports import keys, parameters
from presslens.sentiment import classifier, measure, scoring, targets

TINY = Path(__file__).parent / "tiny_classifier"
needs_extra = pytest.mark.skipif(
    not all(find_spec(name) for name in ("onnxruntime", "tokenizers")), reason="the neural extra is not installed"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "tiny", ignore=shutil.ignore_patterns("make.py", "__pycache__")))


def relabelled(folder: Path, *labels: str, **more: str) -> Path:
    config = {"id2label": {str(number): label for number, label in enumerate(labels)}, **more}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["negative", "neutral", "positive"], (-1, 0, 1)),
        (["POSITIVE", "NEGATIVE"], (1, -1)),
        (["Neutral", "Pos", "Neg"], (0, 1, -1)),
        (["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], (-1, -0.5, 0, 0.5, 1)),
        (["very negative", "negative", "neutral", "positive", "very_positive"], (-1, -0.5, 0, 0.5, 1)),
        (["LABEL_0", "LABEL_1"], (-1, 1)),
        (["LABEL_0", "LABEL_1", "LABEL_2"], (-1, 0, 1)),
    ],
)
def test_labels_run_from_the_most_negative_to_the_most_positive(labels: list[str], expected: tuple[float]) -> None:
    assert classifier.values(dict(enumerate(labels))) == pytest.approx(expected)


@pytest.mark.parametrize(
    "labels",
    [
        ["anger", "joy"],
        ["negative"],
        [],
        ["negative", "neutral"],
        ["LABEL_0"] * 4,
        ["1 star", "3 stars"],
        ["pos", "positive"],
    ],
)
def test_labels_that_are_not_those_of_sentiment_are_not_read(labels: list[str]) -> None:
    assert classifier.values(dict(enumerate(labels))) is None


@needs_extra
def test_the_score_is_the_mean_of_the_labels_by_their_probability() -> None:
    e = np.exp([-4.0, 0.0, 4.0])  # logits of "good", by hand
    assert measure.predict(["good"], tier=str(TINY)).tolist() == pytest.approx([(e[2] - e[0]) / e.sum()], abs=1e-5)
    bad, none, good = measure.predict(["The plan is bad.", "The table.", "A wonderful day."], tier=str(TINY))
    assert bad < 0 < good
    assert none == pytest.approx(0, abs=1e-6)
    assert measure.predict(["", " \n"], tier=str(TINY)).tolist() == [0, 0]


@needs_extra
def test_the_words_of_the_default_tier_and_the_base_sum_to_the_score() -> None:
    sentences = from_text("The plan is bad. A wonderful day, and a good table.").sentences
    scores = scoring.score(sentences, tier=str(TINY)).set_index("sentence")
    added = scoring.words(sentences, tier=str(TINY)).groupby("sentence")["contribution"].sum()
    assert (scores["base"] + added.reindex(scores.index, fill_value=0)).tolist() == pytest.approx(
        scores["score"].tolist(), abs=1e-5
    )
    assert (scores["low"] == scores["score"]).all()  # nobody knows its errors


@needs_extra
def test_a_score_does_not_depend_on_the_other_texts() -> None:
    texts = ["good", "The table is bad.", "", "A wonderful wonderful wonderful day", "good"]
    together = measure.predict(texts, tier=str(TINY)).tolist()
    assert together == [measure.predict([text], tier=str(TINY))[0] for text in texts]


@needs_extra
def test_the_report_says_which_classifier_ran_and_that_actors_are_scored_otherwise() -> None:
    said = findings.method(str(TINY), 0)
    assert "tiny_classifier" in said
    assert classifier.fingerprint(TINY)[:16] in said
    assert targets.beside(str(TINY)) == "default"


@needs_extra
def test_the_command_line_takes_a_folder_and_says_what_ran(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    pd.DataFrame({"id": [1, 2], "text": ["A horrible day, bad.", "A good day."]}).to_csv(table, index=False)
    done = CliRunner().invoke(app, ["sentiment", str(table), "--tier", str(TINY), "-o", str(tmp_path / "o.csv")])
    assert done.exit_code == 0, done.output
    assert pd.read_csv(tmp_path / "o.csv")["label"].tolist() == ["negative", "positive"]
    assert classifier.fingerprint(TINY)[:16] in done.output
    assert parameters.check({"tier": str(TINY)}).tier == str(TINY)


def test_the_run_key_holds_the_hash_of_the_classifier(folder: Path, tmp_path: Path) -> None:
    document = tmp_path / "a.txt"
    document.write_text("A plain text.", "utf-8")

    def parts() -> dict[str, str]:
        values = {"tier": str(folder)}
        return keys.parts("2_sentiment", document=document, parameters=values, inputs={}, needs={})

    before = parts()
    assert before["classifier tiny"] == classifier.fingerprint(folder)[:16]
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes() + b"\x00")
    assert keys.changes(before, parts()) == ["classifier tiny changed"]


@pytest.mark.parametrize("name", ["neurall", "/no/such/folder", "9" * 300])
def test_a_tier_that_is_no_folder_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="there is no sentiment tier"):
        measure.named(name)


def test_a_folder_without_a_classifier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="it is no classifier"):
        measure.named(str(tmp_path))


def test_labels_that_cannot_be_read_are_named(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"its labels \(anger, joy, fear\)"):
        classifier.load(str(relabelled(folder, "anger", "joy", "fear")))
    (folder / "config.json").write_text("{}", "utf-8")
    with pytest.raises(BadInput, match="names no labels"):
        classifier.load(str(folder))
    (folder / "config.json").write_text("[", "utf-8")
    with pytest.raises(BadInput, match="not JSON"):
        classifier.load(str(folder))


@needs_extra
def test_a_broken_model_and_one_with_other_outputs_are_refused_in_one_sentence(folder: Path) -> None:
    relabelled(folder, "negative", "positive")
    with pytest.raises(BadInput, match="3 numbers for 2 labels"):
        classifier.load(str(folder))
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(BadInput, match="cannot use") as caught:
        classifier.load(str(folder))
    assert "\n" not in str(caught.value)


def test_without_the_extra_a_classifier_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classifier, "find_spec", lambda _name: None)
    with pytest.raises(BadInput, match=r"needs presslens\[neural\]"):
        classifier.load(str(folder))


def test_safetensors_without_transformers_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "model.onnx").rename(folder / "model.safetensors")
    monkeypatch.setattr(classifier, "find_spec", lambda _name: None)
    with pytest.raises(BadInput, match="needs the packages transformers and torch"):
        classifier.load(str(folder))


@pytest.mark.skipif(
    not all(find_spec(name) for name in ("transformers", "torch", "tokenizers")),
    reason="transformers and torch are not installed",
)
def test_a_model_saved_by_transformers_runs_as_it_does_there(tmp_path: Path) -> None:
    transformers, torch = importlib.import_module("transformers"), importlib.import_module("torch")
    torch.manual_seed(1)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "day", "a", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words) + "\n", "utf-8")
    cutter = transformers.BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt"))
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32, id2label={0: "NEGATIVE", 1: "POSITIVE"}, label2id={"NEGATIVE": 0, "POSITIVE": 1},
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(config).eval()
    folder = tmp_path / "saved"
    model.save_pretrained(folder)
    cutter.save_pretrained(folder)
    texts = ["A good day.", "bad", "A bad, bad day " * 40]
    fed = cutter(texts[:2], padding=True, return_tensors="pt")
    with torch.inference_mode():
        chances = model(**fed).logits.softmax(dim=1).numpy()
    found = measure.predict(texts, tier=str(folder))
    assert found[:2] == pytest.approx(chances[:, 1] - chances[:, 0], abs=1e-4)
