"""News articles made by chance: any number of them, the same for the same seed, with actors, quotes, numbers and feeling."""

from __future__ import annotations

import random
from dataclasses import dataclass

# Pairs of names of one length and one kind, none of them a word of feeling: one may stand for the other everywhere.
PEOPLE = [
    (("Jane", "Walsh"), ("Ruth", "Doyle")),
    (("Peter", "Novak"), ("Simon", "Brady")),
    (("Maria", "Lopez"), ("Laura", "Gomez")),
    (("Thomas", "Keller"), ("Robert", "Fuller")),
    (("Helen", "Carver"), ("Karen", "Mercer")),
]
COMPANIES = [("Tarvex", "Ombrik"), ("Quolin", "Zeltar")]
COUNTRIES = [("Norway", "Sweden"), ("Kenya", "Ghana"), ("Chile", "Spain")]
PLACES = ["the harbour", "the northern district", "the capital", "the old market", "the river valley"]
ISSUES = ["budget", "ferry plan", "housing bill", "water treaty", "school reform", "border deal", "clinic programme"]
GOOD = ["welcomed", "praised", "applauded", "celebrated"]
BAD = ["condemned", "attacked", "denounced", "criticised"]
PLAIN = ["discussed", "described", "outlined", "mentioned"]
NUMBERS = ["12", "3.5 million", "1,200", "40 percent", "$2.4 billion", "No. 5"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@dataclass(frozen=True)
class Story:
    """An article: headline and paragraphs, and the names that may be exchanged in it."""

    title: str
    paragraphs: tuple[str, ...]
    swaps: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The whole of it, a blank line between paragraphs."""
        return "\n\n".join((self.title, *self.paragraphs))

    @property
    def body(self) -> str:
        """It without the headline."""
        return "\n\n".join(self.paragraphs)


class _Cast:
    """Who is in a story."""

    def __init__(self, draw: random.Random) -> None:
        people = draw.sample(PEOPLE, 2)
        self.people = [pair[0] for pair in people]
        company, country = draw.choice(COMPANIES), draw.choice(COUNTRIES)
        self.company, self.country = company[0], country[0]
        swaps = [(old, new) for one, other in people for old, new in zip(one, other, strict=True)]
        self.swaps = (*swaps, company)


def story(seed: int) -> Story:
    """The article of a seed."""
    draw = random.Random(f"story {seed}")  # noqa: S311 - texts of a test
    cast = _Cast(draw)
    named: set[tuple[str, str]] = set()
    title = f"{cast.company} and ministers argue over the {draw.choice(ISSUES)}"
    paragraphs = []
    for number in range(draw.randint(4, 9)):
        sentences = [_sentence(draw, cast, named, first=number == 0 and n == 0) for n in range(draw.randint(1, 4))]
        paragraphs.append(" ".join(sentences))
    return Story(title, tuple(paragraphs), cast.swaps)


def _sentence(draw: random.Random, cast: _Cast, named: set[tuple[str, str]], *, first: bool) -> str:
    issue, place, day, number = (draw.choice(some) for some in (ISSUES, PLACES, DAYS, NUMBERS))
    verb = draw.choice(draw.choice((GOOD, BAD, PLAIN)))
    who = draw.choice(cast.people)
    shown = f"{who[0]} {who[1]}" if who not in named or draw.random() < 0.3 else who[1]
    other = next(one for one in cast.people if one != who)
    whom = f"{other[0]} {other[1]}" if other not in named else other[1]
    kinds = [
        f"{shown} {verb} the {issue} in {place} on {day}.",
        f"{cast.company} said on {day} that the {issue} would cost {number}.",
        f"“The {issue} is {draw.choice(('a disaster', 'a great success', 'late', 'not bad', 'unfair'))},” said {shown}.",
        f"Officials in {cast.country} {verb} {cast.company} over the {issue}.",
        f"The {issue} may not help {place}, but it could protect workers and save lives.",
        f"Critics warn that the {issue} will hurt {draw.choice(('hospitals', 'farmers', 'schools', 'children'))}.",
        f"{shown} {verb} {whom} after the vote on the {issue}.",
        f"Mr. Adams of {cast.country} was there at 10 a.m. and left for the U.S. on {day}.",
        f"About {number} people live in {place}.",
        f"It was the worst {issue} in years, according to {shown}.",
    ]
    made = kinds[0] if first else draw.choice(kinds)
    if shown in made and " " in shown:
        named.add(who)
    if whom in made and " " in whom:
        named.add(other)
    return made


def renamed(text: str, swaps: tuple[tuple[str, str], ...]) -> str:
    """A text with every name exchanged for the other one of its pair; the lengths stay, and so do all offsets."""
    for old, new in swaps:
        assert len(old) == len(new)
        text = text.replace(old, new)
    return text
