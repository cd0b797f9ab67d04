"""The word sets that cutting a sentence into names needs, read once."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from presslens.actors.gazetteer import names, words

SPACE, PARTICLE, LINK, POSSESSIVE = 1, 2, 3, 4


@dataclass(frozen=True)
class Vocabulary:
    """The word sets that cutting needs, fetched once an article."""

    titles: AbstractSet[str]
    title_starts: AbstractSet[str]
    org_heads: AbstractSet[str]
    org_starts: AbstractSet[str]
    event_heads: AbstractSet[str]
    event_starts: AbstractSet[str]
    place_heads: AbstractSet[str]
    place_starts: AbstractSet[str]
    group_nouns: AbstractSet[str]
    not_names: AbstractSet[str]
    function: AbstractSet[str]
    common: AbstractSet[str]
    compound: AbstractSet[str]
    gaps: dict[str, int]


@cache
def vocabulary() -> Vocabulary:
    """The shipped word sets."""
    gaps = {" ": SPACE, "\u00a0": SPACE, "’s ": POSSESSIVE, "'s ": POSSESSIVE, " al-": PARTICLE, " el-": PARTICLE}
    gaps |= {
        "’ ": POSSESSIVE,
        "' ": POSSESSIVE,
        " of the ": LINK,
        " for the ": LINK,
        " de la ": PARTICLE,
        " van der ": PARTICLE,
    }
    gaps |= {f" {word} ": LINK for word in words("orglink")}
    gaps |= {f" {word} ": PARTICLE for word in words("particle")} | {" von der ": PARTICLE, " & ": LINK}
    titles = words("title")
    return Vocabulary(
        titles=titles,
        title_starts={title.split()[0] for title in titles},
        org_heads=words("orghead"),
        org_starts=words("orgstart"),
        event_heads=words("eventhead"),
        event_starts=words("eventstart"),
        place_heads=words("placehead"),
        place_starts=words("placestart"),
        group_nouns=words("groupnoun"),
        not_names=words("notname"),
        function=words("function"),
        common=names("common_words"),
        compound=words("compound"),
        gaps=gaps,
    )
