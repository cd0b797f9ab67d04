"""Words that name a thing carry little feeling: how they are found, what they keep, and that real feeling stays."""

from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

from presslens.sentiment import features, measure, naming

LIST = Path(__file__).parent / "neutral_news.csv"
ENTRIES = pd.DataFrame(
    [
        ("head", "rate", 9, 1.0),
        ("head", "states", 9, 1.0),
        ("modifier", "death", 9, 0.2),
        ("modifier", "united", 9, 0.2),
    ],
    columns=["kind", "term", "uses", "keeps"],
)


def kept(text: str) -> dict[str, float]:
    terms = ["death", "united", "states", "virus", "misery"]
    numbering = features.Numbering(terms, entries=ENTRIES)
    words = features.parse([text], numbering)
    known = words.id >= 0
    return dict(zip([terms[row] for row in words.id[known]], words.kept[known].round(6).tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the death rate", {"death": 0.2}),
        ("Death rates", {"death": 1.0}),  # a form that is no head
        ("death, rate", {"death": 1.0}),
        ("death. Rate it", {"death": 1.0}),
        ("death and misery", {"death": 1.0, "misery": 1.0}),
        ("the United States", {"united": 0.2, "states": 1.0}),
        ("states united", {"united": 1.0, "states": 1.0}),
    ],
)
def test_a_word_keeps_less_where_it_names_a_thing(text: str, expected: dict[str, float]) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a rescue, as best outsiders can tell", [1.0, 0.0]),
        ("At best, the rescue works", [0.0, 1.0]),
        ("Thanks to the rescue", [0.0, 1.0]),
        ("thanks, to the rescue", [1.0, 1.0]),
        ("it is at. Best of all", [1.0]),
        ("with respect to the rescue", [0.0, 1.0]),
        ("we respect to the end", [1.0]),
        ("the best", [1.0]),
        ("at", []),
        ("", []),
    ],
)
def test_a_word_in_a_set_expression_keeps_no_feeling(text: str, expected: list[float]) -> None:
    words = features.parse([text], features.Numbering(["best", "thanks", "respect", "rescue"]))
    assert words.kept[words.id >= 0].tolist() == expected


def test_an_expression_longer_than_the_text_is_not_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "expressions", lambda: {("best", "of", "a", "bad", "lot"): 0})
    for words in ("best", "best of", "best of a", "best of a bad"):
        assert features.parse([words], features.Numbering(["best"])).kept.tolist() == [1.0] * len(words.split())
    assert features.parse(["best of a bad lot"], features.Numbering(["best"])).kept.tolist()[0] == 0.0


def test_every_expression_holds_the_word_that_has_lost_its_feeling() -> None:
    found = features.expressions()
    assert all(len(words) > 1 and 0 <= at < len(words) for words, at in found.items())
    with (Path(str(resources.files("presslens.sentiment"))) / "data" / "expressions.csv").open() as file:
        lines = file.read().splitlines()[1:]
    assert lines == sorted(lines)
    assert len(lines) == len(found)


def test_no_name_goes_across_two_texts() -> None:
    words = features.parse(["death", "rate"], features.Numbering(["death"], entries=ENTRIES))
    assert words.kept.tolist() == [1.0, 1.0]


def test_counts_tell_naming_from_grading() -> None:
    found = naming.counts(
        ["The death rate fell.", "A very horrible day.", "The plan is horrible.", "He faced death, misery and crime."]
    )
    assert (found.before["death"], found.uses["death"]) == (1, 2)
    assert (found.before["horrible"], found.graded["horrible"]) == (1, 2)
    assert (found.heads["rate"], found.heads["misery"]) == (1, 0)


def test_words_that_are_graded_are_no_modifiers() -> None:
    found = naming.counts(["The crime bureau met."] * 9 + ["A horrible bureau met.", "A very horrible bureau."] * 5)
    assert set(naming.modifiers(found)) == {"crime"}
    assert "bureau" in naming.heads(found)


