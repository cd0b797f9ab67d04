"""From lines as they stand on printed pages to a document: what is page furniture, where paragraphs end, what is the headline."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from presslens.article.document import Document, Outside, Paragraph
from presslens.article.joining import DIVIDED, Joiner
from presslens.article.paragraphs import SENTENCE_END
from presslens.article.printed import Line, Page

MARGIN = 0.12  # of the height of a page, at its head and foot, where its furniture stands
EDGE = 0.06  # of it, where a smaller line that stands apart is furniture although no other page repeats it
HEADLINE = 1.15  # times the size of the text
SMALL = 0.88  # times it, at most: a caption, a credit or a note
MOST_INITIALS = 100  # in a document; what has more is no prose
LEADING = 1.4  # times the size of type: how far lines stand below each other where nothing tells
APART = 3.0  # times the size of type: lines of one column, also where they are set with double space
LEAST_BLOCK = 3  # lines, by which the width of a column is told
LEAST_QUOTE = 20  # letters of a pull quote
MOST_QUOTES = 100  # lines or headings in large type that may be one
LEAST_DEK = 40  # characters of a standfirst
LONGEST_HEADLINE = 6  # lines
LONGEST_TITLE = 300  # characters
SIGN = 60  # characters before the headline, at most, that are a rubric and no text
BLANK = 0.35  # times the size of type: a blank and a little more
NUMBER = re.compile(r"\d+")
PAGE_NUMBER = re.compile(r"\W*(?:(?:page|p\.|seite|página|pagina)\s*)?\d+(?:\s*(?:/|of|von|de|sur|di)\s*\d+)?\W*", re.I)
LETTERS = re.compile(r"[^\W\d_]+")
FURNITURE = "a header or footer of the page"
ASIDE = "set smaller than the text: a caption, a credit or a note"
QUOTED = "set larger than the text, which says the same: a pull quote"
RUBRIC = "before the headline"


class _Placed(NamedTuple):
    line: Line
    page: int
    number: int  # in the whole document, from 1


class _Set(NamedTuple):
    """A paragraph, the size of its type, and the numbers of its lines."""

    text: str
    size: float
    page: int
    number: int
    lines: tuple[int, ...]


def document(pages: Sequence[Page], *, stated: str = "") -> Document:
    """A document by the look of its pages; the order of their lines is taken as given.

    Args:
        pages: what is printed.
        stated: the title that the file has of itself; taken where one of the first paragraphs says the same.

    Returns:
        Paragraphs with the number of their first line. Headers, footers, captions, notes and pull quotes are outside the
        article.
    """
    placed = _placed(pages)
    words = [one.line.text for one in placed]
    body = _usual(placed)
    furniture = _furniture(pages, placed, body)
    inside = _without_initials([one for one in placed if one.number not in furniture], body)
    look = list(_paragraphs(inside, body, Joiner(words)))
    title = _title(look, body, stated)
    dek = _dek(look, title, body)
    head = {number for at in (title, dek) if at is not None for number in look[at].lines}
    above = 0 if title is None else look[title].number
    text = [one for one in look if one.number > above and one.number not in head and one.size > SMALL * body]
    asides = _asides(look, text, body)
    joiner = Joiner(words)
    paragraphs: list[Paragraph] = []
    outside = [(one.number, one.line.text, FURNITURE) for one in placed if one.number in furniture]
    before = [one for one in inside if one.number < above]
    below = [one for one in inside if one.number >= above and one.number not in head]
    for one in (*_paragraphs(before, body, joiner), *_paragraphs(below, body, joiner, beside=asides)):
        if one.number < above and len(one.text) < SIGN and not one.text.endswith(SENTENCE_END):
            outside.append((one.number, one.text, RUBRIC))
        elif one.number in asides:
            outside.append((one.number, one.text, asides[one.number]))
        else:
            paragraphs.append(Paragraph(one.number, one.text))
    return Document(
        paragraphs,
        title="" if title is None else look[title].text,
        dek="" if dek is None else look[dek].text,
        outside=[Outside(number, text, "outside the article", reason) for number, text, reason in sorted(outside)],
        notes=joiner.notes(),
    )


def _asides(look: Sequence[_Set], text: Sequence[_Set], body: float) -> dict[int, str]:
    """The numbers of the lines that stand between those of the text and are none of it, with the reason."""
    if not text:
        return {}
    said = _plain(" ".join(one.text for one in text if one.size < HEADLINE * body))
    found: dict[int, str] = {}
    looked = 0
    for one in look:
        if one.number <= text[0].number:
            continue
        large = one.size >= HEADLINE * body
        looked += large
        if one.size <= SMALL * body:
            found |= dict.fromkeys(one.lines, ASIDE)
        elif large and looked <= MOST_QUOTES and len(_plain(one.text)) >= LEAST_QUOTE and _plain(one.text) in said:
            found |= dict.fromkeys(one.lines, QUOTED)
    return found


def texts(pages: Sequence[Page]) -> list[str]:
    """Every paragraph on some pages, in the order in which the file has them, but for headers and footers.

    For downloads: there a title may stand below the number of the page, and each article may have a size of its own.
    """
    placed = _placed(pages)
    body = _usual(placed)
    furniture = _furniture(pages, placed, body)
    furniture |= _below_numbers(pages, placed, furniture)
    inside = [one for one in placed if one.number not in furniture]
    return [one.text for one in _paragraphs(inside, body, Joiner([one.line.text for one in placed]))]


def _placed(pages: Sequence[Page]) -> list[_Placed]:
    lines = [(line, at) for at, page in enumerate(pages) for line in page.lines]
    return [_Placed(line, at, number) for number, (line, at) in enumerate(lines, 1)]


def _usual(placed: Sequence[_Placed]) -> float:
    """The size of type that most letters have, to half a point; 0 without any."""
    letters: Counter[float] = Counter()
    for one in placed:
        letters[round(one.line.size * 2) / 2] += len(one.line.text)
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


def _below_numbers(pages: Sequence[Page], placed: Sequence[_Placed], known: Collection[int]) -> set[int]:
    """The lines at the head of a page that follow what is a header for sure, up to the room above the text."""
    found: set[int] = set()
    heads: dict[int, list[_Placed]] = defaultdict(list)
    for one in placed:
        if one.line.base >= (1 - 2 * MARGIN) * pages[one.page].height:
            heads[one.page].append(one)
    for page, head in heads.items():
        head.sort(key=lambda one: (-one.line.base, one.number))
        if not head or head[0].number not in known:
            continue
        run = [head[0]]
        for before, one in pairwise(head):
            if before.line.base - one.line.base > APART * 0.7 * one.line.size:
                break
            run.append(one)
        if len(run) < len(head) and _within(run[-1].line, pages[page], MARGIN):
            found |= {one.number for one in run}
    return found


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
    """The lines, a large first letter put before the line that goes on from it, wherever on the page the file has it."""
    found = list(placed)
    large = [
        one for one in placed if one.line.size > 1.5 * body and len(one.line.text) <= 2 and one.line.text[-1:].isalpha()
    ]
    for one in large[:MOST_INITIALS]:
        beside = [other for other in found if _goes_on(one, other)]
        if beside:
            first = max(beside, key=lambda other: (other.line.base, -other.line.left, -other.number))
            line = first.line._replace(text=one.line.text + first.line.text)
            found[found.index(first)] = first._replace(line=line)
            found.remove(one)
    return found


def _goes_on(initial: _Placed, other: _Placed) -> bool:
    """Whether a line stands right beside a large letter, as high as it."""
    a, b = initial.line, other.line
    near = abs(b.left - a.right) < 0.5 * a.size and a.base - b.size < b.base < a.base + a.size
    return near and b.size < 0.7 * a.size and initial.page == other.page


def _paragraphs(
    lines: Sequence[_Placed], body: float, joiner: Joiner, *, beside: Collection[int] = ()
) -> Iterator[_Set]:
    """The paragraphs of some lines; one goes on behind lines that stand beside the text, which are paragraphs of their own."""
    edges = _Edges([one for one in lines if one.number not in beside])
    aside = _Edges([one for one in lines if one.number in beside])
    held: dict[bool, list[_Placed]] = {True: [], False: []}
    last: _Placed | None = None
    for one in lines:
        out = one.number in beside
        group = held[out]
        large = one.line.size >= HEADLINE * body and edges.height(one) <= LONGEST_HEADLINE
        if group and (aside if out else edges).ends(
            group[-1], one, headline=large, interrupted=bool(last and not out and last.number in beside)
        ):
            yield _joined(group, joiner)
            group.clear()
        group.append(one)
        last = one
    for group in held.values():
        if group:
            yield _joined(group, joiner)


def _joined(held: Sequence[_Placed], joiner: Joiner) -> _Set:
    first = held[0]
    text = joiner([one.line.text for one in held])
    return _Set(text, first.line.size, first.page, first.number, tuple(one.number for one in held))


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
        sure: dict[int, list[float]] = defaultdict(list)  # between lines of one paragraph
        last: _Placed | None = None
        block = _Block()
        for one in lines:
            step = last.line.base - one.line.base if last and last.page == one.page else 0.0
            if last is None or not _alike(last.line, one.line) or not 0 < step < APART * one.line.size:
                block = _Block()
            else:
                kept = sure if _unended(last.line) and one.line.text[0].islower() else steps
                kept[round(one.line.size)].append(step)
            block.add(one.line)
            self._blocks[one.number] = block
            self._anywhere[self._key(one)].add(one.line)
            last = one
        close = {size: [step for step in found if step < 2 * size] for size, found in steps.items()}
        self._step = {size: median(found) for size, found in (close | sure).items() if found}

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

    def height(self, one: _Placed) -> int:
        """How many lines of a size stand below each other where a line stands."""
        return self._blocks[one.number].count if one.number in self._blocks else 0

    def _indent(self, one: _Placed) -> float:
        return one.line.left - min(block.left for block in self._around(one))

    def ends(self, one: _Placed, after: _Placed, *, headline: bool, interrupted: bool) -> bool:
        """Whether a paragraph ends with a line, by the line after it; what stands beside the text may have interrupted it."""
        a, b = one.line, after.line
        if not _alike(a, b):
            return True
        if DIVIDED.search(a.text[-80:]) and b.text[0].isalnum():
            return False
        below = a.base - b.base
        together = one.page == after.page and below > 0
        ended = not _unended(a)
        if (b.text[0].islower() or interrupted) and not ended and not headline:
            return False
        if together and below > 1.3 * self._step.get(round(b.size), LEADING * b.size) + 0.5:
            return True
        if headline:
            return not together and one.page != after.page
        if one.page == after.page and abs(below) < 0.5 * b.size:
            return False
        indent = self._indent(after)
        if 0.5 * b.size < indent < 6 * b.size and (ended or abs(indent - self._indent(one)) > 0.3 * b.size):
            return True
        room = max(block.right for block in self._around(one)) - a.right
        return room > b.first + BLANK * b.size


def _unended(line: Line) -> bool:
    """Whether no sentence ends with a line."""
    return not line.text.rstrip(")]").endswith(SENTENCE_END)


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
