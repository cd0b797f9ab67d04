"""VADER, held against the two implementations that people use."""

from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer as NltkVader
from nltk.sentiment.vader import VaderConstants
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer as AuthorsVader

from presslens.sentiment import rules
from presslens.validation import data_folder

TRICKY = [
    "",
    " ",
    "!",
    "The plot was good, but the characters are uncompelling and the dialog is not great.",
    "Today SUX! But I'll get by, lol",
    "It is not the least bit bad, and at least it was never so good.",
    "good bad good BAD, good? not good! good??? but good but bad good",
    "He was kind of nice, sort of kind, just enough good.",
    "No one was happy; no pain or joy; there is no good",
    "The film is the bomb, to die for, a kiss of death; yeah right, beating heart at the bus stop",
    "without a doubt excellent, without doubt good, never this good",
    "catch 💘 and💋 and 😁 😁!",
    'He said "great" (GREAT) ...terrible.. --awful-- ?!?nice?!?',
    "VERY bad and ALMOST good in lower case",
    "k no a :) :D x",
    "\x00 good\x1cbad\u2028nice\u00a0ugly",
    "İstanbul GOOD ΑΣ. bad",
]
VOCABULARY = [
    "good",
    "bad",
    "GOOD",
    "Great,",
    "terrible!",
    "not",
    "no",
    "never",
    "so",
    "this",
    "without",
    "doubt",
    "least",
    "at",
    "very",
    "the",
    "kind",
    "of",
    "sort",
    "but",
    "BUT",
    "slightly",
    "VERY",
    "💘",
    "a",
    "I",
    ":)",
    "wasn't",
    "or",
    "nor",
    "hand",
    "to",
    "mouth",
    "shit",
    "bomb",
    "yeah",
    "right",
    "just",
    "enough",
    "nice,",
    "--nice!!",
    "death",
    "kiss",
    "beating",
    "heart",
    "bus",
    "stop",
    "die",
    "for",
]


def nltk_vader() -> NltkVader:
    """NLTK's analyser with the lexicon that vaderSentiment ships (its own needs a download)."""
    analyser = NltkVader.__new__(NltkVader)
    analyser.lexicon_file = (resources.files("vaderSentiment") / "vader_lexicon.txt").read_text("utf-8").rstrip("\n")
    analyser.lexicon = analyser.make_lex_dict()
    analyser.constants = VaderConstants()
    return analyser


PEERS = {"nltk": nltk_vader(), "vadersentiment": AuthorsVader()}


def peer_scores(variant: rules.Variant, texts: list[str]) -> list[float]:
    return [PEERS[variant].polarity_scores(text)["compound"] for text in texts]


@pytest.mark.parametrize("variant", ["nltk", "vadersentiment"])
def test_tricky_texts_score_as_the_named_implementation_scores_them(variant: rules.Variant) -> None:
    assert rules.compound(TRICKY, variant=variant).tolist() == peer_scores(variant, TRICKY)


@pytest.mark.parametrize("variant", ["nltk", "vadersentiment"])
@given(texts=st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=14).map(" ".join), max_size=5))
def test_any_mix_of_the_words_that_rules_name_scores_equal(variant: rules.Variant, texts: list[str]) -> None:
    assert rules.compound(texts, variant=variant).tolist() == peer_scores(variant, texts)


@pytest.mark.parametrize("variant", ["nltk", "vadersentiment"])
@given(text=st.text(max_size=60))
def test_any_text_scores_equal(variant: rules.Variant, text: str) -> None:
    assert rules.compound([text], variant=variant).tolist() == peer_scores(variant, [text])


@pytest.mark.parametrize("variant", ["nltk", "vadersentiment"])
@given(words=st.lists(st.sampled_from(VOCABULARY), max_size=14))
def test_contributions_sum_to_the_score_and_offsets_slice_to_the_word(variant: rules.Variant, words: list[str]) -> None:
    text = " ".join(words)
    evidence = rules.evidence([text], variant=variant)
    assert evidence["contribution"].sum() == pytest.approx(rules.compound([text], variant=variant)[0], abs=5.1e-5)
    assert [text[start:end] for start, end in zip(evidence["start"], evidence["end"], strict=True)] == list(
        evidence["word"]
    )


def test_a_text_of_many_thousand_words_scores_equal_where_the_rule_for_but_goes_by_value() -> None:
    generator = np.random.default_rng(7)
    text = " ".join(generator.choice(["good", "bad", "nice", "ugly", "table"], 3000)) + " but "
    text += " ".join(generator.choice(["good", "bad", "great", "chair"], 3000))
    assert rules.compound([text], variant="vadersentiment").tolist() == peer_scores("vadersentiment", [text])


def test_evidence_says_which_rule_changed_a_word() -> None:
    evidence = rules.evidence(["It was not very good."])
    assert evidence["why"].tolist() == ["intensified: very; negated: not"]
    assert evidence["valence"].tolist() == [1.9]  # the lexicon's mean rating of 'good'
    assert evidence["contribution"].iloc[0] < 0


def test_only_words_of_the_lexicon_are_evidence() -> None:
    assert rules.evidence(["The table stands in the room."]).empty


def test_no_texts_give_no_scores_and_an_empty_table() -> None:
    assert rules.compound([]).tolist() == []
    assert list(rules.evidence([]).columns) == ["text", "start", "end", "word", "valence", "contribution", "why"]


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown VADER variant"):
        rules.compound(["good"], variant="spacy")  # type: ignore[arg-type]


@pytest.mark.parametrize("variant", ["nltk", "vadersentiment"])
def test_every_tenth_text_of_the_human_coded_data_scores_equal(variant: rules.Variant) -> None:
    folder = data_folder()
    if folder is None:
        pytest.skip("the human-coded data is not here")
    files = sorted((folder / "sentiment").glob("*.csv"))
    texts = pd.concat([pd.read_csv(file) for file in files])["text"].tolist()[::10]
    assert rules.compound(texts, variant=variant).tolist() == peer_scores(variant, texts)
