"""Named rules that find what is not the article, and the ledger of what they took out."""

import datetime as dt
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pandas as pd
import yaml

from presslens.article.authors import author, author_note, byline, dated_byline
from presslens.article.dates import date_line, date_lines
from presslens.article.document import Paragraph, Removal
from presslens.errors import BadInput
from presslens.language.chunks import strings

Finder = Callable[[Sequence[Paragraph]], Iterator[Removal]]
MORE_FROM = re.compile(
    r"(?:more (?:from|on|by) .{1,60}|more in(?: \w+){1,2}|see also|up next|what to read next|don.t miss|further reading"
    r"|(?:other|more|similar) (?:stories|articles|news|headlines|coverage)(?: .{1,40})?|(?:from|around) the web"
    r"|related(?: (?:articles?|stories|coverage|topics|content|posts|links|news|reading))?|in case you missed it"
    r"|keep reading|recommended(?: (?:for you|stories|reading|articles|videos))?|read (?:more|next)(?: from .{1,40})?"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,20}|also (?:on|from) .{1,40}"
    r"|most (?:read|popular|viewed|shared|e-?mailed)(?: (?:in|on|stories|articles|today|this).{0,30})?"
    r"|trending(?: (?:now|stories|topics|today))?|popular(?: (?:now|stories|articles|posts))?|top stories(?: .{1,20})?"
    r"|latest(?: (?:news|stories|headlines|articles|from .{1,30}|in \w+))?|editor.?s.? (?:picks?|choice)(?: .{1,20})?"
    r"|(?:sponsored|promoted) (?:stories|content|links)(?: .{1,20})?)\s*:?"
)
LONGEST_TEASER = 250
MOST_TEASERS = 80
MOST_CANDIDATES = 20  # paragraphs above that one is compared with: those that share most of the runs looked at
FEWEST_OF_NEAR = 12  # words of a paragraph that may nearly repeat another
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
WORD = re.compile(r"\w+")


