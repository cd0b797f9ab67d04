"""How a page shows words that are withheld: a line that can be read in place of a sentence full of holes.

The notebook keeps each hole with its offsets, so that the words can be put back; the page made from it needs none. Evidence
that may not be quoted leaves its address, its length and its marked words; a quotation in brackets goes with its brackets.
"""

import re
from html import unescape

from presslens.findings.wording import number, series

SPACE, NO_BREAK = re.compile(r"\s+"), "\u00a0"
SLOT = re.compile(r'<span class="withheld" data-span="\d+-\d+">\[([\d,]+) words?\]</span>|\[([\d,]+) words?\]')
HOLE = r'(?:<span class="withheld" data-span="[^"]*">[^<]*</span>|⟦\d+ words?: \d+-\d+⟧)'
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"\w+")


def _inside(element: str) -> str:
    """A pattern of what an element holds; none of its kind begins or ends in it, so that no text is looked through twice."""
    return rf"[^<]*+(?:<(?!/?{element}\b)[^<]*+)*+"


MARK = re.compile(rf"<mark\b[^<>]*>{_inside('mark')}</mark>")
CITE = re.compile(rf'<cite class="where">({_inside("cite")})</cite>')
QUOTE = re.compile(rf'<blockquote class="evidence"[^<>]*>{_inside("blockquote")}</blockquote>')
GROUP = re.compile(
    rf'(?P<head><h3\b[^<>]*>{_inside("h3")}</h3>\s*+)?(?P<note><p class="note">{_inside("p")}</p>\s*+)?'
    rf"(?P<quotes>(?:{QUOTE.pattern}\s*+)++)"
)
# «(“[13 words] …”)» goes; «“[13 words].”» loses its marks; «In its own summary: “[9 words]”.» goes as a whole sentence.
HELD = re.compile(HOLE)
BRACKETED = re.compile(r"\(“[^“”()]*+”\)")
QUOTED = re.compile(rf"“((?:{HOLE}[\s.,;:!?…—-]*+)++)”")
STRETCH = re.compile(r"(?P<before>[^A-Z.“”<>]*+)(?P<said>[A-Z][^.“”<>]*+(?<=: )“(?P<words>[^“”]*+)”)|[^.“”<>]++")
AFTER = re.compile(r"(?: \([^()]*\))?[.;]? ?")
CELL = re.compile(rf"(<t[dh]\b[^<>]*>)({_inside('t[dh]')})(</t[dh]>)")
PART = re.compile(
    r'<span class="part">([^<]*+(?:<(?!span class="part">|/p>|/span>\s*+(?:<span class="part">|</p>))[^<]*+)*+)</span>'
    r'(?=\s*+(?:<span class="part">|</p>))'
)
LEAD = re.compile(rf'(<p class="lead">)({_inside("p")})(</p>)')
TELLING = 4  # words of a cell that are worth showing beside a hole


def tidy(html: str) -> str:
    """The body of a page without holes that nobody can read through."""
    if 'class="withheld"' not in html and "⟦" not in html:
        return html
    html = LEAD.sub(lambda m: m[1] + sentences(m[2]) + m[3], html)
    html = _gathered(html)
    html = PART.sub(lambda m: _part(m[1]), html)
    html = CELL.sub(lambda m: m[1] + _cell(m[2]) + m[3], html)
    return QUOTED.sub(lambda m: _hole(m[1]), _unbracketed(html))


def sentences(text: str) -> str:
    """A finding, as text or HTML, without the sentences that only introduce words that are withheld."""
    return _unbracketed(_unintroduced(text)).strip()


def _unbracketed(text: str) -> str:
    """Text without the quotations in brackets that have a hole, and without the blanks before them."""
    pieces, at = [], 0
    for match in BRACKETED.finditer(text):
        if HELD.search(match[0]):
            pieces.append(text[at : match.start()].rstrip())
            at = match.end()
    return "".join([*pieces, text[at:]])


def _unintroduced(text: str) -> str:
    """Text without the sentences that end in a quotation with a hole, with what stands in brackets behind it."""
    pieces, at = [], 0
    for match in STRETCH.finditer(text):
        if match["said"] is None or match.start("said") < at or not HELD.search(match["words"]):
            continue
        after = AFTER.match(text, match.end())
        pieces.append(text[at : match.start("said")])
        at = after.end() if after else match.end()
    return "".join([*pieces, text[at:]])


def _gathered(html: str) -> str:
    """Evidence by its headings; headings in a row that have no sentence left become a list."""
    pieces: list[str] = []
    at, bare = 0, list[tuple[str, str]]()
    for match in GROUP.finditer(html):
        between = html[at : match.start()]
        if bare and between.strip():
            pieces.append(_listed(bare))
            bare = []
        pieces.append(between)
        at = match.end()
        head, note = match["head"] or "", match["note"] or ""
        quotes = QUOTE.findall(match["quotes"])
        held = [_item(quote) for quote in quotes if _has_hole(quote)]
        whole = [quote for quote in quotes if not _has_hole(quote)]
        if held and not whole and head and not note:
            bare.append((head, series(held)))
            continue
        if bare:
            pieces.append(_listed(bare))
            bare = []
        shown = "\n".join(whole)
        also = f'<p class="unquoted">Not quoted here: {series(held)}.</p>' if held else ""
        pieces.append(f"{head}{note}{shown}\n{also}\n")
    if bare:
        pieces.append(_listed(bare))
    return "".join([*pieces, html[at:]])


def _listed(items: list[tuple[str, str]]) -> str:
    """Headings without a sentence: one keeps its line, several become a list."""
    if len(items) == 1:
        return f'{items[0][0]}<p class="unquoted">Not quoted here: {items[0][1]}.</p>\n'
    listed = "".join(f"<li><b>{TAG.sub('', head).strip()}</b>: {held}</li>" for head, held in items)
    return f'<p class="unquoted">Not quoted here:</p>\n<ul class="unquoted">{listed}</ul>\n'


def _has_hole(html: str) -> bool:
    return 'class="withheld"' in html or SLOT.search(html) is not None


def _item(quote: str) -> str:
    """What stands for a sentence: its address, its length, and those of its marked words that may stand."""
    cite = CITE.search(quote)
    words = CITE.sub("", quote)
    marks = [mark for mark in MARK.findall(words) if not _has_hole(mark)]
    said = f"{_words(words)}: {', '.join(marks)}" if marks else _words(words)
    return f"{cite[0]} ({said})" if cite else f"({said})"


def _part(html: str) -> str:
    """A sentence of a text with layers."""
    if not _has_hole(html):
        return html
    marks = [mark for mark in MARK.findall(html) if not _has_hole(mark)]
    return f'<span class="gone held">{" ".join([_words(html), *marks])}</span>'


def _cell(html: str) -> str:
    """A cell of a table that holds little but holes."""
    if not _has_hole(html) or _size(SLOT.sub(" ", html)) >= TELLING:
        return html
    return f'<span class="withheld">[{_words(html)}]</span>'


def _hole(html: str) -> str:
    return f'<span class="withheld">[{_words(html)}]</span>'


def _words(html: str) -> str:
    """How many words, shown and withheld, a piece of HTML stands for."""
    held = sum(int((one or other).replace(",", "")) for one, other in SLOT.findall(html))
    size = held + _size(SLOT.sub(" ", html))
    return f"{number(size)}{NO_BREAK}word{'' if size == 1 else 's'}"


def _size(html: str) -> int:
    return len(WORD.findall(unescape(TAG.sub(" ", html))))
