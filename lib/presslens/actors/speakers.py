"""Who says it: the subject of a verb of speech, a possessor of a claim, the one after "according to", a pronoun's person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from presslens.actors.gazetteer import sexes, words
from presslens.actors.letters import Listed, one_of
from presslens.actors.passages import Line, Named

NEAR = 200  # characters before a verb within which its subject is looked for
_CLAUSE = Listed(
    r"[;:]|, (?:and|but|while|although|though|yet|so|as)\b|\b(?:but|while|although|though)\b|—|–|--|~+",
    (";", ":", ", a", ", b", ", w", ", t", ", y", ", s", "but", "while", "although", "though", "—", "–", "--", "~"),
)
_PREPOSITION = re.compile(
    r"\b(?:in|at|of|for|to|from|with|by|on|against|about|near|over|under|between|among|like|than|via|into|toward|towards|"
    r"after|before|during|outside|across|through|around|until|since|within|without|behind|including)"
    r"(?:\s+(?:the|a|an|its|his|her|their|both|former|late|new|old|all|central|northern|southern|eastern|western))*\s*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"(?:^|[\s,~(—–-])(he|she|they|it|who|I|we)(?:\s+(?:\w+ly|has|had|have|also|later|then|once|even|"
    r"would|will|did|still|often|now|again|never|always)\b)*\s*$",
    re.IGNORECASE,
)
_ADVERBS = ("has", "had", "have", "also", "later", "then", "once")
_NOUN_PHRASE = re.compile(
    r"((?:(?:the|a|an|one|some|many|several|most|other|another|his|her|its|their|these|those|two|three|no)\s+)?"
    rf"(?:[a-z][\w’'-]*\s+){{0,3}}?[a-z][\w’'-]*)\s*(?:(?:{'|'.join(_ADVERBS)}|\w+ly)\s+)*$",
    re.IGNORECASE,
)
# What follows the noun of a described speaker: diplomats from ..., a violinist who ...
_TAIL = re.compile(r",?\s+(?:from|of|at|in|for|with|near|on|who|whose|which|that)\s.*$")
_AFTER_VERB = re.compile(
    r"\s*,?\s*((?:the|a|an|one|some|many|several|his|her|its|their)\s+)?((?:[a-z][\w’'-]*(?:\s+|(?=,))){0,4})"
)
_TITLE_GAP = re.compile(r"[\s,]*(?:(?:[A-Z][\w.’'-]*|[a-z][\w-]*|of|the|a)[\s,]+){0,5}$")

_SHORT_TITLES = {
    "gov.": "governor",
    "sen.": "senator",
    "rep.": "representative",
    "gen.": "general",
    "prof.": "professor",
}

VOICES = ("person", "organisation", "party", "body", "country")


class Speaker(NamedTuple):
    """The speaker as an actor (empty when only described), and the words that name him or her with their place."""

    actor: str
    kind: str
    text: str
    start: int
    end: int


@cache
def speech_verb() -> Listed:
    """Any verb of speech in the past or present."""
    verbs = words("sayverb") | words("reportverb")
    return Listed(rf"(?<![-\w]){one_of(verbs)}\b", verbs)


@cache
def speech_participle() -> Listed:
    """Any verb of speech as a participle: saying, calling, warning."""
    return Listed(rf"\b{one_of(words('speechparticiple'))}\b", words("speechparticiple"))


def before_verb(line: Line, text: str, verb: int, earlier: Memory, *, participle: bool = False) -> Speaker | None:
    """The subject of a verb that stands at `verb`: a pronoun, the actor of its clause, or a description."""
    cuts = [match.end() for match in _CLAUSE.finditer(text, 0, verb)]
    inside = [cut for cut in cuts if text[cut:verb].strip(" ,")]
    begin = inside[-1] if inside else 0
    window = text[begin:verb]
    pronoun = _PRONOUN.search(window, max(0, len(window) - NEAR))
    if pronoun and pronoun.group(1).lower() not in ("it", "who"):
        at = begin + pronoun.start(1)
        return earlier.person(pronoun.group(1).lower(), line, at)
    named = [name for name in line.names if begin <= name.start and name.end <= verb and _can_speak(name, text)]
    comma = window.rstrip().endswith(",") or participle or bool(pronoun)
    if not named:
        if participle and begin:
            return before_verb(line, text, begin, earlier, participle=True)
        return None if participle else _described(text, begin, verb, earlier, line)
    chosen = named[0] if comma else named[-1]
    between = text[chosen.end : verb]
    if not comma and chosen.kind != "person" and _head_between(between):
        return _described(text, begin, verb, earlier, line) if not _is_office(between) else _speaker(chosen, text)
    return _speaker(chosen, text)


def after_verb(line: Line, text: str, end: int, earlier: Memory) -> Speaker | None:
    """The subject that follows a verb ending at `end` (said Sen. Mary Dale; said a spokesman for Boeing)."""
    pronoun = re.match(r"\s+(he|she|they)\b", text[end:])
    if pronoun:
        return earlier.person(pronoun.group(1), line, end + pronoun.start(1))
    stop = re.search(r"[.;~]\s|[;~]|\bwho\b|\bthat\b|$", text[end + 1 :])
    limit = end + 1 + (stop.start() if stop else 0)
    # A period after a title (Sen.) does not end the phrase.
    limit = max(limit, min(end + 30, len(text))) if "~" not in text[end : end + 30] else limit
    following = [name for name in line.names if end <= name.start < limit]
    lead = _AFTER_VERB.match(text, end)
    for name in following:
        gap = text[end : name.start]
        if name.how == "demonym" and len(following) > 1:
            continue
        if name.kind == "person" and _TITLE_GAP.match(gap) and len(gap) < 80:
            return _speaker(name, text)
        if len(gap.split()) <= 2 or set(gap.split()) & words("speaking"):
            return _speaker(name, text)
    if lead and lead.group(2).strip():
        phrase = lead.group().strip(" ,")
        return earlier.described(phrase, line, end + 1)
    return None


class Memory:
    """Who was named and who spoke so far, for pronouns and descriptions; one article."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._numbers = {line.sentence: number for number, line in enumerate(lines)}
        self._last: tuple[int, Speaker] | None = None
        self._women: dict[str, str] = {}
        self._known_offices: dict[str, set[str]] | None = None

    @property
    def _offices(self) -> dict[str, set[str]]:
        if self._known_offices is None:  # most articles never ask
            self._known_offices = _offices(self._lines)
        return self._known_offices

    def spoke(self, number: int, speaker: Speaker) -> None:
        """Remember the latest speaker."""
        self._last = (number, speaker)

    def latest(self, number: int, *, within: int) -> Speaker | None:
        """The latest speaker if he or she spoke at most so many lines ago."""
        if self._last is None or number - self._last[0] > within:
            return None
        return self._last[1]

    def person(self, pronoun: str, line: Line, at: int) -> Speaker | None:
        """The person whom he or she stands for: the last speaker, or the subject of the nearest line that fits."""
        number = self._numbers[line.sentence]
        if pronoun in ("i", "we"):
            return None
        sex = {"he": "m", "she": "f"}.get(pronoun, "")
        latest = self.latest(number, within=3)
        if pronoun == "they":
            if latest is None or latest.kind == "person":
                return None
            return Speaker(latest.actor, latest.kind, line.text[at : at + 4], at, at + 4)
        for back in range(number, max(number - 5, -1), -1):
            people = [
                name
                for name in self._lines[back].names
                if name.kind == "person" and (back < number or name.end <= at) and _sex(name.actor) in ("", sex)
            ]
            if not people:
                continue
            chosen = people[0]
            if latest is not None and any(name.actor == latest.actor for name in people):
                chosen = next(name for name in people if name.actor == latest.actor)
            return Speaker(chosen.actor, chosen.kind, line.text[at : at + len(pronoun)], at, at + len(pronoun))
        return None

    def described(self, phrase: str, line: Line, at: int) -> Speaker:
        """A speaker without a name: the one person of the article with that office, or nobody in particular."""
        start = line.text.find(phrase, max(at - 1, 0))
        start = start if start >= 0 else at
        low = phrase.lower()
        office = low.split()[-1] if low else ""
        holders = self._offices.get(office, set()) if low.startswith("the ") else set()
        actor = next(iter(holders)) if len(holders) == 1 else ""
        return Speaker(actor, "person" if actor else "", phrase, start, start + len(phrase))


