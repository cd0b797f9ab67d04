"""In which language a text is written: stated, or told by py3langid."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

FEWEST_WORDS = 20
FEWEST_OF_PARAGRAPH = 12
SURE = 0.95
ENGLISH_WORDS = frozenset({"the", "of", "and", "to", "a", "in", "that", "it", "is", "was", "for", "on", "with"})
ENGLISH = re.compile(rf"\b(?:{'|'.join(sorted(ENGLISH_WORDS))})\b", re.IGNORECASE)
LATIN = re.compile("[A-Za-zÀ-ɏ]+")
READ = 5000  # characters
PLAINLY = 0.12  # their share among the words from which a text is English without asking the model
PIECES, FEWEST_OF_A_PIECE = 3, 30  # in every piece of the text, of at least so many words


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
    if _is_plainly_english(text[:READ]):
        return "en", ""
    latin = sum(map(len, LATIN.findall(text[:READ])))
    if len(text[:READ].split()) < FEWEST_WORDS and 2 * latin >= sum(map(str.isalpha, text[:READ])):
        return "en", "The text is too short to tell its language; it was read as English."
    language, probability = _identifier().classify(text[:READ])
    if language == "en":
        return "en", ""
    if probability < 0.9:
        return "en", f"The language is not certain (perhaps {language}); the text was read as English."
    return str(language), _warning(language, f"told with probability {probability:.2f}")


@cache
def _common() -> frozenset[str]:
    lines = (files("presslens.article") / "data/plain_english.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _is_plainly_english(text: str) -> bool:
    """Whether each third of a text is full of the commonest words of English; the model takes a hundred times as long."""
    words, common = text.lower().split(), _common()
    size = len(words) // PIECES
    pieces = (
        [words[start : start + size] for start in range(0, size * PIECES, size)] if size >= FEWEST_OF_A_PIECE else []
    )
    return bool(pieces) and all(_holds(common, piece, PLAINLY * size) for piece in pieces)


def _holds(listed: frozenset[str], words: Sequence[str], least: float) -> bool:
    """Whether so many of some words are listed; of prose the first third is mostly enough to tell."""
    third = len(words) // 3
    some = sum(map(listed.__contains__, words[:third]))
    return some >= least or some + sum(map(listed.__contains__, words[third:])) >= least


def others(paragraphs: Sequence[str]) -> dict[int, str]:
    """The numbers, from 1, of the paragraphs of an English text that are in another language, and which.

    A paragraph of fewer than twelve words, or told with a probability under .95, is taken for English.
    """
    found: dict[int, str] = {}
    for number, text in enumerate(paragraphs, start=1):
        if _is_spaced(text):
            continue
        words = text.lower().split()
        if len(words) >= FEWEST_OF_PARAGRAPH and _foreign_words(words, text):
            other, probability = _identifier().classify(text)
            if other != "en" and probability >= SURE:
                found[number] = str(other)
    return found


def foreign(paragraphs: Sequence[str], language: str) -> str:
    """A note that names the paragraphs of an English text that are in another language; empty where there is none."""
    found = others(paragraphs) if language == "en" else {}
    if not found:
        return ""
    *before, last = [str(number) for number in list(found)[:12]] + (["others"] if len(found) > 12 else [])
    numbers = f"{', '.join(before)} and {last}" if before else last
    one = len(found) == 1
    return (
        f"{'Paragraph' if one else 'Paragraphs'} {numbers} {'is' if one else 'are'} not in English (language "
        f"{', '.join(sorted(set(found.values())))}); "
        f"tone, key phrases and frames are measured with English words and cannot be trusted there."
    )


def _is_spaced(text: str) -> bool:
    """Whether some words of English alone, between spaces, make a paragraph English: what `_foreign_words` would find."""
    some = sum(map(text.count, (" the ", " of ", " and ", " to ", " a ", " in ")))
    return some >= 0.1 * (text.count(" ") + 1) and text.isprintable()  # no other blanks, so no more words than spaces


def _foreign_words(words: Sequence[str], text: str) -> bool:
    """Whether a paragraph has few of the words that no English prose is without: a first look that costs nothing."""
    if _holds(ENGLISH_WORDS, words, 0.1 * len(words)):  # no need to look for those beside a comma
        return False
    return len(ENGLISH.findall(text)) < 0.1 * len(words)


def _warning(language: str, how: str) -> str:
    return (
        f"The text is not in English (language {language}, {how}); tone, key phrases and frames are measured with "
        "English words and cannot be trusted here."
    )
