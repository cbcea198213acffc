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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.engine.labels_names import CENTRED
from viewer.engine.labels_nearby import pairs_within, spread, waves
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
_AT_A_TIME = 64
_UNLIKELY = 1e9
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def folded(text: str) -> str:
    """Return a text without case and accents: two of the same name are one name on the map."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What depends on what: names, by their numbers, and what lies near each or says the same; sorted by the name."""

    one: Indices
    other: Indices

    @classmethod
    def joined(cls, pieces: Sequence[_Pairs]) -> _Pairs:
        """Return the pairs of pieces that follow each other."""
        nothing = np.zeros(0, dtype=np.int64)
        one = np.concatenate([nothing, *(piece.one for piece in pieces)])
        return cls(one, np.concatenate([nothing, *(piece.other for piece in pieces)]))

    def of(self, names: Indices) -> _Pairs:
        """Return the pairs of some names."""
        starts = np.searchsorted(self.one, names, side="left")
        counts = np.searchsorted(self.one, names, side="right") - starts
        _, places = spread(starts, counts)
        return _Pairs(self.one[places], self.other[places])


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways to set each of some names, one after the other.

    Attributes
    ----------
    starts, counts : (n,) int64
        Which ways are a name's.
    boxes : (w, 4)
        Middle and half size of each way from the name's anchor, in pixels.
    costs : (w,)
        How much each is worth avoiding.
    """

    starts: Indices
    counts: Indices
    boxes: Floats
    costs: Floats

    @classmethod
    def of(cls, known: Sequence[tuple[tuple[Spot, ...], Floats, Floats]]) -> _Ways:
        """Gather what a book of spots says of names."""
        counts = np.array([len(spots) for spots, _, _ in known], dtype=np.int64)
        boxes = np.concatenate([boxes for _, boxes, _ in known]) if known else np.zeros((0, 4))
        costs = np.concatenate([costs for _, _, costs in known]) if known else np.zeros(0)
        return cls(np.cumsum(counts) - counts, counts, boxes, costs)

    def reach(self) -> Floats:
        """Return how far from its anchor any way to set a name may reach, with the room around it, (n,)."""
        if len(self.starts) == 0:
            return np.zeros(0)
        farthest = (np.abs(self.boxes[:, :2]) + self.boxes[:, 2:]).max(axis=1)
        return np.maximum.reduceat(farthest, self.starts) + PADDING_PX


class Ranges:
    """The places and ranges of some of a stack's names at one bearing; `settle` must have run to its end.

    A name depends on those before it that may come near it. So they are settled in waves, each of names that do not
    depend on each other, with one pass of arithmetic a wave.

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
        self._names = [table.names[row] for row in indices.tolist()]
        self._spot_book = spots
        count = len(indices)
        self._at = _turned(table.xy[indices], bearing_deg)
        self._first = 1.0 / table.coarsest_mpp[indices]
        self._end = _scale_of(table.finest_mpp[indices])
        self._octaves = table.octaves[indices]
        self._start = np.full(count, np.inf)
        self._boxes = np.zeros((count, 4))
        self._chosen = np.zeros(count, dtype=np.int64)
        self._spots: list[tuple[Spot, ...]] = []
        self._symbols_at = _turned(table.symbols.anchors[symbols], bearing_deg)
        self._symbols_half = table.symbols.half_px[symbols]
        self._symbols_first = 1.0 / table.symbols.coarsest_mpp[symbols]
        self._symbols_end = _scale_of(table.symbols.finest_mpp[symbols])
        self._symbol_octaves = table.symbol_octaves[symbols]

    def settle(self) -> Iterator[None]:
        """Decide, a small step at a time; may be broken off for good."""
        known: list[tuple[tuple[Spot, ...], Floats, Floats]] = []
        for number, name in enumerate(self._names, start=1):
            known.append(self._spot_book.of(name))
            if number % _AT_A_TIME == 0:
                yield
        self._spots = [spots for spots, _, _ in known]
        ways = _Ways.of(known)
        reach = ways.reach()
        soft = np.zeros(len(ways.boxes))
        pieces: list[_Pairs] = []
        for first in range(0, len(known), _AT_A_TIME):
            some = np.arange(first, min(first + _AT_A_TIME, len(known)))
            self._cover(soft, ways, reach, some)
            yield
            pieces.append(self._near(reach, some))
            yield
        near, same = _Pairs.joined(pieces), self._same()
        both = np.lexsort((np.concatenate((near.other, same.other)), np.concatenate((near.one, same.one))))
        later = np.concatenate((near.one, same.one))[both]
        for wave in waves(len(known), later, np.concatenate((near.other, same.other))[both]):
            names = np.sort(wave)
            first = self._first_of(names, same.of(names))
            self._settle(names, first, near.of(names), ways=ways, reach=reach, soft=soft)
            yield

    def active(self, mpp: float) -> Indices:
        """Return the positions in `indices` of the names that are shown at a scale."""
        scale = 1.0 / mpp
        return np.flatnonzero((self._start <= scale) & (scale <= self._end))

    def spot(self, position: int) -> Spot:
        """Return how a name that is shown is set."""
        return self._spots[position][int(self._chosen[position])]

    def boxes(self, positions: Indices) -> Floats:
        """Return middle and half size of names that are shown, from their anchors in pixels, (n, 4)."""
        return self._boxes[positions]

    def _cover(self, soft: Floats, ways: _Ways, reach: Floats, names: Indices) -> None:
        """Note, for each way to set some names, the scale from which it covers no symbol but its own.

        Heeds the symbols that come no more than an octave after the name, whatever the view: no view knows of all.
        """
        widest = float(self._symbols_half.max(initial=0.0))
        radius = (reach[names] + widest) / self._first[names]
        row, symbol = pairs_within(self._at[names], self._symbols_at, radius)
        name = names[row]
        apart = self._symbols_at[symbol] - self._at[name]
        gap = np.abs(apart).max(axis=1, initial=0.0)
        since = np.maximum(self._symbols_first[symbol], self._first[name])
        until = np.minimum(self._symbols_end[symbol], self._end[name])
        counts = (
            (gap * since < reach[name] + self._symbols_half[symbol])
            & (gap > _SAME_POINT_M)
            & (self._symbol_octaves[symbol] <= self._octaves[name] + SYMBOLS_AHEAD)
            & (since < until)
        )
        half = self._symbols_half[symbol][counts]
        boxes = np.stack((np.zeros(len(half)), np.zeros(len(half)), half, half), axis=1)
        _block(soft, ways, name[counts], apart[counts], boxes, since=since[counts], until=until[counts])

    def _near(self, reach: Floats, names: Indices) -> _Pairs:
        """Return which of some names may come so near to an earlier one that they overlap at some scale of both."""
        before = names[-1]
        radius = (reach[names] + float(reach[:before].max(initial=0.0))) / self._first[names]
        row, other = pairs_within(self._at[names], self._at[:before], radius)
        one = names[row]
        earlier = other < one
        one, other = one[earlier], other[earlier]
        gap = np.abs(self._at[other] - self._at[one]).max(axis=1, initial=0.0)
        since = np.maximum(self._first[one], self._first[other])
        meets = (gap * since < reach[one] + reach[other]) & (since < np.minimum(self._end[one], self._end[other]))
        return _Pairs(one[meets], other[meets])

    def _same(self) -> _Pairs:
        """Return which names read the same as earlier ones."""
        texts: dict[str, list[int]] = {}
        pairs: list[tuple[int, int]] = []
        for number, spots in enumerate(self._spots):
            before = texts.setdefault(folded(" ".join(spots[0].block.lines)), [])
            pairs += [(number, other) for other in before]
            before.append(number)
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return _Pairs(both[:, 0], both[:, 1])

    def _first_of(self, names: Indices, same: _Pairs) -> Floats:
        """Return the scales from which names are wanted and far enough from the same text placed before them."""
        first = self._first[names]
        is_shown = self._start[same.other] < np.inf
        one, other = same.one[is_shown], same.other[is_shown]
        wanted = [
            SAME_AREA_PX if self._names[number].label.role in CENTRED else SAME_TEXT_PX for number in one.tolist()
        ]
        distance = np.maximum(np.hypot(*(self._at[other] - self._at[one]).T), _TINY)
        apart = np.minimum(wanted / distance, self._end[other] * _JUST_BEYOND)
        np.maximum.at(first, np.searchsorted(names, one), apart)
        return first

    def _settle(self, names: Indices, first: Floats, near: _Pairs, *, ways: _Ways, reach: Floats, soft: Floats) -> None:
        """Give names their places and the scales from which they are shown; those near them are settled already."""
        one, other = near.one, near.other
        since = np.maximum(np.minimum(self._start[other], _NEVER), first[np.searchsorted(names, one)])
        until = np.minimum(self._end[other], self._end[one])
        apart = self._at[other] - self._at[one]
        gap = np.abs(apart).max(axis=1, initial=0.0)
        counts = (gap * since < reach[one] + reach[other]) & (since < until)
        hard = np.zeros(len(ways.boxes))
        boxes = self._boxes[other[counts]]
        _block(hard, ways, one[counts], apart[counts], boxes, since=since[counts], until=until[counts])
        row, way = spread(ways.starts[names], ways.counts[names])
        free = np.maximum(hard[way], first[row])
        price = np.minimum(np.maximum(free, soft[way]) * ways.costs[way], _UNLIKELY)
        least = np.minimum.reduceat(price, np.cumsum(ways.counts[names]) - ways.counts[names])
        cheap = np.flatnonzero(price == least[row])
        best = cheap[np.searchsorted(row[cheap], np.arange(len(names)))]
        self._chosen[names] = way[best] - ways.starts[names]
        self._boxes[names] = ways.boxes[way[best]]
        self._start[names] = np.where(free[best] < self._end[names], free[best], np.inf)


