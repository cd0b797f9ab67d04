"""From an executed notebook to one HTML page that opens offline."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from presslens.article.reading import Article
from presslens.reports import provenance
from presslens.reports.parameters import Parameters

TEMPLATES = files("presslens.reports") / "templates"
HEADING = re.compile(r"^##\s+(.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A notebook as a page of a set: its name (`2_sentiment`) and the words of its first heading."""

    name: str
    heading: str


@cache
def stylesheet() -> str:
    """The style sheet of all pages."""
    return (TEMPLATES / "presslens" / "page.css").read_text("utf-8")


def heading(notebook: Any) -> str:
    """The first heading of a notebook, "Report" where it has none."""
    for cell in notebook.cells:
        match = re.match(r"#\s+(.+)", cell.source) if cell.cell_type == "markdown" else None
        if match:
            return match.group(1).strip()
    return "Report"


@cache
def _exporter(with_code: bool) -> Any:
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="presslens",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=not with_code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        enabled=True,
    )


def export(
    notebook: Any,
    *,
    page: Page,
    pages: Sequence[Page],
    article: Article,
    parameters: Parameters,
    with_code: bool = False,
) -> str:
    """The page of an executed notebook.

    Args:
        notebook: the executed notebook (nbformat 4).
        page: what it is.
        pages: all pages of the set, in order, for the links at the top.
        article: what was read, for the title block.
        parameters: of the run, for the footer.
        with_code: show the code of every cell.

    Returns:
        HTML that makes no request; code is hidden unless asked for.
    """
    nodes = notebook.copy()
    nodes.cells = [_presentable(cell) for cell in notebook.cells if not _is_injected(cell)]
    body, _ = _exporter(with_code).from_notebook_node(nodes, resources={"page": _context(**_named(locals()))})
    return str(body) + "\n"


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("nodes", "page", "pages", "article", "parameters")}


def _is_injected(cell: Any) -> bool:
    return "injected-parameters" in cell.metadata.get("tags", [])


def _presentable(cell: Any) -> Any:
    """The cell with the page's title taken out: the title block says it."""
    if cell.cell_type == "markdown" and re.match(r"#\s+", cell.source):
        cell = cell.copy()
        cell.source = re.sub(r"^#\s+.+\n*", "", cell.source, count=1)
    return cell


def _context(
    *, nodes: Any, page: Page, pages: Sequence[Page], article: Article, parameters: Parameters
) -> dict[str, Any]:
    headings = [
        (index, text)
        for index, cell in enumerate(nodes.cells)
        if cell.cell_type == "markdown"
        for text in HEADING.findall(cell.source)
    ]
    links = [{"href": "index.html", "label": "Contents", "current": False}]
    links += [{"href": f"{p.name}.html", "label": p.heading, "current": p == page} for p in pages]
    meanings = {name: field.description for name, field in Parameters.model_fields.items()}
    versions = provenance.versions()
    return {
        "css": stylesheet(),
        "heading": page.heading,
        "title": article.title or article.id,
        "about": about(article),
        "set": links,
        "contents": [{"id": text.replace(" ", "-"), "text": text} for _, text in headings],
        "versions": versions,
        "made": {
            "Input": f"{article.source}, SHA-256 {article.sha256}",
            "Reproduce": provenance.command(parameters),
            "Versions": ", ".join(f"{name} {number}" for name, number in versions.items()),
            "Rights": "The rights in the article stay with its author and publisher.",
        },
        "parameters": [
            {"name": name, "value": json.dumps(value, ensure_ascii=False), "meaning": meanings[name] or ""}
            for name, value in parameters.model_dump().items()
        ],
    }


def about(article: Article) -> str:
    """One line on an article: author, outlet, date, length."""
    meta = article.metadata
    words = int((article.tokens["kind"] == "word").sum())
    date = f"{meta.date:%d %B %Y}".lstrip("0") if meta.date else ""
    parts = [f"By {article.byline}" if article.byline else "", meta.outlet or "", date, f"{words:,} words"]
    return " · ".join(part for part in parts if part)


def index_page(*, title: str, kicker: str, about: str, cards: Sequence[dict[str, str]], files: str = "") -> str:
    """A page of links; all text is escaped."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string((TEMPLATES / "index.html.j2").read_text("utf-8"))
    from markupsafe import Markup

    css = Markup(stylesheet())  # noqa: S704 - our own style sheet
    return template.render(title=title, kicker=kicker, about=about, cards=cards, files=files, css=css) + "\n"


def write(path: Path, text: str) -> None:
    """Write a page."""
    path.write_text(text, encoding="utf-8")
