"""An explorer in each notebook: change a choice, and its figures and tables follow at once; look at any word.

In JupyterLab `run.explore()` shows it. It touches no report and no saved table: to keep what was chosen, copy the lines
that it shows into the parameters cell, or run its command.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

import yaml
from markupsafe import Markup

from presslens import locating
from presslens.errors import BadInput, PresslensError
from presslens.reports import layout
from presslens.reports.parameters import Parameters, check
from presslens.widgets import words
from presslens.widgets.kept import Kept
from presslens.widgets.made import Made
from presslens.widgets.views import CHOICES, VIEWS, View


class Explorer:
    """What is chosen and looked at in one notebook; `widgets.controls.view` shows it.

    `parameters` and `threshold` are the choices (a threshold of 0 is the codebook's own); `chosen` says which view.
    """

    def __init__(self, notebook: str, parameters: Parameters) -> None:
        self.notebook, self.parameters, self.threshold = notebook, parameters, 0.0
        self.begun = parameters
        self.kept = Kept()
        self.chosen: View = VIEWS[notebook][0]

    @property
    def made(self) -> Made:
        """The tables for what is chosen now; those whose inputs did not change are not made again."""
        return Made({**self.parameters.model_dump(), "threshold": self.threshold}, self.kept)

    def choose(self, name: str, value: Any) -> None:
        """Change a parameter, or the `threshold`.

        Raises:
            BadInput: the value cannot be used; what was chosen before stays.
        """
        if name == "threshold":
            self.threshold = float(value)
        else:
            self.parameters = check({**self.parameters.model_dump(), name: value})

    def html(self) -> Markup:
        """The chosen view, or why it cannot be shown; its ids are its own, so that it can stand beside the notebook's."""
        try:
            return own_ids(self.chosen.show(self.made))
        except PresslensError as error:
            return Markup('<p role="alert">{}</p>').format(str(error))

    def offered(self) -> list[str]:
        """Words worth a look; none where the article cannot be read."""
        try:
            return words.offered(self.made)
        except PresslensError:
            return []

    def word(self, pattern: str) -> Markup:
        """All about a word."""
        return own_ids(words.looked_up(self.made, pattern))

    def changed(self) -> dict[str, Any]:
        """The parameters that differ from the notebook's."""
        before = self.begun.model_dump()
        return {name: value for name, value in self.parameters.model_dump().items() if value != before[name]}

    def cell(self) -> str:
        """The lines for the parameters cell that keep what was chosen; empty where nothing differs."""
        return "\n".join(f"{name} = {_literal(value)}" for name, value in self.changed().items())

    def command(self) -> str:
        """The command that makes this notebook's report with the choices."""
        changed = self.changed()
        document = changed.pop("document", self.begun.document)
        options = [f"-p {shlex.quote(f'{name}={_option(value)}')}" for name, value in changed.items()]
        return " ".join(["presslens report", shlex.quote(document), "--only", self.notebook.split("_")[0], *options])

    def documents(self) -> list[str]:
        """The documents of `seeds/`, and the one that is being read, by their paths from the project's root."""
        root = locating.project_root()
        try:
            found = [path.resolve() for path in layout.seeds()]
        except BadInput:
            found = []
        names = [path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path) for path in found]
        return list(dict.fromkeys([*names, self.parameters.document]))

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen here."""
        return CHOICES[self.notebook]

    @property
    def views(self) -> tuple[View, ...]:
        """What can be looked at here."""
        return VIEWS[self.notebook]


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_literal(one) for one in value)}]"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)


def _option(value: Any) -> str:
    if isinstance(value, str) and not value:
        return ""
    return (
        yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True).removesuffix("...\n").strip()
    )


def own_ids(html: Markup, *, prefix: str = "explore-") -> Markup:
    """HTML of ours with other ids, wherever it names them: in labels, links, drawings and its style sheet."""
    text = str(html)
    names = set(re.findall(r'\bid="([^"]+)"', text))
    named = re.compile(r'(?P<sign>\b(?:id|for|aria-labelledby|aria-describedby)="|#)(?P<name>[\w-]+)')
    return Markup(  # noqa: S704 - it was markup before
        named.sub(lambda m: f"{m['sign']}{prefix}{m['name']}" if m["name"] in names else m[0], text)
    )
