"""Attacks in every place that text comes from, against every format that is written: all of them are words, and no more."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.hostile.attacks import ATTACKS, BIDI, for_yaml, of_kind, one_line

from presslens.reports import policy

TERMINAL = of_kind("terminal")
pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
ROOT = Path(__file__).parents[2]
TAG_NAMES = (
    "html head meta title style body header nav main footer section article aside a p h1 h2 h3 h4 div span ol ul li dl dt dd "
    "table caption thead tbody tr th td figure figcaption blockquote q cite mark em strong b i small sub sup code pre br hr "
    "details summary label input abbr time bdi colgroup col kbd fieldset legend button template svg g path defs use rect "
    "circle line text tspan clippath polyline polygon ellipse lineargradient stop metadata symbol marker image desc"
)
TAGS = set(TAG_NAMES.split())
ACTIVE = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "link",
    "img",
    "video",
    "audio",
    "source",
    "math",
    "marquee",
}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LOOK = """() => ({
  tags: [...new Set([...document.querySelectorAll('*')].map(e => e.localName.toLowerCase()))],
  handlers: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).map(a => a.name).filter(n => n.startsWith('on')),
  links: [...document.querySelectorAll('[href], [src], [action], [data], [srcset], [poster], [background], [ping], [cite]')]
    .flatMap(e => ['href', 'src', 'action', 'data', 'srcset', 'poster', 'background', 'ping', 'cite', 'xlink:href']
      .map(n => e.getAttribute(n))).filter(v => v !== null),
  styles: [...document.querySelectorAll('[style]')].map(e => e.getAttribute('style')),
  scripts: [...document.querySelectorAll('script')].map(e => e.outerHTML),
  refresh: document.querySelectorAll('meta[http-equiv=refresh]').length,
  policy: [...document.querySelectorAll('meta[http-equiv=Content-Security-Policy]')].map(e => e.content),
  title: document.title, h1: document.querySelectorAll('h1').length, mains: document.querySelectorAll('main').length,
  shown: getComputedStyle(document.body).display + getComputedStyle(document.body).visibility,
  fixed: [...document.querySelectorAll('main *')].filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)
    && !e.closest('thead, nav, th')).map(e => e.outerHTML.slice(0, 200)),
  wide: document.documentElement.scrollWidth - innerWidth, text: document.body.innerText,
})"""


def article() -> str:
    """An article of all attacks, each in a paragraph with words that every analysis looks at."""
    told = [
        f"The minister said that the attack {one_line(a)} on the hospital was a terrible disaster." for a in ATTACKS
    ]
    return f"Leaders meet {ATTACKS[0]} in Seoul\n\n" + "\n\n".join(told) + "\n"


def codebook(frames: int = 40) -> str:
    named = list(dict.fromkeys(for_yaml(attack)[:90].strip() or "x" for attack in ATTACKS))[:frames]
    return yaml.safe_dump(
        {
            "name": "mine",
            "title": f"Of <script>{named[0]}</script>",
            "source": f"<img src=x onerror=document.title='hit'> {named[1]}",
            "version": 1,
            "frames": [
                {
                    "frame": name,
                    "definition": name,
                    "counts": name,
                    "examples": [name],
                    "indicators": ["hospital", "attack"],
                }
                for name in named
            ],
        }
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is written of the attacks, in one folder."""
    folder = tmp_path_factory.mktemp("attacks")
    (folder / "story.txt").write_text(article(), encoding="utf-8", errors="replace")
    (folder / "story.yaml").write_text(
        yaml.safe_dump({"author": for_yaml(ATTACKS[25]), "outlet": for_yaml(ATTACKS[6]), "dek": for_yaml(ATTACKS[30])})
    )
    (folder / "mine.yaml").write_text(codebook(), encoding="utf-8")
    named = list(dict.fromkeys(for_yaml(attack)[:80].strip() or "x" for attack in ATTACKS))
    actors = [
        {"name": f"Acme {a}", "kind": "organisation", "aliases": [f"Acme{n}" if n else "Seoul"]}
        for n, a in enumerate(named[:20])
    ]
    (folder / "actors.yaml").write_text(yaml.safe_dump({"actors": actors}))
    (folder / "lexicon.csv").write_text("term,valence\ndisaster,-3\n", encoding="utf-8")
    rows = [
        [str(n), one_line(attack).replace("\x00", ""), f"The hospital and {attack}".replace("\x00", "")]
        for n, attack in enumerate(ATTACKS)
    ]
    labels = [frame["frame"] for frame in yaml.safe_load(codebook())["frames"][:2]]
    for coder in ("ann", "<img src=x onerror=document.title='hit'>"):
        with (folder / f"{'ann' if coder == 'ann' else 'ben'}.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["unit", "text", "coder", "frame_1"])
            for number, unit, text in rows:
                frame = labels[int(number) % 3 == 0 and coder != "ann"]
                table.writerow([f"{number} {unit}", text, coder, frame])
    with (folder / "table.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["id", "text"], *([f"{unit} {number}", text] for number, unit, text in rows)])
    parameters = [
        "-p",
        f"codebook={folder / 'mine.yaml'}",
        "-p",
        f"actors={folder / 'actors.yaml'}",
        "-p",
        f"lexicon={folder / 'lexicon.csv'}",
    ]
    run("report", folder / "story.txt", "--out", folder / "out", "--with-code", *parameters)
    run("report", folder / "story.txt", "--out", folder / "other", "--only", "4", *parameters, "-p", "top=5")
    run("diff", folder / "out" / "story", folder / "other" / "story", "--html", folder / "diff.html", code=1)
    run("agreement", folder / "ann.csv", folder / "ben.csv", "--codebook", folder / "mine.yaml", "--draws", "100",
        "--html", folder / "agreement.html",
        "-o", folder / "agreement.csv", "--disagreements", folder / "apart.csv")  # fmt: skip
    run(
        "coding",
        "sheet",
        folder / "table.csv",
        "-o",
        folder / "sheet.csv",
        "--codebook",
        folder / "mine.yaml",
        "--coder",
        "=1+1",
    )
    run(
        "coding",
        "sheet",
        folder / "table.csv",
        "-o",
        folder / "sheet.xlsx",
        "--codebook",
        folder / "mine.yaml",
        "--coder",
        "=1+1",
    )
    run("frames", folder / "table.csv", "-o", folder / "frames.csv", "--codebook", folder / "mine.yaml")
    run("keywords", folder / "table.csv", "-o", folder / "keywords.csv")
    run("sentiment", folder / "table.csv", "-o", folder / "sentiment.csv")
    run("concordance", folder / "table.csv", "hospital", "-o", folder / "lines.csv")
    swept(folder)
    return folder


def run(*arguments: str | Path, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "presslens", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")[-3000:]
    return done.stdout.decode("utf-8", "replace")


def swept(folder: Path) -> None:
    """The overview of a sweep, and the page of links, of names and findings that attack."""
    from presslens.reports import exporting, sheets

    cards = [{"href": f"{n}/index.html", "label": a, "finding": a} for n, a in enumerate(ATTACKS)]
    text = exporting.index_page(title=ATTACKS[0], kicker=ATTACKS[1], about=ATTACKS[2], cards=cards, files=ATTACKS[3])
    (folder / "links.html").write_text(text, encoding="utf-8", errors="replace")
    from markupsafe import Markup

    parts = [sheets.Section(a, Markup("<p>{}</p>").format(a)) for a in ATTACKS]
    page = sheets.page(title=ATTACKS[0], kicker=ATTACKS[1], about=ATTACKS[2], lead=ATTACKS[3], sections=parts)
    (folder / "sheet.html").write_text(page, encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()


PAGES = ("out/index", "out/story/index", "out/story/1_article", "out/story/2_sentiment", "out/story/3_keywords",
         "out/story/4_framing", "out/story/5_brief", "diff", "agreement", "links", "sheet")  # fmt: skip


@pytest.mark.parametrize("bypass", [True, False], ids=["without the policy", "with the policy"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_is_requested_or_leaves_its_box(name: str, bypass: bool, browser: Any, made: Path) -> None:
    context = browser.new_context(bypass_csp=bypass, offline=True, viewport={"width": 1000, "height": 800})
    page = context.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url))
    page.on("console", lambda message: happened.append(message.text))
    page.on("pageerror", lambda error: happened.append(str(error)))
    address = (made / f"{name}.html").resolve().as_uri()
    page.goto(address)
    page.wait_for_timeout(150)
    found = page.evaluate(LOOK)
    context.close()
    assert [entry for entry in happened if entry != address] == []
    assert found["title"] != "hit"
    assert [element for element in found["scripts"] if element != f"<script>{policy.script()}</script>"] == []
    assert set(found["tags"]) & ACTIVE - {"script"} == set()
    assert set(found["tags"]) - TAGS - {"script"} == set()
    assert found["handlers"] == []
    assert [
        link
        for link in found["links"]
        if not re.match(
            r"#|[\w./%+-]+\.html(#|$)|(figures|tables)/[\w-]+\.\w+$|data:(text/csv|image/(svg\+xml|png))[;,]|https://(orcid\.org|w3id\.org)/",
            link,
        )
    ] == []
    assert [style for style in found["styles"] if "url(" in style and "url(#" not in style] == []
    assert (found["refresh"], found["h1"], found["mains"]) == (0, 1, 1)
    assert found["shown"] == "blockvisible"
    assert found["fixed"] == []
    assert found["wide"] <= 0
    assert len(found["policy"]) == 1
    assert "default-src 'none'" in found["policy"][0]
    assert re.search(r"script-src '(none|sha256-[\w+/=]+)'(;|$)", found["policy"][0])
    assert "unsafe" not in found["policy"][0]
    assert not set(found["text"]) & set(BIDI)
    assert not CONTROL.search(found["text"].replace("\t", "").replace("\n", ""))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_executed_notebooks_carry_nothing_that_jupyterlab_would_run(made: Path) -> None:
    """JupyterLab runs JavaScript, and widgets, of trusted outputs alone; here there is none to trust or not."""
    notebooks = sorted((made / "out" / "story").glob("*.ipynb"))
    assert len(notebooks) == 5
    for path in notebooks:
        notebook = json.loads(path.read_text("utf-8"))
        assert "widgets" not in notebook["metadata"]
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                assert "evil.example" not in "".join(cell["source"])
                continue
            assert "trusted" not in cell["metadata"]
            for output in cell["outputs"]:
                data = output.get("data", {})
                assert set(data) <= {"text/plain", "text/html", "image/png", "image/svg+xml"}, set(data)
                tags = _Tags()
                tags.feed("".join(data.get("text/html", "")))
                for tag, attributes in tags.found:
                    assert tag not in ACTIVE, (path.name, tag)
                    assert not [name for name in attributes if name.startswith("on")]
                    assert (
                        not (attributes.get("href") or "").lower().strip().startswith(("javascript:", "data:", "http:"))
                    )


SHEETS = ("agreement.csv", "apart.csv", "sheet.csv", "frames.csv", "keywords.csv", "sentiment.csv", "lines.csv")


def test_no_cell_of_a_table_is_a_formula(made: Path) -> None:
    paths = [*(made / name for name in SHEETS), *(made / "out" / "story" / "tables").glob("*.csv")]
    assert len(paths) > 15
    number = re.compile(r"[-+]?[\d.]+(e[-+]?\d+)?|-?inf|nan", re.IGNORECASE)
    for path in paths:
        with path.open(newline="", encoding="utf-8-sig") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert number.fullmatch(cell) or not cell.lstrip(" ").startswith(
                        ("=", "+", "-", "@", "\t", "\r")
                    ), (path.name, cell)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(made: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(made / "sheet.xlsx")
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    shown = " ".join(str(cell.value) for cell in cells)
    assert all(formula.strip() in shown for formula in of_kind("formulas") if formula.startswith("="))


def on_terminal(*arguments: str | Path) -> str:
    """What a command writes to a terminal."""
    main, side = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "presslens", *map(str, arguments)], cwd=ROOT, stdout=side, stderr=side, stdin=subprocess.DEVNULL
    )  # fmt: skip
    os.close(side)
    read = io.BytesIO()
    while True:
        try:
            block = os.read(main, 65536)
        except OSError:  # the other side is closed
            break
        if not block:
            break
        read.write(block)
    child.wait()
    os.close(main)
    return read.getvalue().decode("utf-8", "replace").replace("\r\n", "\n")


def test_the_terminal_shows_words_and_takes_no_orders(made: Path) -> None:
    table, book = made / "table.csv", made / "mine.yaml"
    commands: dict[str, tuple[str | Path, ...]] = {
        "clean": ("clean", made / "story.txt"),
        "json": ("clean", "--json", made / "story.txt"),
        "sentiment": ("sentiment", table),
        "keywords": ("keywords", table, "--top", "3"),
        "concordance": ("concordance", table, "hospital"),
        "codebook": ("codebook", "show", book),
        "check": ("codebook", "check", book),
        "agreement": ("agreement", made / "ann.csv", made / "ben.csv", "--draws", "100"),
        "status": ("status", "--out", made / "out"),
        "diff": ("diff", made / "out" / "story", made / "other" / "story"),
        "error": ("clean", f"{TERMINAL[0]}{TERMINAL[15]}.txt"),
        "verbose": ("--verbose", "clean", f"{TERMINAL[2]}{TERMINAL[16]}.txt"),
    }
    for name, command in commands.items():
        shown = on_terminal(*command)
        assert len(shown) > 20, name
        assert not CONTROL.search(shown.replace("\n", "").replace("\t", "")), (name, CONTROL.search(shown))
        assert not set(shown) & set(BIDI), name


def test_json_is_json_and_the_crate_holds_no_markup_of_its_own(made: Path) -> None:
    report = made / "out" / "story"
    for path in (report / "run.json", report / "ro-crate-metadata.json", *(report / "findings").glob("*.json")):
        json.loads(path.read_text("utf-8"))
    assert json.loads(run("clean", "--json", made / "story.txt"))["title"].startswith("Leaders meet <script>")
    assert not list(report.glob("*.js"))
    kinds = {".html", ".ipynb", ".json", ".csv", ".parquet", ".svg", ".png", ".yaml", ".md"}
    assert {path.suffix for path in report.rglob("*") if path.is_file()} <= kinds
    assert not (ROOT / "hit").exists()
