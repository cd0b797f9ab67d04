"""Key phrases are complete noun phrases and names, as judged by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from presslens.keywords.ranking import texts
from presslens.validation import data_folder

LARGEST_SHARE = 0.08
NOT_JUDGED = 0.03


def test_at_most_eight_in_a_hundred_phrases_are_no_complete_noun_phrase() -> None:
    folder = data_folder()
    if folder is None:
        pytest.skip("no human-coded data")
    lines = (Path(__file__).parent / "completeness.tsv").read_text(encoding="utf-8").splitlines()
    judged = {(row["story"], row["phrase"]): row["complete"] for row in csv.DictReader(lines[1:], delimiter="\t")}
    with (folder / "keywords" / "duc2001_dev.jsonl").open(encoding="utf-8") as stories:
        rows = [row for row in map(json.loads, stories) if any(row["id"] == story for story, _ in judged)]
    found = texts(pd.DataFrame(rows)[["id", "text"]], top=10)
    assert len(set(found["id"])) == 50
    answers = [judged.get((story, phrase)) for story, phrase in zip(found["id"], found["phrase"], strict=True)]
    assert answers.count(None) <= NOT_JUDGED * len(answers), "many phrases have changed: judge them and renew the sheet"
    assert answers.count("no") <= LARGEST_SHARE * len(answers)