def _described(text: str, begin: int, verb: int, earlier: Memory, line: Line) -> Speaker | None:
    # "..., killing nine people, officials said": what follows the last comma is the subject where it is short.
    last_comma = text.rfind(",", begin, verb)
    if last_comma >= 0 and 0 < len(text[last_comma + 1 : verb].split()) <= 4 and text[:verb].count(",") % 2 == 0:
        begin = last_comma + 1
    window = text[begin:verb]
    cut = _TAIL.search(window, max(0, len(window) - 2 * NEAR))
    head = window[: cut.start()] if cut and cut.start() else window
    match = _NOUN_PHRASE.search(head, _phrase_near(head))
    if match is None:
        return None
    phrase = match.group(1).strip()
    if phrase.split()[-1] in words("speaking") and len(window[match.start(1) :].split()) <= 8:
        phrase = window[match.start(1) :].strip(" ,")
        return earlier.described(phrase, line, begin + match.start(1))
    last = phrase.split()[-1].lower() if phrase else ""
    if not phrase or last in words("function") or last.endswith("ly"):
        return None
    return earlier.described(phrase, line, begin + match.start(1))


def _phrase_near(head: str) -> int:
    """Where at the earliest a noun phrase can begin that ends `head`: an article and four words before any adverbs."""
    last = head[-NEAR:].lower().split()
    adverbs = 0
    while adverbs < len(last) and (last[-1 - adverbs] in _ADVERBS or last[-1 - adverbs].endswith("ly")):
        adverbs += 1
    before = head.rsplit(None, adverbs + 5)
    return max(len(before[0]) if len(before) > adverbs + 5 else 0, len(head) - NEAR, 0)


