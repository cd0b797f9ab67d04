"""From lines as they stand on printed pages to a document: what is page furniture, where paragraphs end, what is the headline."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from presslens.article.document import Document, Outside, Paragraph
from presslens.article.paragraphs import SENTENCE_END
from presslens.article.printed import Line, Page
from presslens.language.frequency import zipf

MARGIN = 0.12  # of the height of a page, at its head and foot, where its furniture stands
EDGE = 0.06  # of it, where a smaller line that stands apart is furniture although no other page repeats it
HEADLINE = 1.15  # times the size of the text
SMALL = 0.88  # times it, at most: a caption, a credit or a note
LEAST_BLOCK = 3  # lines, by which the width of a column is told
LEAST_DEK = 40  # characters of a standfirst
LONGEST_TITLE = 300  # characters
SIGN = 60  # characters above the headline, at most, that are a rubric and no text
BLANK = 0.35  # times the size of type: a blank and a little more
COMMON = 3.0  # Zipf scale: both halves of a compound are at least as common
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"\W*(?:(?:page|p\.|seite|página|pagina)\s*)?\d+(?:\s*(?:/|of|von|de|sur|di)\s*\d+)?\W*", re.I)
LETTERS = re.compile(r"[^\W\d_]+")
DIVIDED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010\x02]\Z")
COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
DASHES = "\u2014\u2013"
SPACED_DASH = re.compile(rf"\s[{DASHES}]\s")
TIGHT_DASH = re.compile(rf"[^\W\d][{DASHES}][^\W\d]")
FURNITURE = "a header or footer of the page"
ASIDE = "set smaller than the text: a caption, a credit or a note"
RUBRIC = "above the headline"


class _Placed(NamedTuple):
    line: Line
    page: int
    number: int  # in the whole document, from 1


class _Set(NamedTuple):
    """A paragraph and the size of its type."""

    text: str
    size: float
    page: int
    number: int


def document(pages: Sequence[Page], *, stated: str = "") -> Document:
    """A document by the look of its pages; the order of their lines is taken as given.

    Args:
        pages: what is printed.
        stated: the title that the file has of itself; taken where one of the first paragraphs says the same.

    Returns:
        Paragraphs with the number of their first line. Headers, footers and captions are outside the article.
    """
    placed = [_Placed(line, at, 0) for at, page in enumerate(pages) for line in page.lines]
    placed = [one._replace(number=number) for number, one in enumerate(placed, 1)]
    lines = [one.line for one in placed]
    body = _usual(lines)
    furniture = _furniture(pages, placed, body)
    joiner = _Joiner(line.text for line in lines)
    inside = _without_initials([one for one in placed if one.number not in furniture], body)
    found = list(_paragraphs(inside, body, joiner))
    title = _title(found, body, stated)
    dek = _dek(found, title, body)
    after = -1 if title is None else title
    begin = next(
        (at for at, one in enumerate(found) if at > after and at != dek and one.size > SMALL * body), len(found)
    )
    paragraphs: list[Paragraph] = []
    outside = [(one.number, one.line.text, FURNITURE) for one in placed if one.number in furniture]
    for at, one in enumerate(found):
        if at in {title, dek}:
            continue
        if at < after and len(one.text) < SIGN and not one.text.endswith(SENTENCE_END):
            outside.append((one.number, one.text, RUBRIC))
        elif at > begin and one.size <= SMALL * body:
            outside.append((one.number, one.text, ASIDE))
        else:
            paragraphs.append(Paragraph(one.number, one.text))
    return Document(
        paragraphs,
        title="" if title is None else found[title].text,
        dek="" if dek is None else found[dek].text,
        outside=[Outside(number, text, "outside the article", reason) for number, text, reason in sorted(outside)],
        notes=joiner.notes(),
    )


def _usual(lines: Sequence[Line]) -> float:
    """The size of type that most letters have, to half a point; 0 without any."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size), default=0.0)


def _furniture(pages: Sequence[Page], placed: Sequence[_Placed], body: float) -> set[int]:
    """The numbers of the lines that belong to a page and not to what is printed on it."""
    ends = [_ends(page) for page in pages]
    margins = [one for one in placed if _within(one.line, pages[one.page], MARGIN)]
    repeated: dict[str, set[int]] = defaultdict(set)
    for one in margins:
        repeated[_key(one.line)].add(one.page)
    needed = max(2.0, 0.4 * len(pages))
    return {
        one.number
        for one in margins
        if len(repeated[_key(one.line)]) >= needed
        or PAGE_NUMBER.fullmatch(one.line.text)
        or (
            one.line.size < 0.95 * body
            and _within(one.line, pages[one.page], EDGE)
            and any(abs(one.line.base - base) < 1 and room > 1.5 * body for base, room in ends[one.page])
        )
    }


