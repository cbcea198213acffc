"""At which scales each name is shown, and on which side of its point: decided once for a whole stack and bearing.

After K. Been, E. Daiches and C. Yap, Dynamic Map Labeling, IEEE Transactions on Visualization and Computer Graphics 12
(2006): a name has one place for all scales and one unbroken range of scales at which it is shown, so that it never
jumps, never comes and goes while zooming in, and does not depend on what else happens to be in view.

Scale is counted here in pixels per metre: two boxes that are fixed to two points of the map overlap over one interval
of it, which is found in closed form.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.engine.labels_names import Name, Symbols
from viewer.engine.labels_text import ASCENT_EM, MIDDLE_EM, Block, Typesetter
from viewer.model.camera import COARSEST_MPP, FINEST_MPP

BUCKET_DEG = 2.0
"""Bearings are rounded to this for deciding; the rest is within the padding."""

PADDING_PX = 2.5
SAME_TEXT_PX = 48.0

_GAP_PX = 2.5
_SAME_POINT_M = 1.0
_FINEST_SCALE = 1.01 / FINEST_MPP
_NEVER = 2 * _FINEST_SCALE
_TINY = 1e-12

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """One way to set a name: a block, and from its anchor to the block's middle, with half its size, in pixels."""

    block: Block
    x: float
    y: float
    half_width: float
    half_height: float
    cost: float


class SpotBook:
    """The ways to set each name, worked out once for all bearings."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._known: dict[str, tuple[tuple[Spot, ...], Floats, Floats]] = {}

    def of(self, name: Name) -> tuple[tuple[Spot, ...], Floats, Floats]:
        """Return the ways to set a name, the preferred one first, with their boxes (n, 4) and costs (n,)."""
        known = self._known.get(name.reference)
        if known is None:
            role = name.label.role
            blocks = self._typesetter.blocks(self._typesetter.shown(name.text, role), role)
            spots = _centred(name, blocks) if name.centred else _beside(name, blocks[0])
            boxes = np.array([(spot.x, spot.y, spot.half_width, spot.half_height) for spot in spots])
            known = self._known[name.reference] = spots, boxes, np.array([spot.cost for spot in spots])
        return known


def _centred(name: Name, blocks: tuple[Block, ...]) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    for extra, block in enumerate(blocks):
        half_width, half_height = block.width * name.size_px / 2, block.height * name.size_px / 2
        for step, cost in ((0.0, 1.0), (-1.1, 1.3), (1.1, 1.3)):
            y = step * half_height
            spots.append(Spot(block, 0.0, y, half_width, half_height, cost + 0.1 * extra))
    return tuple(spots)


def _beside(name: Name, block: Block) -> tuple[Spot, ...]:
    size, symbol = name.size_px, name.symbol_px
    half_width, half_height = block.width * size / 2, block.height * size / 2
    level = half_height - (ASCENT_EM - MIDDLE_EM) * size
    side, corner = symbol + _GAP_PX + half_width, symbol * 0.7 + 1.0 + half_width
    low, high = symbol * 0.5 + 0.6 * half_height, symbol + 1.0 + half_height
    places = (
        (side, level, 1.0),
        (corner, -low, 1.02),
        (corner, low, 1.03),
        (-side, level, 1.06),
        (-corner, -low, 1.08),
        (-corner, low, 1.09),
        (0.0, -high, 1.12),
        (0.0, high, 1.12),
    )
    return tuple(Spot(block, x, y, half_width, half_height, cost) for x, y, cost in places)


def ordered(names: Sequence[Name]) -> list[Name]:
    """Return names in the order in which they are served: by the octave of scale that they come with, then priority."""

    def key(name: Name) -> tuple[int, int, float, float, str]:
        return octave(name.coarsest_mpp), name.label.priority, name.rank, -name.size_px, name.reference

    return sorted(names, key=key)


def folded(text: str) -> str:
    """Return a text without case and accents: two of the same name are one name on the map."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def octave(mpp: float) -> int:
    """Return how many times a scale is finer than the coarsest, in doublings, rounded down."""
    return math.floor(math.log2(COARSEST_MPP / max(mpp, FINEST_MPP / 2)) + 1e-9)


