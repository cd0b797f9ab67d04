"""From executed notebooks to a folder that can be shared: pages, index, record."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from presslens import saving
from presslens.errors import BadInput
from presslens.findings.wording import capital, count
from presslens.locating import locate
from presslens.reports import exporting, rereading, unquoted
from presslens.reports.layout import KNOWN, NOTEBOOKS, SEVERAL

LAST = NOTEBOOKS[-1]
TEXT = exporting.Page("text", "The text")
TEXT_TABLES = (
    "tone_sentences",
    "tone_words",
    "mentions",
    "mention_tones",
    "keyphrases",
    "keyphrase_places",
    "frames_article",
    "frames_sentences",
    "frames_evidence",
    "quotations",
    "hedges",
)
HOW_TO_READ = (
    "Switch a layer on, and what it found is marked. Point at a mark, or reach the letter behind it with the tab key, and the "
    "foot of the window says why it is there. The small number before a sentence is its address: it says its tone, and other "
    "pages link to it."
)
FILES = (
    "Beside these pages: the executed notebooks, tables/ (CSV and Parquet), figures/ (SVG and PNG), run.json, and "
    "ro-crate-metadata.json, which describes the folder so that it can be deposited as it is."
)


def executed(folder: Path) -> list[exporting.Page]:
    """The notebooks that a run folder holds, in order, with their first headings."""
    pages = []
    for name in KNOWN:
        path = folder / f"{name}.ipynb"
        if path.is_file():
            pages.append(exporting.Page(name, exporting.heading(json.loads(path.read_text("utf-8")))))
    return pages


def share(folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Withhold what the parameters do not let a run folder carry; what `about` gains: which sentences are `shown`."""
    from presslens.article.reading import read
    from presslens.findings import text as findings
    from presslens.reports import rights, sharing

    parameters = about["parameters"]
    shown = sharing.share(folder, parameters["document"], parameters)
    article = read(locate(parameters["document"]), keep=parameters["keep"])
    line = findings.finding(article, None if parameters["quotation"] == rights.FULL else shown)
    return {"shown": shown, "quoted": sharing.said(shown, article, parameters["quotation"]), "text_line": line}


