"""Six articles with answers by hand: mentions resolved to the right actor, quotations with the right speaker."""

import importlib.util
from pathlib import Path

import pytest

from presslens.actors.mentions import mentions
from presslens.actors.quotations import quotations

_FOLDER = Path(__file__).parent
_SPEC = importlib.util.spec_from_file_location("actors_marked", _FOLDER / "marked.py")
assert _SPEC is not None
assert _SPEC.loader is not None
marked = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(marked)

ARTICLES = sorted((_FOLDER / "articles").glob("*.txt"))


def _compared(path: Path) -> tuple[marked.Comparison, marked.Comparison]:
    text, named, said = marked.parse(path.read_text(encoding="utf-8"))
    sentences, tokens = marked.tables(text, path.stem)
    found = mentions(sentences, tokens)
    quoted = quotations(sentences, tokens, found)
    return marked.compare_mentions(found, named), marked.compare_quotations(quoted, said)


@pytest.fixture(scope="module")
def compared() -> list[tuple[marked.Comparison, marked.Comparison]]:
    return [_compared(path) for path in ARTICLES]


def test_mentions_resolve_to_the_right_actor(compared: list[tuple[marked.Comparison, marked.Comparison]]) -> None:
    right, found, answers = (sum(one[0][place] for one in compared) for place in range(3))
    assert len(compared) == 6
    assert right / found >= 0.93
    assert right / answers >= 0.85


def test_quotations_have_the_right_speaker(compared: list[tuple[marked.Comparison, marked.Comparison]]) -> None:
    right, found, answers = (sum(one[1][place] for one in compared) for place in range(3))
    assert right / answers >= 0.95
    assert right / found >= 0.95


def test_the_marks_are_read_as_the_readme_says() -> None:
    text, named, said = marked.parse("{Ada Dell|“No, [Peru] lied,”} said [Dell|Ada Dell].")
    assert text == "“No, Peru lied,” said Dell."
    assert [(text[one.start : one.end], one.actor) for one in named] == [("Peru", "Peru"), ("Dell", "Ada Dell")]
    assert [(text[one.start : one.end], one.actor) for one in said] == [("“No, Peru lied,”", "Ada Dell")]
