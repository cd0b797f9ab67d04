"""Where the names of a network stand: near those they belong with, and never over one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PASSES = 400


def places(
    links: Sequence[tuple[int, int, float]], sizes: Floats, *, width: float, height: float, seed: int = 0
) -> Floats:
    """Centres of labelled boxes, so that linked ones are near and no two overlap where there is room.

    A spring layout (Fruchterman and Reingold 1991, by networkx), spread evenly over the frame; then boxes that overlap are pushed
    apart along the way that needs least. The same links and sizes give the same places.

    Args:
        links: pairs of numbers of boxes, with the weight of the link.
        sizes: width and height of each box, one row a box.
        width: of the frame, in the unit of the sizes.
        height: of the frame.
        seed: of the layout.

    Returns:
        One row a box: x from 0 to `width`, y from 0 to `height`.
    """
    count = len(sizes)
    if count < 2:
        return np.array([[width / 2, height / 2]] * count).reshape(count, 2)
    import networkx  # costs most of a second to import

    graph = networkx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((a, b, float(np.sqrt(weight))) for a, b, weight in links)
    spring = networkx.spring_layout(graph, seed=seed, iterations=120, k=1.6 / np.sqrt(count))
    found = np.array([spring[number] for number in range(count)])
    # By rank along either side, so that the crowd at the centre gets as much room as those at the edge.
    ranks = found.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (count - 1)
    room = np.array([width, height])
    found = sizes / 2 + ranks * (room - sizes)
    return np.asarray(np.round(_apart(found, sizes, room), 4))


def _apart(found: Floats, sizes: Floats, room: Floats) -> Floats:
    """Push overlapping boxes apart, a little at a time, inside the frame."""
    half = sizes / 2
    needed = half[:, None, :] + half[None, :, :]
    for _ in range(PASSES):
        away = found[:, None, :] - found[None, :, :]
        over = needed - np.abs(away)
        clash = np.asarray((over > 1e-6).all(axis=2)) & ~np.eye(len(found), dtype=bool)
        if not clash.any():
            break
        upright = (over[:, :, 1] / room[1] <= over[:, :, 0] / room[0])[:, :, None]
        along = np.concatenate([~upright, upright], axis=2)
        order = np.sign(np.arange(len(found))[:, None] - np.arange(len(found))[None, :])[:, :, None]
        way = np.where(away == 0, order, np.sign(away))
        found = found + 0.3 * (np.where(along, over, 0.0) * way * clash[:, :, None]).sum(axis=1)
        found = np.clip(found, half, room - half)
    return found
