"""Tone toward a mention: what the score says, and that bad input is mended or refused."""

import csv
import json
import re
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.article.reading import from_table
from presslens.errors import BadInput
from presslens.language.tokens import tokenize
from presslens.sentiment import targets, targets_features, targets_vectors
from presslens.sentiment import targets_training as training
from presslens.sentiment.targets import EVIDENCE_COLUMNS, LABELS, evidence, inflected, model, targets_table, tone
from presslens.sentiment.targets_features import mention_terms
from presslens.sentiment.targets_tokens import read_tokens
from presslens.validation import data_folder


def coded(*cases: tuple[str, str]) -> pd.DataFrame:
    """A table of texts with the first place of their mention."""
    rows = [(str(n), text, who, text.find(who), text.find(who) + len(who)) for n, (text, who) in enumerate(cases)]
    return pd.DataFrame(rows, columns=["id", "text", "mention", "start", "end"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Critics praised Ada Dell for her brilliant work.", "positive"),
        ("The generous gift from Ada Dell saved the school.", "positive"),
        ("Critics accused Ada Dell of fraud.", "negative"),
        ("Officials welcomed the plan, but the mayor called Ada Dell a disgrace.", "negative"),
        ("Ada Dell arrived on Tuesday.", "neutral"),
    ],
)
def test_plain_cases_get_the_tone_that_a_reader_gives_them(text: str, label: str) -> None:
    assert targets_table(coded((text, "Ada Dell"))).loc[0, "label"] == label


def test_one_sentence_can_be_warm_toward_one_and_harsh_toward_another() -> None:
    text = "Ada Dell, a beloved and brilliant doctor, was betrayed by the corrupt Otto Kess, who lied."
    score = targets_table(coded((text, "Ada Dell"), (text, "Otto Kess")))["score"]
    assert score[0] > score[1]


def test_negation_takes_the_sting_out_of_a_lie() -> None:
    score = targets_table(coded(("Ada Dell did not lie.", "Ada Dell"), ("Ada Dell lied.", "Ada Dell")))["score"]
    assert score[0] > score[1]


def test_the_score_does_not_depend_on_whose_name_it_is() -> None:
    frame = "Reporters asked {} about the harsh report on Monday."
    scores = targets_table(coded(*((frame.format(who), who) for who in ("Donald Trump", "Barack Obama", "Ada Dell"))))
    assert scores["score"].nunique() == 1


def test_the_model_holds_no_names() -> None:
    known = {*model().inventory.terms, *model().inventory.stems}
    assert not known & {"trump", "obama", "clinton", "hillary", "putin", "netanyahu", "donald"}


def test_every_row_comes_back_in_order_with_bounded_scores() -> None:
    table = coded(*[("Nobody likes Ada.", "Ada"), ("We thank Otto.", "Otto")] * 3).assign(
        id=["b", "a", "b", "a", "c", "c"]
    )
    scored = targets_table(table)
    assert list(scored.columns) == ["id", "mention", "start", "end", "score", "label"]
    assert scored["id"].tolist() == ["b", "a", "b", "a", "c", "c"]
    assert scored["score"].between(-1, 1).all()
    assert scored["score"][0] == scored["score"][2]


def test_the_score_of_a_row_does_not_depend_on_its_neighbours() -> None:
    cases = [
        ("Ada lied.", "Ada"),
        ("Otto won a prize, and not by luck.", "Otto"),
        ("", "x"),
        ("They fear “Ida” now", "Ida"),
    ]
    together = targets_table(coded(*cases))["score"].to_numpy()
    alone = [targets_table(coded(case)).loc[0, "score"] for case in cases]
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_wrong_place_is_mended_by_looking_for_the_mention() -> None:
    right = coded(("We thank Otto today.", "Otto"))
    wrong = right.assign(start=[0], end=[4])
    assert targets_table(wrong).equals(targets_table(right))
    assert targets_table(right.assign(start=[np.nan], end=["?"])).equals(targets_table(right))


@pytest.mark.parametrize("column", ["id", "text", "mention", "start", "end"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(BadInput, match=f"`{column}`"):
        targets_table(coded(("We thank Otto.", "Otto")).drop(columns=column))


def test_no_rows_give_no_rows() -> None:
    empty = targets_table(coded(("We thank Otto.", "Otto")).iloc[:0])
    assert list(empty.columns) == ["id", "mention", "start", "end", "score", "label"]
    assert empty["score"].dtype == "float64"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120), st.integers(-3, 130), st.integers(-3, 130))
def test_any_text_and_any_place_get_a_score(text: str, start: int, end: int) -> None:
    table = pd.DataFrame({"id": ["a"], "text": [text], "mention": [text[:3]], "start": [start], "end": [end]})
    scored = targets_table(table)
    assert scored.loc[0, "label"] in LABELS
    assert -1 <= scored.loc[0, "score"] <= 1


