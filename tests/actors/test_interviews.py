"""Labelled paragraphs are somebody's words where the text is an interview, and nowhere else."""

from __future__ import annotations

import pandas as pd

from presslens.actors.mentions import mentions
from presslens.actors.quotations import quotations
from presslens.article.reading import from_text

INTRO = "Ruth Okafor has run the observatory on Mount Sable for eleven years."
QUESTIONS = (
    "Q: When did you first notice it?",
    "A: In 2019. It was a summer night.",
    "Q: How bad is it now?",
    "A: Bad enough, and it grows.",
)


def said(*paragraphs: str) -> pd.DataFrame:
    one = from_text("The end of the dark sky\n\n" + "\n\n".join(paragraphs) + "\n", id="x")
    return quotations(one.sentences, one.tokens, mentions(one.sentences, one.tokens))


def told(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(table[["speaker", "cue", "text"]].itertuples(index=False, name=None))


def test_an_answer_is_the_words_of_the_one_who_is_interviewed_and_a_question_is_not() -> None:
    found = said(INTRO, *QUESTIONS)
    assert told(found) == [
        ("Ruth Okafor", "A", "In 2019. It was a summer night."),
        ("Ruth Okafor", "A", "Bad enough, and it grows."),
    ]
    assert set(found["kind"]) == {"direct"}


def test_the_offsets_of_an_answer_leave_its_label_out() -> None:
    one = from_text("The end of the dark sky\n\n" + "\n\n".join([INTRO, *QUESTIONS]) + "\n", id="x")
    found = quotations(one.sentences, one.tokens, mentions(one.sentences, one.tokens))
    assert [one.text[r.start : r.end] for r in found.itertuples()] == found["text"].tolist()


def test_with_two_people_named_before_it_an_answer_is_nobodys_in_particular() -> None:
    found = said("Ruth Okafor and Martin Hale met on Mount Sable.", *QUESTIONS)
    assert set(found["speaker"]) == {""}
    assert set(found["speaker_text"]) == {"A"}


def test_names_are_labels_too_and_the_one_who_asks_is_the_author() -> None:
    found = said(
        INTRO,
        "Spiegel Weekly sent Martin Hale to meet her.",
        "HALE: Do you want fewer of them?",
        "Okafor: I want rules.",
        "HALE: What would the rules say?",
        "Okafor: How many, how bright, and for how long.",
    )
    assert told(found) == [
        ("Ruth Okafor", "Okafor", "I want rules."),
        ("Ruth Okafor", "Okafor", "How many, how bright, and for how long."),
    ]


def test_a_paragraph_between_labels_goes_on_with_the_answer_and_one_behind_them_does_not() -> None:
    found = said(INTRO, *QUESTIONS[:2], "Then there was another one.", *QUESTIONS[2:], "The kettle boils.")
    assert [text for *_, text in told(found)] == [
        "In 2019. It was a summer night.",
        "Then there was another one.",
        "Bad enough, and it grows.",
    ]


def test_a_list_with_labels_is_no_interview() -> None:
    assert said("Pros: cheap and light.", "Cons: it leaks.", "Pros: it is red.", "Cons: it is slow.").empty
    assert said("Ruth Okafor: astronomer.", "Cost: 5 pounds.", "Cost: 6 pounds.").empty


def test_one_question_and_one_answer_are_too_few() -> None:
    assert said(INTRO, *QUESTIONS[:2]).empty


def test_what_is_quoted_inside_an_answer_is_no_passage_of_its_own() -> None:
    found = said(INTRO, QUESTIONS[0], "A: My sister said: “Stay.” I stayed.", *QUESTIONS[2:])
    assert [text for *_, text in told(found)] == ["My sister said: “Stay.” I stayed.", "Bad enough, and it grows."]
