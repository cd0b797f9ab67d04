"""Choose phrases one by one, so that each adds something and no two are the same thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

POOL, SPARE = 3, 10  # candidates looked at for each phrase asked for, and how many more
INSIDE = 0.3  # log-odds that a phrase loses for standing inside a chosen one
HEAD = 1.0  # and for being its last words, which say the same with less: costs .0006 of F1 on DUC-2001
AROUND = 0.2  # and for containing a chosen one
SAME_HEAD = 0.6  # and for ending in the same word
GONE = float("-inf")  # the odds of what is chosen or left out
NAME_IN_NAME = 2.0  # and for being a part, or a fuller form, of a chosen name


def choose(
    keys: Sequence[str],
    written: Callable[[int], str],
    odds: np.ndarray,
    names: np.ndarray,
    *,
    top: int,
    varied: float = 1.0,
    identity: Callable[[int], str] = lambda _: "",
) -> list[tuple[int, float]]:
    """The positions of the best phrases, best first, each with its odds beside those before it.

    After maximal marginal relevance (Carbonell and Goldstein 1998): each choice lowers the odds of what overlaps
    with it. A variant of a chosen phrase (spelt with a hyphen or in one word, or its initials) is left out.

    Args:
        keys: the stems of each phrase.
        written: gives the phrase at a position as the article writes it.
        odds: the log-odds of each.
        names: which are names (bool).
        top: how many to choose.
        varied: how many times the usual overlap counts against a phrase; variants are left out even at 0.
        identity: gives what a phrase is a name of, if that is known; of two with the same one only one is chosen.
    """
    left = odds.tolist()
    bounded, heads = [f" {key} " for key in keys], [key.rpartition(" ")[2] for key in keys]
    named = names.tolist()
    sharing: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        for word in key.split(" "):
            sharing.setdefault(word, []).append(i)
    chosen: list[tuple[int, float]] = []
    seen: set[str] = set()
    shortened: set[str] = set()
    spelt: set[str] = set()
    for _ in keys:
        if len(chosen) == top:
            break
        value = max(left)
        best = left.index(value)  # the first of equals
        left[best] = GONE
        phrase = written(best)
        forms = {_compact(keys[best]), _initials(phrase), f"actor {identity(best)}"} - {"", "actor "}
        short, long = _short(phrase), _letters(phrase)
        if short in spelt or long in shortened:
            continue
        if forms & seen:
            continue
        seen |= forms
        shortened.add(short or " ")
        spelt.add(long or " ")
        chosen.append((best, value))
        if varied:
            for i in {i for word in keys[best].split(" ") for i in sharing[word]}:
                if left[i] != GONE:
                    alike = heads[i] == heads[best]
                    both = named[i] and named[best]
                    left[i] -= varied * _overlap(bounded[i], bounded[best], same_head=alike, both_names=both)
    return chosen


def _overlap(key: str, other: str, *, same_head: bool, both_names: bool) -> float:
    """What a phrase loses once the other one is chosen; both keys between two spaces."""
    inside, around = key in other, other in key
    if inside or around:
        if both_names:
            return NAME_IN_NAME
        return HEAD if inside and not around and other.endswith(key) else INSIDE if inside else AROUND
    return SAME_HEAD if same_head else 0.0


def _compact(key: str) -> str:
    """The letters of a phrase: `health care` and `health-care` have the same."""
    bare = key.replace(" ", "")
    return bare if bare.isalnum() else "".join([c for c in bare if c.isalnum()])


def _initials(phrase: str) -> str:
    """The initials of a name of three words or more, or an acronym itself, as one form; otherwise nothing."""
    words = phrase.replace("-", " ").split()
    if len(words) >= 3 and all(word[:1].isupper() for word in words):
        return "".join(word[0] for word in words)
    bare = phrase.replace(".", "")
    return bare if bare.isupper() and 3 <= len(bare) <= 6 and bare.isalpha() else ""


def _short(phrase: str) -> str:
    """An acronym, such as PPE; otherwise nothing."""
    return phrase if phrase.isupper() and 3 <= len(phrase) <= 6 and phrase.isalpha() else ""


def _letters(phrase: str) -> str:
    """The first letters of a phrase of three words or more, in capitals; otherwise nothing."""
    words = phrase.replace("-", " ").split()
    return "".join(word[0] for word in words).upper() if len(words) >= 3 else ""
