"""Who codes an article, the codebook's indicators or a trained coder, and which frames people agree on."""

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from presslens.framing import coded, coding, meaning, sheets
from presslens.framing.codebook import Codebook
from presslens.framing.coding import Coding
from presslens.locating import locate


def analyse(
    sentences: pd.DataFrame,
    tokens: pd.DataFrame,
    codebook: Codebook,
    *,
    coder: str = "",
    tier: meaning.Tier = "default",
) -> Coding:
    """Codings and evidence of sentences, by the codebook or by a trained coder.

    Args:
        sentences: one row a sentence.
        tokens: their tokens.
        codebook: coded by its indicators where no coder is named.
        coder: the file of a trained coder; empty for none.
        tier: `neural` sets sentence prototypes beside the indicators.

    Returns:
        As `coding.analyse`. By a trained coder the residual frame is `Other`, evidence has the words that moved it
        (`indicator` is the word itself, `weight` 1) and `tier` says which coder it was.
    """
    if not coder:
        return coding.analyse(sentences, tokens, codebook, tier=tier)
    from presslens.framing import trained

    learnt = trained.load(locate(coder))
    keys = ["article", "sentence", "section", "paragraph"]
    numbered = pd.DataFrame({"id": np.arange(len(sentences)), "text": sentences["text"].array})
    found = learnt.code(numbered)
    place = found["id"].to_numpy(dtype=np.int64)
    codings = pd.DataFrame({key: sentences[key].array.take(place) for key in keys}).assign(
        frame=found["frame"].array,
        score=found["score"].array,
        coded=found["coded"].array,
        codebook=learnt.codebook.name,
        codebook_hash=learnt.codebook.hash,
        tier=said(learnt.card),
    )
    return Coding(codings[list(coding.CODING_COLUMNS)], _evidence(found, sentences, learnt.codebook))


def said(card: dict[str, object]) -> str:
    """A trained coder in words."""
    return f"a coder trained on {card['units']} units (data {card['data_hash']}, {card.get('tier', 'default')} tier)"


def with_texts(found: coded.Codes, sentences: pd.DataFrame) -> coded.Codes:
    """The codes with the words of units that the sheets do not hold and an article does: sentences, or paragraphs."""
    known = [sheets.from_sentences(sentences, unit="sentence"), sheets.from_sentences(sentences, unit="paragraph")]
    texts = pd.concat([found.texts, *known], ignore_index=True).drop_duplicates("id")
    kept = texts[texts["id"].isin(found.codes["unit"]) | texts["id"].isin(found.texts["id"])]
    return found._replace(texts=kept.reset_index(drop=True))


def read_sheets(paths: Sequence[str], codebook: Codebook) -> coded.Codes:
    """The codes in some sheets, found from here or from the project's root; none without sheets."""
    return coded.read([locate(one) for one in paths], codebook=codebook)


def judged(found: coded.Codes, codebook: Codebook, *, coder: str = "") -> pd.DataFrame:
    """The codes of people and, where the words of the units are known, those of the machine: codebook or trained coder."""
    from presslens.framing import comparing, trained

    texts = found.texts[found.texts["id"].isin(found.codes["unit"])]
    learnt = trained.load(locate(coder)) if coder else None
    table: pd.DataFrame = pd.concat(
        [found.codes, comparing.machine_codes(texts, codebook, coder=learnt)], ignore_index=True
    )
    return table


def confusions(codes: pd.DataFrame) -> pd.DataFrame:
    """How often the main frames of every two coders meet: `who` (`ann, ben`), `first`, `second`, `count`."""
    from itertools import combinations

    from presslens.framing import agreement

    tables = [
        agreement.confusion(codes, first=one, second=two).assign(who=f"{one}, {two}")
        for one, two in combinations(sorted(codes["coder"].unique()), 2)
    ]
    columns = ["who", "first", "second", "count"]
    if not tables:
        return pd.DataFrame({name: pd.Series(dtype="int64" if name == "count" else "str") for name in columns})
    table: pd.DataFrame = pd.concat(tables, ignore_index=True)[columns]
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def scores(codes: pd.DataFrame) -> list[pd.DataFrame]:
    """Precision, recall and F1 of the machine by each person's codes, as `agreement.scores`."""
    from presslens.framing import agreement
    from presslens.framing.comparing import MACHINE

    people = sorted(set(codes["coder"]) - {MACHINE})
    if MACHINE not in set(codes["coder"]):
        return []
    return [agreement.scores(codes, truth=name, coder=MACHINE) for name in people]


def doubtful(paths: Sequence[str], codebook: Codebook) -> frozenset[str]:
    """The frames on which the coders of some sheets agree too little to rely on: alpha under .667."""
    if not paths:
        return frozenset()
    from presslens.framing import agreement, comparing

    codes = read_sheets(paths, codebook).codes
    table = agreement.agreement(codes, frames=comparing.frames_in(codes, codebook), resamples=2)
    return comparing.unreliable(table) - {codebook.other}


def people(paths: Sequence[str], codebook: Codebook) -> int:
    """How many people coded some sheets."""
    return int(read_sheets(paths, codebook).codes["coder"].nunique())


def _evidence(found: pd.DataFrame, sentences: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    starts = sentences["start"].to_numpy(dtype=np.int64)
    rows: list[tuple[int, str, int, int, str]] = []
    for row, frame, text in zip(found["id"].tolist(), found["frame"].tolist(), found["evidence"].tolist(), strict=True):
        rows.extend(
            (row, frame, starts[row] + one["start"], starts[row] + one["end"], one["term"]) for one in json.loads(text)
        )
    table = pd.DataFrame(rows, columns=["row", "frame", "start", "end", "term"])
    place = table["row"].to_numpy(dtype=np.int64)
    types = {"start": "int64", "end": "int64", "frame": "str", "term": "str", "weight": "float64"}
    table = table.assign(
        article=sentences["article"].array.take(place),
        sentence=sentences["sentence"].array.take(place),
        indicator=table["term"],
        weight=1.0,
        codebook=book.name,
        codebook_hash=book.hash,
    )
    ordered: pd.DataFrame = table.astype(types)[list(coding.EVIDENCE_COLUMNS)]
    return ordered
