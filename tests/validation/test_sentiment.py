"""Agreement with raters, as it is measured."""

import numpy as np
import pandas as pd
import pytest

from presslens.validation import sentiment


def test_weighted_f1_is_the_one_of_the_textbook() -> None:
    truth, given = np.array([1, 1, 1, -1]), np.array([1, 1, -1, -1])
    # F1 of 1: 2*2/(2+3) = .8, of -1: 2*1/(2+1) = 2/3; weights 3/4 and 1/4
    assert sentiment.weighted_f1(truth, given) == pytest.approx(0.8 * 0.75 + 0.25 * 2 / 3)


def test_perfect_agreement_has_a_perfect_interval() -> None:
    ratings = np.array([-1.0, -0.5, 0.5, 1.0] * 5)
    rated = pd.DataFrame(
        {"article": np.arange(20) // 4, "rating": ratings, "score": ratings / 4, "label": np.sign(ratings)}
    )
    found = sentiment.agreement(rated)
    assert found["metric"].tolist() == ["pearson r", "weighted F1"]
    assert found[["value", "low", "high"]].to_numpy().tolist() == [pytest.approx([1.0, 1.0, 1.0])] * 2


def test_every_peer_gives_a_score_a_text() -> None:
    for name, score in sentiment.peers().items():
        good, bad = score(["a wonderful joy", "a horrible crime"])
        assert good > bad, name
