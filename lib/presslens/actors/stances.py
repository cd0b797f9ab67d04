"""What an opinion piece proposes, and what stands in the way: sentences with the words that say so."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

import pandas as pd

from presslens.language.chunks import typed

STANCE_COLUMNS = {
    "article": "str",
    "sentence": "str",
    "stance": "str",
    "cue": "str",
    "weight": "int64",
    "start": "int64",
    "end": "int64",
    "offset": "int64",
    "text": "str",
}
STANCES = ("proposal", "obstacle")
# A proposal that is denied or lies in the past is none: should not have, could have been, could not.
_UNMADE = re.compile(r"\s+(?:not|never|no longer|have|hardly|n't|n’t)\b")


def stances(sentences: pd.DataFrame) -> pd.DataFrame:
    """Every word of a proposal or an obstacle, a row each; `presslens.actors.voices` says whose voice it is.

    The cues, `data/stances.csv`, are our own list: "should", "could", "might consider" against "unlikely", "failed", "ban".
    A question proposes nothing.

    Args:
        sentences: `article`, `sentence`, `start`, `text`.

    Returns:
        In order of the text: `article`, `sentence`, `stance` (`proposal`, `obstacle`), `cue` (as written), `weight` (2 where
        the cue seldom means anything else, otherwise 1), `start`, `end` (offsets into the article), `offset` and
        `text` (where the sentence begins, and the sentence).
    """
    rows: list[tuple[object, ...]] = []
    wanted = ("article", "sentence", "start", "text")
    for article, sentence, offset, text in zip(*(sentences[name].tolist() for name in wanted), strict=True):
        if text.rstrip("”’\"') ").endswith("?"):
            continue  # it asks
        for match in _pattern().finditer(text):
            cue = match.group()
            stance, weight = _cues()[cue.lower().replace("’", "'")]
            if stance == "proposal" and not _proposes(cue, text, match.end()):
                continue
            start, end = offset + match.start(), offset + match.end()
            rows.append((article, sentence, stance, cue, weight, start, end, offset, text))
    return typed(rows, STANCE_COLUMNS)


def _proposes(cue: str, text: str, end: int) -> bool:
    if cue.lower() in ("should", "could", "must") and _UNMADE.match(text, end):
        return False
    begin = end - len(cue)
    if text[max(0, begin - 4) : begin].lower() == "nor ":
        return False  # nor could she
    # "could" proposes what somebody might do, not what might befall (could lead to war).
    return cue.lower() != "could" or not _befalls().match(text, end)


@cache
def _befalls() -> re.Pattern[str]:
    return re.compile(
        r"\s+(?:(?:\w+ly|also|even|still|then|well)\s+)?(?:" + "|".join(cue for cue, _ in _rows()["befalls"]) + r")\b"
    )


@cache
def _cues() -> dict[str, tuple[str, int]]:
    return {cue: (stance, weight) for stance in STANCES for cue, weight in _rows()[stance]}


@cache
def _rows() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    with files("presslens.actors").joinpath("data", "stances.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["stance"], []).append((row["cue"], int(row["weight"])))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    cues = sorted(_cues(), key=lambda cue: (-len(cue), cue))
    return re.compile(r"\b(?:" + "|".join(re.escape(cue).replace("'", "['’]") for cue in cues) + r")\b", re.IGNORECASE)
