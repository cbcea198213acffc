"""At which scales each name is shown, and on which side of its point: decided for a neighbourhood at one bearing.

After K. Been, E. Daiches and C. Yap, Dynamic Map Labeling, IEEE Transactions on Visualization and Computer Graphics 12
(2006): a name has one place for all scales and one unbroken range of scales at which it is shown, so that it never
jumps, never comes and goes while zooming in, and does not depend on what else happens to be in view.

Scale is counted here in pixels per metre: two boxes that are fixed to two points of the map overlap over one interval
of it, which is found in closed form.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from viewer.engine.labels_names import CENTRED, Name
from viewer.engine.labels_spots import Spot, SpotBook
from viewer.engine.labels_table import SYMBOLS_AHEAD, NameTable

PADDING_PX = 2.5
"""Room between names, which also takes up the difference between a bearing and the one that was decided for."""

SAME_TEXT_PX = 48.0
SAME_AREA_PX = 200.0
"""Names that read the same are shown once within this distance: places, and areas."""

_SAME_POINT_M = 1.0
_FINEST_SCALE = 5.0
_NEVER = 2 * _FINEST_SCALE
_JUST_BEYOND = 1.001
_TINY = 1e-12
_AT_A_TIME = 8
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def folded(text: str) -> str:
    """Return a text without case and accents: two of the same name are one name on the map."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Ranges:
    """The places and ranges of some of a stack's names at one bearing.

    Attributes
    ----------
    indices : (n,) int64
        Which names of the table they are, ascending.

    Parameters
    ----------
    table
        All names.
    indices, symbols
        The names to decide about, and the symbols they would rather not cover, as rows of the table.
    bearing_deg
        The direction that is up.
    spots
        Tells how each name may be set.
    """

    def __init__(
        self, table: NameTable, indices: Indices, symbols: Indices, *, bearing_deg: float, spots: SpotBook
    ) -> None:
        self.indices = indices
        self._spot_book = spots
        count = len(indices)
        self._at = _turned(table.xy[indices], bearing_deg)
        self._first = 1.0 / table.coarsest_mpp[indices]
        self._end = _scale_of(table.finest_mpp[indices])
        self._start = np.full(count, np.inf)
        self._boxes = np.zeros((count, 4))
        self._reach = np.zeros(count)
        self._texts: dict[str, list[int]] = {}
        self._spots: list[Spot] = []
        half = table.symbols.half_px[symbols]
        self._symbols_at = _turned(table.symbols.anchors[symbols], bearing_deg)
        self._symbol_boxes = np.stack((np.zeros(len(half)), np.zeros(len(half)), half, half), axis=1)
        self._symbols_first = 1.0 / table.symbols.coarsest_mpp[symbols]
        self._symbols_end = _scale_of(table.symbols.finest_mpp[symbols])
        self._symbol_octaves = table.symbol_octaves[symbols]
        self._octaves = table.octaves[indices]
        self._names = [table.names[row] for row in indices.tolist()]

    def settle(self) -> Iterator[None]:
        """Decide, a few names at a time; before the last step nothing else may be asked. Begun anew if broken off."""
        self._texts.clear()
        self._spots.clear()
        for index, name in enumerate(self._names):
            self._settle(index, name)
            if index % _AT_A_TIME == _AT_A_TIME - 1:
                yield

    def active(self, mpp: float) -> Indices:
        """Return the positions in `indices` of the names that are shown at a scale."""
        scale = 1.0 / mpp
        return np.flatnonzero((self._start <= scale) & (scale <= self._end))

    def spot(self, position: int) -> Spot:
        """Return how a name that is shown is set."""
        return self._spots[position]

    def boxes(self, positions: Indices) -> Floats:
        """Return middle and half size of names that are shown, from their anchors in pixels, (n, 4)."""
        return self._boxes[positions]

    def _settle(self, index: int, name: Name) -> None:
        """Give a name its place and the scale from which it is shown; earlier names are settled already."""
        spots, boxes, costs = self._spot_book.of(name)
        self._reach[index] = float((np.abs(boxes[:, :2]) + boxes[:, 2:]).max()) + PADDING_PX
        first = max(float(self._first[index]), self._apart_from_same(name, " ".join(spots[0].block.lines), index))
        hard = self._hard(index, boxes, first)
        soft = np.maximum(hard, self._soft(index, boxes, first)) * costs
        best = int(np.argmin(np.minimum(soft, 1e9)))
        self._spots.append(spots[best])
        self._boxes[index] = boxes[best]
        self._start[index] = hard[best] if hard[best] < self._end[index] else np.inf

    def _apart_from_same(self, name: Name, shown: str, index: int) -> float:
        """Return the scale from which a name is far enough from the same text placed before it."""
        same = self._texts.setdefault(folded(shown), [])
        wanted_px = SAME_AREA_PX if name.label.role in CENTRED else SAME_TEXT_PX
        apart = 0.0
        for other in same:
            distance = float(np.hypot(*(self._at[other] - self._at[index])))
            if self._start[other] < np.inf:
                apart = max(apart, min(wanted_px / max(distance, _TINY), self._end[other] * _JUST_BEYOND))
        same.append(index)
        return apart

    def _hard(self, index: int, boxes: Floats, first: float) -> Floats:
        """Return, for each spot, the scale from which it is free of all names settled before."""
        starts, ends = self._start[:index], self._end[:index]
        since = np.maximum(np.minimum(starts, _NEVER), first)
        near = np.flatnonzero(
            (_gaps(self._at[:index], self._at[index]) * since < self._reach[:index] + self._reach[index])
            & (since < np.minimum(ends, self._end[index]))
        )
        blocked = _blocked_until(
            boxes,
            self._at[near] - self._at[index],
            self._boxes[near],
            since=since[near],
            until=np.minimum(ends[near], self._end[index]),
        )
        return np.maximum(blocked, first)

    def _soft(self, index: int, boxes: Floats, first: float) -> Floats:
        """Return, for each spot, the scale from which it covers no symbol but its own.

        Heeds the symbols that come no more than an octave after the name, whatever the view: no view knows of all.
        """
        since = np.maximum(self._symbols_first, first)
        apart = _gaps(self._symbols_at, self._at[index])
        near = np.flatnonzero(
            (apart * since < self._reach[index] + self._symbol_boxes[:, 2])
            & (apart > _SAME_POINT_M)
            & (self._symbol_octaves <= self._octaves[index] + SYMBOLS_AHEAD)
            & (since < np.minimum(self._symbols_end, self._end[index]))
        )
        return _blocked_until(
            boxes,
            self._symbols_at[near] - self._at[index],
            self._symbol_boxes[near],
            since=since[near],
            until=np.minimum(self._symbols_end[near], self._end[index]),
        )


