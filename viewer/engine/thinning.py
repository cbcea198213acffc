"""Leaving out the vertices of a smooth line that nobody would miss.

Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line or its
caricature", The Canadian Cartographer 10:2 (1973).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def thinned(line: NDArray[np.float64], tolerance_m: float) -> NDArray[np.float64]:
    """Return the vertices of a line from which none that is left out lies further off than a tolerance.

    Does not keep a line from crossing itself, nor lines apart: for tolerances far below what can be seen.

    Parameters
    ----------
    line
        In map metres, shape (n, 2).
    tolerance_m
        In map metres.
    """
    if len(line) < 3 or tolerance_m <= 0:
        return line
    kept = np.zeros(len(line), dtype=bool)
    kept[[0, -1]] = True
    pending = [(0, len(line) - 1)]
    while pending:
        first, last = pending.pop()
        if last - first < 2:
            continue
        away = _distances(line[first + 1 : last], line[first], line[last])
        furthest = int(away.argmax())
        if away[furthest] > tolerance_m:
            middle = first + 1 + furthest
            kept[middle] = True
            pending += [(first, middle), (middle, last)]
    return line[kept]


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points lie from a segment."""
    along = end - start
    squared = float(along @ along)
    away = points - start
    if squared > 0:
        away = away - np.clip(away @ along / squared, 0.0, 1.0)[:, None] * along
    return np.hypot(away[:, 0], away[:, 1])
