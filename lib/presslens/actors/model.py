"""Names that a statistical model finds, for the tier `presslens[ner]`: spaCy with an English model already installed.

Nothing is downloaded. The rules of `mentions` stay in charge: what the model finds only tells them the kind of names that
they cannot tell by themselves.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd

from presslens.errors import BadInput
from presslens.language.chunks import typed

DEFAULT = "en_core_web_sm"
ENTITY_COLUMNS = {"article": "str", "sentence": "str", "start": "int64", "end": "int64", "kind": "str"}
KINDS = {"PERSON": "person", "ORG": "organisation"}
_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer")


def entities(sentences: pd.DataFrame, *, model: str = DEFAULT) -> pd.DataFrame:
    """The people and organisations that a spaCy model sees.

    Args:
        sentences: `article`, `sentence`, `start`, `text`.
        model: the name of an installed spaCy model.

    Returns:
        One row a name, in order: `article`, `sentence`, `start`, `end` (offsets into the article), `kind` (`person`,
        `organisation`), for `presslens.actors.mentions.mentions(..., entities=...)`.

    Raises:
        BadInput: spaCy or the model is not installed.
    """
    columns = [sentences[name].tolist() for name in ("article", "sentence", "start", "text")]
    documents = _pipeline(model).pipe(columns[3], batch_size=256)
    rows = [
        (article, sentence, start + found.start_char, start + found.end_char, KINDS[found.label_])
        for (article, sentence, start), document in zip(zip(*columns[:3], strict=True), documents, strict=True)
        for found in document.ents
        if found.label_ in KINDS
    ]
    return typed(rows, ENTITY_COLUMNS)


@cache
def _pipeline(model: str) -> Any:
    check(model)
    return import_module("spacy").load(model, exclude=_UNUSED)


def check(model: str = DEFAULT) -> None:
    """Raise BadInput where spaCy or the model is missing."""
    if find_spec("spacy") is None:
        raise BadInput(
            "names from a model need presslens[ner] (spaCy); install it, or leave the parameter `ner` empty."
        )
    if not model.isidentifier() or find_spec(model) is None:
        raise BadInput(
            f"there is no spaCy model {model!r} here; install its package, or leave the parameter `ner` empty."
        )
