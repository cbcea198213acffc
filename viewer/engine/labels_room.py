"""Which part of the picture is taken by names already placed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_GROWTH = 256

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in logical pixels."""


class Room:
    """Rectangles that do not overlap, as left, top, right, bottom in logical pixels from the picture's middle.

    Parameters
    ----------
    obstacles : (n, 4) array
        Rectangles that only some names must keep clear of: the symbols.
    """

    def __init__(self, obstacles: NDArray[np.float64]) -> None:
        self._taken = np.empty((_GROWTH, 4))
        self._count = 0
        self._obstacles = obstacles

    def free(self, box: Box, *, of_symbols: bool = False) -> bool:
        """Return whether a rectangle overlaps nothing that is taken, nor, if asked, any symbol."""
        if _touches(self._taken[: self._count], box):
            return False
        return not (of_symbols and _touches(self._obstacles, box))

    def take(self, box: Box) -> None:
        """Take a rectangle. Does not check that it is free."""
        if self._count == len(self._taken):
            self._taken = np.concatenate((self._taken, np.empty((_GROWTH, 4))))
        self._taken[self._count] = box
        self._count += 1


def _touches(boxes: NDArray[np.float64], box: Box) -> bool:
    left, top, right, bottom = box
    return bool(((boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)).any())


def shifted(box: Box, right: float, down: float) -> Box:
    """Return a rectangle moved."""
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down
