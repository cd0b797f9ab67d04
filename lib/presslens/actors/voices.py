"""Whose voice speaks at each mention: the author's, or that of somebody whose words the article gives."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pandas as pd

from presslens.actors.gazetteer import words
from presslens.language.chunks import listed, strings

AUTHOR, ATTRIBUTED = "author", "attributed"
# Between a name and what it is called: calling Seoul “senseless”, called Mr. Dell’s plan a “gift”.
_NEAR = 25

Place = tuple[int, int, str, str, str, str]


def voices(mentions: pd.DataFrame, quotations: pd.DataFrame, judgements: pd.DataFrame | None = None) -> pd.DataFrame:
    """The mentions (or any other places in the text), each with the voice that speaks there.

    A mention is in an attributed voice inside a quotation, direct or indirect, and where a quotation right after it says
    what somebody calls it (calling Seoul “senseless”): the word is the speaker's, though the name is not between the marks.
    So is blame and praise that the author only reports.

    Args:
        mentions: `article`, `sentence`, `start`, `end` and, where they are mentions, `actor`.
        quotations: as `presslens.actors.quotations.quotations` gives them.
        judgements: as `presslens.actors.judgements.judgements` gives them; those who judge are themselves the author's.

    Returns:
        The mentions with `quoted` (True between the marks or in reported speech), `voice` (`author`, `attributed`) and
        `speaker` (whose voice; empty for the author's and where the article does not say).
    """
    by_article, starts = _places(quotations)
    judged, begun = _places(quotations.iloc[:0] if judgements is None else judgements)
    inside: list[bool] = []
    attributed: list[bool] = []
    speakers: list[str] = []
    named = mentions["actor"] if "actor" in mentions.columns else pd.Series("", index=mentions.index)
    columns = [listed(mentions[name]) for name in ("article", "sentence", "start", "end")]
    columns.append(named.tolist())
    for article, sentence, start, end, actor in zip(*columns, strict=True):
        found = by_article.get(article, [])
        at = bisect_right(starts[article], start) - 1 if found else -1
        held = _holder(by_article, starts, article, start, end)
        after = found[at + 1] if actor and held is None and at + 1 < len(found) else None
        if after is not None and after[5] == sentence and actor != after[2] and _calls(after, end):
            speaker, called = after[2], True
        elif held is None and (judge := _holder(judged, begun, article, start, end)) and judge[2] != actor:
            speaker, called = judge[2], True
        else:
            speaker, called = (held[2] if held else ""), False
        inside.append(held is not None)
        attributed.append(held is not None or called)
        speakers.append(speaker)
    voice = np.where(np.array(attributed, dtype=bool), ATTRIBUTED, AUTHOR)
    return mentions.assign(
        quoted=np.array(inside, dtype=bool),
        voice=strings(voice.tolist()),
        speaker=strings(speakers),
    )


def _places(table: pd.DataFrame) -> tuple[dict[str, list[Place]], dict[str, list[int]]]:
    """By article, what a table of quotations or judgements holds, and where each begins, in order."""
    held: dict[str, list[Place]] = {}
    wanted = ("article", "start", "end", "speaker", "kind", "cue", "sentence")
    for article, *rest in zip(*(listed(table[name]) for name in wanted), strict=True):
        held.setdefault(article, []).append(tuple(rest))
    return held, {article: [one[0] for one in found] for article, found in held.items()}


def _holder(
    held: dict[str, list[Place]], starts: dict[str, list[int]], article: str, start: int, end: int
) -> Place | None:
    """The quotation or judgement that a place lies in."""
    at = bisect_right(starts[article], start) - 1 if article in held else -1
    return held[article][at] if at >= 0 and end <= held[article][at][1] else None


def _calls(quotation: Place, end: int) -> bool:
    """Whether a direct quotation is what somebody calls a mention that ends right before it."""
    start, _, _, kind, cue, _ = quotation
    return kind == "direct" and 0 <= start - end <= _NEAR and cue.lower() in words("namingverb")
