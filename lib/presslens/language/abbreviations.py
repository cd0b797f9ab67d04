"""Abbreviations of English-language news, whose period does not by itself end a sentence."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

GROUPS = ("title", "number", "plain", "lower")


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Abbreviations by group, lower case, without their last period; `data/abbreviations.tsv` says what a group means."""
    lines = (files("presslens.language") / "data/abbreviations.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return {group: frozenset(row["abbreviation"] for row in rows if row["group"] == group) for group in GROUPS}
