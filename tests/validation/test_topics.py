"""Turns of vocabulary against the borders of joined stories."""

from __future__ import annotations

import pytest
from nltk.metrics.segmentation import windowdiff

from presslens.validation import data_folder
from presslens.validation.topics import measure, window_diff


@pytest.mark.parametrize(("true", "found"), [([5], [7]), ([5], []), ([3, 8], [3, 8]), ([4], [2, 4, 6, 9])])
def test_windowdiff_is_as_nltk_has_it(true: list[int], found: list[int]) -> None:
    size = 12  # paragraphs; NLTK takes the gaps between them
    marks = ["".join("1" if gap in borders else "0" for gap in range(1, size)) for borders in (true, found)]
    width = max(1, round(size / (len(true) + 1) / 2))
    assert window_diff(true, found, size) == pytest.approx(windowdiff(*marks, width))


def test_joined_stories_are_cut_far_better_than_not_at_all_and_whole_ones_hardly_ever() -> None:
    folder = data_folder()
    if folder is None:
        pytest.skip("no human-coded data")
    found = measure(folder).set_index(["system", "metric"])["value"]
    assert found["presslens", "WindowDiff"] < found["no border at all", "WindowDiff"] / 2
    assert found["presslens", "F1 of exact borders"] > 0.55
    assert found["presslens", "cuts in a story that is one"] <= 0.2
