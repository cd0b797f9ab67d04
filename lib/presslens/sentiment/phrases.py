"""Finds many phrases at once in numbered words: a trie whose edges are walked for all words together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from presslens.sentiment.features import Flags, Ints


class Trie:
    """Phrases, each a sequence of two or more numbers of words, 0 to `size` - 1."""

    def __init__(self, phrases: Sequence[tuple[int, ...]], size: int) -> None:
        self.phrases = tuple(phrases)
        self.size = size
        nodes: dict[tuple[int, ...], int] = {(): 0}
        edges: dict[int, int] = {}
        ends: dict[int, int] = {}
        for number, phrase in enumerate(self.phrases):
            for length in range(1, len(phrase) + 1):
                node = nodes.setdefault(phrase[:length], len(nodes))
                edges[nodes[phrase[: length - 1]] * size + phrase[length - 1]] = node
            ends[node] = number
        self.codes = np.array(sorted(edges), dtype=np.int64)
        self.nodes = np.array([edges[code] for code in sorted(edges)], dtype=np.int64)
        self.ends = np.array([ends.get(node, -1) for node in range(len(nodes))], dtype=np.int64)

    def find(self, text: Ints, ids: Ints) -> tuple[Ints, Ints]:
        """Where phrases begin and which they are, the longest first, equally long ones by their order, then by place.

        None of them shares a word with one before it in that order.

        Args:
            text: index of each word's text; no phrase goes across two.
            ids: number of each word; -1 for one that is in no phrase.
        """
        starts, found = self._all(text, ids)
        sizes = np.array([len(phrase) for phrase in self.phrases], dtype=np.int64)[found]
        taken: Flags = np.zeros(len(ids), dtype=bool)
        kept = []
        for index in np.lexsort((starts, found, -sizes)).tolist():
            place = slice(starts[index], starts[index] + sizes[index])
            if not taken[place].any():
                taken[place] = True
                kept.append(index)
        return starts[kept], found[kept]

    def _all(self, text: Ints, ids: Ints) -> tuple[Ints, Ints]:
        starts, nodes = np.arange(len(ids)), np.zeros(len(ids), dtype=np.int64)
        places, numbers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        step = 0
        while len(starts) and len(self.codes):
            word = ids[starts + step]
            codes = np.where(word >= 0, nodes * self.size + word, -1)
            edge = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
            inside = self.codes[edge] == codes
            starts, nodes = starts[inside], self.nodes[edge[inside]]
            ended = self.ends[nodes] >= 0
            places.append(starts[ended])
            numbers.append(self.ends[nodes[ended]])
            step += 1
            more = starts + step < len(ids)
            starts, nodes = starts[more], nodes[more]
            same = text[starts + step] == text[starts]
            starts, nodes = starts[same], nodes[same]
        return np.concatenate(places), np.concatenate(numbers)
