"""What a notebook works with: its article, a place for its tables and figures, and ways to show and say things."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from presslens.article.reading import Article, read
from presslens.errors import BadInput
from presslens.figures.figure import Figure
from presslens.findings.evidence import Quotation
from presslens.locating import locate, project_root
from presslens.reports import elements, subjects, tables
from presslens.reports.layout import COMPARE, NEEDS, seeds
from presslens.reports.parameters import Parameters, check

FOLDER = "PRESSLENS_RUN_FOLDER"


@dataclass(frozen=True)
class Run:
    """One notebook at work on one article. `folder` gets its `tables/` and `figures/`."""

    notebook: str
    parameters: Parameters
    folder: Path

    def __repr__(self) -> str:
        differ = {name: value for name, value in self.parameters if value != Parameters.model_fields[name].default}
        chosen = "".join(f", {name}={value!r}" for name, value in differ.items() if name != "document")
        return f"Run({self.notebook!r}, document={self.parameters.document!r}{chosen}; tables and figures in {self.folder})"

    @property
    def path(self) -> Path:
        """Where the document is."""
        return locate(self.parameters.document)

    @cached_property
    def article(self) -> Article:
        """The document of the parameters, read and cleaned."""
        return read(self.path, keep=self.parameters.keep)

    @cached_property
    def articles(self) -> list[Article]:
        """The documents of a comparison, read and cleaned, in their order."""
        return [read(locate(path), keep=self.parameters.keep) for path in self.parameters.documents]

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """The sentences of all articles of a comparison, one article below the other."""
        return pd.concat([one.sentences for one in self.articles], ignore_index=True)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """The tokens of all articles of a comparison, one article below the other."""
        return pd.concat([one.tokens for one in self.articles], ignore_index=True)

    @cached_property
    def names(self) -> list[str]:
        """The articles of a comparison, in their order."""
        return [one.id for one in self.articles]

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Who is named where in the article, by the actors and the model of the parameters; see `actors.mentions`."""
        from presslens.actors import mentions, model

        own, ner = self.parameters.actors, self.parameters.ner
        several = self.notebook == COMPARE
        sentences, tokens = (self if several else self.article).sentences, (self if several else self.article).tokens
        seen = model.entities(sentences, model=ner) if ner else None
        return mentions.mentions(sentences, tokens, actors=locate(own) if own else None, entities=seen)

    def save(self, **named: pd.DataFrame) -> None:
        """Write each table as `tables/NAME.csv` and `.parquet`; one about the whole article is told which that is."""
        for name, table in named.items():
            if "article" not in table.columns:
                table = table.copy()
                table.insert(0, "article", pd.Series(self.article.id, index=table.index, dtype="str"))
            tables.save(table, self.folder / "tables", name)
            self._left(f"tables/{name}.csv", f"tables/{name}.parquet")

    @cached_property
    def _tables(self) -> Path:
        """Where tables are; in JupyterLab earlier notebooks make them first, where they are missing or of other choices."""
        if self.notebook in NEEDS and not os.environ.get(FOLDER):
            from presslens.reports.running import make_ready

            make_ready(NEEDS[self.notebook], parameters=self.parameters, folder=self.folder)
        return self.folder / "tables"

    def load(self, name: str) -> pd.DataFrame:
        """A table that this or an earlier notebook has saved; in JupyterLab, earlier notebooks run first where they must.

        The words that a shared table withholds are put back from the document.

        Raises:
            BadInput: there is no such table.
        """
        path = self._tables / f"{name}.parquet"
        if not path.exists():
            raise BadInput(f"there is no table {name} in {path.parent}. Run the notebook that makes it first.")
        from presslens.reports import rights, withholding

        return withholding.filled_table(tables.from_parquet(path.read_bytes()), rights.source(self.article))

    def show(self, figure: Figure) -> None:
        """Show a figure and save it to `figures/`; where there is nothing to draw, its title says so instead."""
        if figure.data.empty:
            self.note(f"{figure.title}.")
            return
        figure.save(self.folder / "figures")
        tables.write(figure.data, self.folder / "figures" / f"{figure.name}.csv")
        self._left(*(f"figures/{figure.name}.{kind}" for kind in ("svg", "png", "csv")))
        display(figure.html())

    def say(self, *sentences: str | Markup) -> None:
        """Show what was found, a paragraph a sentence, and note the first as the page's finding."""
        for sentence in sentences:
            display(elements.finding(sentence))

    def note(self, text: str | Markup) -> None:
        """Show a remark for the reader."""
        display(elements.note(text))

    def table(self, data: pd.DataFrame, caption: str, **options: Any) -> None:
        """Show a table; where it has no row, its caption says so instead."""
        if data.empty:
            self.note(f"{caption}: none.")
            return
        display(elements.table(data, caption=caption, **options))

    def html(self, content: Markup) -> None:
        """Show prepared HTML; `Markup` says that its maker has escaped it."""
        display(content)

    def text(self, words: Markup) -> None:
        """Show the whole text in JupyterLab; a report has a page of its own for it, as far as it may be quoted."""
        if os.environ.get(FOLDER):
            self.note(Markup('<a href="text.html">The text</a> has a page of its own, with all that was found in it.'))
        else:
            display(words)

    def quotes(self, quotations: Mapping[str, Sequence[Quotation]]) -> None:
        """Show evidence in the article's own words, under small headings."""
        for heading, items in quotations.items():
            display(Markup("<h3>{}</h3>").format(heading))
            for item in items:
                display(item.html())
            if not items:
                self.note("None.")

    def explore(self) -> None:
        """In JupyterLab, show choices that the figures and tables of this notebook follow at once; nothing in a report."""
        if os.environ.get(FOLDER):
            return
        from IPython.display import display as show

        # Named at run time: what only JupyterLab shows is nothing that a report depends on, and stays out of its run key.
        explorer = import_module("presslens.widgets.explorer").Explorer(self.notebook, self.parameters)
        show(import_module("presslens.widgets.controls").view(explorer))

    def head(self, finding: str | Markup) -> None:
        """Show the finding of the whole page, and keep it for the index."""
        self._left(finding=finding.striptags() if isinstance(finding, Markup) else finding)
        display(Markup('<p class="lead">{}</p>').format(finding))

    def _left(self, *files: str, **named: str) -> None:
        """Note in `findings/NOTEBOOK.json` what this notebook has left, so that an unchanged one can be kept whole."""
        path = self.folder / "findings" / f"{self.notebook}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        noted = json.loads(path.read_text("utf-8")) if path.is_file() else {"files": []}
        noted |= {**named, "files": sorted({*noted["files"], *files})}
        path.write_text(json.dumps(noted, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def begin(notebook: str, **values: Any) -> Run:
    """Check a notebook's parameters and open its run.

    Under `presslens report` tables and figures go to the run's folder; in JupyterLab to `outputs/lab/ARTICLE`, so that
    exploring never touches a report.
    """
    parameters = check(values)
    named = os.environ.get(FOLDER)
    if named:
        return Run(notebook, parameters, Path(named))
    if notebook == COMPARE:
        parameters = parameters.model_copy(
            update={"documents": parameters.documents or [str(path) for path in seeds()]}
        )
        about = subjects.comparison([locate(path) for path in parameters.documents])
    else:
        about = subjects.of(locate(parameters.document))
    folder = project_root() / "outputs" / "lab" / about.name
    display(dress())
    return Run(notebook, parameters, folder)


def dress() -> Markup:
    """The style of findings and figures in JupyterLab, in its light and dark theme; pages of a report have their own."""
    from presslens.reports.exporting import TEMPLATES, stylesheet

    light, dark = re.findall(r":root \{([^{}]*)\}", stylesheet())[:2]
    rules = (
        f":is(.jp-RenderedHTML, .presslens) {{{light}}}\n"
        f"[data-jp-theme-light=false] :is(.jp-RenderedHTML, .presslens) {{{dark}}}\n"
        + (TEMPLATES / "lab.css").read_text("utf-8")
    ).replace("color-scheme: light dark;", "")
    return Markup("<style>{}</style>").format(Markup(rules))  # noqa: S704 - our own style sheet


def display(html: Markup) -> None:
    """Show HTML in the notebook."""
    from IPython.display import HTML
    from IPython.display import display as show

    show(HTML(str(html)))
