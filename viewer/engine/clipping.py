"""Cutting rings and lines to a rectangle, so that cost follows what is on the screen.

Rings are cut edge by edge (Sutherland and Hodgman, Reentrant polygon clipping, CACM 17:1, 1974), vectorised. A concave
ring may come back with parts joined along the rectangle's rim: right to fill, but the rim must lie out of sight.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.extent import Extent


def clip_ring(ring: NDArray[np.float64], extent: Extent) -> NDArray[np.float64]:
    """Return the part of a closed ring inside an extent, closed; shape (0, 2) where nothing is left."""
    for axis, limit, keep_above in (
        (0, extent.left, True),
        (0, extent.right, False),
        (1, extent.bottom, True),
        (1, extent.top, False),
    ):
        ring = _cut(ring, axis=axis, limit=limit, keep_above=keep_above)
        if len(ring) < 4:
            return np.empty((0, 2))
    return ring


def clip_line(line: NDArray[np.float64], extent: Extent) -> list[NDArray[np.float64]]:
    """Return the runs of a line whose segments touch an extent; segments are kept whole, not cut."""
    low = np.minimum(line[:-1], line[1:])
    high = np.maximum(line[:-1], line[1:])
    touching = extent.touched_by(np.hstack((low, high)))
    if touching.all():
        return [line]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], touching, [False])).astype(np.int8)))
    return [line[first : last + 1] for first, last in zip(edges[::2], edges[1::2], strict=True)]


def _cut(ring: NDArray[np.float64], *, axis: int, limit: float, keep_above: bool) -> NDArray[np.float64]:
    inside = ring[:, axis] >= limit if keep_above else ring[:, axis] <= limit
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    start, end = ring[:-1], ring[1:]
    crossing = inside[:-1] != inside[1:]
    share = np.zeros(len(start))
    np.divide(limit - start[:, axis], end[:, axis] - start[:, axis], out=share, where=crossing)
    points = np.empty((len(start), 2, 2))
    points[:, 0] = start
    points[:, 1] = start + (end - start) * share[:, None]
    points[crossing, 1, axis] = limit
    kept = points.reshape(-1, 2)[np.stack((inside[:-1], crossing), axis=1).ravel()]
    return np.concatenate((kept, kept[:1]))
