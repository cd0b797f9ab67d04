import pytest

from presslens.article.languages import detect

ENGLISH = (
    "The council voted late on Wednesday to keep all seven of its ferry routes, ending a dispute that began last year."
)
GERMAN = (
    "Die Regierung hat am Montag beschlossen, die Grenze wieder zu öffnen, und die Händler freuen sich sehr darüber."
)
HEBREW = "אמר ראש הממשלה כי הדיון יימשך גם מחר בבוקר בירושלים."


def test_english_needs_no_note() -> None:
    assert detect(ENGLISH) == ("en", "")


@pytest.mark.parametrize(
    ("text", "language"), [(GERMAN * 2, "de"), (HEBREW * 3, "he"), ("政府は国境を再開すると発表した。", "ja")]
)
def test_another_language_is_told_and_the_reader_warned(text: str, language: str) -> None:
    found, note = detect(text)
    assert found == language
    assert note.startswith(f"The text is not in English (language {language}, told with probability ")
    assert "cannot be trusted" in note


@pytest.mark.parametrize("text", ["Word", "Moon’s win — “huge”", "Nice 😀 day", ""])
def test_a_few_words_are_read_as_english_and_it_is_said(text: str) -> None:
    assert detect(text) == ("en", "The text is too short to tell its language; it was read as English.")


def test_a_stated_language_is_believed() -> None:
    assert detect(GERMAN, stated="en") == ("en", "")
    assert detect(ENGLISH, stated="fr")[1].startswith("The text is not in English (language fr, as stated)")