def _within(line: Line, page: Page, share: float) -> bool:
    """Whether a line stands in the outer share of the height of its page."""
    return not share * page.height < line.base < (1 - share) * page.height


def _key(line: Line) -> str:
    """What a line says on every page, without its numbers, and about where."""
    return f"{NUMBER.sub('#', line.text.casefold())} {round(line.base / 6)}"


def _ends(page: Page) -> list[tuple[float, float]]:
    """The baselines of the first and the last line of a page, and how far the next ones are from them."""
    bases = [line.base for line in page.lines]
    if not bases:
        return []
    high, low = max(bases), min(bases)
    return [
        (high, high - max((base for base in bases if base < high - 1), default=float("-inf"))),
        (low, min((base for base in bases if base > low + 1), default=float("inf")) - low),
    ]


def _without_initials(placed: Sequence[_Placed], body: float) -> list[_Placed]:
    """The lines, a large first letter put before the line that goes on from it."""
    found: list[_Placed] = []
    waiting: _Placed | None = None
    for one in placed:
        large = one.line.size > 1.5 * body and len(one.line.text) <= 2 and one.line.text[-1:].isalpha()
        if waiting and not large:
            text = waiting.line.text + one.line.text
            one = one._replace(line=one.line._replace(text=text), number=waiting.number)
            waiting = None
        if large:
            found += [waiting] if waiting else []
            waiting = one
        else:
            found.append(one)
    return [*found, waiting] if waiting else found


