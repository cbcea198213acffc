"""Small parts of a layer that are drawn as one path.

An island of a dozen vertices costs more to hand to Qt than to paint. Sixteen together cost hardly more than one; a path
of thousands would cost far more, for Qt's raster engine sorts all edges of a path.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import Level

SMALL_VERTICES = 32
PARTS = 16
_NO_LOOK = np.iinfo(np.int32).max


class Bunches:
    """Which parts of a level can share a path: small ones, near each other in the file, that do not overlap.

    Parameters
    ----------
    level
        The level of detail.
    are_filled
        Whether the parts are polygons: where two overlap, one path of both would show a hole.
    """

    def __init__(self, level: Level, *, are_filled: bool) -> None:
        vertices = np.diff(level.ring_offsets[level.part_offsets])
        self._can = (vertices <= SMALL_VERTICES) & (vertices > 0)
        if are_filled:
            self._can &= ~_overlaps_a_neighbour(level.bounds, self._can)
        self._block = np.arange(level.part_count) // PARTS
        self._starts = np.arange(0, level.part_count, PARTS)
        self._members = [
            tuple((start + np.flatnonzero(self._can[start : start + PARTS])).tolist())
            for start in self._starts.tolist()
        ]

    def of(
        self, parts: NDArray[np.intp], look_of_part: NDArray[np.int32], looks: Collection[int]
    ) -> list[tuple[int, ...]]:
        """Return what to draw of the parts in view, in the file's order: single parts, and parts that share a path.

        A bunch is the same in every view that shows at least half of it, so that its path can be kept; it may reach out
        of the view. All parts of a bunch have one look.

        Parameters
        ----------
        parts
            The parts in view, ascending, shape (n,).
        look_of_part
            The look of every part of the level, shape (p,); negative where a part is not shown.
        looks
            The looks that are drawn.
        """
        wanted = parts[np.isin(look_of_part[parts], list(looks))]
        block = self._block_with_one_look(look_of_part)[wanted]
        single = block < 0
        blocks, in_view = np.unique(block[~single], return_counts=True)
        found: list[tuple[int, ...]] = []
        for number, count in zip(blocks.tolist(), in_view.tolist(), strict=True):
            if 2 * count >= len(self._members[number]):
                found.append(self._members[number])
            else:
                single |= block == number
        return sorted(found + [(part,) for part in wanted[single].tolist()])

    def _block_with_one_look(self, look_of_part: NDArray[np.int32]) -> NDArray[np.intp]:
        if len(self._starts) == 0:
            return self._block
        least = np.minimum.reduceat(np.where(self._can, look_of_part, _NO_LOOK), self._starts)
        most = np.maximum.reduceat(np.where(self._can, look_of_part, -1), self._starts)
        return np.where(self._can & (least == most)[self._block], self._block, -1)


def _overlaps_a_neighbour(bounds: NDArray[np.float64], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which parts' bounds overlap those of another of the same block; shapes (p, 4) and (p,)."""
    short = -len(bounds) % PARTS
    left, bottom, right, top = np.pad(bounds, ((0, short), (0, 0))).reshape(-1, PARTS, 4).transpose(2, 0, 1)
    may = np.pad(among, (0, short)).reshape(-1, PARTS)
    apart = (
        (right[:, :, None] <= left[:, None, :])
        | (right[:, None, :] <= left[:, :, None])
        | (top[:, :, None] <= bottom[:, None, :])
        | (top[:, None, :] <= bottom[:, :, None])
        | ~may[:, None, :]
        | np.eye(PARTS, dtype=bool)
    )
    return (~apart).any(axis=2).reshape(-1)[: len(bounds)]
