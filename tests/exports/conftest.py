"""A small finished run with hostile words in it, written by hand; the real reports are tried in tests/browser."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pandas as pd
import pytest

from presslens.exports.runs import Finished, finished

PAGE = """<!DOCTYPE html><html lang="en"><head><style>:root {{ --ink: #000; }} #one {{ color: var(--ink); }}</style></head><body>
<header class="page"><p class="kicker">{heading}</p><h1>Bread &amp; water</h1><p class="about">By A. Baker · 12 words</p></header>
<main id="content"><nav class="contents"><ol><li><a href="#q">q</a></li></ol></nav>
<script>alert(1)</script>
<p class="lead">{lead}</p><h2 id="q">How does it feel?</h2>
<p class="finding">See <a href="2_sentiment.html#q">tone</a>, <a href="#one">here</a>, <a href="index.html">all</a>
and <a href="https://example.org/">out</a>.</p>
<input type="checkbox" id="one" name="pick" checked><label for="one">one</label>
<figure class="chart" id="figure-dots"><p class="figure-title">Dots rise</p>
<div role="img" aria-label="Two dots, the second higher.">
<svg viewBox="0 0 1 1"><defs><clipPath id="c"></clipPath></defs><g clip-path="url(#c)"><path d="M0 0"/></g></svg></div>
<figcaption>Two dots.</figcaption></figure>
<div class="table"><table><caption>Numbers</caption><thead><tr><th>word</th><th>n</th></tr></thead>
<tbody><tr><th>=cmd()</th><td>2</td></tr></tbody></table></div>
<blockquote class="evidence"><p>A <mark title="why">bad</mark> loaf. <cite class="where">p01s01</cite></p></blockquote>
</main><footer class="page"><p>SHA-256 ab</p></footer></body></html>"""


def png() -> bytes:
    """The smallest white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 2, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff"))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "outputs" / "bread"
    for name in ("tables", "figures", "findings"):
        (place / name).mkdir(parents=True)
    for name, heading, lead in (("2_sentiment", "Tone", "It is sour."), ("5_brief", "The brief", "Bread is bad.")):
        (place / f"{name}.html").write_text(PAGE.format(heading=heading, lead=lead), encoding="utf-8")
        (place / "findings" / f"{name}.json").write_text(json.dumps({"finding": lead}))
    (place / "figures" / "dots.png").write_bytes(png())
    hostile = ["=1+1", "+SUM(A1)", "-2", "@x", "plain", "bell\x07", "\ttab"]
    table = pd.DataFrame(
        {"article": "bread", "term": hostile, "count": range(7), "q": [0.5, float("nan"), 1, 0, 0, 0, 0]}
    )
    table.to_parquet(place / "tables" / "keyness.parquet")
    pd.DataFrame({"article": pd.Series([], dtype="str"), "text": pd.Series([], dtype="str")}).to_parquet(
        place / "tables" / "ledger.parquet"
    )
    record = {
        "article": "bread",
        "inputs": {"bread.txt": "ab" * 32},
        "parameters": {"document": "bread.txt", "seed": 2020},
        "versions": {"presslens": "0.1.0"},
        "keys": {"2_sentiment": {}, "5_brief": {}},
        "page_key": {},
        "notebooks": [{"notebook": name, "error": ""} for name in ("2_sentiment", "5_brief")],
        "finished": "2024-05-01T00:00:00Z",
        "run_key": "0123456789abcdef",
        "reproduce": "presslens report bread.txt",
    }
    (place / "run.json").write_text(json.dumps(record))
    return place


@pytest.fixture
def run(folder: Path) -> Finished:
    return finished("bread", out=folder.parent)