class _Joiner:
    """Puts lines together again; a word divided at the end of a line loses its hyphen, a compound keeps it."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._words: Counter[str] = Counter()
        spaced = tight = 0
        for text in texts:
            spaced, tight = spaced + len(SPACED_DASH.findall(text)), tight + len(TIGHT_DASH.findall(text))
            self._words.update(part.casefold() for part in COMPOUND.findall(text))
        self._tight = tight > spaced  # whether dashes stand without blanks
        self.joined = self.kept = 0

    def __call__(self, lines: Sequence[str]) -> str:
        """The words of some lines as one paragraph."""
        parts = [lines[0]]
        for line in lines[1:]:
            before = parts[-1]
            divided, going_on = DIVIDED.search(before[-80:]), LETTERS.match(line)
            if divided and going_on:
                parts[-1] = before[:-1] + ("-" if self._compound(divided[1], going_on[0]) else "")
            elif before.endswith(("\x02", "\u00ad")):
                parts[-1] = f"{before[:-1]}-"
            elif not self._unspaced(before, line):
                parts.append(" ")
            parts.append(line)
        return "".join(parts).replace("\x02", "-")

    def _unspaced(self, text: str, line: str) -> bool:
        """Whether no blank stood where a line ends: after a hyphen, and beside a dash where the text sets them so."""
        if text.endswith(("-", "\u2010")):
            return not text[:-1].endswith(" ")
        return self._tight and (text[-1] in DASHES or line[0] in DASHES)

    def _compound(self, first: str, second: str) -> bool:
        capitals = second[0].isupper() and not (first.isupper() and second.isupper())
        keep = capitals or self._hyphened(first.casefold(), second.casefold())
        self.kept, self.joined = self.kept + keep, self.joined + (not keep)
        return keep

    def _hyphened(self, first: str, second: str) -> bool:
        """Whether two halves have a hyphen elsewhere in the text; else, whether both are words and the whole is none."""
        whole, compound = self._words[first + second], self._words[f"{first}-{second}"]
        if whole or compound:
            return compound > whole
        return not zipf(first + second) and min(zipf(first), zipf(second)) >= COMMON

    def notes(self) -> tuple[str, ...]:
        """What was done, for the report."""
        divided = self.joined + self.kept
        if not divided:
            return ()
        return (f"Words divided at the end of a line and put together: {divided:,}, with their hyphen {self.kept:,}.",)


def _paragraphs(lines: Sequence[_Placed], body: float, joiner: _Joiner) -> Iterator[_Set]:
    edges = _Edges(lines)
    held: list[_Placed] = []
    for one in lines:
        if held and edges.ends(held[-1], one, headline=one.line.size >= HEADLINE * body):
            yield _joined(held, joiner)
            held = []
        held.append(one)
    if held:
        yield _joined(held, joiner)


def _joined(held: Sequence[_Placed], joiner: _Joiner) -> _Set:
    first = held[0]
    return _Set(joiner([one.line.text for one in held]), first.line.size, first.page, first.number)


class _Block:
    """Lines right below each other, as far as they have been put in."""

    def __init__(self) -> None:
        self.left, self.right, self.count = float("inf"), float("-inf"), 0

    def add(self, line: Line) -> None:
        """Make room for a line."""
        self.left, self.right = min(self.left, line.left), max(self.right, line.right)
        self.count += 1


class _Edges:
    """Where lines begin and end in their block, and how far below each other lines of their size stand."""

    def __init__(self, lines: Sequence[_Placed]) -> None:
        self._blocks: dict[int, _Block] = {}
        self._anywhere: dict[tuple[int, int], _Block] = defaultdict(_Block)
        steps: dict[int, list[float]] = defaultdict(list)
        last: _Placed | None = None
        block = _Block()
        for one in lines:
            step = last.line.base - one.line.base if last and last.page == one.page else 0.0
            if last is None or not _alike(last.line, one.line) or not 0 < step < 2 * one.line.size:
                block = _Block()
            else:
                steps[round(one.line.size)].append(step)
            block.add(one.line)
            self._blocks[one.number] = block
            self._anywhere[self._key(one)].add(one.line)
            last = one
        self._step = {size: median(found) for size, found in steps.items()}

    @staticmethod
    def _key(one: _Placed) -> tuple[int, int]:
        """Size, and where a line begins, so roughly that an indented one begins there or one further."""
        return round(one.line.size), int(one.line.left / (4 * max(one.line.size, 1)))

    def _around(self, one: _Placed) -> list[_Block]:
        """The block of a line; for one of a line or two, all lines of its size that begin about there, on any page."""
        own = self._blocks[one.number]
        if own.count >= LEAST_BLOCK:
            return [own]
        size, left = self._key(one)
        return [self._anywhere[size, left + by] for by in (-1, 0, 1) if (size, left + by) in self._anywhere]

    def _indent(self, one: _Placed) -> float:
        return one.line.left - min(block.left for block in self._around(one))

    def ends(self, one: _Placed, after: _Placed, *, headline: bool) -> bool:
        """Whether a paragraph ends with a line, by the line after it."""
        a, b = one.line, after.line
        if not _alike(a, b):
            return True
        if DIVIDED.search(a.text[-80:]) and b.text[0].isalnum():
            return False
        below = a.base - b.base
        together = one.page == after.page and below > 0
        if together and below > 1.3 * self._step.get(round(b.size), b.size * 1.5) + 0.5:
            return True
        if headline:
            return not together and one.page != after.page
        ended = a.text.endswith(SENTENCE_END)
        if (b.text[0].islower() and not ended) or (one.page == after.page and abs(below) < 0.5 * b.size):
            return False
        indent = self._indent(after)
        if 0.5 * b.size < indent < 6 * b.size and (ended or abs(indent - self._indent(one)) > 0.3 * b.size):
            return True
        room = max(block.right for block in self._around(one)) - a.right
        return room > b.first + BLANK * b.size


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.06 * max(a.size, b.size)


def _title(found: Sequence[_Set], body: float, stated: str) -> int | None:
    """The place of the headline: what the file calls itself, or the largest type of the first page."""
    first = [(place, one) for place, one in enumerate(found) if found and one.page == found[0].page]
    said = _plain(stated)
    for place, one in first[:12]:
        plain = _plain(one.text)
        if len(plain) >= 12 and said.startswith(plain):
            return place
    large = [(one.size, -place) for place, one in first if one.size >= HEADLINE * body and LETTERS.search(one.text)]
    largest = -max(large)[1] if large else None
    return None if largest is None or len(found[largest].text) > LONGEST_TITLE else largest


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _dek(found: Sequence[_Set], title: int | None, body: float) -> int | None:
    """The place of the standfirst: right below the headline, larger than the text."""
    if title is None or title + 1 >= len(found):
        return None
    below = found[title + 1]
    larger = 1.05 * body < below.size < found[title].size
    return title + 1 if larger and len(below.text) >= LEAST_DEK else None
