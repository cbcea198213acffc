"""Which of many boxes can meet at all, and in which order they can be dealt with many at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def pairs_within(points: Floats, others: Floats, radius: Floats) -> tuple[Indices, Indices]:
    """Return which points have which others nearer than their radius along both axes, by point, ascending.

    Parameters
    ----------
    points, others
        Shapes (n, 2) and (m, 2).
    radius
        For each point, (n,); infinite where all are near.
    """
    order = np.argsort(others[:, 0], kind="stable")
    line = others[order, 0]
    first = np.searchsorted(line, points[:, 0] - radius, side="left")
    last = np.searchsorted(line, points[:, 0] + radius, side="right")
    point, place = spread(first, last - first)
    other = order[place]
    near = np.abs(others[other, 1] - points[point, 1]) <= radius[point]
    point, other = point[near], other[near]
    by_other = np.lexsort((other, point))
    return point[by_other], other[by_other]


def spread(starts: Indices, counts: Indices) -> tuple[Indices, Indices]:
    """Return for each member of some runs of numbers which run it is of, and the number itself.

    Parameters
    ----------
    starts, counts
        Where each run begins and how long it is, (n,).
    """
    run = np.repeat(np.arange(len(starts)), counts)
    before = np.cumsum(counts) - counts
    return run, np.arange(len(run)) - before[run] + starts[run]


def waves(count: int, later: Indices, earlier: Indices) -> Iterator[Indices]:
    """Yield numbers 0 to `count` in groups, each number after all that it depends on.

    Parameters
    ----------
    count
        How many there are.
    later, earlier
        Pairs of which the one depends on the other, which is smaller; sorted by the later one.
    """
    depth = [0] * count
    for one, other in zip(later.tolist(), earlier.tolist(), strict=True):
        if depth[other] >= depth[one]:
            depth[one] = depth[other] + 1
    depths = np.array(depth, dtype=np.int64)
    order = np.argsort(depths, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(depths[order])) + 1)
