"""A text as a variant of VADER reads it, and where its tokens stand in the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presslens.sentiment.vocabulary import Rules

_TOKEN = re.compile(r"\S+")


def spelled_out(text: str, lists: Rules) -> str:
    """The text as the variant reads it: vaderSentiment puts an emoji's description in its place."""
    if not lists.emoji:
        return text
    if text.isascii() or lists.emoji.keys().isdisjoint(text):
        return text.strip()
    return "".join(piece for piece, _ in _pieces(text, lists)).strip()


def _pieces(text: str, lists: Rules) -> Iterator[tuple[str, int]]:
    """What each character is read as, and its place in the text."""
    after_space = True
    for place, character in enumerate(text):
        description = lists.emoji.get(character)
        if description is None:
            yield character, place
            after_space = character == " "
        else:
            yield description if after_space else " " + description, place
            after_space = False


def spans(text: str, lists: Rules) -> list[tuple[int, int]]:
    """Start and end of each token in the text as given."""
    if not lists.emoji or lists.emoji.keys().isdisjoint(text):
        return [match.span() for match in _TOKEN.finditer(text)]
    pieces = list(_pieces(text, lists))
    origins = [place for piece, place in pieces for _ in piece]
    read = "".join(piece for piece, _ in pieces)
    return [(origins[match.start()], origins[match.end() - 1] + 1) for match in _TOKEN.finditer(read)]
