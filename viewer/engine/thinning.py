"""Leaving out the vertices of a smooth line that nobody would miss.

Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line or its
caricature", The Canadian Cartographer 10:2 (1973), worked out once for all tolerances.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def significance(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each vertex of a line the tolerance up to which it is needed, in map metres; infinite at both ends.

    The vertices above a tolerance are those that Douglas and Peucker keep: none that is left out lies further off than
    it. Keeps no line from crossing itself, nor lines apart: for tolerances far below what can be seen. All pieces of
    the line are split in step, so that the work is some twenty passes over it.

    Parameters
    ----------
    line
        In map metres, shape (n, 2).
    """
    needed = np.full(len(line), np.inf)
    first, last, allowed = np.array([0]), np.array([len(line) - 1]), np.array([np.inf])
    while True:
        wide = last - first >= 2
        first, last, allowed = first[wide], last[wide], allowed[wide]
        if len(first) == 0:
            return needed
        inner = last - first - 1
        starts = np.cumsum(inner) - inner
        piece = np.repeat(np.arange(len(first)), inner)
        vertex = first[piece] + 1 + np.arange(len(piece)) - starts[piece]
        away = _distances(line[vertex], line[first[piece]], line[last[piece]])
        furthest = np.maximum.reduceat(away, starts)
        candidates = np.flatnonzero(away == furthest[piece])
        middle = vertex[candidates[np.searchsorted(piece[candidates], np.arange(len(first)))]]
        allowed = needed[middle] = np.minimum(furthest, allowed)
        first, last = np.concatenate((first, middle)), np.concatenate((middle, last))
        allowed = np.concatenate((allowed, allowed))


def _distances(
    points: NDArray[np.float64], starts: NDArray[np.float64], ends: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points lie from a segment each; shapes (n, 2) all three."""
    along, away = ends - starts, points - starts
    squared = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", away, along) / np.where(squared > 0, squared, 1.0)
    away = away - np.clip(share, 0.0, 1.0)[:, None] * along
    return np.hypot(away[:, 0], away[:, 1])
