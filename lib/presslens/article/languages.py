"""In which language a text is written: stated, or told by py3langid."""

import re
from functools import cache
from typing import Any

FEWEST_WORDS = 20
LATIN = re.compile("[A-Za-zÀ-ɏ]+")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # its model takes a moment to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, *, stated: str | None = None) -> tuple[str, str]:
    """The language (ISO 639) of a text and, where it is not surely English, a note for the reader.

    Texts of fewer than 20 words are taken for English, if in Latin letters, unless stated otherwise: too short to tell.
    """
    if stated:
        other = "" if stated == "en" else _warning(stated, "as stated")
        return stated, other
    latin = sum(map(len, LATIN.findall(text[:5000])))
    if len(text[:5000].split()) < FEWEST_WORDS and 2 * latin >= sum(map(str.isalpha, text[:5000])):
        return "en", "The text is too short to tell its language; it was read as English."
    language, probability = _identifier().classify(text[:5000])
    if language == "en":
        return "en", ""
    if probability < 0.9:
        return "en", f"The language is not certain (perhaps {language}); the text was read as English."
    return str(language), _warning(language, f"told with probability {probability:.2f}")


def _warning(language: str, how: str) -> str:
    return (
        f"The text is not in English (language {language}, {how}); tone, key phrases and frames are measured with "
        "English words and cannot be trusted here."
    )
