"""Pages about runs rather than about an article: a comparison, a sweep. One HTML file each, in the style of the reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from presslens.reports import exporting

TEMPLATE = exporting.TEMPLATES / "sheet.html.j2"


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it; `body` has been escaped by its maker."""

    heading: str
    body: Markup

    @property
    def address(self) -> str:
        """Where links lead to it."""
        return exporting.slug(self.heading)


def page(*, title: str, kicker: str, about: str, lead: str | Markup, sections: Sequence[Section]) -> str:
    """A page of sections under a title, with a table of contents; it makes no request, and all text is escaped."""
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(TEMPLATE.read_text("utf-8"))
    css = Markup(exporting.stylesheet())  # noqa: S704 - our own style sheet
    made = template.render(title=title, kicker=kicker, about=about, lead=lead, sections=sections, css=css)
    return exporting.harmless(made) + "\n"
