"""Texts as numbers for the trained coder: words and their pairs, letter groups inside words, and indicators."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from presslens.framing.codebook import Codebook
from presslens.framing.coding import sentence_sums
from presslens.language.tokens import tokenize

Floats = npt.NDArray[np.float64]
LETTERS = (2, 3, 4)  # lengths of the letter groups
INDICATOR_SCALE = 0.4  # of log(1 + weight), against unit-length word and letter vectors
KINDS = ("word", "letters")
SPACE = " "


class Word(NamedTuple):
    """A word of a text and its place in it."""

    norm: str
    start: int
    end: int


class Vocabulary(NamedTuple):
    """The features of one kind that training has seen, and how rare each is (idf)."""

    names: tuple[str, ...]
    idf: Floats

    def matrix(self, texts: Sequence[Sequence[str]]) -> sparse.csr_matrix:
        """Each text's features, weighted (1 + log count) x idf, rows of length 1 (Manning et al. 2008, 6.4)."""
        place = {name: number for number, name in enumerate(self.names)}
        indices: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            counts = Counter(place[name] for name in text if name in place)
            columns = sorted(counts)
            row = np.array([1 + np.log(counts[column]) for column in columns]) * self.idf[columns]
            length = float(np.sqrt((row**2).sum()))
            indices.extend(columns)
            values.extend((row / length).tolist() if length else [])
            ends.append(len(indices))
        return sparse.csr_matrix((np.array(values), indices, ends), shape=(len(texts), len(self.names)))


def vocabulary(texts: Sequence[Sequence[str]], *, least: int) -> Vocabulary:
    """The features that occur in at least `least` texts, sorted, with smoothed idf."""
    found = Counter(name for text in texts for name in set(text))
    names = tuple(sorted(name for name, count in found.items() if count >= least))
    counts = np.array([found[name] for name in names], dtype=np.float64)
    return Vocabulary(names, np.log((1 + len(texts)) / (1 + counts)) + 1)


def words(texts: Sequence[str]) -> list[list[Word]]:
    """The words and numbers of each text."""
    table = pd.DataFrame({"article": np.arange(len(texts)), "sentence": "", "section": "", "paragraph": 0, "start": 0})
    tokens = tokenize(table.assign(text=pd.Series(list(texts), dtype="str")))
    tokens = tokens[tokens["kind"].isin(("word", "number"))]
    result: list[list[Word]] = [[] for _ in texts]
    rows = (tokens[column].tolist() for column in ("article", "norm", "start", "end"))
    for article, norm, start, end in zip(*rows, strict=True):
        result[article].append(Word(norm, start, end))
    return result


def named(text: Sequence[Word], kind: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each feature of a text with the numbers of the words that it is made of."""
    if kind == "word":
        for number, word in enumerate(text):
            yield word.norm, (number,)
            if number:
                yield text[number - 1].norm + SPACE + word.norm, (number - 1, number)
        return
    for number, word in enumerate(text):
        padded = SPACE + word.norm + SPACE
        for length in LETTERS:
            for begin in range(len(padded) - length + 1):
                yield padded[begin : begin + length], (number,)


def names(text: Sequence[Word], kind: str) -> list[str]:
    """The features of a text, one entry an occurrence."""
    return [name for name, _ in named(text, kind)]


def indicators(texts: Sequence[str], codebook: Codebook) -> Floats:
    """How much evidence for each frame of a codebook a text has: scaled log(1 + weight), a column a frame."""
    sums = sentence_sums(texts, codebook)
    return np.asarray(INDICATOR_SCALE * np.log1p(sums.clip(min=0)))
