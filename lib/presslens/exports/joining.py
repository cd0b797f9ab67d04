"""All pages of a run as one HTML file: to send by e-mail, to print, and for the exports that are made from it."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from presslens.exports.runs import Finished

DEEPER = {"h1": "h2", "h2": "h3", "h3": "h4", "h4": "h5", "h5": "h6"}
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
# Every id begins with "page-": one that began with the digit of a notebook's name could not stand in a style sheet.
IN_STYLE = re.compile(r"#([A-Za-z][\w-]*)")
IN_URL = re.compile(r"url\((['\"]?)#([^()'\"]+)\1\)")
ABOUT = "//header//p[contains(@class, 'about')]"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
.chapter { border-top: 3px solid var(--ink); margin-top: 3.5rem; padding-top: .4rem; }
.chapter > h2 { border: 0; font-size: 1.65rem; margin: .4rem 0 .6rem; padding: 0; }
.chapter h3 { font-size: 1.3rem; line-height: 1.25; margin: 2.4rem 0 .5rem; padding-top: .8rem;
  border-top: 1px solid var(--rule); }
.chapter h4 { font-size: 1.08rem; margin: 1.8rem 0 .3rem; }
main.joined > h1 { margin-top: 1.8rem; }
@page { size: A4; margin: 17mm 16mm 19mm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt system-ui, sans-serif; color: #5b626c; } }
@media print { .chapter { break-before: page; border: 0; margin: 0; padding: 0; } h3, h4 { break-after: avoid; }
  .chapter > p, .chapter > h2 + * { break-after: auto; } p { orphans: 3; widows: 3; } thead { display: table-header-group; }
  .table:not(:has(tr:nth-child(12))) { break-inside: avoid; } caption { break-after: avoid; } }
"""


def chapters(run: Finished) -> list[tuple[str, str, HtmlElement]]:
    """The pages of a run: name, heading, and the content as a tree whose ids are its own among all pages."""
    trees = [(page.stem, html.fromstring(page.read_text("utf-8"))) for page in run.pages]
    names = {name for name, _ in trees}
    return [(name, _heading(tree), _own(tree, name, names)) for name, tree in trees]


def title(run: Finished) -> str:
    """The title of the article, or the run's name where it has none."""
    return _text(html.fromstring(run.pages[0].read_text("utf-8")), "//h1") or run.name


def about(run: Finished) -> str:
    """The line below the title: author, outlet, date, length."""
    return _text(html.fromstring(run.pages[0].read_text("utf-8")), ABOUT)


def page(run: Finished) -> str:
    """One HTML file with every page of a run, that makes no request and holds no script.

    The chapters follow a title and a list of contents; headings are one level deeper than on their own pages, and links
    between the pages lead inside the file.
    """
    first = html.fromstring(run.pages[0].read_text("utf-8"))
    parts = chapters(run)
    styles = dict.fromkeys(_styles(run.pages))
    lang = escape(first.get("lang") or "en")
    head = "".join(f"<style>{style}</style>\n" for style in [*styles, STYLE])
    listed = "".join(
        f'<li><a href="#page-{name}">{escape(heading)}</a><br>{escape(run.finding(name))}</li>'
        for name, heading, _ in parts
    )
    body = "\n".join(
        f'<section class="chapter" id="page-{name}"><h2>{escape(heading)}</h2>{_inside(tree)}</section>'
        for name, heading, tree in parts
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(title(run))}</title>\n{head}</head>\n<body>\n"
        '<a class="skip" href="#content">Skip to the content</a>\n'
        f'<header class="page"><p class="kicker">A reading by presslens</p><h1>{escape(title(run))}</h1>'
        f'<p class="about">{escape(about(run))}</p></header>\n'
        f'<main id="content" class="joined">\n<nav class="contents" aria-label="Contents of this file"><h2>Contents</h2>'
        f"<ol>{listed}</ol></nav>\n{body}\n</main>\n{_footer(first)}\n</body>\n</html>\n"
    )


def _text(tree: HtmlElement, path: str) -> str:
    found: Any = tree.xpath(path)
    return " ".join(found[0].text_content().split()) if found else ""


def _heading(tree: HtmlElement) -> str:
    return _text(tree, "//p[contains(@class, 'kicker')]") or _text(tree, "//h1")


def _own(tree: HtmlElement, name: str, names: set[str]) -> HtmlElement:
    """The main part of a page, its ids and what refers to them made this page's own, its scripts left out."""
    found: Any = tree.xpath("//main")
    main: HtmlElement = found[0] if found else tree.body
    for gone in main.xpath(".//script | .//nav[contains(@class, 'contents')] | .//template | .//noscript"):
        gone.drop_tree()
    ids = {str(value) for value in main.xpath(".//@id")}
    for element in main.iter(etree.Element):
        _prefix(element, name, names)
        if element.tag == "style":
            element.text = _in_style(element.text or "", name, ids)
    return main


def _prefix(element: Any, name: str, names: set[str]) -> None:
    for key, value in list(element.attrib.items()):
        if key == "id" or (key == "name" and element.tag == "input"):
            element.set(key, f"page-{name}-{value}")
        elif key in REFERS:
            element.set(key, " ".join(f"page-{name}-{part}" for part in value.split()))
        elif key in {"href", "xlink:href"}:
            element.set(key, _link(value, name, names))
        elif "url(" in value:
            element.set(key, IN_URL.sub(rf"url(#page-{name}-\2)", value))
        elif key.startswith("on"):
            del element.attrib[key]
    if element.tag in DEEPER:
        element.tag = DEEPER[element.tag]


def _in_style(text: str, name: str, ids: set[str]) -> str:
    return IN_STYLE.sub(lambda m: f"#page-{name}-{m.group(1)}" if m.group(1) in ids else m.group(0), text)


def _link(value: str, name: str, names: set[str]) -> str:
    """A link inside the set, made one inside the file."""
    if value.startswith("#"):
        return f"#page-{name}-{value[1:]}" if len(value) > 1 else value
    page, _, place = value.partition("#")
    if page == "index.html":
        return "#content"
    if page.removesuffix(".html") in names and page.endswith(".html"):
        return f"#page-{page.removesuffix('.html')}" + (f"-{place}" if place else "")
    return value


def _styles(pages: list[Path]) -> Iterator[str]:
    """The style sheets of the pages' heads; a rule about an id of one page is made one about that page's."""
    for path in pages:
        tree = html.fromstring(path.read_text("utf-8"))
        found: Any = tree.xpath("//main//@id")
        ids = {str(value) for value in found}
        for style in tree.xpath("//head//style"):
            yield _in_style(style.text or "", path.stem, ids)


def _inside(tree: HtmlElement) -> str:
    inner = "".join(html.tostring(child, encoding="unicode") for child in tree)
    return escape(tree.text or "") + inner


def _footer(tree: HtmlElement) -> str:
    found: Any = tree.xpath("//footer")
    return html.tostring(found[0], encoding="unicode", with_tail=False) if found else ""
