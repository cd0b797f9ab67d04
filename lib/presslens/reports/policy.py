"""What a page may do: a strict Content-Security-Policy, by the hashes of our own style sheets and script alone."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

TEMPLATES = files("presslens.reports") / "templates"
DRAWING = re.compile(r"<svg\b[^<]*+(?:<(?!/?svg\b)[^<]*+)*+</svg>")
STYLED = re.compile(r'\sstyle="([^"]*)"')
INNER = re.compile(r"<style[^<>]*>[^<]*</style>")


def content_policy(styles: Sequence[str], scripts: Sequence[str]) -> str:
    """The policy of a page that makes no request and runs and wears nothing but what is named here.

    Args:
        styles, scripts: the whole text of each inline element.
    """
    worn = " ".join(_hash(text) for text in dict.fromkeys(styles)) or "'none'"
    run = " ".join(_hash(text) for text in dict.fromkeys(scripts)) or "'none'"
    return f"default-src 'none'; style-src {worn}; script-src {run}; img-src data:; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def script() -> str:
    """The script of the pages: it adds comfort, and nothing depends on it."""
    return (TEMPLATES / "page.js").read_text("utf-8")


def known_sheets() -> tuple[str, ...]:
    """The style sheets that stand beside what they style: of texts with layers, and of concordances."""
    from presslens.findings import concordance, layers

    return layers.style(), concordance.STYLE


def classed(html: str) -> tuple[str, str]:
    """HTML whose drawings have classes in place of style attributes, which the policy forbids, and the rules of these.

    A class is named after its rule, so that pages can be joined into one.
    """
    names: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        short = "v" + hashlib.sha256(match[1].encode()).hexdigest()[:10]
        return f' class="{names.setdefault(match[1], short)}"'

    drawn = DRAWING.sub(lambda m: STYLED.sub(name, INNER.sub("", m[0])), html)
    return drawn, "\n".join(f".{short}{{{rule}}}" for rule, short in names.items())
