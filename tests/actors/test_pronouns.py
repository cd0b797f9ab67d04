"""Pronouns: right far more often than wrong, and left alone where more than one person can be meant."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from presslens.actors.mentions import MENTION_COLUMNS, mentions
from presslens.actors.pronouns import pronouns
from presslens.actors.quotations import quotations

_FOLDER = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("actors_marked", _FOLDER / "marked.py")
assert _SPEC is not None
assert _SPEC.loader is not None
marked = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(marked)


def meant(texts: ModuleType, text: str) -> list[tuple[str, str]]:
    sentences, tokens = texts.tables_of(text)
    named = mentions(sentences, tokens)
    found = pronouns(sentences, named, quotations(sentences, tokens, named))
    return list(zip(found["text"], found["actor"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Dell won. She smiled.", [("She", "Ada Dell")]),
        ("Peter Kess said that he would go.", [("he", "Peter Kess")]),
        ("Ada Dell met Mary Poe. She smiled.", []),
        ("Peter Kess won. She smiled.", []),
        ("Peter Kess met a farmer. He smiled.", []),
        ("Ada Dell won.\nShe smiled.", []),
        ("Ada Dell won. “She smiled,” said a man.", []),
    ],
)
def test_a_pronoun_is_resolved_only_where_one_person_can_be_meant(
    texts: ModuleType, text: str, expected: list[tuple[str, str]]
) -> None:
    assert meant(texts, text) == expected


def test_pronouns_of_the_articles_are_right_nine_times_in_ten() -> None:
    with (_FOLDER / "articles" / "pronouns.csv").open(encoding="utf-8") as file:
        answers = {(row["article"], int(row["start"])): row["actor"] for row in csv.DictReader(file)}
    right = found = 0
    for path in sorted((_FOLDER / "articles").glob("*.txt")):
        text, *_ = marked.parse(path.read_text(encoding="utf-8"))
        sentences, tokens = marked.tables(text, path.stem)
        named = mentions(sentences, tokens)
        table = pronouns(sentences, named, quotations(sentences, tokens, named))
        found += len(table)
        right += sum(
            answers.get((path.stem, start)) == actor
            for start, actor in zip(table["start"], table["actor"], strict=True)
        )
    assert found >= 40
    assert right / found >= 0.9


def test_nobody_gives_a_typed_empty_table(texts: ModuleType) -> None:
    sentences, tokens = texts.tables_of("")
    named = mentions(sentences, tokens)
    found = pronouns(sentences, named, quotations(sentences, tokens, named))
    assert list(found.columns) == list(MENTION_COLUMNS)
