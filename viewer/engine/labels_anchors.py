"""Where a feature's name belongs when it stands at one point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import UNITS_PER_METRE, Level, PreparedLayer

_GRID = 13
_VERTICES = 160
"""Enough of a ring to find its middle by; the name does not mind the rest."""


def anchors_of(prepared: PreparedLayer) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a point for the name of each feature, and how wide there is room.

    The same for every view. Points are named where they are (the first one of several), lines at the middle of their
    longest part, polygons well inside their largest part: at the point of a coarse grid that lies farthest from the
    shell. Holes are not looked at.

    Returns
    -------
    anchors : (features, 2) float64
        Map metres; not a number where a feature has no geometry.
    spans : (features,) float64
        For polygons the longer side of the part's bounds in metres, else 0.
    """
    count = len(prepared.attributes["id"])
    anchors, spans = np.full((count, 2), np.nan), np.zeros(count)
    if prepared.geometry == "point":
        level = prepared.levels[0]
        firsts = _first_parts(level)
        anchors[level.feature_of_part[firsts]] = (
            level.coords[level.ring_offsets[level.part_offsets[firsts]]] / UNITS_PER_METRE
        )
        return anchors, spans
    level = _coarsest_whole(prepared.levels)
    sizes = np.maximum(level.bounds[:, 2] - level.bounds[:, 0], level.bounds[:, 3] - level.bounds[:, 1])
    for row, part in _main_parts(level, sizes).items():
        ring = next(level.rings_of(part))
        if prepared.geometry == "polygon":
            anchors[row], spans[row] = _inside(ring), sizes[part]
        else:
            anchors[row] = _halfway(ring)
    return anchors, spans


def _coarsest_whole(levels: tuple[Level, ...]) -> Level:
    """Return the coarsest level that has lost no feature to simplification."""
    most = len(_first_parts(levels[0]))
    return next((level for level in reversed(levels) if len(_first_parts(level)) == most), levels[0])


def _first_parts(level: Level) -> NDArray[np.intp]:
    """Return the first part of each feature. Not by `numpy.unique`, whose first call imports masked arrays."""
    rows = level.feature_of_part
    return np.flatnonzero(np.concatenate(([len(rows) > 0], rows[1:] != rows[:-1]))[: len(rows)])


def _main_parts(level: Level, sizes: NDArray[np.float64]) -> dict[int, int]:
    """Return the largest part of each feature by its row; the first of equals."""
    order = np.lexsort((-np.arange(len(sizes)), sizes))
    return dict(zip(level.feature_of_part[order].tolist(), order.tolist(), strict=True))


def _halfway(line: NDArray[np.float64]) -> NDArray[np.float64]:
    run = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    half = run[-1] / 2
    return np.array([np.interp(half, run, line[:, 0]), np.interp(half, run, line[:, 1])])


def _inside(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a point well inside a ring."""
    ring = ring[:: max(1, len(ring) // _VERTICES)]
    low, high = ring.min(axis=0), ring.max(axis=0)
    steps = (np.arange(_GRID) + 0.5) / _GRID
    x, y = (axis.ravel() for axis in np.meshgrid(*(low + steps[:, None] * (high - low)).T))
    inside = _within(x, y, ring)
    if not inside.any():
        return (low + high) / 2
    x, y = x[inside], y[inside]
    gaps = np.hypot(x[:, None] - ring[None, :, 0], y[:, None] - ring[None, :, 1]).min(axis=1)
    best = int(np.argmax(gaps))
    return np.array([x[best], y[best]])


def _within(x: NDArray[np.float64], y: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points lie inside a ring, by the even-odd rule."""
    ax, ay = ring[:, 0], ring[:, 1]
    bx, by = np.roll(ax, -1), np.roll(ay, -1)
    spans = (ay[None, :] > y[:, None]) != (by[None, :] > y[:, None])
    rise = np.where(by == ay, 1.0, by - ay)
    crossing = ax + (y[:, None] - ay) / rise * (bx - ax)
    return (np.count_nonzero(spans & (x[:, None] < crossing), axis=1) % 2).astype(bool)
