"""Named rules that find what is not the article, and the ledger of what they took out."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import pandas as pd
import yaml

LEDGER_COLUMNS = ("article", "line", "text", "rule", "reason", "kept")
MORE_FROM = re.compile(
    r"(more (from|on|in|stories|coverage|news|by)|related|recommended|read (more|next)|see also|you (may|might) (also )?like"
    r"|you might be interested|most (read|popular|viewed)|trending|latest( news| stories)?|top stories|editor.?s.? picks?"
    r"|popular( now)?|up next|also (on|in|by)|from the web|around the web|what to read next|in case you missed it"
    r"|don.t miss|further reading|keep reading|other stories|more articles)\b[^.?!]{0,60}"
)
WROTE = (
    "fellow|reporter|correspondent|professor|lecturer|writer|author|editor|columnist|director|journalist|researcher|"
    "contributor|analyst|scholar|chair|historian|economist|scientist|expert|president|founder|critic|producer|student|"
    "teacher|lawyer|attorney|ambassador|officer|consultant|adviser|advisor|senior|staff|host|partner|member|chief|freelance"
)
NAME = r"(?:[A-Z][\w.'’-]*\s+){1,3}(?:(?:de|van|von|bin|al|la|der)\s+)?[A-Z][\w'’-]+"
AUTHOR_NOTE = re.compile(rf"(?P<name>{NAME})(?:,[^,.]{{2,60}},)?\s+(?:is|was|are|were|writes|covers|reports)\b")
AUTHOR_WORK = re.compile(rf"\b(?:{WROTE})s?\b|\b(?:writes|covers|reports)\b", re.IGNORECASE)
CREDITS = re.compile(r"\(?(?:additional )?(?:reporting|editing|writing|compiled|translated) by [A-Z].{1,200}")
BYLINE = re.compile(rf"[Bb][Yy]:?\s+(?P<name>{NAME}|[A-Z][A-Z .'’-]{{4,40}})(?:\s*(?:,|\band\b|&|\|).{{0,120}})?")
WORD = re.compile(r"\w+")


class Paragraph(NamedTuple):
    """One paragraph of a document and the number of its first line, counted from 1."""

    line: int
    text: str


class Removal(NamedTuple):
    """Which paragraph a rule takes, and why."""

    index: int
    reason: str


class LinePattern(NamedTuple):
    """A rule of `data/noise.yaml`."""

    rule: str
    reason: str
    longest: int
    pattern: re.Pattern[str]


@cache
def _line_patterns() -> tuple[LinePattern, ...]:
    entries = yaml.safe_load((files("presslens.article") / "data/noise.yaml").read_text("utf-8"))
    return tuple(
        LinePattern(e["rule"], e["reason"], e["longest"], re.compile("|".join(f"(?:{p})" for p in e["patterns"])))
        for e in entries
    )


def _lines_like(entry: LinePattern) -> Callable[[Sequence[Paragraph]], Iterator[Removal]]:
    def find(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
        first = 1 if entry.rule == "related stories" else 0  # a headline may begin with "Opinion:" or "Analysis:"
        for index, paragraph in enumerate(paragraphs[first:], first):
            if len(paragraph.text) <= entry.longest and entry.pattern.fullmatch(paragraph.text.casefold()):
                yield Removal(index, entry.reason)

    return find


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def related_block(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """From a heading such as "More from ..." to the end, where all that follows is short (teasers, no article text)."""
    for index, paragraph in enumerate(paragraphs):
        rest = paragraphs[index + 1 :]
        is_heading = index > 0 and len(paragraph.text) <= 80 and MORE_FROM.fullmatch(paragraph.text.casefold())
        if is_heading and all(len(p.text) <= 220 for p in rest) and len(rest) <= 60:
            yield Removal(index, "the heading of a block of other stories")
            for follower in range(index + 1, len(paragraphs)):
                yield Removal(follower, f"follows the heading “{paragraph.text}”")
            return


def byline(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A line "By Jane Doe" among the first six."""
    for index, paragraph in enumerate(paragraphs[:6]):
        if len(paragraph.text) <= 160 and BYLINE.fullmatch(paragraph.text):
            yield Removal(index, "names the author; kept as byline")


