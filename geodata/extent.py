"""Rectangles in map metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Extent:
    """An axis-aligned rectangle in the map CRS, in metres; edges belong to it."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of(cls, coords: NDArray[np.float64]) -> Extent:
        """Return the smallest extent around coordinates of shape (n, 2), n ≥ 1."""
        low, high = coords.min(axis=0), coords.max(axis=0)
        return cls(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    @property
    def width(self) -> float:
        """Width in metres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in metres."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, as (x, y) in metres."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def intersects(self, other: Extent) -> bool:
        """Return whether the two share at least a point."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def contains(self, other: Extent) -> bool:
        """Return whether the other lies wholly inside or on the edge."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.bottom <= other.bottom
            and self.top >= other.top
        )

    def union(self, other: Extent) -> Extent:
        """Return the smallest extent around both."""
        return Extent(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def grown(self, by_m: float) -> Extent:
        """Return this extent with every edge moved outward by a distance in metres."""
        return Extent(self.left - by_m, self.bottom - by_m, self.right + by_m, self.top + by_m)

    def touched_by(self, bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which of the rectangles of shape (n, 4), as left, bottom, right, top, intersect this one."""
        return (
            (bounds[:, 0] <= self.right)
            & (bounds[:, 2] >= self.left)
            & (bounds[:, 1] <= self.top)
            & (bounds[:, 3] >= self.bottom)
        )
