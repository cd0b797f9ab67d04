"""Downloads of Factiva with labelled fields, as .html, .rtf or .txt."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from presslens.article.stories import Story, joined

CODES = "AN|ART|BY|CLM|CO|CR|CT|CX|CY|ED|ET|HD|IN|IPC|IPD|LA|LP|NS|PD|PG|PUB|RE|RF|RST|SC|SE|SN|TD|VOL|WC"
LABEL = re.compile(rf"\s*({CODES})(?:\s*[|\t]\s*|\s{{2,}}|\s*$)(.*)")
FOUND = re.compile(r"\s*(?:Results Found|Total results|Articles?)\s*+:?\s*+\|?\s*+(\d[\d,]{0,11})\s*+(?:\||$)", re.I)
OF = re.compile(r"\s*Article \d+ of (\d[\d,]{0,11})\s*", re.I)
BLOCKS = ("p", "div", "tr", "td", "br", "b", "h1", "h2", "h3", "table")
HIDDEN = ("script", "style")
STRONG = ("HD", "WC", "PD", "SN", "AN")  # all of these, or it is no such export


def is_labelled(lines: Iterable[str]) -> bool:
    """Whether text has the labels of a Factiva export."""
    seen = {match[1] for line in lines if (match := LABEL.fullmatch(line))}
    return seen.issuperset(STRONG)


def html_lines(text: str) -> list[str]:
    """The text of an HTML export as lines, each label on one of its own; none of a page that has no headline so labelled."""
    if ">HD<" not in text:
        return []
    from lxml import html
    from lxml.etree import LxmlError

    try:
        tree = html.fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (LxmlError, ValueError):
        return []
    return [" ".join(line.split()) for line in "".join(_words(tree)).split("\n")]


def _words(tree: Any) -> Iterator[str]:
    """The words of a page in their order, with a line's end around each block and each label."""
    from lxml.etree import iterwalk

    hidden = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        if element.tag in HIDDEN:
            hidden += 1 if event == "start" else -1
        if event == "start":
            yield "\n" if element.tag in BLOCKS else ""
            yield "" if hidden else element.text or ""
        elif element is not tree:
            bold = element.tag == "b" and not LABEL.fullmatch(element.text or "")
            yield "\n" if element.tag in BLOCKS and not bold else ""
            yield "" if hidden else element.tail or ""


def rtf_lines(text: str) -> list[str]:
    """The text of an RTF export as lines."""
    from striprtf.striprtf import rtf_to_text

    words: str = rtf_to_text(text, errors="ignore")  # type: ignore[no-untyped-call]
    return [line.rstrip() for line in words.split("\n")]


def stories(lines: Iterable[str]) -> Iterator[Story]:
    """The articles of a Factiva export; each ends with its accession number (AN)."""
    held: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = LABEL.fullmatch(line)
        if match:
            code = match[1]
            if "AN" in held or (code in {"HD", "SE"} and code in held):
                yield Story(_fields(held))
                held = {}
            held.setdefault(code, []).append(match[2])
        elif held and not any(words.strip() for words in held.get("AN", [])):
            held[code].append(line)
        elif stated := FOUND.fullmatch(line) or OF.fullmatch(line):  # above the first, or between two
            yield Story(stated=int(stated[1].replace(",", "")))
    if held:
        yield Story(_fields(held))


def _fields(held: dict[str, list[str]]) -> dict[str, str]:
    def value(code: str) -> str:
        return " ".join(" ".join(held.get(code, [])).split())

    number = value("AN").removeprefix("Document").strip()
    return {
        "id": number.split(" ")[0],
        "title": value("HD"),
        "author": re.sub(r"^by\s+", "", value("BY"), flags=re.I),
        "date": value("PD"),
        "outlet": value("SN"),
        "section": value("SE") or value("CLM"),
        "text": joined([*held.get("LP", []), "", *held.get("TD", [])]),
    }
