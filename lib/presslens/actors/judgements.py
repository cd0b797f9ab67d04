"""Blame and praise that the article reports: "the union accused Fluxel of lying" is the union's view, not the author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pandas as pd

from presslens.actors.gazetteer import words
from presslens.actors.letters import Listed, one_of
from presslens.actors.passages import Line, article_lines
from presslens.actors.quotations import QUOTATION_COLUMNS
from presslens.actors.speakers import Memory, Speaker, before_verb
from presslens.language.chunks import typed

NEAR = 200  # characters before a verb within which its auxiliaries are looked for
_END = re.compile(r"[;:—–]|, (?:and|but|while|although|though|yet|so|who|which)\b|\b(?:but|while|although|though)\b|$")
# Each word is matched in one way only, or a run of adverbs would take exponential time.
# The author's own view: should be condemned, we condemn; and no view at all: did not condemn, refused to condemn.
_NO_REPORT = re.compile(
    r"(?:\b(?:should|must|ought to|deserves? to|has to|have to|needs? to|can|could|may|might|would|not|never|I|we|to)|n[’']t)"
    r"(?:\s+(?:be|have|been|also|\w+ly)\b)*\s+$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got)(?:\s+(?:\w+ly|also|often|once|even|again)\b)*\s+$"
)
_BY = re.compile(r"\bby\s+(?:the\s+|its\s+|his\s+|her\s+|their\s+)?")


def judgements(
    sentences: pd.DataFrame, mentions: pd.DataFrame, *, lines: Iterable[tuple[str, list[Line]]] | None = None
) -> pd.DataFrame:
    """Every clause in which the article reports that somebody blames or praises, a row each.

    The verbs are the set `judgeverb` of `data/words.csv` (accuse, blame, condemn, praise, hail ...). Active: from the verb
    to the end of its clause ("Peru accused Chile of …"). Passive: the whole clause ("Chile was accused by Peru of …"). A
    judgement that is denied, or demanded ("should be condemned"), or in the first person, is not a reported one.

    Args:
        sentences: `article`, `sentence`, `paragraph`, `start`, `text`, in order.
        mentions: as `presslens.actors.mentions.mentions` gives them.
        lines: what `presslens.actors.passages.article_lines` makes of these tables, where it is at hand.

    Returns:
        The columns of `presslens.actors.quotations.quotations`, with `kind` `judgement`, `speaker` who judges (empty when
        the article names no actor) and `cue` the verb.
    """
    rows: list[tuple[object, ...]] = []
    for article, own in article_lines(sentences, mentions) if lines is None else lines:
        memory = Memory(own)
        for line in own:
            for start, end, speaker, cue in _found(line, memory):
                who, called = (speaker.actor, speaker.text) if speaker else ("", "")
                at, text = line.start, line.text[start:end]
                rows.append((article, line.sentence, at + start, at + end, text, "judgement", who, called, cue))
    return typed(rows, QUOTATION_COLUMNS)


def _found(line: Line, memory: Memory) -> Iterator[tuple[int, int, Speaker | None, str]]:
    """Start, end, judge and verb of each judgement of a sentence that names somebody; none overlaps the one before."""
    free = 0
    for match in _verb().finditer(line.text) if line.names else ():
        verb, before = match.group(), line.text[: match.start()]
        near = max(0, len(before) - NEAR)
        if match.start() < free or _NO_REPORT.search(before, near):
            continue
        stop = _END.search(line.text, match.end())
        end = stop.start() if stop else len(line.text)
        if _PASSIVE.search(before, near):
            begin = max((cut.end() for cut in _END.finditer(before) if cut.end() < len(before)), default=0)
            speaker = _agent(line, match.end(), end)
        elif before.strip():
            participle = verb.endswith("ing")
            begin, speaker = match.end(), before_verb(line, line.text, match.start(), memory, participle=participle)
            if speaker is None and not participle:
                continue  # nobody judges: a noun, or a participle that describes
        else:
            continue
        if any(max(begin, free) <= one.start and one.end <= end for one in line.names):
            yield max(begin, free), end, speaker, verb
            free = end


def _agent(line: Line, begin: int, end: int) -> Speaker | None:
    """Who judges in the passive: the actor right after "by"."""
    for by in _BY.finditer(line.text, begin, end):
        for one in line.names:
            if one.start == by.end():
                return Speaker(one.actor, one.kind, line.text[one.start : one.end], one.start, one.end)
    return None


@cache
def _verb() -> Listed:
    verbs = words("judgeverb")
    return Listed(rf"\b{one_of(verbs)}\b(?!\s+(?:into|against|through|shut|down|on)\b)", verbs)
