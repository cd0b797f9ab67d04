"""What a token means to VADER's rules: the word lists of the two published variants, and their memory of tokens.

What a word means is worked out once for each distinct token and kept; the rules themselves are in `rules`.
"""

from __future__ import annotations

import csv
import string
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Variant = Literal["nltk", "vadersentiment"]

# NLTK strips one of these runs, before or after a word, and nothing else.
_NLTK_RUNS = (".", "!", "?", ",", ";", ":", "-", "'", '"', "!!", "!!!", "??", "???", "?!?", "!?!", "?!?!", "!?!?")
_PUNCTUATION = frozenset(string.punctuation)


class Role:
    """What a word can be to a rule, as bits of one integer."""

    KNOWN = 1 << 0
    CARRIES = 1 << 1
    NEGATES = 1 << 2
    UPPER = 1 << 3
    BUT = 1 << 4
    LEAST = 1 << 5
    IDIOM = 1 << 6
    NEVER = 1 << 7
    SO = 1 << 8
    WITHOUT = 1 << 9
    DOUBT = 1 << 10
    NO = 1 << 11
    OR = 1 << 12
    AT = 1 << 13
    KIND = 1 << 14
    OF = 1 << 15
    DROPPED = 1 << 16


_ROLES = {
    "but": Role.BUT,
    "least": Role.LEAST,
    "without": Role.WITHOUT,
    "doubt": Role.DOUBT,
    "no": Role.NO,
    "or": Role.OR,
    "nor": Role.OR,
    "at": Role.AT,
    "very": Role.AT,
    "kind": Role.KIND,
    "of": Role.OF,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The word lists of one variant: the lexicon, boosters, negations, idioms, and what emoji are called."""

    variant: Variant
    lexicon: dict[str, float]
    boosters: dict[str, float]
    negations: frozenset[str]
    idioms: dict[str, float]
    emoji: dict[str, str]


def lexicon() -> dict[str, float]:
    """VADER's lexicon as the vaderSentiment package ships it (MIT): token to mean valence of ten raters, -4..4."""
    text = (resources.files("vaderSentiment") / "vader_lexicon.txt").read_text("utf-8")
    rows = (line.strip().split("\t") for line in text.split("\n") if line.strip())
    return {row[0]: float(row[1]) for row in rows}


@cache
def rules(variant: Variant = "nltk") -> Rules:
    """The word lists of a variant (`nltk` or `vadersentiment`). Raises ValueError for another name."""
    if variant not in ("nltk", "vadersentiment"):
        raise ValueError(f"unknown VADER variant {variant!r}: use 'nltk' or 'vadersentiment'")
    with (resources.files("presslens.sentiment") / "data" / "vader_rules.csv").open(encoding="utf-8") as file:
        rows = [(row["rule"], row["term"], row[variant]) for row in csv.DictReader(file) if row[variant]]
    emoji: dict[str, str] = {}
    if variant == "vadersentiment":
        lines = (resources.files("vaderSentiment") / "emoji_utf8_lexicon.txt").read_text("utf-8").rstrip("\n")
        pairs = (line.strip().split("\t") for line in lines.split("\n"))
        emoji = {pair[0]: pair[1] for pair in pairs if len(pair[0]) == 1 and not pair[0].isascii()}
    return Rules(
        variant=variant,
        lexicon=lexicon(),
        boosters={term: float(value) for rule, term, value in rows if rule == "booster"},
        negations=frozenset(term for rule, term, _ in rows if rule == "negation"),
        idioms={term: float(value) for rule, term, value in rows if rule == "idiom"},
        emoji=emoji,
    )


class Vocabulary(dict[str, int]):
    """Token, as split at white space, to the number of its row; a new token gets its row at its first use.

    Words that no rule names share one row (two, for those in capitals, and one for those that NLTK drops).
    """

    def __init__(self, lists: Rules) -> None:
        super().__init__()
        self.lists = lists
        self.meanings = _meanings(lists)
        self.bare = _bare_nltk if lists.variant == "nltk" else _bare_vadersentiment
        self.shortest = 2 if lists.variant == "nltk" else 1
        self.words: list[str] = ["", "", ""]
        self.rows: list[tuple[int, float, float, int]] = [
            (0, 0.0, 0.0, 0),
            (Role.UPPER, 0.0, 0.0, 0),
            (Role.DROPPED, 0, 0, 0),
        ]
        self.spellings: dict[str, int] = {}

    def __missing__(self, token: str) -> int:
        word = token if token.isalpha() else self.bare(token)
        lower = word.lower()
        meaning = self.meanings.get(lower)
        if len(token) < self.shortest:
            number = 2
        elif meaning is None and "n't" not in lower:
            number = int(word.isupper())
        else:
            number = self._add(word, lower, meaning or (Role.NEGATES, 0.0, 0.0))
        self[token] = number
        return number

    def _add(self, word: str, lower: str, meaning: tuple[int, float, float]) -> int:
        roles, valence, booster = meaning
        if "n't" in lower:
            roles |= Role.NEGATES
        if word.isupper():
            roles |= Role.UPPER
        # NLTK compares these as spelled, vaderSentiment in lower case.
        spoken = word if self.lists.variant == "nltk" else lower
        roles |= Role.NEVER if spoken == "never" else Role.SO if spoken in ("so", "this") else 0
        self.rows.append((roles, valence, booster, self.spellings.setdefault(word, len(self.spellings))))
        self.words.append(word)
        return len(self.rows) - 1


@cache
def vocabulary(variant: Variant) -> Vocabulary:
    """Kept between calls: what a token means never changes."""
    return Vocabulary(rules(variant))


def _meanings(lists: Rules) -> dict[str, tuple[int, float, float]]:
    """Roles, valence and boost of every word that some rule names."""
    phrases = [phrase.split() for phrase in (*lists.idioms, *lists.boosters) if " " in phrase]
    # A phrase can only be there if its longest word is: one flag spares looking at every window.
    hints = {max(phrase, key=len) for phrase in phrases}
    named = {word for phrase in phrases for word in phrase} | {"never", "so", "this"}
    meanings = {}
    for word in sorted(named.union(lists.lexicon, lists.boosters, lists.negations, _ROLES)):
        booster = lists.boosters.get(word)
        roles = _ROLES.get(word, 0)
        if word in lists.lexicon:
            roles |= Role.KNOWN if booster is not None else Role.KNOWN | Role.CARRIES
        roles |= (Role.NEGATES if word in lists.negations else 0) | (Role.IDIOM if word in hints else 0)
        meanings[word] = (roles, lists.lexicon.get(word, 0.0), booster or 0.0)
    return meanings


def _bare_nltk(token: str) -> str:
    """The word in a token when one of the known runs of punctuation stands on one side of it; else the token."""
    for bare in (token.rstrip(string.punctuation), token.lstrip(string.punctuation)):
        if len(bare) > 1 and bare != token and _PUNCTUATION.isdisjoint(bare):
            run = token[len(bare) :] if token.startswith(bare) else token[: -len(bare)]
            return bare if run in _NLTK_RUNS else token
    return token


def _bare_vadersentiment(token: str) -> str:
    bare = token.strip(string.punctuation)
    return token if len(bare) <= 2 else bare
