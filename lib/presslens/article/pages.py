"""HTML: the main text of a page by trafilatura, and everything else that a reader would see."""

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from presslens.article.dates import stated
from presslens.article.document import Document, Outside, Paragraph
from presslens.article.sidecar import Sidecar

UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "math"}
INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    }
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
STANDFIRST = re.compile(
    r"(?:^|[^a-z])(?:dek|deck|standfirst|sub-?(?:title|heading|headline|head)|strapline)(?:$|[^a-z])", re.IGNORECASE
)
WORD = re.compile(r"\w+")
BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
FIRST_IN_BODY = re.compile(r"(?=<(?:article|main|section|header|nav|aside|figure)[\s>])", re.IGNORECASE)
TABLE = re.compile(r"<(?:table|t[dhr])", re.IGNORECASE)
OUTSIDE = "not part of the main text, by trafilatura"
LEAST = 200  # characters; a main text shorter than that is looked for in tables as well, where there are any


class Seen(NamedTuple):
    """A run of words that a browser shows as one block, and the class of the element that holds it."""

    line: int
    text: str
    style: str


def html(text: str) -> Document:
    """The main text, headline, standfirst, author, date, outlet and address of a page.

    What a reader would see beside the main text (menus, notices, captions, comments, other stories) is listed as
    outside the article. The standfirst is a visible block that the page describes itself with, or marks as such.
    """
    clean = _with_body(STRAY.sub("", text))
    notes: list[str] = []
    seen = list(visible(clean, notes=notes))
    main = _extract(clean)
    extracted = [re.sub(r"^- ", "", line).strip() for line in main.get("text", "").split("\n") if WORD.search(line)]
    if not extracted:
        if seen:
            notes.append("The main text could not be told from the rest of the page; all of it was read.")
        return Document([Paragraph(block.line, block.text) for block in seen], notes=tuple(notes))
    title = _title(main.get("title", ""), seen)
    date = _date(main.get("date", ""))
    if date and not stated(date, "\n".join([clean, *(block.text for block in seen)])):
        date = None
        notes.append(
            "The page has no date that can be used: it names none in full, or day and month cannot be told apart."
        )
    dek = _dek(main.get("description", ""), title, seen)
    lines, left = _placed(extracted, seen)
    known = {_key(title), _key(dek)}
    rest: list[Outside] = []
    for block in left:
        key = _key(block.text)
        if key in known:
            known.discard(key)
        else:
            rest.append(Outside(block.line, block.text, "outside the article", OUTSIDE))
    return Document(
        [Paragraph(line, words) for line, words in zip(lines, extracted, strict=True)],
        title=title,
        dek=dek,
        author=main.get("author", "").replace(";", ",").strip()[:300],
        metadata=Sidecar(
            outlet=main.get("sitename", "")[:300] or None,
            date=date,
            url=_address(main.get("url", "")),
        ),
        outside=rest,
        notes=tuple(notes),
    )


def _with_body(text: str) -> str:
    """A page that leaves out its body tag with one: libxml2 knows HTML 4 and would take an article for part of the head."""
    return text if BODY.search(text) else FIRST_IN_BODY.sub("<body>", text, count=1)


def _extract(text: str) -> dict[str, str]:
    """`text`, `title`, `author`, `date`, `description`, `sitename` and `url`, as far as trafilatura finds them."""
    import trafilatura

    best: dict[str, str] = {}
    for tables in (False, True):
        given: dict[str, Any] = {"with_metadata": True, "include_comments": False, "include_tables": tables}
        try:
            found: Any = trafilatura.bare_extraction(text, **given)
        except AssertionError:  # of lxml: where no page begins, the first element is the root, which cannot be dropped
            found = trafilatura.bare_extraction(f"<!doctype html>{text}", **given)
        if found is not None:
            fields = found if isinstance(found, dict) else found.as_dict()
            now = {name: value for name, value in fields.items() if isinstance(value, str)}
            if len(now.get("text", "")) > len(best.get("text", "")) or not best:
                best = now
        if len(best.get("text", "")) >= LEAST or not TABLE.search(text):
            break
    return best