class Ranges:
    """The places and ranges of all names of a stack at one bearing, worked out as far as they have been needed.

    Parameters
    ----------
    names
        In the order of `ordered`.
    symbols
        What names would rather not cover.
    bearing_deg
        The direction that is up.
    spots
        Tells how each name may be set, when its turn comes.
    """

    def __init__(self, names: Sequence[Name], symbols: Symbols, *, bearing_deg: float, spots: SpotBook) -> None:
        self._names = names
        self._spot_book = spots
        count = len(names)
        self._octaves = np.array([octave(name.coarsest_mpp) for name in names], dtype=np.int64)
        self._at = _turned(np.array([(name.x, name.y) for name in names]).reshape(-1, 2), bearing_deg)
        self._first = 1.0 / np.array([name.coarsest_mpp for name in names])
        self._end = _scale_of(np.array([name.finest_mpp for name in names]))
        self._start = np.full(count, np.inf)
        self._boxes = np.zeros((count, 4))
        self._reach = np.zeros(count)
        self._texts: dict[str, list[int]] = {}
        self._spots: list[Spot] = []
        self._symbols_at = _turned(symbols.anchors, bearing_deg)
        self._symbol_boxes = np.stack((*np.zeros((2, len(symbols.half_px))), symbols.half_px, symbols.half_px), axis=1)
        self._symbols_first = 1.0 / symbols.coarsest_mpp
        self._symbols_end = _scale_of(symbols.finest_mpp)

    def active(self, mpp: float) -> NDArray[np.int64]:
        """Return which names are shown at a scale, in the order of the names."""
        known = int(np.searchsorted(self._octaves, octave(mpp), side="right"))
        while len(self._spots) < known:
            self._settle(len(self._spots))
        scale = 1.0 / mpp
        shown = (self._start[:known] <= scale) & (scale <= self._end[:known])
        return np.flatnonzero(shown)

    def spot(self, index: int) -> Spot:
        """Return how a name that is shown is set."""
        return self._spots[index]

    def boxes(self, indices: NDArray[np.int64]) -> Floats:
        """Return middle and half size of names that are shown, from their anchors in pixels, (n, 4)."""
        return self._boxes[indices]

    def _settle(self, index: int) -> None:
        """Give a name its place and the scale from which it is shown; earlier names are settled already."""
        name = self._names[index]
        spots, boxes, costs = self._spot_book.of(name)
        self._reach[index] = float((np.abs(boxes[:, :2]) + boxes[:, 2:]).max()) + PADDING_PX
        first = max(float(self._first[index]), self._apart_from_same(name, index))
        hard = self._hard(index, boxes, first)
        soft = np.maximum(hard, self._soft(index, boxes, first)) * costs
        best = int(np.argmin(np.minimum(soft, 1e9)))
        self._spots.append(spots[best])
        self._boxes[index] = boxes[best]
        self._start[index] = hard[best] if hard[best] < self._end[index] else np.inf

    def _apart_from_same(self, name: Name, index: int) -> float:
        """Return the scale from which a name is far enough from the same text placed before it."""
        same = self._texts.setdefault(folded(name.text), [])
        apart = 0.0
        for other in same:
            distance = float(np.hypot(*(self._at[other] - self._at[index])))
            if self._start[other] < np.inf:
                apart = max(apart, min(SAME_TEXT_PX / max(distance, _TINY), self._end[other] * 1.001))
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
        """Return, for each spot, the scale from which it covers no symbol but its own."""
        since = np.maximum(self._symbols_first, first)
        apart = _gaps(self._symbols_at, self._at[index])
        near = np.flatnonzero(
            (apart * since < self._reach[index] + self._symbol_boxes[:, 2])
            & (apart > _SAME_POINT_M)
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
    return np.where(meets, np.minimum(upper, until * 1.001), 0.0).max(axis=1)


def _turned(points: Floats, bearing_deg: float) -> Floats:
    """Return map points as metres right and down on a screen with this bearing."""
    angle = math.radians(bearing_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack((points[:, 0] * cos - points[:, 1] * sin, -points[:, 0] * sin - points[:, 1] * cos), axis=1)


def _scale_of(finest_mpp: Floats) -> Floats:
    """Return the scale at which a name ends, in pixels per metre."""
    return 1.0 / np.maximum(finest_mpp, 1.0 / _FINEST_SCALE)
