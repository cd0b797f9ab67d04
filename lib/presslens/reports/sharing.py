"""A run folder made fit to be shared: what its notebooks, tables and figures hold of the article's words."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from presslens.article.reading import Article, read
from presslens.reports import rights, tables, withholding
from presslens.reports.layout import NOTEBOOKS, locate


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
    books = {name: folder / f"{name}.ipynb" for name in NOTEBOOKS if (folder / f"{name}.ipynb").is_file()}
    loaded = {name: _filled(json.loads(path.read_text("utf-8")), found) for name, path in books.items()}
    asked = [rights.wanted(loaded[name]) for name in (NOTEBOOKS[-1], *NOTEBOOKS[:-1]) if name in loaded]
    allowed = rights.quotable(asked, found, quotation)
    for name, path in books.items():
        if quotation != rights.FULL:
            _outputs(
                loaded[name],
                lambda text: withholding.withheld_html(text, found, allowed),
                lambda text: withholding.withheld(text, found, allowed),
            )
        _write(path, json.dumps(loaded[name], ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    for path in sorted((folder / "tables").glob("*.parquet")):
        table = pd.read_parquet(path)
        shared = withholding.filled_table(table, found)
        if quotation != rights.FULL:
            shared = withholding.withheld_table(shared, found, allowed)
        if shared is not table:
            tables.save(shared, path.parent, path.stem)
    for path in sorted([*folder.glob("findings/*.json"), *folder.glob("figures/*.svg"), *folder.glob("figures/*.csv")]):
        drawn = path.suffix == ".svg"
        text = path.read_text("utf-8")
        text = withholding.filled_html(text, found) if drawn else withholding.filled(text, found)
        if quotation != rights.FULL:
            hide = withholding.withheld_html if drawn else withholding.withheld
            text = hide(text, found, allowed)
        _write(path, text)
    return [name for name in article.sentences["sentence"].astype("str") if name in allowed]


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