def _gaps(points: Floats, point: Floats) -> Floats:
    """Return how far points are from a point along the screen's axis on which they are farther, in metres."""
    return np.maximum(np.abs(points[:, 0] - point[0]), np.abs(points[:, 1] - point[1]))


def _blocked_until(boxes: Floats, apart: Floats, others: Floats, *, since: Floats, until: Floats) -> Floats:
    """Return the scale up to which boxes overlap others, (p,); 0 where they never do within the scales that count.

    Parameters
    ----------
    boxes
        Middle and half size of p boxes from their common anchor, (p, 4).
    apart
        From that anchor to the others' anchors, in metres right and down, (n, 2).
    others
        Middle and half size of the others from their anchors, (n, 4).
    since, until
        The scales at which the others count, (n,).
    """
    if len(apart) == 0:
        return np.zeros(len(boxes))
    away = 1.0 / np.where(np.abs(apart) < _TINY, _TINY, apart).T[:, None, :]
    offset = others.T[:2, None, :] - boxes.T[:2, :, None]
    reach = others.T[2:, None, :] + boxes.T[2:, :, None] + PADDING_PX
    centre, half = -offset * away, np.abs(reach * away)
    lower = np.maximum(centre[0] - half[0], centre[1] - half[1])
    upper = np.minimum(centre[0] + half[0], centre[1] + half[1])
    meets = (lower < upper) & (upper > since) & (lower < until)
    return np.where(meets, np.minimum(upper, until * _JUST_BEYOND), 0.0).max(axis=1)


def _turned(points: Floats, bearing_deg: float) -> Floats:
    """Return map points as metres right and down on a screen with this bearing."""
    angle = math.radians(bearing_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack((points[:, 0] * cos - points[:, 1] * sin, -points[:, 0] * sin - points[:, 1] * cos), axis=1)


def _scale_of(finest_mpp: Floats) -> Floats:
    """Return the scale at which a name ends, in pixels per metre."""
    return 1.0 / np.maximum(finest_mpp, 1.0 / _FINEST_SCALE)