def visible(text: str, *, notes: list[str] | None = None) -> Iterator[Seen]:
    """Every block of words that a browser would show, in order, with its line in the source; what is lost goes to `notes`."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    if notes is not None and any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        notes.append("The page nests its elements too deeply: what stands below the 2,048th level is not read.")
    words: list[str] = []
    place: tuple[int, str] | None = None
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag not in INLINE and bool(tag)
        if breaks and words:
            if place:
                yield Seen(place[0], " ".join("".join(words).split()), place[1])
            words, place = [], None
        unseen = bool(tag) and _is_unseen(element, tag)
        if event == "start":
            hidden += unseen
            added = element.text
        else:
            hidden -= unseen and event == "end"
            added = element.tail
        if added and not hidden:
            if not place and not added.isspace():
                holder = element if event == "start" or element.getparent() is None else element.getparent()
                place = (element.sourceline or 0, _style(holder))
            words.append(added)
    if place:
        yield Seen(place[0], " ".join("".join(words).split()), place[1])


def _is_unseen(element: Any, tag: str) -> bool:
    return tag in UNSEEN or element.get("hidden") is not None or bool(HIDDEN.search(element.get("style", "")))


def _style(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')} {element.tag}"


def _placed(extracted: Sequence[str], seen: Sequence[Seen]) -> tuple[list[int], list[Seen]]:
    """The line of each extracted paragraph, and the blocks that are in none of them.

    Both are read side by side as words. A block of four words or more is found by its first four, at or after the
    place reached, else before it; a shorter one must be the next paragraph, or go on within one. A
    long block of which trafilatura left out a few words counts as found.
    """
    paragraphs = [WORD.findall(paragraph.casefold()) for paragraph in extracted]
    words = [word for paragraph in paragraphs for word in paragraph]
    ends = list(accumulate(map(len, paragraphs)))
    end_of = dict(zip([0, *ends], ends, strict=False))  # by the place where a paragraph starts
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(words) - 3):
        places[tuple(words[at : at + 4])].append(at)
    line_at: dict[int, int] = {}
    left: list[Seen] = []
    reached = 0
    for block in seen:
        own = WORD.findall(block.text.casefold())
        found = _find(own, words, places, reached)
        is_label = len(own) < 4 and end_of.get(reached, reached + len(own)) != reached + len(own)
        if found is None or is_label:
            left.append(block)
        else:
            reached = found + len(own)
            line_at.setdefault(ends[bisect_left(ends, found + 1)], block.line)
    lines: list[int] = []
    for end in ends:
        lines.append(line_at.get(end, lines[-1] if lines else 1))
    return lines, left


def _find(
    own: Sequence[str], words: Sequence[str], places: dict[tuple[str, ...], list[int]], reached: int
) -> int | None:
    if len(own) < 4:
        return reached if own and list(words[reached : reached + len(own)]) == list(own) else None
    candidates = places.get(tuple(own[:4]), [])
    at = bisect_left(candidates, reached)
    for place in (*candidates[at : at + 20], *candidates[max(0, at - 20) : at]):
        if list(words[place : place + len(own)]) == list(own):
            return place
    covered = [places[run][0] for run in zip(*(own[k:] for k in range(4)), strict=False) if run in places]
    return covered[0] if len(own) >= 8 and len(covered) >= 0.8 * (len(own) - 3) else None


def _title(stated: str, seen: Sequence[Seen]) -> str:
    """The headline as the page shows it: <title> often adds the name of the outlet."""
    key = _key(stated)
    shown = [block.text for block in seen if block.style.endswith(" h1") and _key(block.text)]
    return next((text for text in shown if _key(text) in key), stated).strip()


def _dek(description: str, title: str, seen: Sequence[Seen]) -> str:
    keys = {_key(block.text): block.text for block in reversed(seen[:200])}
    if description and _key(description) in keys and _key(description) != _key(title):
        return description.strip()
    marked = (
        b.text for b in seen if STANDFIRST.search(b.style) and 20 < len(b.text) <= 300 and _key(b.text) != _key(title)
    )
    return next(marked, "")


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _address(text: str) -> str | None:
    return text if re.match(r"https?://", text) and len(text) < 2000 else None
