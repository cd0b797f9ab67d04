"""What sentence vectors add to words: the neural tier of framing, where `presslens[neural]` is installed.

Each frame's prototype is the mean vector of its name and definition, of what counts, and of its examples. A text's
likeness to it (cosine) lends weight beside the indicators; alone it never codes, so that every code has its words.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from presslens.errors import BadInput
from presslens.framing.schema import Codebook
from presslens.sentiment import embedding

Floats = npt.NDArray[np.float64]
Tier = Literal["default", "neural"]
TIERS = ("default", "neural")
SCALE = 1.5  # of a vector as features of the trained coder, against unit-length word and letter vectors
LEAST = 0.15  # likeness below which a prototype adds nothing
LENT = 8.0  # thresholds that a likeness of 1 above that would add
# Both set on the FrAC development sentences, with whole codebooks and with six tenths of the indicators left out.


def named(tier: str) -> Tier:
    """The tier of that name. Raises BadInput for another name, and where the packages of the tier are not installed."""
    if tier not in TIERS:
        raise BadInput(f"there is no tier of framing {tier!r}: use {' or '.join(TIERS)}.")
    if tier == "neural" and not embedding.available():
        raise BadInput("the neural tier of framing needs presslens[neural]; install it, or use the default tier.")
    return "neural" if tier == "neural" else "default"


def said(tier: Tier) -> str:
    """The tier in words, for output."""
    return "indicators with sentence prototypes" if tier == "neural" else "indicators"


def block(texts: Sequence[str], tier: Tier) -> Floats:
    """Features of the trained coder: a scaled vector a text; without columns in the default tier."""
    if tier == "default" or not len(texts):
        return np.zeros((len(texts), 0 if tier == "default" else embedding.SIZE))
    return SCALE * embedding.vectors(texts).astype(np.float64)


def lent(texts: Sequence[str], codebook: Codebook) -> Floats:
    """What prototypes add to the evidence of each text (rows) for each coded frame (columns), in thresholds."""
    if not len(texts):
        return np.zeros((0, len(codebook.coded_frames)))
    likeness = embedding.vectors(texts).astype(np.float64) @ _prototypes(codebook).T
    return np.asarray(LENT * (likeness.round(4) - LEAST).clip(min=0))


@lru_cache(maxsize=8)
def _prototypes(codebook: Codebook) -> Floats:
    rows = []
    for frame in codebook.coded_frames:
        parts = [f"{frame.frame}: {frame.definition}", frame.counts, *frame.examples]
        mean = embedding.vectors([part for part in parts if part]).astype(np.float64).mean(axis=0)
        rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    return np.array(rows)