def _block(
    blocked: Floats, ways: _Ways, names: Indices, apart: Floats, others: Floats, *, since: Floats, until: Floats
) -> None:
    """Raise, for each way to set names, the scale up to which it overlaps others.

    Parameters
    ----------
    blocked
        The scales, (w,), in place; 0 where a way overlaps nothing within the scales that count.
    ways
        The boxes of all names.
    names
        One name for each of n others.
    apart
        From the name's anchor to the other's, in metres right and down, (n, 2).
    others
        Middle and half size of the others from their anchors, (n, 4).
    since, until
        The scales at which the others count, (n,).
    """
    row, way = spread(ways.starts[names], ways.counts[names])
    boxes, other, gap = ways.boxes[way], others[row], apart[row]
    away = 1.0 / np.where(np.abs(gap) < _TINY, _TINY, gap)
    centre = (boxes[:, :2] - other[:, :2]) * away
    half = np.abs((boxes[:, 2:] + other[:, 2:] + PADDING_PX) * away)
    lower, upper = (centre - half).max(axis=1, initial=-np.inf), (centre + half).min(axis=1, initial=np.inf)
    meets = (lower < upper) & (upper > since[row]) & (lower < until[row])
    np.maximum.at(blocked, way[meets], np.minimum(upper, until[row] * _JUST_BEYOND)[meets])


def _turned(points: Floats, bearing_deg: float) -> Floats:
    """Return map points as metres right and down on a screen with this bearing."""
    angle = math.radians(bearing_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    return np.stack((points[:, 0] * cos - points[:, 1] * sin, -points[:, 0] * sin - points[:, 1] * cos), axis=1)


def _scale_of(finest_mpp: Floats) -> Floats:
    """Return the scale at which a name ends, in pixels per metre."""
    return 1.0 / np.maximum(finest_mpp, 1.0 / _FINEST_SCALE)
