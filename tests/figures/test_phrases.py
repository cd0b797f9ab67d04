"""Figures of key words, paragraphs and shared sentences, of nothing and of an article."""

from __future__ import annotations

import re

import pytest

from presslens.article.reading import from_text
from presslens.figures import phrases as figures
from presslens.keywords import ranking, structure
from presslens.keywords.keyness import keyness

NEWS = (
    "South Korea could send drugs to North Korea. The sanctions are a disaster, and patients died.\n\n"
    "The economy of North Korea collapsed. Sanctions hurt the economy.\n\nDoctors cost $5 and $6 in North Korea.\n\n"
)


@pytest.mark.parametrize("text", ["", "The minister resigned.", NEWS, "A headline\n\n" + NEWS * 12])
def test_each_is_drawn_twice_with_words_beside_it(text: str) -> None:
    article = from_text(text, id="x")
    found = ranking.keyphrases(article.sentences, article.tokens)
    places = ranking.occurrences(found, article.tokens)
    drawn = [
        figures.keyness(keyness(article.tokens, content_only=True)),
        figures.by_paragraph(structure.by_paragraph(places, article.sentences), structure.segments(article.tokens)),
        figures.network(*structure.network(places, article.sentences)),
    ]
    for figure in drawn:
        html = str(figure.html())
        assert html.count("<svg") == 2
        assert html == str(figure.html())
        assert figure.title
        assert figure.caption.endswith(".")
        assert not re.search(r"\bnan\b|None|inf\b", f"{figure.title} {figure.caption} {figure.alt}")
