"""How common words are in general English, from the wordfreq package's frequency lists."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from math import log10
from typing import Any

from presslens.leaving_out import bare


@cache
def _frequencies() -> dict[str, float]:
    """The share of each word; what wordfreq's `get_frequency_dict` gives, without what it loads for other languages."""
    import gzip

    import msgpack

    with bare("wordfreq"):
        packed = (files("wordfreq") / "data" / "large_en.msgpack.gz").read_bytes()
    head, *buckets = msgpack.unpackb(gzip.decompress(packed), strict_map_key=False)
    if head != {"format": "cB", "version": 1}:
        raise ValueError(f"the frequency list of wordfreq has a form that is not known: {head}")
    frequencies: dict[str, float] = {}
    for centibels, words in enumerate(buckets):  # a hundredth of a power of ten each, from 1 downwards
        frequencies |= dict.fromkeys(words, 10 ** (-centibels / 100))
    return frequencies


@cache
def _numbers() -> Any:
    """Wordfreq's model of digits."""
    with bare("wordfreq"):
        from wordfreq import numbers

    return numbers


@cache
def rarest() -> float:
    """The share of the rarest word that the list has: a word that it does not have is no more frequent than this."""
    return min(_frequencies().values())


@lru_cache(maxsize=200_000)
def share(word: str) -> float:
    """The share of a lower-case word among the words of general English, 0..1; 0 for one that the list does not have.

    A hyphenated word that is not listed has the share of its rarest part: `covid-19` is as common as `covid`. The list
    counts numbers by their length only; wordfreq's model of digits says how common each one is.
    """
    frequencies, numbers = _frequencies(), _numbers()
    known = frequencies.get(word)
    if known is None and word.endswith("."):
        known = frequencies.get(word[:-1])
    if known is None and numbers.has_digit_sequence(word):
        known = frequencies.get(numbers.smash_numbers(word), 0.0) * numbers.digit_freq(word) or None
    if known is None and "-" in word:
        return min((share(part) for part in word.split("-") if part), default=0.0)
    return known or 0.0


@lru_cache(maxsize=200_000)
def zipf(word: str) -> float:
    """How common a word is on the Zipf scale, from 1 (rare) to 7.7 (`the`); 0 for an unknown one.

    The base-10 logarithm of its uses in a thousand million words (van Heuven et al. 2014, QJEP 67:6), to two decimals.
    """
    known = share(word)
    return round(log10(known) + 9, 2) if known else 0.0
