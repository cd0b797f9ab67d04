"""Sentence vectors of mentions, for the neural tier of the tone toward them.

The whole sentence and the few words around the mention are each turned into a vector by MiniLM (see `embedding`), the
mention replaced by "somebody" so that no name is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from presslens.sentiment import embedding
from presslens.sentiment.targets_tokens import Floats

AROUND = 5  # words on each side of the mention in the second vector
SCALE = 5.0  # of the vectors beside the features of words: the ridge penalty falls less on what is larger
MASK = "somebody"


def vectors(texts: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Floats:
    """Two vectors of each mention side by side, scaled: of its sentence and of the words around it. Shape (mentions, 768).

    Args:
        texts: the sentence of each mention.
        starts: where the mention begins in it.
        ends: where it ends.
    """
    whole, near = [], []
    for text, start, end in zip(texts, starts, ends, strict=True):
        before, after = text[:start], text[end:]
        whole.append(f"{before} {MASK} {after}")
        near.append(" ".join([*before.split()[-AROUND:], MASK, *after.split()[:AROUND]]))
    return SCALE * np.hstack([_distinct(whole), _distinct(near)])


def _distinct(texts: Sequence[str]) -> Floats:
    """A vector a text, each different text read once."""
    number = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    found = embedding.vectors(list(number)).astype(np.float64)
    return found[[number[text] for text in texts]].reshape(len(texts), embedding.SIZE)
