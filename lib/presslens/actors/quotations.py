"""What is quoted, directly or indirectly, and who says it: the table `quotations`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import pandas as pd

from presslens.actors.gazetteer import names, words
from presslens.actors.interviews import answers
from presslens.actors.letters import Listed, one_of
from presslens.actors.passages import Line, Passage, article_lines, masked, passages
from presslens.actors.speakers import Memory, Speaker, after_verb, before_verb, speech_participle, speech_verb
from presslens.language.chunks import typed

QUOTATION_COLUMNS = {
    "article": "str",
    "sentence": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "speaker": "str",
    "speaker_text": "str",
    "cue": "str",
}
SOURCE_COLUMNS = {"article": "str", "speaker": "str", "direct": "int64", "indirect": "int64", "words": "int64"}

NEAR = 80  # characters before a verb within which a denial or a possessive is looked for
_ACCORDING = re.compile(r"\b[Aa]ccording to\b|\bin the words of\b|\b[Ii]n the view of\b")
_COMPLEMENT = re.compile(
    r"\s+(?:(?:on|in|at|last|this|earlier|late|early)\s[^,;.~]{2,40}?\s)?(that|to)\s|\s+(?=[a-z’']+\s)|\s+(?=[A-Z])"
)
_ADDRESSED = re.compile(r"\s+(?!that\b)[^.;:~]{2,90}?\sthat\s")
_BROKEN = re.compile(r",\s+(?=that\s)")
_DENIED = re.compile(r"(?:\bnot|n[’']t|\bnever|\b(?:declin|refus)\w+ to)\s+$")
_POSSESSED = re.compile(r"[’']s?\s+(?:\w+\s+)?$|\b(?:the|a|an|any|no|such|these|those|its|his|her|their)\s+$")

Found = tuple[int, int, int, int, str, Speaker | None, str]


def quotations(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,  # noqa: ARG001
    mentions: pd.DataFrame,
    *,
    lines: Iterable[tuple[str, list[Line]]] | None = None,
) -> pd.DataFrame:
    """Every passage that is somebody's words and not the author's.

    Direct: what stands between quotation marks (a passage that an attribution interrupts gives two rows), and the labelled
    paragraphs of an interview that are not the interviewer's, one row each (see `actors.interviews`). Indirect: the
    clause after a verb of speech ("said that", "claims to have"), before or after "according to", or after the noun of a
    claim ("Pyongyang's claims to have ...").

    Args:
        sentences: `article`, `sentence`, `paragraph`, `start`, `text`, in order.
        tokens: not needed by the rules; kept so that every measure takes the same tables.
        mentions: as `presslens.actors.mentions.mentions` gives them.
        lines: what `presslens.actors.passages.article_lines` makes of these tables, where it is at hand.

    Returns:
        In order of the text: `article`, `sentence` (where it begins), `start`, `end` (offsets into the article, marks left
        out), `text`, `kind` (`direct`, `indirect`), `speaker` (an actor; empty when the article does not name one),
        `speaker_text` (the words that stand for the speaker: a name, a pronoun, "officials"), `cue` (the word of speech).
    """
    rows: list[tuple[object, ...]] = []
    for article, own in article_lines(sentences, mentions) if lines is None else lines:
        rows += [_row(article, own, one) for one in sorted(_found(own), key=lambda one: one[:4])]
    return typed(rows, QUOTATION_COLUMNS)


def sources(quotations: pd.DataFrame) -> pd.DataFrame:
    """Who is quoted how often in each article, most words first.

    Returns:
        `article`, `speaker` (an actor, or the words that describe one), `direct`, `indirect` (counts), `words` (quoted).
    """
    known = quotations[(quotations["speaker"] != "") | (quotations["speaker_text"] != "")]
    if known.empty:
        return typed([], SOURCE_COLUMNS)
    # One speaker for "Officials" and "officials", as first written, but for the capital that only opens a sentence.
    low = known["speaker_text"].str.casefold()
    named = known["speaker_text"].str.contains(r"\s\S*[A-Z]") | ~low.str.split().str[0].isin(_opening())
    written = known["speaker_text"].where(named, low)
    first = written.groupby([known["article"], low], sort=False).transform("first")
    who = known["speaker"].where(known["speaker"] != "", first)
    table = known.assign(
        speaker=who,
        direct=known["kind"].eq("direct").astype("int64"),
        indirect=known["kind"].eq("indirect").astype("int64"),
        words=known["text"].str.count(r"\S+"),
    )
    counted = table.groupby(["article", "speaker"], sort=False)[["direct", "indirect", "words"]].sum().reset_index()
    order = {article: number for number, article in enumerate(dict.fromkeys(counted["article"]))}
    ranked = counted.assign(order=counted["article"].map(order))
    ranked = ranked.sort_values(["order", "words"], ascending=[True, False], kind="stable")
    return ranked[list(SOURCE_COLUMNS)].astype(SOURCE_COLUMNS).reset_index(drop=True)


@cache
def _opening() -> frozenset[str]:
    """Words that are no name when they stand with a capital at the head of a sentence."""
    return names("common_words") | words("function") | words("speaking")


def _found(lines: Sequence[Line]) -> Iterator[Found]:
    said = answers(lines)
    spoken = {number for one in said for number in range(one.first, one.last + 1)}
    for answer in said:
        yield answer.first, answer.start, answer.last, answer.end, "direct", answer.speaker, answer.label
    quoted = [one for one in passages(lines) if one.first not in spoken]
    outside = masked(lines, quoted)
    memory = Memory(lines)
    by_line: dict[int, list[Passage]] = {}
    for one in quoted:
        by_line.setdefault(one.first, []).append(one)
    busy = spoken | {number for one in quoted for number in range(one.first, one.last + 1)}
    for number, line in enumerate(lines):
        for one in by_line.get(number, []):
            speaker, cue = _direct_speaker(one, lines, outside, memory)
            if speaker is not None and speaker.text:
                memory.spoke(one.last, speaker)
            yield one.first, one.start, one.last, one.end, "direct", speaker, cue
        if number in busy:
            continue
        for start, end, speaker, cue in _indirect(line, memory):
            if speaker.actor:
                memory.spoke(number, speaker)
            yield number, start, number, end, "indirect", speaker, cue


def _direct_speaker(
    one: Passage, lines: Sequence[Line], outside: Sequence[str], memory: Memory
) -> tuple[Speaker | None, str]:
    """The attribution after the passage, else the one before it, else the speaker who goes on."""
    last, text = lines[one.last], outside[one.last]
    stop = text.find("~", one.end + 1)
    after = text[: stop if stop >= 0 else len(text)]
    for match in speech_verb().finditer(after, min(one.end + 1, len(after))):
        gap = after[one.end + 1 : match.start()]
        if len(gap.split()) > 14:
            break
        inverted = not gap.strip(" ,~")
        speaker = after_verb(last, after, match.end(), memory) if inverted else None
        speaker = speaker or before_verb(last, after, match.start(), memory)
        if speaker is not None and (inverted or len(gap.split()) <= 6 or gap.count(",") >= 2):
            return speaker, match.group()
    first, text = lines[one.first], outside[one.first]
    before = text[: max(one.start - 1, 0)]
    verbs = [(match, False) for match in speech_verb().finditer(before)]
    verbs += [(match, True) for match in speech_participle().finditer(before)]
    for match, participle in sorted(verbs, key=lambda pair: -pair[0].start()):
        # “I know,” said Ann Lee, “but I cannot say”: what follows the verb that follows the first part
        inverted = not participle and before[: match.start()].rstrip(" ,").endswith("~")
        speaker = after_verb(first, before, match.end(), memory) if inverted else None
        speaker = speaker or before_verb(first, before, match.start(), memory, participle=participle)
        if speaker is not None:
            return speaker, match.group()
    for number in dict.fromkeys((one.last, one.first)):
        source = _according(outside[number])
        if source:
            speaker = after_verb(lines[number], outside[number], source.end(), memory)
            if speaker is not None:
                return speaker, source.group().lower()
    alone = not outside[one.first][: one.start].strip("~ ") and not outside[one.last][one.end :].strip("~ .,")
    if one.continues or alone:
        within = 3 if one.continues or lines[one.first].paragraph == lines[max(one.first - 1, 0)].paragraph else 1
        return memory.latest(one.first, within=within), ""
    return None, ""


def _indirect(line: Line, memory: Memory) -> Iterator[tuple[int, int, Speaker, str]]:
    """The indirect speech of a line without quotation marks: start, end, speaker, cue; one, or the two parts of one."""
    text = line.text
    end = len(text.rstrip(" .!?"))
    if not _report_verb().may_be_in(text) and not _may_name_source(text):
        yield from _claims(line, end)
        return
    source = _according(text)
    if source:
        speaker = after_verb(line, text, source.end(), memory)
        if speaker is not None:
            if text[speaker.end : speaker.end + 2] == ": ":
                yield speaker.end + 2, end, speaker, source.group().lower()
                return
            start = text.find(",", speaker.end) + 1 if source.start() < 3 else 0
            stop = end if source.start() < 3 else source.start()
            start += len(text[start:]) - len(text[start:].lstrip())
            if start < stop:
                yield start, len(text[:stop].rstrip(" ,")), speaker, source.group().lower()
                return
    for match in _report_verb().finditer(text):
        near = max(0, match.start() - NEAR)
        if _POSSESSED.search(text, near, match.start()):
            continue
        trailing = text.rfind(",", 0, match.start())
        rest = text[match.end() : end].strip(" ,")
        if _DENIED.search(text, near, match.start()):
            continue
        complement = _COMPLEMENT.match(text, match.end())
        addressed = _ADDRESSED.match(text, match.end())
        late = trailing > 0 and (not rest or not complement) and len(text[trailing : match.start()].split()) <= 8
        if late:
            speaker = before_verb(line, text, match.start(), memory) or after_verb(line, text, match.end(), memory)
            if speaker is not None and len(rest.split()) <= 8:
                yield 0, trailing, speaker, match.group()
                return
        broken = _BROKEN.match(text, match.end()) if trailing > 0 else None
        if broken and len(text[trailing : match.start()].split()) <= 6:  # it is possible, Ann Lee said, that it rains
            speaker = before_verb(line, text, match.start(), memory)
            if speaker is not None:
                yield 0, trailing, speaker, match.group()
                yield broken.end(), end, speaker, match.group()
                return
        inverted = text[: match.start()].rstrip().endswith(",") and after_verb(line, text, match.end(), memory)
        if inverted and text[inverted.end : inverted.end + 2] == ", ":
            yield inverted.end + 2, end, inverted, match.group()
            return
        if addressed and match.group().startswith(("told", "tell", "promis", "warn", "assur", "remind")):
            begin = addressed.end()
        elif complement is not None and _is_clause(text, complement, match.group()):
            begin = complement.end()
        else:
            continue
        speaker = before_verb(line, text, match.start(), memory)
        if speaker is not None and begin < end:
            yield begin, end, speaker, match.group()
            return
    yield from _claims(line, end)


def _claims(line: Line, end: int) -> Iterator[tuple[int, int, Speaker, str]]:
    for name in line.names:
        match = _claim_noun().match(line.text, name.end)
        if match and name.kind != "place":
            stop = re.compile(r"\s(?:is|are|was|were|has|have|had|remain|remains)\b|[,;—]").search(
                line.text, match.end()
            )
            speaker = Speaker(name.actor, name.kind, line.text[name.start : name.end], name.start, name.end)
            yield match.end(), stop.start() if stop else end, speaker, match.group(1)
            return


def _is_clause(text: str, complement: re.Match[str], verb: str) -> bool:
    """Whether what follows a verb of speech is what was said, not whom it was said to or a thing."""
    if complement.group(1) == "that":
        return True
    following = text[complement.end() : complement.end() + 60]
    opening = following.split()[:1]
    if complement.group(1) == "to":
        return verb.startswith(("claim", "vow", "promis", "pledg", "threat")) and bool(opening)
    if verb.startswith(
        ("said", "say", "add", "insist", "believe", "think", "thought", "argue", "claim", "hope", "fear")
    ):
        return bool(opening) and opening[0].lower() not in words("noclause")
    return False


def _may_name_source(text: str) -> bool:
    """Whether the letters of "according to" and its like stand in the text: quicker to tell than by the pattern."""
    return any(one in text for one in ("ccording to", "n the words of", "n the view of"))


def _according(text: str) -> re.Match[str] | None:
    return _ACCORDING.search(text) if _may_name_source(text) else None


@cache
def _report_verb() -> Listed:
    return Listed(rf"\b{one_of(words('reportverb'))}\b", words("reportverb"))


@cache
def _claim_noun() -> re.Pattern[str]:
    nouns = "|".join(sorted(words("claimnoun"), key=len, reverse=True))
    return re.compile(rf"[’']s?\s+(?:\w+\s)?({nouns})\s+(?:that|to|of)\s")


def _row(article: str, lines: Sequence[Line], found: Found) -> tuple[object, ...]:
    first, start, last, end, kind, speaker, cue = found
    begin, stop = lines[first].start + start, lines[last].start + end
    pieces = [
        line.text[start if number == first else 0 : end if number == last else None]
        for number, line in enumerate(lines[first : last + 1], first)
    ]
    actor, text = (speaker.actor, speaker.text) if speaker is not None else ("", "")
    return article, lines[first].sentence, begin, stop, " ".join(pieces), kind, actor, text, cue
