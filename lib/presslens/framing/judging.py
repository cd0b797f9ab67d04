"""Who codes an article, the codebook's indicators or a trained coder, and which frames people agree on."""

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from presslens.framing import coding, meaning
from presslens.framing.codebook import Codebook
from presslens.framing.coding import Coding


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
    from presslens.reports.layout import locate

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


def doubtful(sheets: Sequence[str], codebook: Codebook) -> frozenset[str]:
    """The frames on which the coders of some sheets agree too little to rely on: alpha under .667."""
    if not sheets:
        return frozenset()
    from presslens.framing import agreement, coded, comparing
    from presslens.reports.layout import locate

    codes = coded.read([locate(one) for one in sheets], codebook=codebook).codes
    table = agreement.agreement(codes, frames=comparing.frames_in(codes, codebook), resamples=2)
    return comparing.unreliable(table) - {codebook.other}


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
