"""Names of a network never stand over one another and never leave the frame."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from presslens.figures.network import places


def drawn(count: int) -> tuple[list[tuple[int, int, float]], np.ndarray]:
    generator = np.random.default_rng(count)
    links = [(a, b, 1.0) for a, b in combinations(range(count), 2) if generator.random() < 0.15]
    return links, np.column_stack([generator.uniform(0.5, 1.8, count), np.full(count, 0.22)])


@pytest.mark.parametrize(("count", "width", "height"), [(24, 7.4, 5.6), (16, 3.7, 6.0), (3, 3.7, 1.6)])
def test_boxes_stay_apart_and_inside(count: int, width: float, height: float) -> None:
    links, sizes = drawn(count)
    at = places(links, sizes, width=width, height=height)
    assert (at - sizes / 2 >= -1e-3).all()
    assert (at + sizes / 2 <= np.array([width, height]) + 1e-3).all()
    for one, other in combinations(range(count), 2):
        apart = np.abs(at[one] - at[other]) - (sizes[one] + sizes[other]) / 2
        assert apart.max() > -0.02


def test_the_same_links_give_the_same_places() -> None:
    links, sizes = drawn(12)
    assert (places(links, sizes, width=7.4, height=4.0) == places(links, sizes, width=7.4, height=4.0)).all()


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_need_no_layout(count: int) -> None:
    assert places([], np.full((count, 2), 0.4), width=2.0, height=1.0).tolist() == [[1.0, 0.5]] * count
