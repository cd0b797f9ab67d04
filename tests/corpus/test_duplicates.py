from __future__ import annotations

import tracemalloc
from random import Random

import numpy as np
import pandas as pd
import pytest

from presslens.corpus import demo, duplicates

WORDS = [f"word{number}" for number in range(3000)]


def text(random: Random, length: int = 200) -> list[str]:
    return random.choices(WORDS, k=length)


def jaccard(one: list[str], other: list[str]) -> float:
    first, second = ({tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, other))
    return len(first & second) / len(first | second)


def test_the_estimate_is_within_four_standard_errors_of_the_share_of_common_runs() -> None:
    random = Random(1)  # noqa: S311
    for changed in (0, 2, 5, 10, 40, 200):
        one = text(random)
        other = [random.choice(WORDS) if place < changed else word for place, word in enumerate(one)]
        kept = duplicates.signatures([" ".join(one), " ".join(other)])
        estimate = (kept["values"][0] == kept["values"][1]).mean()
        truth = jaccard(one, other)
        assert abs(estimate - truth) <= 4 * max(truth * (1 - truth) / duplicates.SIZE, 1e-4) ** 0.5


def test_the_earliest_article_is_the_one_that_was_copied_and_only_the_same_words_are_similar_to_one() -> None:
    random = Random(2)  # noqa: S311
    story, other = text(random), text(random)
    shorter = story[:190]
    texts = [" ".join(other), " ".join(story), " ".join(shorter), ", ".join(story).upper() + "!", "", ""]
    found = duplicates.find(zip("abcdefgh", [*texts, "short words", "Short words."], strict=True))
    assert found[["article", "copy_of"]].to_numpy().tolist() == [["c", "b"], ["d", "b"], ["h", "g"]]
    assert found["similarity"].eq(1).tolist() == [False, True, True]
    assert found["similarity"].iloc[0] == pytest.approx(jaccard(story, shorter), abs=0.1)


def test_planted_copies_are_found_and_nothing_else() -> None:
    articles = list(demo.articles(1500, seed=11))
    planted = {article["id"]: article["planted"]["copy_of"] for article in articles if article["planted"]["copy_of"]}
    found = duplicates.find((article["id"], article["text"]) for article in articles)
    marked = dict(zip(found["article"], found["copy_of"], strict=True))
    right = sum(planted.get(article) == origin for article, origin in marked.items())
    assert right / len(planted) >= 0.97
    assert right == len(marked)
    exact = {article["id"] for article in articles if article["planted"]["copy"] == "exact"}
    assert exact == set(found.loc[found["similarity"] == 1, "article"])


def test_no_text_gives_an_empty_table_with_the_columns() -> None:
    assert list(duplicates.find([]).columns) == ["article", "copy_of", "similarity"]
    assert duplicates.find([("a", "")]).empty


def test_memory_for_an_article_is_as_stated() -> None:
    generator = np.random.default_rng(3)
    kept = np.zeros(40_000, dtype=duplicates.TYPE)
    kept["digest"] = generator.integers(1, 2**63, len(kept))
    kept["values"] = generator.integers(0, 2**32, (len(kept), duplicates.SIZE))
    ids = pd.RangeIndex(len(kept))
    tracemalloc.start()
    duplicates.copies(kept, ids)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert duplicates.TYPE.itemsize == 508
    assert peak / len(kept) < 60 + 2 * 50_000 * 8 * duplicates.ROWS / len(kept)  # one band of a piece of 50,000
