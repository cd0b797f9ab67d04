"""Who answers in an interview: paragraphs that open with the speaker's label, "A:", "Ruth Okafor:", "OKAFOR:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from presslens.actors.passages import Line
from presslens.actors.speakers import Speaker

_LABEL = re.compile(r"([A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|de|del|van|von|al|bin)){0,3}):\s+(?=\S)")
QUESTION, ANSWER = ("q", "question", "interviewer"), ("a", "answer")
FEWEST = 2  # paragraphs of a label before it counts as one


class Answer(NamedTuple):
    """A paragraph of somebody's words: from `start` in line `first` to the end of line `last`, the label left out."""

    first: int
    start: int
    last: int
    end: int
    speaker: Speaker
    label: str


def answers(lines: Sequence[Line]) -> list[Answer]:
    """The labelled paragraphs of an interview that are not the interviewer's; none where the text is no interview.

    It is one where two labels or more open two paragraphs or more each, and every one of them is the letter or word for
    question or answer, a person whom the article names, or stands in capitals, as outlets and initials do: "Cost:" and
    "Verdict:" make none. The interviewer, whose words are the author's, is who asks: the label of a question, or one whose
    paragraphs mostly end in a question mark. A paragraph without a label goes on with the one before, but for those after
    the last label. "A" is the one person whom the article names most before the first label, if there is one.
    """
    paragraphs = _paragraphs(lines)
    labels = [_LABEL.match(lines[first].text) for first, _ in paragraphs]
    counted = Counter(_key(match) for match in labels if match)
    if len(counted) < 2:
        return []
    people = _people(lines)
    known = {key for key, times in counted.items() if times >= FEWEST and _is_speaker(key, labels, people)}
    if len(known) < 2:
        return []
    asks = {key for key in known if _asks(key, lines, paragraphs, labels)}
    begin = next(at for at, match in enumerate(labels) if match and _key(match) in known)
    final = max(at for at, match in enumerate(labels) if match and _key(match) in known)
    guest = _guest(lines[: paragraphs[begin][0]])
    found: list[Answer] = []
    holder: re.Match[str] | None = None
    for at, (first, last) in enumerate(paragraphs[begin : final + 1], begin):
        match = labels[at]
        own = match is not None and _key(match) in known
        holder = match if own else holder
        if holder is None or _key(holder) in asks:
            continue
        label, start = holder.group(1), holder.end() if own else 0
        actor = guest if _key(holder) in ANSWER else people.get(_key(holder), "")
        # the label stands for the speaker; its place is that of the paragraph
        speaker = Speaker(actor, "person" if actor else "", label, 0, 0)
        found.append(Answer(first, start, last, len(lines[last].text), speaker, label))
    return found


def _paragraphs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The first and last line of each paragraph of the body."""
    found: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        if not line.sentence.startswith("p"):
            continue
        if found and lines[found[-1][1]].paragraph == line.paragraph:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _key(match: re.Match[str]) -> str:
    return match.group(1).rstrip(".").casefold()


def _people(lines: Sequence[Line]) -> dict[str, str]:
    """The actor whom each name of a person stands for: the whole name, its last word, its initials."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for name in line.names:
            if name.kind != "person":
                continue
            words = name.actor.casefold().split()
            for key in (
                " ".join(words),
                words[-1],
                "".join(word[0] for word in words),
                line.text[name.start : name.end].casefold(),
            ):
                found.setdefault(key, set()).add(name.actor)
    return {key: next(iter(actors)) for key, actors in found.items() if len(actors) == 1}


def _is_speaker(key: str, labels: Sequence[re.Match[str] | None], people: dict[str, str]) -> bool:
    written = next(match.group(1) for match in labels if match and _key(match) == key)
    return key in (*QUESTION, *ANSWER) or key in people or (written.isupper() and len(key) > 1)


def _asks(
    key: str, lines: Sequence[Line], paragraphs: Sequence[tuple[int, int]], labels: Sequence[re.Match[str] | None]
) -> bool:
    if key in QUESTION or key in ANSWER:
        return key in QUESTION
    own = [last for (_, last), match in zip(paragraphs, labels, strict=True) if match and _key(match) == key]
    asked = sum(lines[last].text.rstrip("”’\"') ").endswith("?") for last in own)
    return asked > len(own) / 2


def _guest(before: Sequence[Line]) -> str:
    """The person named most before the first label; empty where two are named as often, or nobody is."""
    named = Counter(name.actor for line in before for name in line.names if name.kind == "person").most_common(2)
    return named[0][0] if named and (len(named) == 1 or named[0][1] > named[1][1]) else ""