def test_mentions_of_an_article_are_scored_in_their_own_sentences() -> None:
    texts = ["Ada Dell lied and stole.", "We thank Ada Dell, a wonderful friend."]
    starts = [0, len(texts[0]) + 1]
    sentences = pd.DataFrame(
        {
            "article": "a",
            "sentence": ["p01s01", "p01s02"],
            "section": "body",
            "paragraph": 1,
            "start": starts,
            "text": texts,
        }
    )
    mentions = pd.DataFrame(
        {"article": "a", "sentence": ["p01s02", "p01s01"], "start": [starts[1] + 9, 0], "end": [starts[1] + 17, 8]}
    ).assign(text="Ada Dell", actor="Ada Dell")
    scored = tone(sentences, tokenize(sentences), mentions)
    assert scored["label"].tolist() == ["positive", "negative"]
    assert "actor" in scored.columns


def test_the_evidence_names_the_words_that_move_the_score() -> None:
    text = "Critics praised Ada Dell for her brilliant work, but others called Otto Kess a corrupt liar."
    sentences = pd.DataFrame(
        {"article": ["a"], "sentence": ["x"], "section": "body", "paragraph": 1, "start": 7, "text": [text]}
    )
    at = 7 + text.find("Otto")
    mentions = pd.DataFrame({"article": "a", "sentence": "x", "start": [23, at], "end": [31, at + 9]})
    found = evidence(sentences, tokenize(sentences), mentions.assign(text=["Ada Dell", "Otto Kess"]), top=3)
    assert found.groupby("mention").size().tolist() == [3, 3]
    assert "praised" in found.loc[found["mention"].eq(0) & found["weight"].gt(0), "text"].tolist()
    assert "liar" in found.loc[found["mention"].eq(1) & found["weight"].lt(0), "text"].tolist()
    assert [text[a - 7 : b - 7] for a, b in zip(found["start"], found["end"], strict=True)] == found["text"].tolist()
    assert list(evidence(sentences, tokenize(sentences), mentions.assign(text="x").iloc[:0])) == list(EVIDENCE_COLUMNS)


def test_a_mention_of_an_unknown_sentence_is_an_error() -> None:
    sentences = pd.DataFrame(
        {"article": ["a"], "sentence": ["x"], "section": "body", "paragraph": 1, "start": 0, "text": ["Hi."]}
    )
    mentions = pd.DataFrame({"article": ["a"], "sentence": ["y"], "start": [0], "end": [1], "text": ["H"]})
    with pytest.raises(ValueError, match="sentence"):
        tone(sentences, tokenize(sentences), mentions)


def test_verbs_inflect() -> None:
    assert {"accuse", "accused", "accusing", "accuses"} <= set(inflected("accuse"))
    assert {"deny", "denies", "denied", "denying"} <= set(inflected("deny"))
    assert {"slammed", "slamming"} <= set(inflected("slam"))


def test_a_mention_says_what_it_is_but_not_who() -> None:
    assert mention_terms("She") == ["is she"]
    assert mention_terms("President Ada Dell") == ["is a name or noun", "title President"]
    assert mention_terms("the killer") == ["is a name or noun", "word the", "word killer"]


