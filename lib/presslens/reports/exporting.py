"""From an executed notebook to one HTML page that opens offline."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from importlib.resources import files
from typing import Any

from presslens.reports import provenance
from presslens.reports.parameters import Parameters

TEMPLATES = files("presslens.reports") / "templates"
SECTION = re.compile(r'<h2 id="([^"]+)">(.+?)</h2>')
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
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
    """The first heading of a notebook (as JSON), "Report" where it has none."""
    for cell in notebook["cells"]:
        match = re.match(r"#\s+(.+)", "".join(cell["source"])) if cell["cell_type"] == "markdown" else None
        if match:
            return match.group(1).strip()
    return "Report"


@cache
def _exporter(with_code: bool) -> Any:
    from presslens.reports import quick  # noqa: F401, I001 - before anything of Jupyter
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
    about: Mapping[str, Any],
    with_code: bool = False,
) -> str:
    """The page of an executed notebook.

    Args:
        notebook: the executed notebook (nbformat 4).
        page: what it is.
        pages: all pages of the set, in order, for the links at the top.
        about: the article and the run: `title`, `line`, `source`, `sha256`, `notes`, `parameters`, `reproduce`.
        with_code: show the code of every cell.

    Returns:
        HTML that makes no request; code is hidden unless asked for.
    """
    nodes = notebook.copy()
    nodes.cells = [_presentable(cell) for cell in notebook.cells if not _is_left_out(cell)]
    resources = {"page": _context(nodes, page=page, pages=pages, about=about)}
    body, _ = _exporter(with_code).from_notebook_node(nodes, resources=resources)
    return harmless(str(body)) + "\n"


def _is_left_out(cell: Any) -> bool:
    """Whether a cell is no part of the page: injected parameters, which the page tells below, and what is for JupyterLab."""
    return bool({"injected-parameters", "lab"} & {*cell.metadata.get("tags", [])})


def _presentable(cell: Any) -> Any:
    """The cell without the page's title, which the title block says, and with an address for each section."""
    if cell.cell_type == "markdown":
        cell = cell.copy()
        cell.source = re.sub(r"^#\s+.+\n*", "", cell.source, count=1)
        cell.source = HEADING.sub(lambda m: f'<h2 id="{slug(m.group(1))}">{escape(m.group(1))}</h2>\n', cell.source)
    return cell


def slug(heading: str) -> str:
    """The address of a section: "Where does it turn?" is `where-does-it-turn`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.casefold()).strip("-") or "section"


def _context(nodes: Any, *, page: Page, pages: Sequence[Page], about: Mapping[str, Any]) -> dict[str, Any]:
    headings = [found for c in nodes.cells if c.cell_type == "markdown" for found in SECTION.findall(c.source)]
    links = [{"href": "index.html", "label": "Contents", "current": False}]
    links += [{"href": f"{p.name}.html", "label": p.heading, "current": p == page} for p in pages]
    meanings = {name: field.description or "" for name, field in Parameters.model_fields.items()}
    versions = provenance.versions()
    return {
        "css": stylesheet(),
        "heading": page.heading,
        "title": about["title"],
        "about": about["line"],
        "set": links,
        "contents": [{"id": address, "text": unescape(text)} for address, text in headings],
        "versions": versions,
        "made": {
            "Input": f"{about['source']}, SHA-256 {about['sha256']}",
            "Notes": " ".join(about["notes"]) or "Nothing was guessed in reading the file.",
            "Reproduce": about["reproduce"],
            "Versions": ", ".join(f"{name} {number}" for name, number in versions.items()),
            "Rights": "The rights in the article stay with its author and publisher.",
        },
        "parameters": [
            {"name": name, "value": json.dumps(value, ensure_ascii=False), "meaning": meanings[name]}
            for name, value in about["parameters"].items()
        ],
    }


def index_page(*, title: str, kicker: str, about: str, cards: Sequence[dict[str, str]], files: str = "") -> str:
    """A page of links; all text is escaped."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string((TEMPLATES / "index.html.j2").read_text("utf-8"))
    from markupsafe import Markup

    css = Markup(stylesheet())  # noqa: S704 - our own style sheet
    made = template.render(title=title, kicker=kicker, about=about, cards=cards, files=files, css=css)
    return harmless(made) + "\n"


def harmless(page: str) -> str:
    """A page without characters that nobody sees and that turn the direction of the words beside them."""
    return UNSEEN.sub("", page)
