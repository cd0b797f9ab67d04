"""Which words moved the trained coder toward a frame."""

import json
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from presslens.framing import features
from presslens.framing.codebook import Codebook
from presslens.framing.coding import sentence_evidence

Floats = npt.NDArray[np.float64]
MOST = 5  # words for a text and frame
COMMON = 0.3
LEAST_SHARE = 0.2  # of what the strongest word of the text moved


def evidence(
    texts: Sequence[str], vocabularies: Sequence[features.Vocabulary], codebook: Codebook, weights: Floats
) -> list[list[str]]:
    """For each text and frame, in their order, the words that moved its log-odds up against the mean of the frames.

    A feature moves by its value times its weight, less the mean of its weights; a word pair's part is split between its
    words, a letter group's goes to the word it is in, an indicator's to the words of its matches.

    Returns:
        JSON lists of `start`, `end`, `term` in order of the text: at most five words, none below a fifth of the strongest.
    """
    relative = weights - weights.mean(axis=0)
    every = features.words(texts)
    moved = [np.zeros((len(text), len(weights))) for text in every]
    offset = 0
    for kind, vocabulary in zip(features.KINDS, vocabularies, strict=True):
        _add_features(moved, every, kind, vocabulary, relative[:, offset : offset + len(vocabulary.names)])
        offset += len(vocabulary.names)
    _add_indicators(moved, every, texts, codebook, relative[:, offset:])
    _forget_common(moved, every, vocabularies[0])
    return [
        [_top(text, words, share[:, frame]) for frame in range(len(weights))]
        for text, words, share in zip(texts, every, moved, strict=True)
    ]


def _add_features(
    moved: list[Floats],
    every: list[list[features.Word]],
    kind: str,
    vocabulary: features.Vocabulary,
    relative: Floats,
) -> None:
    place = {name: number for number, name in enumerate(vocabulary.names)}
    values = vocabulary.matrix([features.names(text, kind) for text in every])
    for row, text in enumerate(every):
        found = [(place[name], at) for name, at in features.named(text, kind) if name in place]
        begin, end = values.indptr[row], values.indptr[row + 1]
        value = dict(zip(values.indices[begin:end].tolist(), values.data[begin:end].tolist(), strict=True))
        times = Counter(column for column, _ in found)
        for column, at in found:
            moved[row][list(at)] += value[column] / times[column] / len(at) * relative[:, column]


def _add_indicators(
    moved: list[Floats], every: list[list[features.Word]], texts: Sequence[str], codebook: Codebook, relative: Floats
) -> None:
    values = features.indicators(texts, codebook)
    column = {frame.frame: number for number, frame in enumerate(codebook.coded_frames)}
    matches = sentence_evidence(texts, codebook)
    rows = (matches[name].tolist() for name in ("article", "frame", "start", "end"))
    places = [(int(row), column[frame], start, end) for row, frame, start, end in zip(*rows, strict=True)]
    times = Counter((row, frame) for row, frame, _, _ in places)
    for row, frame, start, end in places:
        inside = [number for number, word in enumerate(every[row]) if word.start < end and word.end > start]
        if inside:
            part = values[row, frame] / times[row, frame] / len(inside)
            moved[row][inside] += part * relative[:, frame]


def _forget_common(moved: list[Floats], every: list[list[features.Word]], vocabulary: features.Vocabulary) -> None:
    """Words that stand in three tenths of the texts learnt from (the, and) are no evidence that a reader would take."""
    least = 1 - np.log(COMMON)
    common = {name for name, idf in zip(vocabulary.names, vocabulary.idf.tolist(), strict=True) if idf < least}
    for text, share in zip(every, moved, strict=True):
        share[[number for number, word in enumerate(text) if word.norm in common]] = 0.0


def _top(text: str, words: Sequence[features.Word], share: Floats) -> str:
    least = max(LEAST_SHARE * share.max(initial=0.0), 0.0)
    best = [number for number in np.argsort(-share, kind="stable")[:MOST].tolist() if share[number] > least]
    spans = sorted((words[number].start, words[number].end) for number in best)
    return json.dumps(
        [{"start": start, "end": end, "term": text[start:end]} for start, end in spans], ensure_ascii=False
    )