def test_the_weights_file_is_sorted_and_small_enough_to_read() -> None:
    with training.WEIGHTS.open(encoding="utf-8") as file:
        rows = [(row["family"], row["term"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows))
    terms = [term for family, term in rows if family == "anywhere"]
    assert all(one < other for one, other in pairwise(terms))


def test_macro_f1_is_the_mean_of_three() -> None:
    # by hand: negative 1/1, neutral 2*1/(1+2), positive 2*0/(1+0)
    assert training.macro_f1(np.array([0, 1, 2]), np.array([0, 1, 1])) == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_folds_keep_an_article_together() -> None:
    articles = [training.source_article(f"polusa_v1_{n % 7}_-1_{n}_X_0_3") for n in range(70)]
    fold = training.folds(articles)
    assert pd.DataFrame({"a": articles, "f": fold}).groupby("a")["f"].nunique().eq(1).all()
    assert len(set(articles)) == 7


def test_training_twice_on_the_same_data_gives_the_same_weights(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "targets"
    folder.mkdir()
    kinds = [("praised", 1), ("accused", -1), ("met", 0)]
    lines = []
    for number in range(10):
        for verb, polarity in kinds:
            row = {"id": f"s_{number}_1_0_x", "text": f"They {verb} Ada Dell.", "mention": "Ada Dell"}
            place = {"start": 6 + len(verb), "end": 14 + len(verb), "polarity": polarity}
            lines.append(json.dumps(row | place))
    (folder / "newsmtsc_train.jsonl").write_text("\n".join(lines), encoding="utf-8")
    written = []
    for number in range(2):
        monkeypatch.setattr(training, "WEIGHTS", tmp_path / f"{number}.csv")
        monkeypatch.setattr(training, "REST", tmp_path / f"{number}.json")
        assert training.main([str(tmp_path)]) == 0
        written.append((tmp_path / f"{number}.csv").read_bytes())
    assert written[0] == written[1]
    assert b"praised" in written[0]


def test_training_without_a_folder_says_how_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert training.main([]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.skipif(data_folder() is None, reason="the human-coded data is not here")
def test_the_shipped_weights_fit_the_data_they_were_learnt_from() -> None:
    folder = data_folder()
    assert folder is not None
    table = pd.read_json(folder / "targets" / "newsmtsc_train.jsonl", lines=True, dtype=False).head(1500)
    label = targets_table(table)["label"]
    predicted = label.map({name: number for number, name in enumerate(LABELS)}).to_numpy()
    assert training.macro_f1(table["polarity"].to_numpy() + 1, predicted) > 0.75


def test_the_neural_tier_adds_what_its_vectors_say(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = np.random.default_rng(1).normal(size=(1, 768))
    monkeypatch.setattr(targets.embedding, "available", lambda: True)
    monkeypatch.setattr(targets, "vectors_of", lambda texts, *_: np.repeat(drawn, len(texts), axis=0))
    table = pd.DataFrame(
        {"id": [1], "text": ["Peru praised Ada Dell."], "mention": ["Ada Dell"], "start": [13], "end": [21]}
    )
    plain = targets.targets_table(table)
    neural = targets.targets_table(table, tier="neural")
    assert list(neural.columns) == list(plain.columns)
    assert neural["score"].iloc[0] != plain["score"].iloc[0]
    assert targets.settings("neural")["macro_f1"] > targets.settings()["macro_f1"] + 0.01


def test_the_words_beside_a_mention_make_its_vectors_and_the_mention_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def vectors(texts: list[str]) -> np.ndarray:
        read.extend(texts)
        return np.zeros((len(texts), 384), dtype=np.float32)

    monkeypatch.setattr(targets_vectors.embedding, "vectors", vectors)
    found = targets_vectors.vectors(["One two three four five six met Ada Dell today."], [32], [40])
    assert found.shape == (1, 768)
    assert read == ["One two three four five six met  somebody  today.", "three four five six met somebody today."]


@pytest.mark.parametrize(("tier", "says"), [("neural", r"presslens\[neural\]"), ("deep", "no tier of targets")])
def test_a_tier_that_cannot_run_says_so_in_one_sentence(monkeypatch: pytest.MonkeyPatch, tier: str, says: str) -> None:
    monkeypatch.setattr(targets.embedding, "available", lambda: False)
    with pytest.raises(BadInput, match=says):
        targets.named_tier(tier)


def test_the_weights_of_all_features_of_a_mention_add_up_to_its_chances() -> None:
    text = "Peru praised “the great” Chile, but Chile was attacked by angry Peru; the U.N. never accused Chile."
    sentences = from_table(pd.DataFrame({"id": ["x"], "text": [text]}))
    tokens = tokenize(sentences)
    places = [(match.start(), match.end()) for match in re.finditer("Peru|Chile|U.N.", text)]
    start, end = (np.array(column, dtype=np.int64) for column in zip(*places, strict=True))
    names = [text[a:b] for a, b in places]
    of, fitted = np.zeros(len(places), dtype=np.int64), targets.model()
    read = read_tokens(tokens, np.zeros(len(tokens), dtype=np.int64), count=1)
    given = (read, targets_features.read(read, fitted.inventory), of, start, end, names, fitted.inventory)
    listed = targets_features.features(*given)
    assert len(np.unique(listed.columns)) > 50
    summed = np.zeros((len(places), 3))
    np.add.at(summed, listed.rows, fitted.weights[listed.columns] * listed.values[:, None])
    assert targets_features.weighed(*given, fitted.contrasts) == pytest.approx(summed[:, 1:] - summed[:, :1])
    near = targets_features.places(read, of, start, end)
    own = [
        sorted((fitted.inventory.mentions[term], value) for term, value in terms if term in fitted.inventory.mentions)
        for terms in targets_features.about_mentions(read, near, of, names)
    ]
    base, mine = fitted.inventory.offsets["mention"], listed.tokens < 0
    rows = zip(listed.rows[mine], listed.columns[mine], listed.values[mine], strict=True)
    found: list[list[tuple[int, float]]] = [[] for _ in places]
    for row, column, value in rows:
        found[row].append((int(column) - base, float(value)))
    assert [sorted(one) for one in found] == own
