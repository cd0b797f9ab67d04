"""Scores, evidence and aggregates as tables."""

import numpy as np
import pandas as pd
import pytest

from presslens.sentiment import lexicons, measure, rules, scoring

TEXTS = {
    "title": "A wonderful rescue",
    "p01s01": "The town rejoiced at the great success.",
    "p01s02": "It was, said the mayor, “a triumph.",
    "p01s03": "A joy for us all.”",
    "p02s01": "But the horrible war went on and thousands died.",
    "p02s02": "The cruel massacre was a terrible crime.",
}


def sentences(*articles: str) -> pd.DataFrame:
    rows = []
    for article in articles:
        start = 0
        for sentence, text in TEXTS.items():
            body = sentence != "title"
            paragraph = int(sentence[1:3]) if body else 0
            section = "body" if body else "title"
            rows.append((article, sentence, section, paragraph, start, start + len(text), text))
            start += len(text) + 1
    names = ["article", "sentence", "section", "paragraph", "start", "end", "text"]
    return pd.DataFrame(rows, columns=names)


def full_text() -> str:
    return " ".join(TEXTS.values())


def test_scores_have_a_row_a_sentence_with_vader_beside_them() -> None:
    table = sentences("a", "b")
    scores = scoring.score(table)
    assert tuple(scores.columns) == scoring.SCORE_COLUMNS
    assert scores[["article", "sentence"]].to_numpy().tolist() == table[["article", "sentence"]].to_numpy().tolist()
    assert scores["compound"].tolist() == rules.compound(table["text"]).tolist()
    assert ((scores["low"] <= scores["score"]) & (scores["score"] <= scores["high"])).all()
    assert scores["label"].tolist()[:2] == ["positive", "positive"]
    assert scores["label"].tolist()[4:6] == ["negative", "negative"]


def test_words_slice_to_the_article_and_sum_with_the_base_to_the_score() -> None:
    table = sentences("a")
    scores, words = scoring.score(table), scoring.words(table)
    text = full_text()
    assert [text[start:end] for start, end in zip(words["start"], words["end"], strict=True)] == list(words["word"])
    sums = words.groupby("sentence")["contribution"].sum() + scores.set_index("sentence")["base"]
    expected = scores.set_index("sentence")["score"]
    assert sums[expected.index].clip(-1, 1).tolist() == pytest.approx(expected.tolist(), abs=2e-6)


def test_small_contributions_can_be_left_out() -> None:
    words = scoring.words(sentences("a"), least=0.05)
    assert len(words)
    assert (words["contribution"].abs() >= 0.05).all()


def test_a_quotation_runs_over_sentences_and_ends_with_its_paragraph() -> None:
    scores = scoring.score(sentences("a")).set_index("sentence")
    assert scores.loc["p01s01", "quoted"] == 0
    assert 0 < scores.loc["p01s02", "quoted"] < 1
    assert scores.loc["p01s03", "quoted"] == pytest.approx(17 / 18, abs=1e-3)
    assert scores.loc["p02s01", "quoted"] == 0
    voices = scoring.voice(scores.reset_index())
    assert voices[["voice", "sentences"]].to_numpy().tolist() == [["author", 5], ["quoted", 1]]


def test_means_of_units_are_the_means_of_their_sentences() -> None:
    scores = scoring.score(sentences("a", "b"))
    sections, paragraphs, articles = (unit(scores) for unit in (scoring.sections, scoring.paragraphs, scoring.articles))
    assert sections[["article", "section", "sentences"]].to_numpy().tolist() == [
        ["a", "title", 1],
        ["a", "body", 5],
        ["b", "title", 1],
        ["b", "body", 5],
    ]
    assert sections.loc[1, "score"] == pytest.approx(scores["score"][1:6].mean(), abs=1e-6)
    assert paragraphs["sentences"].tolist() == [1, 3, 2] * 2
    assert articles["score"].tolist() == pytest.approx([scores["score"][:6].mean()] * 2, abs=1e-6)