def author_note(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A closing line that says who the author is, or who reported and edited."""
    for index in range(len(paragraphs) - 1, max(len(paragraphs) - 5, 1), -1):
        text = paragraphs[index].text
        if len(text) > 400:
            return
        note = AUTHOR_NOTE.match(text)
        is_note = note and AUTHOR_WORK.search(text, note.end()) and text.count(". ") <= 3
        if not (is_note or CREDITS.fullmatch(text)):
            return
        yield Removal(index, "says who wrote the article; kept as byline")


def duplicate(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A paragraph of five words or more that stands word for word above."""
    seen: dict[tuple[str, ...], int] = {}
    for index, paragraph in enumerate(paragraphs):
        words = tuple(_words(paragraph.text))
        if len(words) < 5:
            continue
        if words in seen:
            yield Removal(index, f"repeats line {seen[words]} word for word")
        else:
            seen[words] = paragraph.line


def near_duplicate(paragraphs: Sequence[Paragraph], *, least: float = 0.8) -> Iterator[Removal]:
    """A paragraph of twelve words or more that shares at least `least` of its five-word runs (Jaccard) with one above."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for index, paragraph in enumerate(paragraphs):
        words = _words(paragraph.text)
        if len(words) < 12:
            continue
        runs = set(zip(*(words[k:] for k in range(5)), strict=False))
        sizes[index] = len(runs)
        shared = Counter(holder for run in runs for holder in holders[run])
        for holder, count in sorted(shared.items()):
            if count / (len(runs) + sizes[holder] - count) >= least:
                yield Removal(index, f"nearly repeats line {paragraphs[holder].line}")
                break
        else:
            for run in runs:
                if len(holders[run]) < 20:  # a run that stands everywhere tells nothing, and would make this quadratic
                    holders[run].append(index)


def pull_quote(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A short line, six words or more, that stands word for word inside a longer paragraph beside it."""
    normal = [" ".join(_words(p.text)) for p in paragraphs]
    for index in range(2, len(paragraphs)):
        own = normal[index]
        if len(paragraphs[index].text) > 300 or own.count(" ") < 5:
            continue
        for other in range(max(0, index - 6), min(len(paragraphs), index + 7)):
            if len(normal[other]) > len(own) + 40 and f" {own} " in f" {normal[other]} ":
                yield Removal(index, f"a pull quote from line {paragraphs[other].line}")
                break


def rules() -> dict[str, list[Callable[[Sequence[Paragraph]], Iterator[Removal]]]]:
    """Every rule by its name, in the order in which they run."""
    ordered: dict[str, list[Callable[[Sequence[Paragraph]], Iterator[Removal]]]] = {"related stories": [related_block]}
    for entry in _line_patterns():
        ordered.setdefault(entry.rule, []).append(_lines_like(entry))
    own = {
        "byline": byline,
        "author's note": author_note,
        "duplicate": duplicate,
        "near duplicate": near_duplicate,
        "pull quote": pull_quote,
    }
    return ordered | {name: [find] for name, find in own.items()}


class Cleaned(NamedTuple):
    """What stays, what the rules found, and the author whom they met on the way."""

    paragraphs: list[Paragraph]
    ledger: pd.DataFrame
    byline: str


def clean(article: str, paragraphs: Sequence[Paragraph], *, keep: Collection[str] = ()) -> Cleaned:
    """Apply every rule in turn to what the rules before it have left.

    Args:
        article: the article's id.
        paragraphs: the document as read.
        keep: names of rules whose finds are noted in the ledger but stay in the text; "all" keeps everything.

    Returns:
        The paragraphs that stay; a ledger, one row a find: `article`, `line` (int, from 1), `text`, `rule`, `reason`,
        `kept` (bool), in the order of the lines; the author's name, empty where none was found.
    """
    left = list(paragraphs)
    found: list[tuple[object, ...]] = []
    author = ""
    noted: set[int] = set()
    for name, finders in rules().items():
        kept = name in keep or "all" in keep
        for find in finders:
            removals = {r.index: r.reason for r in find(left)}
            for index, reason in removals.items():
                paragraph = left[index]
                author = author or (_author(paragraph.text) if name in {"byline", "author's note"} else "")
                if paragraph.line not in noted:
                    found.append((article, paragraph.line, paragraph.text, name, reason, kept))
                    noted.add(paragraph.line)
            if not kept:
                left = [p for index, p in enumerate(left) if index not in removals]
    return Cleaned(left, ledger_table(sorted(found, key=lambda row: str(row[1]).zfill(9))), author)


def _author(text: str) -> str:
    match = BYLINE.fullmatch(text) or AUTHOR_NOTE.match(text)
    if not match:
        return ""
    name = match.group("name").strip()
    return name.title() if name.isupper() else name


def ledger_table(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """A ledger with the right types, also when nothing was removed."""
    table = pd.DataFrame(rows, columns=list(LEDGER_COLUMNS))
    text = dict.fromkeys(("article", "text", "rule", "reason"), "str")
    return table.astype(text | {"line": "int64", "kept": "bool"})
