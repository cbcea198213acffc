"""Which part of the picture is taken by names already placed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_GROWTH = 256

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in logical pixels."""


class Room:
    """Rectangles that do not overlap, in logical pixels from the picture's middle.

    Parameters
    ----------
    symbols : (n, 4) array
        Rectangles that names would rather not cover.
    """

    def __init__(self, symbols: NDArray[np.float64]) -> None:
        self._taken = np.empty((_GROWTH, 4))
        self._count = 0
        self._symbols = symbols
        self._line_points = np.empty((0, 4))
        self._line_of = np.empty(0, dtype=np.int64)

    def free(self, box: Box) -> bool:
        """Return whether a rectangle overlaps nothing that is taken."""
        taken, (left, top, right, bottom) = self._taken[: self._count], box
        return not ((taken[:, 0] < right) & (taken[:, 2] > left) & (taken[:, 1] < bottom) & (taken[:, 3] > top)).any()

    def covered(self, points: NDArray[np.float64], reach_px: float) -> int:
        """Return how many symbols come nearer to any of some points, (n, 2), than a reach."""
        return _near(self._symbols, points, reach_px)

    def crossed(self, points: NDArray[np.float64], reach_px: float, *, line: int) -> bool:
        """Return whether a line other than this one passes any of some points, (n, 2), within a reach."""
        return _near(self._line_points[self._line_of != line], points, reach_px) > 0

    def draw_lines(self, lines: Sequence[NDArray[np.float64]]) -> None:
        """Say where lines run that names along other lines would rather not cross, each as points (n, 2)."""
        points = np.concatenate([np.empty((0, 2)), *lines])
        self._line_points = np.concatenate((points, points), axis=1)
        self._line_of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])

    def take(self, box: Box) -> None:
        """Take a rectangle. Does not check that it is free."""
        if self._count == len(self._taken):
            self._taken = np.concatenate((self._taken, np.empty((_GROWTH, 4))))
        self._taken[self._count] = box
        self._count += 1


def _near(boxes: NDArray[np.float64], points: NDArray[np.float64], reach_px: float) -> int:
    """Return how many boxes come nearer to any of some points than a reach."""
    low, high = points.min(axis=0) - reach_px, points.max(axis=0) + reach_px
    near = boxes[(boxes[:, 0] < high[0]) & (boxes[:, 1] < high[1]) & (boxes[:, 2] > low[0]) & (boxes[:, 3] > low[1])]
    if len(near) == 0:
        return 0
    outside = np.maximum(near[:, None, :2] - points, points - near[:, None, 2:]).max(axis=2)
    return int((outside.min(axis=1) < reach_px).sum())


def shifted(box: Box, right: float, down: float) -> Box:
    """Return a rectangle moved."""
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down