class LinePattern(NamedTuple):
    """A rule of `data/noise.yaml`."""

    rule: str
    reason: str
    pattern: re.Pattern[str]
    longest: int
    after: int
    within: int | None
    unless: re.Pattern[str] | None

    def find(self, paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
        """The paragraphs that this rule takes whole."""
        for position, paragraph in enumerate(paragraphs[self.after : self.within], self.after):
            if len(paragraph.text) > self.longest:
                continue
            text = paragraph.text.casefold()
            if self.pattern.fullmatch(text) and not (self.unless and self.unless.search(text)):
                yield Removal(position, self.reason)


@cache
def _line_patterns() -> tuple[LinePattern, ...]:
    entries = yaml.safe_load((files("presslens.article") / "data/noise.yaml").read_text("utf-8"))
    return tuple(
        LinePattern(
            rule=entry["rule"],
            reason=entry["reason"],
            pattern=re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"])),
            longest=entry["longest"],
            after=entry.get("after", 0),
            within=entry.get("within"),
            unless=re.compile(entry["unless"]) if "unless" in entry else None,
        )
        for entry in entries
    )


def related_block(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """From a heading such as "More from ..." to the end, where what follows is short, and a third of it headlines."""
    first = max(2, len(paragraphs) - MOST_TEASERS)
    for position in range(len(paragraphs) - 1, first - 1, -1):
        if len(paragraphs[position].text) > LONGEST_TEASER:
            first = position + 1
            break
    for position in range(first, len(paragraphs)):
        text = paragraphs[position].text
        below = paragraphs[position + 1 :]
        headlines = sum(not SENTENCE_END.search(paragraph.text) for paragraph in below)
        if len(text) <= 80 and MORE_FROM.fullmatch(text.casefold()) and 3 * headlines >= len(below):
            yield Removal(position, "the heading of a block of other stories")
            for follower in range(position + 1, len(paragraphs)):
                yield Removal(follower, f"follows the heading “{text}”")
            return


def duplicate(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A paragraph of eight words or more that stands word for word anywhere above; of three or more, directly above.

    Shorter ones may be meant: the question of an interview, the refrain of a speech.
    """
    seen: dict[str, int] = {}
    last = ""
    for position, paragraph in enumerate(paragraphs if len(paragraphs) > 1 else ()):
        words = _words(paragraph.text)
        text = " ".join(words)
        if text in seen and (len(words) >= 8 or (len(words) >= 3 and text == last)):
            yield Removal(position, f"repeats line {seen[text]} word for word")
        seen.setdefault(text, paragraph.line)
        last = text


def near_duplicate(paragraphs: Sequence[Paragraph], *, least: float = 0.8) -> Iterator[Removal]:
    """A paragraph of twelve words or more that shares at least `least` of its five-word runs (Jaccard) with one above.

    Candidates come from the prefix filter of set-similarity joins (Chaudhuri, Ganti and Kaushik 2006, ICDE): two sets
    that share so much must share one of the first few of their members in any fixed order.
    """
    if _all_different(paragraphs):
        return
    holders: defaultdict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for position, paragraph in enumerate(paragraphs):
        runs = _runs(paragraph.text)
        if len(runs) < FEWEST_OF_NEAR - 4:
            continue
        sizes[position] = len(runs)
        prefix = sorted(runs)[: len(runs) - int(least * len(runs)) + 1]
        shared = Counter(
            holder
            for run in prefix
            for holder in holders[run]
            if least * len(runs) <= sizes[holder] <= len(runs) / least
        )  # one much longer or shorter shares too little of all that the two hold
        for holder in sorted(holder for holder, _ in shared.most_common(MOST_CANDIDATES)):
            other = _runs(paragraphs[holder].text)
            if len(runs & other) >= least * len(runs | other):
                yield Removal(position, f"nearly repeats line {paragraphs[holder].line}")
                break
        else:
            for run in prefix:
                if len(holders[run]) < 5:  # a run that stands everywhere tells nothing, and would make this quadratic
                    holders[run].append(position)


def _all_different(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether no two paragraphs share a run of five words: quick to tell, and true of most articles."""
    seen: set[tuple[str, ...]] = set()
    if len(paragraphs) < 2:
        return True
    long = [words for paragraph in paragraphs if len(words := _words(paragraph.text)) >= FEWEST_OF_NEAR]
    for number, words in enumerate(long):
        runs = set(zip(*(words[at:] for at in range(5)), strict=False)) if len(long) > 1 else set()
        if not seen.isdisjoint(runs):
            return False
        if number < len(long) - 1:
            seen |= runs
    return True


@cache
def _words(text: str) -> tuple[str, ...]:
    """The words of a paragraph, which one rule after the other asks for; forgotten after the article."""
    return tuple(WORD.findall(text.casefold()))


def _runs(text: str) -> set[int]:
    words = _words(text)
    return {zlib.crc32(" ".join(words[at : at + 5]).encode()) for at in range(len(words) - 4)}


def pull_quote(paragraphs: Sequence[Paragraph]) -> Iterator[Removal]:
    """A short line, six words or more, that stands word for word inside a longer paragraph beside it."""
    normal = [" ".join(_words(paragraph.text)) for paragraph in paragraphs if len(paragraphs) > 2]
    for position in range(2, len(paragraphs)):
        own = normal[position]
        if len(paragraphs[position].text) > 300 or own.count(" ") < 5:
            continue
        for other in range(max(0, position - 6), min(len(paragraphs), position + 7)):
            if len(normal[other]) > len(own) + 40 and f" {own} " in f" {normal[other]} ":
                yield Removal(position, f"a pull quote from line {paragraphs[other].line}")
                break


@cache
def rules() -> dict[str, list[Finder]]:
    """Every rule by its name, in the order in which they run."""
    ordered: dict[str, list[Finder]] = {}
    for entry in _line_patterns():
        ordered.setdefault(entry.rule, []).append(entry.find)
    teasers = {"related stories": [related_block, *ordered.pop("related stories")]}
    own: dict[str, list[Finder]] = {
        "author's note": [author_note],
        "byline": [byline],
        "date line": [date_lines],
        "duplicate": [duplicate],
        "near duplicate": [near_duplicate],
        "pull quote": [pull_quote],
    }
    return ordered | teasers | own


class Found(NamedTuple):
    """A row of the ledger: what a rule found in a line (from 1; 0 for what stands in no line), and whether it stays."""

    article: str
    line: int
    text: str
    rule: str
    reason: str
    kept: bool


class Cleaned(NamedTuple):
    """What stays, what the rules found in the order of the lines, and what they learnt of the article on the way.

    `front` is the number of paragraphs before the byline or date line (a headline, perhaps a standfirst); None without.
    """

    paragraphs: list[Paragraph]
    found: list[Found]
    byline: str
    date: dt.date | None
    front: int | None

    @property
    def ledger(self) -> pd.DataFrame:
        """What the rules found, a row a find: the columns of `Found`."""
        return ledger_table(self.found)


def clean(article: str, paragraphs: Sequence[Paragraph], *, keep: Collection[str] = ()) -> Cleaned:
    """Apply every rule in turn to what the rules before it have left.

    Args:
        article: the article's id.
        paragraphs: the document as read.
        keep: names of rules whose finds are noted in the ledger but stay in the text; "all" keeps everything.

    Returns:
        The paragraphs that stay; what was found, in the order of the lines (its table is the ledger); the author's name
        and the date, where they were found.

    Raises:
        BadInput: `keep` names no rule.
    """
    kept_rules = _kept(keep)
    left = list(range(len(paragraphs)))
    found: dict[int, tuple[str, str]] = {}
    for name, finders in rules().items():
        for find in finders:
            removals = {left[r.position]: r.reason for r in find([paragraphs[index] for index in left])}
            if name in kept_rules:
                found = {index: (name, reason) for index, reason in removals.items()} | found
            elif removals:
                found |= {index: (name, reason) for index, reason in removals.items()}
                left = [index for index in left if index not in removals]
    _words.cache_clear()
    rows = [
        Found(article, paragraphs[index].line, paragraphs[index].text, rule, reason, rule in kept_rules)
        for index, (rule, reason) in sorted(found.items())
    ]
    by_rule = {rule: [paragraphs[i].text for i, f in sorted(found.items()) if f[0] == rule] for rule in rules()}
    names = [author(text) for text in (*by_rule["byline"], *by_rule["author's note"])]
    dates = [line.date for line in map(date_line, by_rule["date line"]) if line and line.date]
    dates += [dated[1] for dated in map(dated_byline, by_rule["byline"]) if dated]
    heads = [index for index, (rule, _) in found.items() if rule in {"byline", "date line"}]
    front = sum(index < min(heads) for index in left) if heads else None
    return Cleaned(
        [paragraphs[index] for index in left],
        rows,
        next((name for name in names if name), ""),
        dates[0] if dates else None,
        front,
    )


def _kept(keep: Collection[str]) -> frozenset[str]:
    names = frozenset([keep] if isinstance(keep, str) else keep)
    known = frozenset(rules())
    unknown = sorted(names - known - {"all"})
    if unknown:
        raise BadInput(f"there is no cleaning rule {unknown[0]!r}. Choose from {', '.join(rules())}, or all.")
    return known if "all" in names else names


def ledger_table(found: Sequence[Found]) -> pd.DataFrame:
    """The ledger, a row a find: the columns of `Found`, with the right types also when nothing was found."""
    columns = zip(*found, strict=True) if found else ((),) * len(Found._fields)
    numbers = {"line": np.int64, "kept": np.bool_}
    return pd.DataFrame(
        {
            name: np.array(column, dtype=numbers[name]) if name in numbers else strings(column)
            for name, column in zip(Found._fields, columns, strict=True)
        }
    )
