"""Pages about runs rather than about an article: a comparison, a sweep. One HTML file each, in the style of the reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from presslens.reports import exporting, policy

SHEET = exporting.TEMPLATES / "sheet.css"


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
    body, rules = policy.classed("".join(section.body for section in sections))
    css = "\n".join([exporting.stylesheet(), SHEET.read_text("utf-8"), rules])
    worn = [css, *(sheet for sheet in policy.known_sheets() if f"<style>{sheet}</style>" in body)]
    html = exporting.template("sheet.html.j2").render(
        title=title,
        kicker=kicker,
        about=about,
        lead=lead,
        sections=sections,
        css=Markup(css),  # noqa: S704 - our own style sheet
        policy=policy.content_policy(worn, [policy.script()]),
        script=Markup(policy.script()),  # noqa: S704 - our own
    )
    return exporting.harmless(policy.classed(html)[0]) + "\n"