def share_together(folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """As `share`, of several articles side by side; none of their sentences is shown."""
    from presslens.reports import sharing

    parameters = about["parameters"]
    sharing.share_together(folder, parameters["documents"], parameters)
    return {"quoted": sharing.said_together(str(parameters["quotation"]))}


def share_corpus(about: Mapping[str, Any]) -> dict[str, Any]:
    """As `share`, of a corpus: its notebook has quoted no more than it may."""
    from presslens.reports import quoting

    return {"quoted": quoting.said(str(about["parameters"]["quotation"]))}


def text(folder: Path, about: Mapping[str, Any]) -> None:
    """Write `text.html`: the article with what the notebooks found in it, as far as it may be quoted."""
    from presslens.article.reading import read
    from presslens.findings import layers
    from presslens.findings import text as findings
    from presslens.reports import (  # here, for who only waits should not load pandas
        elements,
        rights,
        tables,
        withholding,
    )

    parameters = about["parameters"]
    path = locate(parameters["document"])
    article, uncleaned = read(path, keep=parameters["keep"]), read(path, keep=["all"])
    found = rights.source(article, parameters["quotation"])
    saved = {name: folder / "tables" / f"{name}.parquet" for name in TEXT_TABLES}
    laid_out = {
        name: withholding.filled_table(tables.from_parquet(path.read_bytes()), found)
        for name, path in saved.items()
        if path.is_file()
    }
    shown = None if parameters["quotation"] == rights.FULL else set(about["shown"])
    laid = findings.text(article, uncleaned, laid_out, shown=shown)
    said = findings.finding(article, shown)
    how = "" if shown is None else f" {capital(about['quoted'])}"
    body = [
        elements.note(HOW_TO_READ + how),
        layers.layered(laid, label="The text, with the layers that are switched on"),
    ]
    pages = executed(folder)
    html = exporting.framed(
        "\n".join(body), page=TEXT, pages=with_text(pages), about=about, lead=f'<p class="lead">{said}</p>', here=True
    )
    (folder / f"{TEXT.name}.html").write_text(html, encoding="utf-8")


def with_text(pages: Sequence[exporting.Page]) -> list[exporting.Page]:
    """The pages of a set with that of the text before the brief."""
    if any(p.name in SEVERAL for p in pages):  # many texts, and no page for one
        return list(pages)
    return [*(p for p in pages if p.name != LAST), TEXT, *(p for p in pages if p.name == LAST)]


def page(folder: Path, name: str, about: Mapping[str, Any], with_code: bool) -> None:
    """Export one executed notebook of a run folder to `NAME.html`."""
    import nbformat

    pages = executed(folder)
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    mine = next(p for p in pages if p.name == name)
    data = {p.stem: p.read_text("utf-8") for p in sorted((folder / "figures").glob("*.csv"))}
    html = exporting.export(
        notebook, page=mine, pages=with_text(pages), about=about, with_code=with_code, downloads=data
    )
    (folder / f"{name}.html").write_text(html, encoding="utf-8")


def pages(folder: Path, names: Sequence[str], about: Mapping[str, Any], with_code: bool) -> None:
    """Write several pages of a run folder: of executed notebooks, and of the text."""
    for name in names:
        if name == TEXT.name:
            text(folder, about)
        else:
            page(folder, name, about, with_code)


def finding(folder: Path, notebook: str) -> str:
    """The finding that a notebook states of the whole page; says so where it did not get there."""
    path = folder / "findings" / f"{notebook}.json"
    if not path.is_file():
        return "This notebook did not finish."
    try:
        said = str(rereading.findings(path).get("finding", "This notebook did not finish."))
    except BadInput:  # a report beside this one, left by anybody
        said = "What it found cannot be read."
    return unquoted.sentences(said)


def index(folder: Path, about: Mapping[str, Any]) -> None:
    """Write the `index.html` of a run folder, the brief first."""
    cards = [
        {"href": f"{p.name}.html", "label": p.heading, "finding": finding(folder, p.name)}
        for p in sorted(executed(folder), key=lambda p: p.name != "5_brief")
    ]
    if "text_line" in about:
        cards.append({"href": f"{TEXT.name}.html", "label": TEXT.heading, "finding": about["text_line"]})
    html = exporting.index_page(
        title=about["title"], kicker="A reading by presslens", about=about["line"], cards=cards, files=FILES
    )
    (folder / "index.html").write_text(html, encoding="utf-8")


def _first(folder: Path) -> str:
    """The notebook whose finding stands for a run: the brief, or that of several articles."""
    return next((name for name in SEVERAL if (folder / f"{name}.ipynb").is_file()), LAST)


def _label(folder: Path) -> str:
    """What a report is called among others: its article's title, and its own name."""
    title = rereading.record(folder).get("title", "")
    return f"{title} ({folder.name})" if title else folder.name


def index_all(out: Path) -> None:
    """Write `OUT/index.html`, a page of links to every finished report and sweep."""
    folders = [p.parent for p in sorted(out.glob("*/run.json")) if not p.parent.name.startswith(".")]
    cards = [
        {"href": f"{folder.name}/index.html", "label": _label(folder), "finding": finding(folder, _first(folder))}
        for folder in folders
        if not folder.name.endswith(".failed")
    ]
    for path in sorted(out.glob("*.sweep/sweep.json")):
        swept = rereading.findings(path)
        label = f"{swept.get('article', path.parent.name)}: what the choices change"
        said = str(swept.get("finding", ""))
        cards.append({"href": f"{path.parent.name}/index.html", "label": label, "finding": said})
    many = capital(count(len(cards), "report"))
    text = exporting.index_page(title="Reports", kicker="presslens", about=many, cards=cards)
    saving.save(out / "index.html", text)


def now() -> str:
    """The time, in UTC, as records say it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def record(folder: Path, content: Mapping[str, Any], outcomes: Sequence[Mapping[str, Any]]) -> None:
    """Write `run.json`, what was run, on what, from what, and how long it took; and the folder's RO-Crate."""
    whole = {**content, "finished": now(), "notebooks": list(outcomes)}
    (folder / "run.json").write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    from presslens.reports import crate

    crate.write(folder, whole)
