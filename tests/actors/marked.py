"""Reading the articles of `articles/`, whose answers are marked in the text, and comparing them with what is found."""

import re
from typing import NamedTuple

import pandas as pd

from presslens.article.segmenting import Block, segment
from presslens.language.tokens import tokenize

_MARK = re.compile(r"\{([^|{}]+)\||\}|\[([^\]|]+)(?:\|([^\]]+))?\]")


class Marked(NamedTuple):
    """One marked answer: its place in the plain text and the actor or speaker."""

    start: int
    end: int
    actor: str


def parse(marked: str) -> tuple[str, list[Marked], list[Marked]]:
    """The plain text, the mentions and the quotations (quotation marks left out) of a marked article."""
    plain, at, size = [], 0, 0
    mentions: list[Marked] = []
    quotations: list[Marked] = []
    opened: list[tuple[int, str]] = []
    for match in _MARK.finditer(marked):
        piece = marked[at : match.start()]
        plain.append(piece)
        size += len(piece)
        if match.group(1):
            opened.append((size, match.group(1)))
        elif match.group(2):
            form = match.group(2)
            mentions.append(Marked(size, size + len(form), match.group(3) or form))
            plain.append(form)
            size += len(form)
        else:
            start, speaker = opened.pop()
            quotations.append(Marked(start, size, speaker))
        at = match.end()
    plain.append(marked[at:])
    return "".join(plain), mentions, quotations


def tables(text: str, article: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sentences and tokens of a plain article whose first line is the headline and every other line a paragraph."""
    blocks, at = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            blocks.append(Block("body" if number else "title", number, at, at + len(line)))
        at += len(line) + 1
    sentences = segment(article, text, blocks)
    return sentences, tokenize(sentences)


class Comparison(NamedTuple):
    """How many answers are right, how many were found and marked, and what differs."""

    right: int
    found: int
    marked: int
    wrong: list[str]
    missed: list[str]


def compare_mentions(found: pd.DataFrame, marked: list[Marked]) -> Comparison:
    """A mention is right when it overlaps a marked one and names the same actor (`?`: is ambiguous)."""
    left = list(marked)
    wrong: list[str] = []
    right = 0
    columns = (found[name].tolist() for name in ("start", "end", "text", "actor", "ambiguous"))
    for start, end, text, actor, ambiguous in zip(*columns, strict=True):
        named = "?" if ambiguous else actor
        hit = next((one for one in left if one.start < end and start < one.end and _same(one.actor, named)), None)
        if hit is None:
            wrong.append(f"{text} -> {named}")
        else:
            right += 1
            left.remove(hit)
    return Comparison(right, len(found), len(marked), wrong, [f"{one.actor} at {one.start}" for one in left])


def compare_quotations(found: pd.DataFrame, marked: list[Marked]) -> Comparison:
    """A quotation is right when it covers most of a marked one, not much else, and has its speaker."""
    left = list(marked)
    wrong: list[str] = []
    right = 0
    columns = (found[name].tolist() for name in ("start", "end", "text", "speaker", "speaker_text"))
    for start, end, text, speaker, words in zip(*columns, strict=True):
        hit = next((one for one in left if _covers(one, start, end)), None)
        if hit is not None and (_same(hit.actor, speaker) or (not speaker and hit.actor.lower() in words.lower())):
            right += 1
            left.remove(hit)
        else:
            wrong.append(f"{text} -> {speaker or words}")
    return Comparison(right, len(found), len(marked), wrong, [f"{one.actor} at {one.start}" for one in left])


def _covers(one: Marked, start: int, end: int) -> bool:
    shared = min(one.end, end) - max(one.start, start)
    return shared >= 0.7 * (one.end - one.start) and shared >= 0.5 * (end - start)


def _same(marked: str, found: str) -> bool:
    return marked.replace("’", "'").lower() == found.replace("’", "'").lower()
