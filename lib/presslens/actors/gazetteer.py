"""Known actors and the words that give names away, read once from the data files.

Sources and licences: `data/SOURCES.md`. A user adds actors with a YAML file:

    actors:
      - {name: Acme Corporation, kind: organisation, aliases: [Acme, ACME]}
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from presslens.article.decoding import load as load_bytes
from presslens.errors import BadInput
from presslens.untrusted import Malformed, yaml_value

KINDS = ("person", "country", "organisation", "party", "body", "place")


class Entry(NamedTuple):
    """What one form of a name stands for."""

    actor: str
    kind: str
    how: str


@dataclass(frozen=True)
class Gazetteer:
    """Forms of known actors: `lookup` maps a form to its entry, `longest` a first word to the most words of a form.

    `cuts` remembers the names that `naming` found in chains of capitalised words.
    """

    lookup: Mapping[str, Entry]
    longest: Mapping[str, int]
    codes: Mapping[str, str] = field(default_factory=dict)
    cuts: dict[tuple[str, bool, bool], list[Any]] = field(default_factory=dict, repr=False, compare=False)

    def extended(self, forms: Iterable[tuple[str, Entry]]) -> Gazetteer:
        """A gazetteer with more forms; a form given twice takes the later meaning."""
        lookup = {**self.lookup, **dict(forms)}
        return Gazetteer(lookup, _longest(lookup), self.codes)


def load(extra: Path | str | None = None) -> Gazetteer:
    """The shipped actors, and with `extra` those of a YAML file too.

    Raises:
        BadInput: the file cannot be read, or an entry lacks a name or has an unknown kind.
    """
    return _shipped() if extra is None else _shipped().extended(_from_yaml(Path(extra)))


@cache
def words(name: str) -> frozenset[str]:
    """The set of that name in `words.csv` (`title`, `orghead`, `function`, `sayverb`, ...)."""
    return frozenset(_word_sets()[name])


@cache
def names(which: str) -> frozenset[str]:
    """The names or words of `first_names`, `last_names` or `common_words`."""
    return frozenset(sexes()) if which == "first_names" else frozenset(_data(f"{which}.txt").splitlines())


@cache
def sexes() -> dict[str, str]:
    """First names, with `f` or `m` where nearly all who bear the name are of that sex, else nothing."""
    return {row["name"]: row["sex"] for row in _rows("first_names.csv")}


@cache
def _shipped() -> Gazetteer:
    lookup: dict[str, Entry] = {}
    countries = _rows("countries.csv")
    codes = {row["code"]: row["name"] for row in countries}
    for row in _rows("cities.csv"):
        lookup[row["name"]] = Entry(row["name"], "place", "name")
    for row in _rows("bodies.csv"):
        for form in _split(row["aliases"]):
            lookup[form] = Entry(row["name"], row["kind"], "alias")
        lookup[row["name"]] = Entry(row["name"], row["kind"], "name")
    for row in _rows("people.csv"):
        for form in _split(row["aliases"]):
            lookup[form] = Entry(row["name"], "person", "alias" if " " in form else "short form")
        lookup[row["name"]] = Entry(row["name"], "person", "name")
    for row in countries:
        name = row["name"]
        for column, how in (
            ("aliases", "alias"),
            ("capital", "capital"),
            ("demonyms", "demonym"),
            ("metonyms", "metonym"),
        ):
            for form in _split(row[column]):
                lookup[form] = Entry(name, "country", how)
        lookup[name] = Entry(name, "country", "name")
    lookup["Washington"] = Entry("United States", "country", "capital")
    return Gazetteer(lookup, _longest(lookup), codes)


def _from_yaml(path: Path) -> list[tuple[str, Entry]]:
    data = load_bytes(
        path, limit="settings_bytes", remedy="Give a YAML file with a list `actors`.", what="the actors of"
    )
    try:
        content = yaml_value(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput(f"cannot read the actors of {path}: it is not valid YAML in UTF-8.") from None
    except Malformed as error:
        raise BadInput(
            f"cannot read the actors of {path}{error.place}: it is not valid YAML in UTF-8: {error}."
        ) from None
    listed = content.get("actors") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise BadInput(f"{path} has no list `actors`. Begin the file with `actors:` and give each a name and a kind.")
    forms: list[tuple[str, Entry]] = []
    for number, item in enumerate(listed, 1):
        name, kind, aliases = _listed(item, f"actor {number} of {path}")
        forms += [(alias, Entry(name, kind, "alias")) for alias in aliases]
        forms.append((name, Entry(name, kind, "name")))
    return [(" ".join(form.replace("’", "'").split()), entry) for form, entry in forms]


def _listed(item: object, which: str) -> tuple[str, str, list[str]]:
    """Name, kind and aliases of one actor of a user's file; BadInput says in one sentence what is wrong with it."""
    found = item if isinstance(item, dict) else {}
    unknown = [str(key) for key in found if key not in ("name", "kind", "aliases")]
    if unknown:
        raise BadInput(f"{which} has an unknown field {unknown[0]!r}: use name, kind and aliases.")
    name, kind, aliases = found.get("name"), found.get("kind", "organisation"), found.get("aliases") or []
    if not isinstance(name, str) or not name.strip() or kind not in KINDS:
        raise BadInput(f"{which} needs a name and a kind out of {', '.join(KINDS)}.")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        raise BadInput(f"{which} has aliases that are no list of names: write `aliases: [One, Two]`.")
    small = [form for form in (name, *aliases) if not form.strip()[0].isupper()]
    if small:
        raise BadInput(
            f"{which} has the form {small[0]!r}: names are found by their capitals, so it must begin with one."
        )
    return name.strip(), str(kind), aliases


def _longest(lookup: Mapping[str, Entry]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for form in lookup:
        parts = form.split()
        if parts:
            longest[parts[0]] = max(longest.get(parts[0], 0), len(parts))
    return longest


@cache
def _word_sets() -> dict[str, list[str]]:
    return {row["set"]: _split(row["words"]) for row in _rows("words.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_data(name).splitlines()))


def _split(cell: str) -> list[str]:
    return [part.replace("’", "'") for part in cell.split("|") if part]


def _data(name: str) -> str:
    return files("presslens.actors").joinpath("data", name).read_text(encoding="utf-8")