def _speaker(name: Named, text: str) -> Speaker:
    return Speaker(name.actor, name.kind, text[name.start : name.end], name.start, name.end)


def _can_speak(name: Named, text: str) -> bool:
    """Whether a mention can be the subject: no place or adjective, no preposition before it, no possessive after it."""
    if name.kind not in VOICES or (name.how == "demonym" and not text[name.start : name.end].endswith("s")):
        return False
    if text[name.end : name.end + 2] in ("’s", "'s"):
        return False
    return not _PREPOSITION.search(text[max(0, name.start - 40) : name.start])


def _head_between(between: str) -> bool:
    """Whether the words between an actor and the verb hold a subject of their own (the U.N. envoy said)."""
    found = [word for word in between.split() if word.isalpha() and word.islower() and word not in words("function")]
    return bool(found) and not found[-1].endswith("ly")


def _is_office(between: str) -> bool:
    return any(word in words("governing") or word in words("speaking") for word in between.split())


def _offices(lines: Sequence[Line]) -> dict[str, set[str]]:
    """By office (minister, mayor), the people whom the article calls so, before the name or right after it."""
    offices: dict[str, set[str]] = {}
    lower = words("lowertitle")
    for line in lines:
        for name in line.names:
            if name.kind != "person":
                continue
            before = line.text[max(0, name.start - 30) : name.start].lower().split()[-1:]
            before = [_SHORT_TITLES.get(word, word) for word in before]
            after = re.match(r", (?:the|a|an|its|their)\s([^,.;]{3,60})", line.text[name.end : name.end + 70])
            around = {
                *before,
                *(after.group(1).lower().split(" of ")[0].split(" for ")[0].split()[-1:] if after else []),
            }
            for word in around & lower:
                offices.setdefault(word, set()).add(name.actor)
    return offices


def _sex(actor: str) -> str:
    return sexes().get(actor.split()[0], "")
