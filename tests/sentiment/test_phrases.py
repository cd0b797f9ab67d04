"""Phrases in numbered words: all of them, the longest first, none across two texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from presslens.sentiment.phrases import Trie

PHRASES = st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4).map(tuple), max_size=8, unique=True).map(sorted)


@given(PHRASES, st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 3)), max_size=30))
def test_the_trie_finds_what_a_search_phrase_by_phrase_does(
    phrases: list[tuple[int, ...]], words: list[tuple[int, int]]
) -> None:
    words = sorted(words, key=lambda word: word[0])
    text, ids = (np.array([word[side] for word in words], dtype=np.int64) for side in (0, 1))
    expected, taken = [], set()
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        for start in range(len(words) - len(phrase) + 1):
            places = range(start, start + len(phrase))
            here = [words[place][1] for place in places] == list(phrase)
            if here and len({words[place][0] for place in places}) == 1 and taken.isdisjoint(places):
                taken.update(places)
                expected.append((start, phrase))
    trie = Trie(phrases, 4)
    starts, numbers = trie.find(text, ids)
    assert [
        (start, phrases[number]) for start, number in zip(starts.tolist(), numbers.tolist(), strict=True)
    ] == expected
