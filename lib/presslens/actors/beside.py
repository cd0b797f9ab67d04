"""What stands beside a name in its sentence."""

from __future__ import annotations

import re

_NEXT = re.compile(r"[\s,’'\"”)]*([^\W\d_]+(?:-[^\W\d_]+)*)")
_OPENERS = frozenset("\"“‘'([:—–•*.!?;-")
_LEADS = " \n(\"“'‘"
_BEFORE = re.compile(r"([^\W\d_]+)[\s(\"“'‘]*$")


def opens(text: str, start: int) -> bool:
    """Whether only quotes, brackets or a colon stand before the word: its capital may be the sentence's."""
    before = text[:start].rstrip(" ")
    return not before or (before[-1] in _OPENERS and not (before[-1] == "." and before[-2:-1].isupper()))


def word_before(text: str, start: int) -> str:
    """The word before a place, in lower case; nothing at the start, and where a mark stands between."""
    before = text[max(0, start - 30) : start]
    plain = before.rstrip(_LEADS).rpartition(" ")[2]
    if plain.isalpha():
        return plain.lower()
    if not plain[-1:].isalpha():  # a mark stands between, which the pattern would look for in vain
        return ""
    match = _BEFORE.search(before)
    return match.group(1).lower() if match else ""


def word_after(text: str, end: int) -> str:
    """The word after a place or after a possessive there; nothing at the end."""
    tail = text[end : end + 40]
    match = _NEXT.match(tail[2:] if tail[:2] in ("’s", "'s") else tail)
    return match.group(1) if match else ""
