"""How common words are in general English, on the Zipf scale (van Heuven et al. 2014), from the wordfreq package."""

from __future__ import annotations

from functools import cache, lru_cache

UNKNOWN = 0.0


@cache
def _frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict

    return dict(get_frequency_dict("en", wordlist="best"))


@lru_cache(maxsize=200_000)
def zipf(word: str) -> float:
    """The base-10 logarithm of a word's uses per thousand million words of English: `the` 7.7, `eclipse` 3.6.

    A word that the list does not have gets 0; a hyphenated one the value of its rarest part.
    """
    import math

    known = _frequencies().get(word)
    if known is None and word.endswith("."):
        known = _frequencies().get(word[:-1])
    if known is None and "-" in word:
        return min(zipf(part) for part in word.split("-") if part) if word.strip("-") else UNKNOWN
    return UNKNOWN if not known else round(math.log10(known) + 9, 2)
