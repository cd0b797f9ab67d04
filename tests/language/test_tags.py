"""Parts of speech."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from presslens.article.reading import from_text
from presslens.language.stems import stem, stem_phrase
from presslens.language.tagging import tag
from presslens.language.tags import tag_sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They want to work.", "PRP VBP TO VB ."),
        ("The work was hard.", "DT NN VBD JJ ."),
        ("Moon’s party won.", "NNP POS NN VBD ."),
        ("He's in Seoul.", "PRP VBZ IN NNP ."),
        ("It was built by 20 men.", "PRP VBD VBN IN CD NNS ."),
        ("Port owners trade containers.", "NNP NNS VBP NNS ."),
        ("Beauty returns to the old city.", "NNP VBZ TO DT JJ NN ."),
        ("Security forces in the city watched.", "NNP NNS IN DT NN VBD ."),
        ("The agents report more inquiries.", "DT NNS VBP JJR NNS ."),
        ("How do you track weather?", "WRB VBP PRP VB NN ?"),
        ("Texas wants to mobilise opposition.", "NNP VBZ TO VB NN ."),
        ("The firm is building the tunnel.", "DT NN VBZ VBG DT NN ."),
        ("The building is new.", "DT NN VBZ JJ ."),
    ],
)
def test_tags_of_plain_sentences(text: str, expected: str) -> None:
    found = tag(from_text(text, id="x").tokens).tolist()
    assert len(found) == len(expected.split())
    wrong = [(a, b) for a, b in zip(found, expected.split(), strict=True) if a != b]
    assert not wrong


def test_every_token_has_a_tag_and_unknown_words_are_guessed_from_their_form() -> None:
    tokens = from_text("The zorgly blicketing frobbed Zanzibarian quxes 😀.", id="x").tokens
    found = dict(zip(tokens["token"], tag(tokens), strict=True))
    assert found["zorgly"] == "RB"
    assert found["Zanzibarian"] == "NNP"
    assert found["quxes"] == "NNS"
    assert found["😀"] == "SYM"


def test_stems_take_inflections_together() -> None:
    assert stem("eclipses") == stem("eclipse")
    assert stem_phrase("solar eclipses") == "solar eclips"
    assert stem("") == ""


def test_many_sentences_at_once_have_the_tags_of_each_by_itself() -> None:
    folder = Path(__file__).parents[1] / "actors" / "articles"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    odd = "“He's in.” So: they work; the owners trade it; beauty returns. A.\n\nIt is Moon’s do you track it -- 'tis"
    tokens = pd.concat(
        [from_text(text, id=str(number)).tokens for number, text in enumerate([*texts, odd])], ignore_index=True
    )
    expected: list[str] = []
    for _, group in tokens.groupby(["article", "sentence"], sort=False):
        expected += tag_sentence(*(group[name].tolist() for name in ("token", "norm", "kind")))
    assert tag(tokens).tolist() == expected
