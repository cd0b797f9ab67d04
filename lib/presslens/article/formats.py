"""Plain text, Markdown and HTML, each as paragraphs with the line they begin on."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from presslens.article import paragraphs
from presslens.article.cleaning import Paragraph
from presslens.article.sidecar import Sidecar

BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "td", "th", "dt", "dd", "pre"}
UNSEEN = {"script", "style", "noscript", "template", "svg", "head", "iframe"}
OUTSIDE = "not part of the main text, by trafilatura"


@dataclass
class Document:
    """What a format yields: paragraphs, what it states of itself, and what it holds beside the article."""

    paragraphs: list[Paragraph]
    title: str = ""
    dek: str = ""
    author: str = ""
    metadata: Sidecar = field(default_factory=Sidecar)
    outside: list[tuple[int, str, str]] = field(default_factory=list)


def parse(text: str, *, suffix: str) -> Document:
    """A document by the suffix of its name; anything but Markdown and HTML is plain text."""
    if suffix in {".md", ".markdown"}:
        return markdown(text)
    if suffix in {".html", ".htm", ".xhtml"}:
        return html(text)
    return plain(text)


def plain(text: str) -> Document:
    """Plain text: paragraphs as `paragraphs.spans` finds them."""
    found: list[Paragraph] = []
    line, at = 1, 0
    for start, end in paragraphs.spans(text):
        line += text.count("\n", at, start)
        at = start
        found.append(Paragraph(line, text[start:end]))
    return Document(found)


def markdown(text: str) -> Document:
    """Markdown: the first heading is the title; emphasis, links and images lose their marks, code blocks their fences."""
    from markdown_it import MarkdownIt

    title = ""
    found: list[Paragraph] = []
    heading = False
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            heading = True
        elif token.type in {"inline", "fence", "code_block"}:
            content = token.content
            if token.children is not None:
                content = "".join(
                    c.content if c.type != "softbreak" else " " for c in token.children if c.type != "image"
                )
            if heading and not title and not found:
                title = content.strip()
            elif content.strip():
                found.append(Paragraph((token.map or [0])[0] + 1, content))
            heading = False
    return Document(found, title=title)


def html(text: str) -> Document:
    """HTML: the main text by trafilatura; everything else that a reader would see is listed as outside the article."""
    import trafilatura

    seen = list(_visible(text))
    main = trafilatura.bare_extraction(
        text, with_metadata=True, include_comments=False, include_tables=True, favor_precision=False
    )
    if main is None:
        return Document([Paragraph(line, words) for line, words in seen])
    extracted = [line.lstrip("- ").strip() for line in (main.text or "").split("\n") if line.strip()]
    places = {_key(words): line for line, words in reversed(seen)}
    found = [Paragraph(places.get(_key(words), number), words) for number, words in enumerate(extracted, start=1)]
    taken = " ".join(_key(words) for words in (*extracted, main.title or "", main.description or ""))
    outside = [(line, words, OUTSIDE) for line, words in seen if _key(words) and _key(words) not in taken]
    metadata = Sidecar(outlet=(main.sitename or "")[:300] or None, date=_date(main.date), url=_address(main.url))
    headings = {_key(words) for _, words in seen[:60]}
    dek = main.description or ""
    return Document(
        found,
        title=(main.title or "").strip(),
        dek=dek.strip() if _key(dek) in headings else "",
        author=(main.author or "").replace(";", ",").strip(),
        metadata=metadata,
        outside=outside,
    )


def _visible(text: str) -> Iterator[tuple[int, str]]:
    """Every block of text that a browser would show, with its line in the source."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            continue
        if any(ancestor.tag in UNSEEN for ancestor in element.iterancestors()):
            continue
        is_block = element.tag in BLOCKS and not any(child.tag in BLOCKS for child in element.iterdescendants())
        own = (
            element.text_content() if is_block else (element.text or "") if element.tag in {"div", "span", "a"} else ""
        )
        inside = any(a.tag in BLOCKS for a in element.iterancestors())
        words = " ".join(own.split())
        if words and (is_block or not inside):
            yield element.sourceline or 0, words


def _key(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _address(text: str | None) -> str | None:
    return text if text and re.match(r"https?://", text) and len(text) < 2000 else None
