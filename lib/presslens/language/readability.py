"""How hard a text is to read, by four classic formulas, and the syllables that they count.

The Dale-Chall formula is left out: the licence of its list of easy words is unclear.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from importlib.resources import files

import pandas as pd

COLUMNS = {
    "article": "str",
    "sentences": "int64",
    "words": "int64",
    "syllables": "int64",
    "polysyllables": "int64",
    "flesch": "float64",
    "flesch_kincaid": "float64",
    "gunning_fog": "float64",
    "smog": "float64",
}
_GROUP = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^a-z]")


_SILENT = tuple(
    (re.compile(end), re.compile(sounded))
    for end, sounded in (
        ("[^aeiouy]e$", "[^aeiouylr]le$"),
        ("[^aeiouydt]ed$", "[^aeiouylr]led$"),
        ("[^aeiouysxzcgl]es$", "(?:ch|sh)es$"),
        ("[aeiouy]les$", "^$"),
    )
)


@cache
def _exceptions() -> dict[str, int]:
    text = files("presslens.language").joinpath("data/syllables.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {word: int(number) for word, number in rows}


@lru_cache(maxsize=100_000)
def syllables(word: str) -> int:
    """The syllables of an English word, by rule; at least 1.

    Groups of vowel letters count one each; a silent final e, -es or -ed does not count, a final -le after a
    consonant does; some pairs of vowels are two syllables (-ia-, -io- but not in -tion, -eo-, -ua-, -ying). A short
    list in `data/syllables.tsv` holds common words that break the rule. Parts of a hyphenated word add up; an
    acronym in capitals counts its letters.
    """
    if "-" in word or "‐" in word:
        return max(1, sum(syllables(part) for part in re.split("[-‐‑]", word) if part))
    if word.isupper() and 1 < len(word) <= 5 and (not _GROUP.search(word.lower()) or "." in word):
        return sum(3 if letter == "W" else 1 for letter in word if letter.isalpha())
    letters = _LETTERS.sub("", word.lower().replace("’", "'").removesuffix("'s"))
    if not letters:
        return 1
    known = _exceptions().get(letters)
    if known is None and letters.endswith("s"):
        known = _exceptions().get(letters[:-1])
    return known if known is not None else max(1, _by_rule(letters))


def _by_rule(word: str) -> int:
    """Vowel groups, corrected for silent and for separate vowels."""
    count = len(_GROUP.findall(word))
    if any(end.search(word) and not sounded.search(word) for end, sounded in _SILENT):
        count -= 1
    count += len(
        re.findall(
            r"[^tscgx]io(?!u)|[^tscg]ia(?!l$)|eo(?!us|n$|ple|u)|[^gq]ua(?!r[dr])|^coop|^coord|ying|uou|iu[m]|[bdflmnprtv]ier$|[aeiou]ing|ism$",
            word,
        )
    )
    count -= len(re.findall(r"[^aeiouy]ely$|[^aeiouy]ement|[^aeiouy]eful|[^aeiouy]eless", word))
    return count


def readability(tokens: pd.DataFrame) -> pd.DataFrame:
    """The reading ease and grade level of each article.

    Flesch reading ease: 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch 1948, Journal of Applied
    Psychology 32:3); 0 to 100, higher is easier. The others are years of schooling. Flesch-Kincaid: 0.39
    words/sentences + 11.8 syllables/words - 15.59 (Kincaid et al. 1975, Research Branch Report 8-75). Gunning fog:
    0.4 (words/sentences + 100 hard/words), hard words having three or more syllables, without names, hyphenated
    compounds and endings -es, -ed, -ing (Gunning 1952). SMOG: 1.0430 sqrt(30 polysyllables/sentences) + 3.1291
    (McLaughlin 1969, Journal of Reading 12:8), made for 30 sentences or more.

    Args:
        tokens: one row a token; needs `article`, `sentence`, `token`, `norm`, `kind`. A sentence without a word
            does not count.

    Returns:
        One row an article with a word: `article`, `sentences`, `words`, `syllables`, `polysyllables` (words of
        three or more), `flesch`, `flesch_kincaid`, `gunning_fog`, `smog`.
    """
    words = tokens.loc[tokens["kind"].isin(["word", "number"]), ["article", "sentence", "token", "norm"]]
    count = words["token"].map(syllables).astype("int64")
    opens = words["sentence"].ne(words["sentence"].shift()) | words["article"].ne(words["article"].shift())
    name = words["token"].str[:1].str.isupper() & ~opens
    shorter = words["norm"].map(_without_ending)
    hard = (count >= 3) & (shorter.map(syllables) >= 3) & ~name & ~words["norm"].str.contains("-", regex=False)
    table = words.assign(
        syllables=count,
        polysyllables=(count >= 3).astype("int64"),
        hard=hard.astype("int64"),
        opens=opens.astype("int64"),
    )
    sums: pd.DataFrame = table.groupby("article", sort=False)[["opens", "syllables", "polysyllables", "hard"]].sum()
    rows = []
    for article, group in table.groupby("article", sort=False):
        n = len(group)
        s, total, poly, hard_words = (int(number) for number in sums.loc[[article]].to_numpy()[0])
        rows.append(
            (
                str(article), s, int(n), total, poly,
                206.835 - 1.015 * n / s - 84.6 * total / n,
                0.39 * n / s + 11.8 * total / n - 15.59,
                0.4 * (n / s + 100 * hard_words / n),
                1.0430 * math.sqrt(30 * poly / s) + 3.1291,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _without_ending(word: str) -> str:
    """A word without -es, -ed or -ing, which do not make it hard (Gunning)."""
    for ending in ("es", "ed", "ing"):
        if word.endswith(ending):
            return word[: -len(ending)] + ("e" if ending != "ing" else "")
    return word
