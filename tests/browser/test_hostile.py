"""An article that attacks its reader: whatever markup it holds is words on every page, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from presslens.reports.policy import script

pytestmark = [pytest.mark.browser, pytest.mark.notebooks]
ROOT = Path(__file__).parents[2]
NAME = "x<img src=y onerror=alert(0)>&'\""
PAGES = ("../index", "index", "1_article", "2_sentiment", "3_keywords", "4_framing", "text", "5_brief")
SIDECAR = {
    "author": "Eve <img src=x onerror=alert(10)> Mallory",
    "outlet": "</title><script>alert(11)</script>",
    "dek": "A standfirst with <svg onload=alert(3)> and [a link](javascript:alert(4)).",
}
TEXT = r"""<script>alert(1)</script> Leaders </style> meet **bold** in $x^2$ <img src=x onerror=alert(2)>

The minister said that the attack on <script>document.title="hit"</script> the port was a terrible disaster. Kim Jong-un
met President Moon <b onclick=alert(12)>Jae-in</b> in Seoul on Monday, and the sanctions perhaps hurt trade.

</style><style>body{display:none}</style> The economy of North Korea may well collapse, experts fear. <a
href="javascript:alert(5)" onclick="alert(6)">Click here</a> for the crisis of the health system.

{{ 7*7 }} {% for x in y %} and \(\LaTeX\) $$\href{javascript:alert(7)}{x}$$ said the president. "The sanctions are
cruel" --> <!-- ]]> and the great success of the aid was welcomed by hospitals.

# A heading </pre><script>alert(8)</script>

The hospital "x" onmouseover="alert(9)" received <iframe src="http://evil.example"></iframe> drugs and money. The doctors
were happy and grateful for the support of the Security Council. <object data=x></object> <form action=x><input autofocus
onfocus=alert(13)></form> [![i](http://evil.example/i.png)](javascript:alert(14)) <http://evil.example> &lt;b&gt; &#60;
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on that article, made by the command line, its code shown too."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / f"{NAME}.txt").write_text(TEXT, encoding="utf-8")
    (folder / f"{NAME}.yaml").write_text(yaml.safe_dump(SIDECAR), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "presslens",
        "report",
        str(folder / f"{NAME}.txt"),
        "--with-code",
        "-p",
        "quotation=full",
    ]
    done = subprocess.run(
        [*command, "--out", str(folder / "out")], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (made,) = [path.parent for path in (folder / "out").glob("*/run.json")]
    return made


@pytest.fixture(scope="module")
def context(chromium: str) -> Iterator[Any]:
    """A browser without the pages' own content policy, which would hide a hole from this test."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=arguments)
        yield browser.new_context(bypass_csp=True, offline=True)
        browser.close()


@pytest.mark.parametrize("name", PAGES)
def test_markup_in_an_article_is_only_words(name: str, context: Any, hostile: Path) -> None:
    page = context.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: happened.append(request.url))
    page.on("console", lambda message: happened.append(message.text))
    page.on("pageerror", lambda error: happened.append(str(error)))
    address = (hostile / f"{name}.html").resolve().as_uri()
    page.goto(address)
    page.wait_for_timeout(200)
    assert [entry for entry in happened if entry != address] == []
    assert page.title() != "hit"
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    found = page.evaluate(  # but for our own switches of the frames
        """[...document.querySelectorAll('script, iframe, object, embed, form, img, base, link,'
        + ' input:not([type=checkbox][id^=frame-], [type=checkbox][id^=layer-], [type=search].filter), meta[http-equiv=refresh],'
        + ' b[onclick], svg[onload]')].map(e => e.outerHTML)"""
    )
    assert [element for element in found if element != f"<script>{script()}</script>"] == []
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).map(a => a.name).filter(n => n.startsWith('on'))"
    )
    assert handlers == []
    links = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
    assert [link for link in links if link.startswith(("javascript:", "http://evil"))] == []
    assert all(link.startswith("data:text/csv;base64,") for link in links if link.startswith("data:"))  # of figures
    # The rules of drawings stand in the page's own sheet; concordances and texts with layers have theirs beside them.
    sheets = page.evaluate("[...document.querySelectorAll('style')].length")
    assert sheets == (2 if name in {"3_keywords", "4_framing", "text"} else 1)
    page.close()


def test_the_words_of_the_attack_are_shown_as_they_stand(context: Any, hostile: Path) -> None:
    page = context.new_page()
    page.goto((hostile / "text.html").as_uri())
    shown = page.inner_text("body")
    for words in (
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "**bold**",
        "$x^2$",
        "Eve <img src=x",
        "<svg onload=alert(3)>",
    ):
        assert words in shown
    page.close()
