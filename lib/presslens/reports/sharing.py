"""A run folder made fit to be shared: what its notebooks, tables and figures hold of the article's words."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.article.reading import Article, read
from presslens.locating import locate
from presslens.reports import rights, tables, withholding
from presslens.reports.layout import COMPARE, NOTEBOOKS


def share(folder: Path, document: str, parameters: Mapping[str, Any]) -> list[str]:
    """Withhold in a run folder what may not be shared, and put back what may; returns the sentences that are quoted.

    The same words in the folder, wherever they came from, give the same bytes: a file kept from an earlier report is
    filled again from the document before anything is withheld.

    Args:
        folder: of the run; its executed notebooks, tables, figures and findings are rewritten where they change.
        document: what was read.
        parameters: of the run: `quotation`, and `keep` for the reading.
    """
    article = read(locate(document), keep=parameters["keep"])
    quotation = str(parameters["quotation"])
    found = rights.source(article, quotation)
    loaded = _notebooks(folder, NOTEBOOKS, found)
    asked = [rights.wanted(loaded[name]) for name in (NOTEBOOKS[-1], *NOTEBOOKS[:-1]) if name in loaded]
    allowed = rights.quotable(asked, found, quotation)
    _share(folder, loaded, found, allowed, quotation, lambda table: _settled(table, found, allowed, quotation))
    return [name for name in article.sentences["sentence"].astype("str") if name in allowed]


def share_together(folder: Path, documents: Sequence[str], parameters: Mapping[str, Any]) -> None:
    """As `share`, of several articles side by side: nothing is quoted of them but their titles.

    In tables placeholders have the offsets of the row's own article; in pages, notebooks and figures those of all articles
    one below the other, two characters apart.

    Args:
        folder: of the run.
        documents: what was read, in order.
        parameters: of the run.
    """
    articles = [read(locate(document), keep=parameters["keep"]) for document in documents]
    quotation = str(parameters["quotation"])
    own = {article.id: rights.source(article, quotation) for article in articles}
    whole = rights.together(own)
    may = {name: rights.quotable([], one, quotation) for name, one in own.items()}
    allowed = frozenset(rights.of(name, sentence) for name, named in may.items() for sentence in named)

    def settle(table: pd.DataFrame) -> pd.DataFrame:
        if "article" not in table.columns or not len(table):
            return _settled(table, whole, allowed, quotation)
        parts = [
            _settled(part, own[str(name)], may[str(name)], quotation)
            if name in own
            else _settled(part, whole, allowed, quotation)
            for name, part in table.groupby("article", sort=False)
        ]
        return pd.concat(parts).loc[table.index].astype(table.dtypes.to_dict())

    _share(folder, _notebooks(folder, (COMPARE,), whole), whole, allowed, quotation, settle)


def _notebooks(folder: Path, names: Sequence[str], found: rights.Source) -> dict[str, dict[str, Any]]:
    """The executed notebooks of a folder, with all words in their place."""
    books = {name: folder / f"{name}.ipynb" for name in names if (folder / f"{name}.ipynb").is_file()}
    return {name: _filled(json.loads(path.read_text("utf-8")), found) for name, path in books.items()}


def _settled(table: pd.DataFrame, found: rights.Source, allowed: Collection[str], quotation: str) -> pd.DataFrame:
    """A table with all words in their place, but for those that are withheld."""
    shared = withholding.filled_table(table, found)
    return shared if quotation == rights.FULL else withholding.withheld_table(shared, found, allowed)


def _share(
    folder: Path,
    notebooks: Mapping[str, dict[str, Any]],
    found: rights.Source,
    allowed: Collection[str],
    quotation: str,
    settle: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    """Rewrite the files of a run folder where what may be shared of them has changed."""
    for name, notebook in notebooks.items():
        if quotation != rights.FULL:
            _outputs(
                notebook,
                lambda text: withholding.withheld_html(text, found, allowed),
                lambda text: withholding.withheld(text, found, allowed),
            )
        _write(folder / f"{name}.ipynb", json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    for path in sorted((folder / "tables").glob("*.parquet")):
        table = tables.from_parquet(path.read_bytes())
        shared = settle(table)
        if shared is not table and not shared.equals(table):
            tables.save(shared, path.parent, path.stem)
    for path in sorted([*folder.glob("findings/*.json"), *folder.glob("figures/*.svg"), *folder.glob("figures/*.csv")]):
        drawn = path.suffix == ".svg"
        text = path.read_text("utf-8")
        text = withholding.filled_html(text, found) if drawn else withholding.filled(text, found)
        if quotation != rights.FULL:
            hide = withholding.withheld_html if drawn else withholding.withheld
            text = hide(text, found, allowed)
        _write(path, text)


def _write(path: Path, text: str) -> None:
    if path.read_text("utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="")


def _filled(notebook: dict[str, Any], found: rights.Source) -> dict[str, Any]:
    _outputs(notebook, lambda text: withholding.filled_html(text, found), lambda text: withholding.filled(text, found))
    return notebook


def _outputs(notebook: Mapping[str, Any], html: Callable[[str], str], plain: Callable[[str], str]) -> None:
    """Change every text that the cells of a notebook have put out, in place."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/"):
                    output["data"][kind] = _changed(value, html if kind == "text/html" else plain)
            for name in ("text", "evalue"):
                if name in output:
                    output[name] = _changed(output[name], plain)
            if "traceback" in output:
                output["traceback"] = [plain(line) for line in output["traceback"]]


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same kind of value, a string or lines, changed as one text."""
    whole = value if isinstance(value, str) else "".join(value)
    done = change(whole)
    if done == whole:
        return value
    return done if isinstance(value, str) else done.splitlines(keepends=True)


def said(quoted: list[str], article: Article, quotation: str) -> str:
    """What the footer says of how much is quoted, and how to see more."""
    from presslens.findings.wording import count, percent

    sizes = {row.sentence: len(str(row.text).split()) for row in article.sentences.itertuples()}
    share = sum(sizes.get(name, 0) for name in quoted) / max(sum(sizes.values()), 1)
    if quotation == rights.FULL:
        return "full: this report carries the whole text of the article; ask its publisher before you share it."
    what = (
        f"excerpts: {count(len(quoted), 'sentence')} of {len(sizes)} ({percent(share)} of the words) stand in these pages"
        if quotation == rights.EXCERPTS
        else "none: of the text only its title, numbers, offsets and single phrases stand in these pages"
    )
    return f"{what}. For the full text, run it again with -p quotation=full."


def said_together(quotation: str) -> str:
    """What the footer of a comparison says of how much is quoted, and how to see more."""
    if quotation == rights.FULL:
        return "full: the tables of this comparison carry the articles' whole text; ask their publishers before you share it."
    return (
        f"{quotation}: of the articles only their titles, numbers, offsets and single phrases stand in this page and its "
        "tables. For the full text in the tables, run it again with -p quotation=full."
    )