def test_an_article_has_the_same_interval_alone_and_in_a_batch() -> None:
    alone = scoring.sections(scoring.score(sentences("b")), seed=4)
    batch = scoring.sections(scoring.score(sentences("a", "b")), seed=4)
    pd.testing.assert_frame_equal(batch[batch["article"] == "b"].reset_index(drop=True), alone)


def test_the_arc_turns_where_the_good_news_ends() -> None:
    arc = scoring.arc(scoring.score(sentences("a")), window=2, turns=1)
    assert arc["sentence"].tolist() == ["p01s01", "p01s02", "p01s03", "p02s01", "p02s02"]
    turn = arc[arc["turn"] == 1].iloc[0]
    assert turn["sentence"] == "p02s01"
    assert turn["change"] < 0
    assert turn["change_low"] < turn["change"] < turn["change_high"]
    assert arc["mean"].iloc[0] == pytest.approx(arc["score"].iloc[:2].mean(), abs=1e-6)


def test_the_arc_of_one_sentence_has_no_turn_and_no_change() -> None:
    arc = scoring.arc(scoring.score(sentences("a").iloc[[1]]))
    assert arc["turn"].tolist() == [0]
    assert arc["change"].isna().all()


def test_a_window_of_no_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="window"):
        scoring.arc(scoring.score(sentences("a")), window=0)


def test_texts_keep_every_row_in_order_whatever_it_holds() -> None:
    table = pd.DataFrame({"id": ["x", 2, "x", "n"], "text": ["Great joy.", "", "Horrible war. Great joy.", None]})
    found = scoring.texts(table)
    assert list(found.columns) == ["id", "score", "low", "high", "label", "compound"]
    assert found["id"].tolist() == ["x", 2, "x", "n"]
    assert found["label"].tolist()[:2] == ["positive", "neutral"]
    assert found["score"].tolist()[1::2] == [0.0, 0.0]
    assert ((found["low"] <= found["score"]) & (found["score"] <= found["high"])).all()


def test_several_sentences_are_known_better_than_one() -> None:
    table = pd.DataFrame({"id": [1, 2], "text": ["The town rejoiced.", "The town rejoiced. " * 40]})
    found = scoring.texts(table)
    one, many = (found["high"] - found["low"]).tolist()
    assert many < one / 3


def test_each_lexicon_has_its_say_beside_the_measure() -> None:
    found = scoring.lexicon_scores(sentences("a"))
    assert found["lexicon"].tolist()[:5] == [*lexicons.NAMES, "measure"]
    assert len(found) == 6 * 5
    joyful = found[found["sentence"] == "p01s01"]
    assert (joyful["score"] > 0).all()
    assert (joyful["words"] > 0).all()


def test_empty_tables_give_empty_tables_with_the_same_columns_and_kinds() -> None:
    full, none = sentences("a"), sentences("a").iloc[:0]
    scores, empty = scoring.score(full), scoring.score(none)
    for make in (scoring.score, scoring.words, scoring.lexicon_scores):
        assert make(none).dtypes.to_dict() == make(full).dtypes.to_dict()
    for unit in (scoring.articles, scoring.sections, scoring.paragraphs, scoring.arc, scoring.voice):
        assert len(unit(empty)) == 0
        assert list(unit(empty).columns) == list(unit(scores).columns)
    assert scoring.texts(pd.DataFrame({"id": [], "text": []})).empty


def test_an_overlay_reaches_scores_and_words() -> None:
    overlay = {"rescue": -4.0}
    assert scoring.score(sentences("a"), overlay=overlay)["score"][0] < scoring.score(sentences("a"))["score"][0]
    words = scoring.words(sentences("a"), overlay=overlay).set_index("word")
    assert words.loc["rescue", "valence"] == pytest.approx(-4 * measure.settings()["valence"], abs=1e-3)


def test_labels_follow_the_thresholds() -> None:
    low, high = measure.thresholds()
    assert scoring.label(np.array([low, 0.0, high])).tolist() == ["negative", "neutral", "positive"]
