from __future__ import annotations

import pytest

from presslens.sentiment.listed import columns


def test_columns_are_taken_by_name_in_the_order_asked_for() -> None:
    lines = ["term,valence,note", 'good,1.5,"a, b"', '"one ""two""",-2,']
    assert list(columns(lines, "valence", "term")) == [("1.5", "good"), ("-2", 'one "two"')]
    with pytest.raises(ValueError, match="tone"):
        columns(lines, "term", "tone")
