"""From an executed notebook to one HTML page that opens offline."""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from importlib.resources import files
from typing import Any

from presslens import versions
from presslens.findings.wording import within
from presslens.reports import addresses, policy, unquoted
from presslens.reports.parameters import Parameters

TEMPLATES = files("presslens.reports") / "templates"
SECTION = re.compile(r'<h2 id="([^"]+)">((?:(?!</?h2)[^\n])+)</h2>')
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LEAD = re.compile(r'<p class="lead">(?:[^<]++|<(?!/?p[ >]))*+</p>')
FIGURE = re.compile(
    r'<figure class="chart" id="figure-([^"]+)"><p class="figure-title">((?:[^<]++|<(?!/?p[ >]))*+)</p>'
    r"(?:[^<]++|<(?!/?figure[ >]))*+</figure>"
)
NO_BREAK = "\u00a0"
PERCENT = re.compile(r"<[^<>]*>|(?<=\d) %")  # in text, not in tags
HEADING = re.compile(r"^##[ \t]+(\S(?:[^\n]*\S)?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A notebook as a page of a set: its name (`2_sentiment`) and the words of its first heading."""

    name: str
    heading: str


@cache
def stylesheet() -> str:
    """The style sheet of all pages."""
    return (TEMPLATES / "presslens" / "page.css").read_text("utf-8")


@cache
def template(name: str) -> Any:
    """A template of pages, compiled once; it escapes what is put into it."""
    from jinja2 import Environment

    return Environment(autoescape=True).from_string((TEMPLATES / name).read_text("utf-8"))


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
    from nbconvert import HTMLExporter, TemplateExporter
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    class Exporter(HTMLExporter):
        """Leaves a page as the template writes it: nbconvert parses it once more, to mark parts that ours does not have."""

        def from_notebook_node(self, nb: Any, resources: Any = None, **named: Any) -> Any:
            resources = self._init_resources(resources)
            kinds = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
            self.register_filter("filter_data_type", kinds)
            self.register_filter("highlight_code", escape)
            return TemplateExporter.from_notebook_node(self, nb, resources, **named)

    return Exporter(
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
    downloads: Mapping[str, str] | None = None,
) -> str:
    """The page of an executed notebook.

    Args:
        notebook: the executed notebook (nbformat 4).
        page: what it is.
        pages: all pages of the set, in order, for the links at the top.
        about: the article and the run: `title`, `line`, `lang`, `source`, `sha256`, `notes`, `parameters`, `reproduce`,
            `sentences` (the ids that the page of the text has), `quoted` (how much is quoted), `run_key`, `cite`.
        with_code: show the code of every cell.
        downloads: the data of each figure as CSV text, by its name.

    Returns:
        HTML that makes no request; code is hidden unless asked for.
    """
    nodes = notebook.copy()
    nodes.cells = [_presentable(cell) for cell in notebook.cells if not _is_left_out(cell)]
    body, _ = _exporter(with_code).from_notebook_node(nodes, resources={})
    lead, rest = _finding_first(unquoted.tidy(str(body).strip()))
    rest = FIGURE.sub(lambda m: _downloads(m, downloads or {}), rest)
    return framed(rest, page=page, pages=pages, about=about, lead=lead)


def _finding_first(body: str) -> tuple[str, str]:
    """The finding of the whole page with the words that introduce it, and the rest."""
    lead = LEAD.search(body)
    if not lead:
        return "", body
    intro, rest = body[: lead.start()].strip(), body[lead.end() :].strip()
    return f"{lead[0]}\n{intro}", rest


def _downloads(match: re.Match[str], downloads: Mapping[str, str]) -> str:
    """A figure with links to save it: the drawings stand beside the page, the data are in the link itself."""
    name, title = match[1], within(unescape(re.sub(r"<[^<>]*>", "", match[2])))
    links = [f'<a href="figures/{name}.{kind}" download>{kind.upper()}</a>' for kind in ("svg", "png")]
    if name in downloads:
        data = base64.b64encode(downloads[name].encode()).decode()
        links.append(f'<a href="data:text/csv;base64,{data}" download="{name}.csv">CSV</a>')
    said = f'<p class="save"><span class="unseen">Save the figure “{escape(title)}” as </span>{" ".join(links)}</p>'
    return match[0].replace("</figure>", f"{said}</figure>")


def framed(
    body: str,
    *,
    page: Page,
    pages: Sequence[Page],
    about: Mapping[str, Any],
    lead: str = "",
    here: bool = False,
) -> str:
    """A page of the set around its body: title block, finding, contents, footer, and what it may do.

    Args:
        body: HTML that is escaped already.
        page, pages, about: as for `export`.
        lead: HTML of the finding.
        here: whether this is the page of the text, whose sentences need no link.
    """
    from markupsafe import Markup

    if not here:
        body, lead = (addresses.linked(part, about.get("sentences", ())) for part in (body, lead))
    body, rules = policy.classed(body)
    css = f"{stylesheet()}\n{rules}"
    sheets = [css, *(sheet for sheet in policy.known_sheets() if f"<style>{sheet}</style>" in body)]
    links = [{"href": "index.html", "label": "Contents", "current": False}]
    links += [{"href": f"{p.name}.html", "label": p.heading, "current": p.name == page.name} for p in pages]
    meanings = {name: field.description or "" for name, field in Parameters.model_fields.items()}
    found = versions.versions()
    made = template("frame.html.j2").render(
        policy=policy.content_policy(sheets, [policy.script()]),
        css=Markup(css),  # noqa: S704 - our own style sheet
        script=Markup(policy.script()),  # noqa: S704 - our own
        heading=page.heading,
        title=about["title"],
        about=about["line"],
        lang=about.get("lang", "en"),
        links=links,
        lead=Markup(lead),  # noqa: S704 - escaped by its maker
        contents=[{"id": address, "text": unescape(text)} for address, text in SECTION.findall(body)],
        body=Markup(body),  # noqa: S704 - escaped by its maker
        versions=found,
        made=_made(about, found),
        parameters=[
            {"name": name, "value": _value(value), "meaning": meanings[name]}
            for name, value in about["parameters"].items()
        ],
    )
    return harmless(unbroken(made)) + "\n"


def _value(value: Any) -> str:
    """A parameter's value for people: bare words, "none" for what is empty."""
    if value in ("", []):
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _made(about: Mapping[str, Any], versions: Mapping[str, str]) -> dict[str, str]:
    """What the footer says, by its names."""
    return {
        "Input": f"{about['source']}, SHA-256 {about['sha256']}",
        "Notes": " ".join(about["notes"]) or "Nothing was guessed in reading the file.",
        "Reproduce": about["reproduce"],
        **({"Run key": about["run_key"]} if about.get("run_key") else {}),
        "Versions": ", ".join(f"{name} {number}" for name, number in versions.items()),
        "Quotation": about.get("quoted", ""),
        "Rights": about.get("rights", "The rights in the article stay with its author and publisher."),
        "Cite": f"{about.get('cite', about['title'] + '.')} Read with presslens {versions['presslens']} (see its CITATION.cff).",
    }


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


def index_page(*, title: str, kicker: str, about: str, cards: Sequence[dict[str, str]], files: str = "") -> str:
    """A page of links; all text is escaped."""
    from markupsafe import Markup

    css = Markup(stylesheet())  # noqa: S704 - our own style sheet
    may = policy.content_policy([stylesheet()], [])
    made = template("index.html.j2").render(
        title=title, kicker=kicker, about=about, cards=cards, files=files, css=css, policy=may
    )
    return harmless(unbroken(made)) + "\n"


def unbroken(page: str) -> str:
    """A page in which a per cent sign stays on the line of its number."""
    return PERCENT.sub(lambda found: found[0] if found[0][0] == "<" else f"{NO_BREAK}%", page)


def harmless(page: str) -> str:
    """A page without characters that nobody sees and that turn the direction of the words beside them."""
    return UNSEEN.sub("", page)
