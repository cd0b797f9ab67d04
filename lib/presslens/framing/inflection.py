"""Which dictionary forms a word of running English may be an inflection of.

Codebook terms are written in their base form and should meet their inflections (`tax`: taxes, taxed, taxing) but not
their derivations (`police` is not `policy`, as it is for a Porter stemmer). So nothing is cut to a stem: a word gets
the few base forms that English spelling allows (Quirk et al. 1985, A Comprehensive Grammar, 3.5-3.9 and 5.79-5.82), and
a term matches where it is one of them.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

VOWELS = frozenset("aeiouy")
# A short stem that English would have doubled before -ed or -ing (plan, planned): left single, it lost an e (planed).
SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]\Z")
BRITISH_IS = re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|er|ers|ation|ations)\Z")


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    return {form: tuple(bases.split()) for form, bases in _rows("irregular.tsv")}


@cache
def _spellings() -> dict[str, str]:
    return dict(_rows("spellings.tsv"))


def _rows(name: str) -> list[tuple[str, str]]:
    lines = files("presslens.framing").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(left, right) for left, right in pairs]


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """The American spelling of a lower-case British one (defence, labour, organise), other words as they are.

    Used on both sides of every comparison, so a word that only looks British (promise) does no harm.
    """
    return _spellings().get(word) or (BRITISH_IS.sub(r"iz\1", word) if "is" in word else word)


def bases(word: str) -> tuple[str, ...]:
    """The word itself and the forms it may inflect, lower case, in American spelling; the possessive is dropped."""
    plain = word.lower().removesuffix("'s").removesuffix("'")
    found = [plain, *_irregular().get(plain, ()), *_regular(plain)]
    return tuple(dict.fromkeys(spelling(form) for form in found if form))


def _regular(word: str) -> list[str]:
    if len(word) < 4 or not word.isalpha():
        return []
    if word.endswith("ies") or word.endswith("ied"):
        return [word[:-3] + "y", word[:-1]]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [word[:-1], word[:-2]] if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")) else [word[:-1]]
    if word.endswith("ed"):
        return _verb(word[:-2])
    if word.endswith("ing"):
        return _verb(word[:-3])
    return []


def _verb(stem: str) -> list[str]:
    if len(stem) < 2 or not VOWELS & set(stem):
        return []
    if stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        return [stem, stem[:-1]]
    if SHORT_STEM.match(stem):
        return [stem + "e"]
    return [stem + "e"] if stem[-1] in "vuz" else [stem, stem + "e"]
