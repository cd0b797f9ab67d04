"""Copies across a corpus: the same words (exact) or most of them (near), found by MinHash and marked, never dropped.

A text becomes 125 numbers, the least of as many hashes over its runs of five words; two texts agree in a number as often
as their runs are the same (Broder 1997, Compression and Complexity of Sequences). Bands of five numbers that agree make
candidates (Leskovec, Rajaraman and Ullman 2020, Mining of Massive Datasets, ch. 3): at a similarity of .8 all but one of
20,000 pairs meet, at .7 99 in 100, at .3 6 in 100; the 125 numbers then decide. 508 bytes an article lie on the disk;
in memory are some 60 bytes an article while one band after the other is sorted.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from presslens.language.chunks import Chunks, Ints, chunks, different, spread

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]
BANDS, ROWS = 25, 5
SIZE = BANDS * ROWS
RUN = 5  # words
THRESHOLD = 0.7
WORD = re.compile(r"\w+")
MIX = np.uint64(0x9E3779B97F4A7C15)
COLUMNS = {"article": "str", "copy_of": "str", "similarity": "float64"}
TYPE = np.dtype([("digest", np.uint64), ("values", np.uint32, (SIZE,))])  # one article on the disk
BATCH = 1_000
KEPT = 100_000  # pieces of text whose numbers are remembered
MOST = np.iinfo(np.uint32).max
PIECE = 512  # runs hashed at once: what the cache of a processor holds
PAIRS = 20_000  # compared at once


def _multipliers() -> tuple[Signatures, Signatures]:
    generator = np.random.default_rng(20201109)
    odd = generator.integers(0, 2**32, SIZE, dtype=np.uint32) | np.uint32(1)
    return odd[:, None], generator.integers(0, 2**32, SIZE, dtype=np.uint32)[:, None]


FACTORS, SHIFTS = _multipliers()


def signatures(texts: Iterable[str]) -> npt.NDArray[np.void]:
    """What is kept of each text, to be compared.

    Returns:
        A row a text: `digest` (of its words, 0 where it has none), `values` (its 125 numbers). Letter case and
        punctuation do not count.
    """
    given = [text.replace("\n", " ") for text in texts]
    found = chunks(given)
    return signatures_of(found, found.text, len(given))


def signatures_of(found: Chunks, text: Ints, count: int) -> npt.NDArray[np.void]:
    """`signatures` of texts that are cut into chunks already.

    Args:
        found: the chunks.
        text: for each of them the number of its text, never falling but for -1, which belongs to none.
        count: how many texts there are.
    """
    words, bounds = _numbered(found, text, count)
    kept = np.zeros(count, dtype=TYPE)
    digests, values = kept["digest"], kept["values"]
    for row, (first, last) in enumerate(pairwise(bounds)):
        if first < last:
            own = words[first:last]
            digests[row] = int.from_bytes(hashlib.blake2b(own.tobytes(), digest_size=8).digest(), "big") | 1
            values[row] = _least(own)
    return kept


def _numbered(found: Chunks, text: Ints, count: int) -> tuple[Hashes, list[int]]:
    """The numbers of all words of texts, and where those of each text begin, and the end."""
    kept = text >= 0
    code, text = found.code[kept], text[kept]
    inside = [_hashes(chunk) for chunk in found.distinct]
    owner, at = spread(np.array([len(one) for one in inside], dtype=np.int64) // 8, code)
    numbers = np.frombuffer(b"".join(inside), dtype=">u8").astype(np.uint64)
    return numbers[at], np.searchsorted(text[owner], np.arange(count + 1)).tolist()


@lru_cache(maxsize=KEPT)
def _hashes(chunk: str) -> bytes:
    """The numbers of the words, in lower case, of what stands between blanks: eight bytes each."""
    words = WORD.findall(chunk.lower())
    return b"".join([hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words])


def _least(words: Hashes) -> Signatures:
    """The least hash of all runs of words, for each of the hash functions."""
    length = max(len(words) - RUN + 1, 1)
    runs = np.zeros(length, dtype=np.uint64)
    for place in range(min(RUN, len(words))):
        runs = (runs * MIX) ^ words[place : place + length]
    short = (_mixed(runs) >> np.uint64(32)).astype(np.uint32)  # a processor multiplies many of these at once
    least = np.full(SIZE, MOST, dtype=np.uint32)
    held = np.empty((SIZE, min(length, PIECE)), dtype=np.uint32)
    for start in range(0, length, PIECE):
        piece = short[start : start + PIECE]
        hashed = held[:, : len(piece)]
        np.bitwise_xor(np.multiply(piece, FACTORS, out=hashed), SHIFTS, out=hashed)
        np.minimum(least, hashed.min(axis=1), out=least)
    return least


def _mixed(values: Hashes) -> Hashes:
    """Every bit of a value spread over all others (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def copies(kept: npt.NDArray[np.void], ids: Sequence[str], *, threshold: float = THRESHOLD) -> pd.DataFrame:
    """Which articles are copies of an earlier one.

    Args:
        kept: what `signatures` gives for all articles, in order; may lie in a file (`numpy.memmap`).
        ids: of the articles, in the same order.
        threshold: the share of runs of five words that two texts have in common from which they are copies, 0..1.

    Returns:
        A row a copy, in order: `article`, `copy_of` (the earliest article that it copies, itself no copy), `similarity`
        to it (estimated, with a standard error of at most .045; 1 exactly where all words are the same, and only there).
    """
    found: dict[int, set[int]] = {}
    for later, earlier in _candidates(kept):
        similar = _similarity(kept, later, earlier) >= threshold
        for one, other in zip(later[similar].tolist(), earlier[similar].tolist(), strict=True):
            found.setdefault(one, set()).add(other)
    origin: dict[int, int] = {}
    for one in sorted(found):
        origin[one] = min(origin.get(other, other) for other in found[one])
    later = np.fromiter(origin.keys(), dtype=np.int64, count=len(origin))
    earlier = np.fromiter(origin.values(), dtype=np.int64, count=len(origin))
    rows = {
        "article": [ids[one] for one in later.tolist()],
        "copy_of": [ids[one] for one in earlier.tolist()],
        "similarity": _similarity(kept, later, earlier).round(4),
    }
    return pd.DataFrame(rows).astype(COLUMNS)


def _candidates(kept: npt.NDArray[np.void]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Pairs that agree in a band, each article with the first of its like and the one before it, band by band."""
    count = len(kept)
    for band in range(-1, BANDS):
        keys = np.zeros(count, dtype=np.uint64)
        for start in range(0, count, 50_000):
            piece = kept[start : start + 50_000]
            if band < 0:  # the same words
                keys[start : start + len(piece)] = piece["digest"]
                continue
            values = piece["values"][:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
            key = np.zeros(len(piece), dtype=np.uint64)
            for row in range(ROWS):
                key = _mixed(key * MIX + values[:, row])
            keys[start : start + len(piece)] = np.where(piece["digest"] > 0, key, 0)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        same = np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] > 0)) + 1
        if not len(same):
            continue
        opens = np.concatenate([[True], ordered[1:] != ordered[:-1]])
        first = np.maximum.accumulate(np.where(opens, np.arange(count), 0))
        earlier = np.concatenate([order[first[same]], order[same - 1]])
        pairs = different(np.tile(order[same], 2) * count + earlier)
        for start in range(0, len(pairs), PAIRS):
            yield np.divmod(pairs[start : start + PAIRS], count)


def _similarity(
    kept: npt.NDArray[np.void], later: npt.NDArray[np.int64], earlier: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    if not len(later):
        return np.zeros(0)
    one, other = kept[later], kept[earlier]
    share = (one["values"] == other["values"]).mean(axis=1)
    return np.where(one["digest"] == other["digest"], 1.0, np.minimum(share, 0.999))


def find(articles: Iterable[tuple[str, str]], *, threshold: float = THRESHOLD) -> pd.DataFrame:
    """`copies` of a stream of (id, text), whose signatures lie in a file for temporary use meanwhile."""
    ids: list[str] = []
    stream = iter(articles)
    with tempfile.TemporaryDirectory(prefix="presslens-") as folder:
        path = Path(folder) / "signatures"
        with path.open("wb") as file:
            while batch := list(islice(stream, BATCH)):
                ids += [name for name, _ in batch]
                file.write(signatures(text for _, text in batch).tobytes())
        if not ids:
            return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
        kept: npt.NDArray[np.void] = np.memmap(path, dtype=TYPE, mode="r")
        result = copies(kept, ids, threshold=threshold)
        del kept
    return result
