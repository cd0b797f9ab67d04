"""Agreement of coders, against published examples."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presslens.framing.agreement import agreement, alpha, confusion, disagreements, pairs, scores


def codes(**coders: str) -> pd.DataFrame:
    """Codes from a string a coder, one value a unit; `.` where a unit is not coded."""
    rows = [
        (coder, unit, value)
        for coder, values in coders.items()
        for unit, value in enumerate(values.split())
        if value != "."
    ]
    return pd.DataFrame(rows, columns=["coder", "unit", "labels"])


# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, examples A, B and C.
BINARY = codes(Meg="0 1 0 0 0 0 0 0 1 0", Owen="1 1 1 0 0 1 0 0 0 0")
NOMINAL = codes(Ben="a a b b d c c c e d d a", Gerry="b a b b b c c c e d d d")
INCOMPLETE = codes(
    A="1 2 3 3 2 1 4 1 2 . . .",
    B="1 2 3 3 2 2 4 1 2 5 . 3",
    C=". 3 3 3 2 3 4 2 2 5 1 .",
    D="1 2 3 3 2 4 4 1 2 5 1 .",
)


@pytest.mark.parametrize(("table", "printed"), [(BINARY, 0.095), (NOMINAL, 0.692), (INCOMPLETE, 0.743)])
def test_alpha_is_the_published_one_to_the_printed_digit(table: pd.DataFrame, printed: float) -> None:
    assert round(alpha(table), 3) == printed


def test_masi_alpha_is_the_one_of_its_definition() -> None:
    # Passonneau (2006): similarity is Jaccard times 1 for the same set, 2/3 for a subset, 1/3 for an overlap, 0 for none.
    table = codes(x="a a|b a|b c", y="a a b|c a")
    a, ab, bc, c = (frozenset(text) for text in ("a", "ab", "bc", "c"))
    far = {
        (a, a): 0,
        (ab, a): 1 - Fraction(1, 2) * Fraction(2, 3),
        (ab, bc): 1 - Fraction(1, 3) * Fraction(1, 3),
        (c, a): 1,
    }
    far |= {(bc, a): 1, (bc, c): 1 - Fraction(1, 2) * Fraction(2, 3), (ab, c): 1, (ab, ab): 0}
    observed = sum((far[pair] for pair in [(a, a), (ab, a), (ab, bc), (c, a)]), Fraction(0)) / 4
    drawn = [a, a, ab, a, ab, bc, c, a]
    both = [(one, other) for i, one in enumerate(drawn) for other in drawn[i + 1 :]]
    expected = sum((Fraction(far.get(pair, far.get(pair[::-1], 0))) for pair in both), Fraction(0)) / len(both)
    assert alpha(table, distance="masi") == pytest.approx(float(1 - observed / expected), abs=1e-12)


def test_the_table_gives_the_same_alphas_with_intervals_around_them() -> None:
    result = agreement(BINARY.replace({"labels": {"0": ""}}), resamples=500).set_index("frame")
    assert result.loc["1", "alpha"] == pytest.approx(alpha(BINARY))
    assert result.loc["all frames", "alpha"] == pytest.approx(alpha(BINARY))
    assert result.loc["1", "low"] <= result.loc["1", "alpha"] <= result.loc["1", "high"]
    assert result.loc["1", ["units", "coders", "share", "reliable"]].tolist() == [10, 2, 0.3, False]


@given(
    st.lists(st.lists(st.sampled_from(["", "a", "b", "a|b", "b|c"]), min_size=3, max_size=3), min_size=2, max_size=8)
)
@settings(max_examples=20, deadline=None)
def test_the_fast_alpha_is_nltks(values: list[list[str]]) -> None:
    rows = [(str(coder), unit, text) for unit, row in enumerate(values) for coder, text in enumerate(row)]
    table = pd.DataFrame(rows, columns=["coder", "unit", "labels"])
    overall = agreement(table, resamples=2).set_index("frame").loc["all frames", "alpha"]
    assert overall == pytest.approx(alpha(table, distance="masi"))


def test_perfect_agreement_is_one_and_reliable() -> None:
    result = agreement(codes(x="a b a b", y="a b a b"), resamples=50)
    assert result["alpha"].tolist() == [1, 1, 1]
    assert result["reliable"].all()


def test_pairs_set_each_two_coders_side_by_side() -> None:
    result = pairs(INCOMPLETE, resamples=10)
    overall = result[result["frame"].eq("all frames")]
    assert list(zip(overall["first"], overall["second"], strict=True))[:2] == [("A", "B"), ("A", "C")]
    assert len(overall) == 6


def test_scores_measure_one_coder_by_another() -> None:
    result = scores(codes(h="a a|b b b", m="a a a b"), truth="h", coder="m").set_index("frame")
    assert result.loc["a", ["precision", "recall"]].tolist() == pytest.approx([2 / 3, 1])
    assert result.loc["b", ["precision", "recall", "support"]].tolist() == pytest.approx([1, 1 / 3, 3])
    assert result.loc["all frames", "f1"] == pytest.approx((0.8 + 0.5) / 2)


def test_confusion_counts_first_frames() -> None:
    result = confusion(codes(h="a a|b b b", m="a a a b"), first="h", second="m")
    assert result.to_numpy().tolist() == [["a", "a", 2], ["b", "a", 1], ["b", "b", 1]]


def test_disagreements_come_with_their_text_farthest_first() -> None:
    table = disagreements(codes(x="a a|b c", y="a a b"), pd.DataFrame({"id": [0, 1, 2], "text": ["A.", "B.", "C."]}))
    assert table[["unit", "text", "x", "y"]].to_numpy().tolist() == [["2", "C.", "c", "b"], ["1", "B.", "a|b", "a"]]
    assert table["distance"].tolist() == pytest.approx([1, 2 / 3])


def test_nothing_coded_twice_gives_no_alpha() -> None:
    table = codes(x="a b", y=". .")
    assert np.isnan(alpha(table))
    assert agreement(table)["alpha"].isna().all()
    assert pairs(codes(x="a")).empty


def test_a_unit_coded_twice_by_one_coder_is_refused() -> None:
    twice = pd.DataFrame({"coder": ["x", "x"], "unit": [1, 1], "labels": ["a", "b"]})
    with pytest.raises(ValueError, match="coder x codes unit 1 twice"):
        alpha(twice)
