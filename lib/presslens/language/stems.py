"""Porter stems, remembered, because the same words come back in every article."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from presslens.leaving_out import bare, without

if TYPE_CHECKING:
    from nltk.stem.porter import PorterStemmer


@cache
def _stemmer() -> PorterStemmer:
    with bare("nltk", "nltk.stem"), without("scipy", "sklearn"):  # most of what NLTK loads is nothing that is used here
        from nltk.stem.porter import PorterStemmer

    return PorterStemmer()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Porter stem of one word, lower case (Porter 1980, with the extensions that NLTK makes)."""
    return str(_stemmer().stem(word)) if word else ""


def stem_phrase(phrase: str) -> str:
    """The stems of a phrase's words, separated by single spaces."""
    return " ".join(stem(word) for word in phrase.split())
