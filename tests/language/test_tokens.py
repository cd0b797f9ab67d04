import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.language import tokens
from presslens.language.tokens import COLUMNS, KIND_OF, TOKEN, tokenize


def table(*texts: str) -> pd.DataFrame:
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    return pd.DataFrame(
        {
            "article": "x",
            "sentence": [f"p01s{number:02d}" for number in range(1, len(texts) + 1)],
            "section": "body",
            "paragraph": 1,
            "start": starts[: len(texts)],
            "text": list(texts),
        }
    )


def words(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(table(text))
    return list(zip(tokens["token"], tokens["kind"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moon’s plan", ["Moon", "’s", "plan"]),
        ("They don't.", ["They", "don't", "."]),
        ("the U.S.-led talks at 5 p.m.", ["the", "U.S.", "-", "led", "talks", "at", "5", "p.m."]),
        ("COVID-19 vis-à-vis AT&T", ["COVID-19", "vis-à-vis", "AT&T"]),
        ("2,397 at 18:30, up 1.5 percent", ["2,397", "at", "18:30", ",", "up", "1.5", "percent"]),
        ("$1.5bn in the 1990s", ["$", "1.5bn", "in", "the", "1990s"]),
        ("51-49, a 12-year-old", ["51", "-", "49", ",", "a", "12-year-old"]),
        ("sanctions—both... “No!”", ["sanctions", "—", "both", "...", "“", "No", "!", "”"]),
        ("Dogs’ days", ["Dogs", "’", "days"]),
    ],
)
def test_text_falls_into_the_tokens_that_a_reader_sees(text: str, expected: list[str]) -> None:
    assert [token for token, _ in words(text)] == expected


def test_kinds_tell_words_from_numbers_signs_and_possessives() -> None:
    assert words("Moon’s 3 U.N. bids, 😀 €") == [
        ("Moon", "word"),
        ("’s", "clitic"),
        ("3", "number"),
        ("U.N.", "word"),
        ("bids", "word"),
        (",", "punctuation"),
        ("😀", "symbol"),
        ("€", "symbol"),
    ]


def test_norm_is_lower_case_with_a_straight_apostrophe() -> None:
    assert tokenize(table("DON’T Go"))["norm"].tolist() == ["don't", "go"]


def test_offsets_are_those_of_the_article() -> None:
    texts = ("It fell.", "Nobody won.")
    tokens = tokenize(table(*texts))
    whole = " ".join(texts)
    assert tuple(tokens.columns) == COLUMNS
    assert [whole[s:e] for s, e in zip(tokens["start"], tokens["end"], strict=True)] == tokens["token"].tolist()
    assert tokens["sentence"].tolist() == ["p01s01"] * 3 + ["p01s02"] * 3


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_blanks_give_an_empty_table_with_the_right_types(text: str) -> None:
    empty = tokenize(table(text))
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes[list(COLUMNS)], tokenize(table("One."))[list(COLUMNS)].dtypes)


@settings(deadline=None)
@given(st.text())
def test_tokens_hold_every_visible_character_once_and_in_order(text: str) -> None:
    assert "".join(m.group() for m in TOKEN.finditer(text)) == "".join(text.split())


def test_a_word_of_a_million_letters_is_one_token() -> None:
    assert len(tokenize(table("a" * 1_000_000))) == 1
    assert len(tokenize(table("a-" * 500_000))) == 2
    assert len(tokenize(table("1:1," * 250_000 + "1x"))) == 1


@given(st.text(alphabet="abZ1.,;:?!'’-é$", min_size=1, max_size=8))
@settings(max_examples=500)
def test_a_chunk_that_is_told_without_the_pattern_is_what_the_pattern_says(chunk: str) -> None:
    found = tokenize(table(chunk))
    assert list(zip(found["start"], found["end"], found["token"], strict=True)) == [
        (*match.span(), match.group()) for match in TOKEN.finditer(chunk)
    ]
    assert found["kind"].tolist() == [KIND_OF.get(str(m.lastgroup), m.lastgroup) for m in TOKEN.finditer(chunk)]


def test_what_is_forgotten_when_memory_is_full_is_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"word{number}, and Seoul's" for number in range(30)]
    expected = tokenize(table(*texts))
    monkeypatch.setattr(tokens, "KEPT", 3)
    for text in texts:
        assert tokenize(table(text))["token"].tolist() == [text.split(",")[0], ",", "and", "Seoul", "'s"]
    pd.testing.assert_frame_equal(tokenize(table(*texts)), expected)