def test_what_named_things_keep_is_told_from_coded_tone() -> None:
    texts = [
        "The war was here.",
        "It was terrible.",
        "A wonderful day.",
        "The death rate stood.",
        "The death rate stayed.",
        *["The table stood."] * 9,
    ] * 20
    tone = pd.Series([-0.5, -0.7, 0.7, 0.0, 0.0, *[0.0] * 9] * 20).to_numpy()
    share, error = naming.share(texts, tone, ENTRIES)
    assert share < 0.25
    assert 0 < error < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Fuller met the others.", ["Fuller"]),
        ("The others met Mr. Fuller in the town.", ["Fuller"]),
        ("They met in the hall. Fuller spoke to them there.", []),  # any word has a capital there
        ("They said “Fuller days will come” to all.", []),
        ("Fuller Days Will Come To All", []),  # a headline
        ("they were in a FULLER hall.", []),
        ("Others met J.K. Fuller in the town hall.", ["Fuller"]),
    ],
)
def test_a_capital_within_a_sentence_tells_a_name(text: str, expected: list[str]) -> None:
    words = features.parse([text], features.Numbering(["fuller"]), offsets=True)
    chosen = words.name & (words.id >= 0)
    assert [text[start:end] for start, end in zip(words.start[chosen], words.end[chosen], strict=True)] == expected


def test_words_that_nearly_always_have_a_capital_are_names() -> None:
    found = naming.names(["They met Fuller there.", "A man called Fuller came.", "It was a fuller house, in Spring."])
    assert found == {}  # fuller is an adjective, too, and Spring was seen once
    assert naming.names(["They met Kim there.", "A man called Kim came."]) == {"kim": 2}


@pytest.mark.parametrize("name", ["Fuller", "Grace", "Strong", "Savage", "Kim", "Trump", "Merkel"])
def test_who_somebody_is_moves_no_score(name: str) -> None:
    text = "The plan was a great success, said Minister {} on the day."
    assert measure.predict([text.format(name)])[0] == measure.predict([text.format("Miller")])[0]


def test_names_that_news_has_carry_nothing_at_the_start_of_a_sentence_either() -> None:
    texts = [f"{name} said that the plan was a great success." for name in ("Kim", "Trump", "Merkel", "Clinton")]
    assert len(set(measure.predict(texts).tolist())) == 1


def test_what_the_user_says_of_a_name_holds() -> None:
    text = "The plan was given to Minister Fuller on the day."
    assert measure.predict([text], overlay={"fuller": -4.0})[0] < measure.predict([text])[0] - 0.1


def test_what_the_user_says_of_a_word_holds_in_names_too() -> None:
    text = "The death rate was given."
    valence = measure.settings()["valence"]
    evidence = measure.evidence([text], overlay={"death": -4.0}).set_index("word")
    assert evidence.loc["death", "contribution"] == pytest.approx(-valence / 5**0.5, abs=1e-3)
    phrase = measure.evidence([text], overlay={"death rate": -4.0}).set_index("word")
    assert phrase.loc["death rate", "contribution"] == pytest.approx(-valence / 5**0.5, abs=1e-3)


def test_neutral_words_and_phrases_of_news_come_nearer_to_neutral_and_feeling_stays() -> None:
    """The list was written before the measure was changed; `before` are the scores that it had then."""
    table = pd.read_csv(LIST)
    score = pd.Series(measure.predict(table["text"].tolist()))
    assert score.tolist() == pytest.approx(table["after"].tolist(), abs=2e-3)
    for name in ("named", "held out"):
        plain = table["feeling"].eq("none") & table["set"].eq(name)
        assert score[plain].abs().mean() < 0.8 * table.loc[plain, "before"].abs().mean()
        assert score[plain].abs().lt(0.1).mean() > 0.65
    assert (score[table["feeling"] == "bad"] < -0.15).all()
    assert (score[table["feeling"] == "good"] > 0.05).all()


@pytest.mark.parametrize(
    "text", ["It was a great success.", "She is a great leader.", "A horrible system.", "A cruel law."]
)
def test_an_epithet_keeps_its_feeling_before_a_noun(text: str) -> None:
    assert "names a thing" not in set(measure.evidence([text])["why"])


def test_the_evidence_says_what_names_a_thing() -> None:
    why = measure.evidence(["The crime bureau met."]).set_index("word")["why"]
    assert why["crime"] == "names a thing"
