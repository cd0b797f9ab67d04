"""Plain text and Markdown, each as paragraphs with the line they begin on; HTML is read by `pages`."""

import re
from collections.abc import Iterator

from presslens.article import paragraphs
from presslens.article.document import Document, Outside, Paragraph
from presslens.article.front_matter import read_front_matter
from presslens.article.kinds import HTML, MARKDOWN
from presslens.article.sidecar import Sidecar

FIRST_BLOCKS = 5  # among which the heading that is the title must stand
LEAST_DEK = 40  # characters of a heading below the title that is a standfirst and no subheading
CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I
)
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[/!?a-zA-Z][^<>]*>", re.DOTALL)


def parse(text: str, *, suffix: str) -> Document:
    """A document by the suffix of its name; anything but Markdown and HTML is plain text."""
    if suffix in MARKDOWN:
        return markdown(text)
    if suffix in HTML:
        from presslens.article.pages import html  # trafilatura takes a second to load

        return html(text)
    return plain(text)


def declared_encoding(data: bytes) -> str:
    """The encoding that an HTML page states of itself in its first 4,000 bytes, empty where it states none."""
    match = CHARSET.search(data[:4000])
    return (match.group(1) or match.group(2)).decode("ascii") if match else ""


def plain(text: str) -> Document:
    """Plain text: paragraphs as `paragraphs.spans` finds them."""
    found: list[Paragraph] = []
    line, at = 1, 0
    for start, end in paragraphs.spans(text):
        line += text.count("\n", at, start)
        at = start
        found.append(Paragraph(line, text[start:end]))
    return Document(found)


class _Block:
    """One block of Markdown: its words without marks, and what it is."""

    def __init__(self, line: int, text: str, *, level: int = 0, emphasised: bool = False) -> None:
        self.paragraph = Paragraph(line, text)
        self.level = level  # of a heading; 0 for other text
        self.emphasised = emphasised


def markdown(text: str) -> Document:
    """Markdown: front matter, the title from the first heading, text without marks; code keeps its words.

    A heading of 40 characters or more, or a paragraph all in emphasis, right below the title is the standfirst.
    Picture descriptions go to the ledger.
    """
    front = read_front_matter(text)
    outside = list(front.outside)
    blocks = list(_blocks(front.body, front.lines, outside))
    title, dek = "", ""
    at = next((n for n, block in enumerate(blocks[:FIRST_BLOCKS]) if block.level), None)
    if at is not None:
        title = blocks.pop(at).paragraph.text
        if at < len(blocks):
            below = blocks[at]
            words = below.paragraph.text
            if (below.level > 1 and len(words) >= LEAST_DEK) or (below.emphasised and 20 < len(words) <= 300):
                dek = blocks.pop(at).paragraph.text
    stated = Sidecar(title=front.stated.title, dek=front.stated.dek)
    for line_text, given in ((title, stated.title), (dek, stated.dek)):
        if line_text and given and line_text != given:
            outside.append(Outside(front.lines + 1, line_text, "overruled", "the front matter states another"))
    return Document(
        [block.paragraph for block in blocks],
        title=stated.title or title,
        dek=stated.dek or dek,
        metadata=front.stated,
        outside=outside,
    )


def _blocks(text: str, lines: int, outside: list[Outside]) -> Iterator[_Block]:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    def words_of(children: list[Token], line: int) -> Iterator[str]:
        for child in children:
            if child.type == "image" and child.content.strip():
                outside.append(Outside(line, child.content, "picture", "the description of a picture"))
            elif child.type in {"softbreak", "hardbreak"} or child.content.casefold().startswith("<br"):
                yield "\n"
            elif child.type not in {"image", "html_inline"}:
                yield child.content

    level, line = 0, lines + 1
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        line = token.map[0] + 1 + lines if token.map else line
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "html_block":
            for words in re.split(r"\n\s*\n", TAG.sub("", token.content)):
                if words.strip():
                    yield _Block(line, words.strip())
        elif token.type in {"inline", "fence", "code_block"}:
            children = token.children or []
            words = "".join(words_of(children, line)) if token.type == "inline" else token.content
            if words.strip():
                is_emphasised = len(children) > 2 and (children[0].type, children[-1].type) in {
                    ("em_open", "em_close"),
                    ("strong_open", "strong_close"),
                }
                yield _Block(line, words.strip(), level=level, emphasised=is_emphasised)
