"""The lines between two `---` at the head of a Markdown file that say whose it is."""

import re
from typing import Any, NamedTuple

from pydantic import ValidationError

from presslens.article.document import Outside
from presslens.article.sidecar import Sidecar
from presslens.untrusted import Malformed, yaml_value

FENCED = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
LOOKS_RIGHT = re.compile(r"\s*(?:#.*|[\w -]{1,40}:(?:\s.*)?|[-\[{}\]].*|[ \t]+.*)?")
LONGEST = 20_000
SYNONYMS = {
    "title": ("title", "headline"),
    "dek": ("dek", "subtitle", "standfirst", "subheadline", "deck"),
    "author": ("author", "authors", "byline", "by"),
    "outlet": ("outlet", "publication", "publisher", "newspaper", "source", "site"),
    "date": ("date", "published", "publication_date", "pubdate"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url"),
    "language": ("language", "lang"),
}


class FrontMatter(NamedTuple):
    """What the head states, its lines for the ledger, how many there are, and the text below."""

    stated: Sidecar
    outside: list[Outside]
    lines: int
    body: str


def read_front_matter(text: str) -> FrontMatter:
    """The front matter of a text; nothing is refused: what is not understood is listed as not used.

    Known by several names each: title, dek, author, outlet, date, url, language.
    """
    match = FENCED.match(text, 0, LONGEST)
    if not match or not all(map(LOOKS_RIGHT.fullmatch, match.group(1).splitlines())):
        return FrontMatter(Sidecar(), [], 0, text)
    entries = _entries(match.group(1))
    stated: dict[str, Any] = {}
    used: dict[str, str] = {}
    for field, names in SYNONYMS.items():
        for name in names:
            if field not in stated and entries.get(name) not in (None, "") and _is_valid(field, entries[name]):
                stated[field] = entries[name]
                used[name] = field
    line = text.count("\n", 0, match.start(1)) + 1
    outside: list[Outside] = []
    field_now = ""
    for number, words in enumerate(match.group(1).splitlines(), start=line):
        key = re.match(r"([\w -]++)\s*+:", words)
        if key:
            field_now = used.get(_name(key.group(1)), "")
        if words.strip():
            reason = f"front matter, kept as {field_now}" if field_now else "front matter that is not used"
            outside.append(Outside(number, words.strip(), "front matter", reason))
    lines = text.count("\n", 0, match.end())
    return FrontMatter(Sidecar.model_validate(stated), outside, lines, text[match.end() :])


def _name(key: str) -> str:
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def _entries(text: str) -> dict[str, Any]:
    try:
        entries = yaml_value(text)
    except Malformed:
        entries = None
    if not isinstance(entries, dict):  # a headline with a colon in it is not YAML, yet plain enough
        found = re.findall(r"^([\w -]++)[ \t]*+:[ \t]+(.+)$", text, re.MULTILINE)
        entries = {key: value.strip().strip("\"'") for key, value in found}
    return {_name(str(key)): value for key, value in entries.items()}


def _is_valid(field: str, value: Any) -> bool:
    try:
        Sidecar.model_validate({field: value})
    except ValidationError:
        return False
    return True
