"""Names along lines: where on its line a name may stand.

Places on a line are fixed to the map: its middle, then the quarters, the eighths and so on as the view comes closer,
each moved a little to where the line is straightest. So a name stays where it is while the map moves, and closer views
only add names between those that are there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.prepared import UNITS_PER_METRE, PreparedLayer
from viewer.engine.labels_curves import Lettering, bend_deg, write
from viewer.engine.labels_names import Name
from viewer.engine.labels_room import Box, Room, shifted
from viewer.engine.labels_text import Typesetter
from viewer.model.camera import Viewport

REPEAT_PX = 640.0
"""Names of one line are at least this far apart along it, and at most twice as far."""

ROOMY = 1.25
"""How many times as long as its name a line must be."""

_DEEPEST = 10
_SHIFTS = (0, 1, -1, 2, -2, 3, -3, 4, -4)
_SHIFT_SHARE = 0.1
_SHIFTS_KEPT = 6
_COST_PER_SHIFT_DEG = 6.0
_MIDDLE_SHARE = 0.3
_ENDS_EM = 1.5
_AREA_ENDS_EM = 1.0
_AREA_SHIFT_SHARE = 0.17
_SAMPLE_PX = 2.0
_POINT_PX = 7.0
_POINTS_AT_MOST = 3000

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Written:
    """A name written along a line: its anchor in map metres, its letters; their middles and box in the picture."""

    anchor: tuple[float, float]
    letters: Lettering
    middles: Floats
    box: Box


class Runner:
    """One line and its name.

    An area is named along its longer axis, beside its rim: meant for narrow ones such as runways.

    Works on the line at full detail, so that places along it do not depend on the level that is painted. Of a feature
    in several parts only the largest is named.

    Attributes
    ----------
    name : Name
        What is written along it.
    is_area : bool
        Whether it is the axis of an area, which must not be written across others.
    """

    def __init__(self, name: Name, prepared: PreparedLayer, typesetter: Typesetter) -> None:
        self.name = name
        self._typesetter = typesetter
        self._line = _main_part(prepared, name.row)
        self._half_m = 0.0
        self.is_area = prepared.geometry == "polygon"
        if self.is_area:
            self._line, self._half_m = long_axis(self._line)
        self._run = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(self._line, axis=0).T))))
        self._length_m = float(self._run[-1])
        self._positions: dict[tuple[int, int], tuple[float, ...]] = {}
        self._look = (0.0, 0.0)
        self._written: dict[float, Lettering | None] = {}

    def places(self, viewport: Viewport, reach: Floats, room: Room) -> Iterator[Iterator[Written]]:
        """Yield, for each place in view where the name is wanted, the ways to write it there, the best first.

        Parameters
        ----------
        viewport
            The picture's view.
        reach
            Half the width and height, in logical pixels, of the part of the picture that counts.
        room
            Spares the trouble of writing where there is no room even for the middle of the name.
        """
        name, mpp = self.name, viewport.camera.metres_per_pixel
        if not name.finest_mpp <= mpp <= name.coarsest_mpp:
            return
        text = self._typesetter.shown(name.text, name.label.role)
        steps = np.array(self._typesetter.steps_em(text, name.label.role)) * name.size_px
        if self._length_m < ROOMY * float(steps[-1]) * mpp:
            return
        look = (mpp, viewport.camera.bearing_deg)
        if look != self._look:
            self._look, self._written = look, {}
        for depth, number in self._wanted(viewport, reach):
            yield self._ways(self._straightest(depth, number, float(steps[-1])), text, steps, viewport, room)

    def drawn_points(self, viewport: Viewport, reach: Floats) -> Floats:
        """Return points of the line in view, a few pixels apart, from the picture's middle, (n, 2); none out of scale.

        Fixed to the line, so that they do not shift while the map is panned.
        """
        mpp = viewport.camera.metres_per_pixel
        if not self.name.finest_mpp <= mpp <= self.name.coarsest_mpp:
            return np.empty((0, 2))
        runs = np.linspace(0.0, self._length_m, min(int(self._length_m / mpp / _POINT_PX) + 2, _POINTS_AT_MOST))
        points = np.stack(
            (np.interp(runs, self._run, self._line[:, 0]), np.interp(runs, self._run, self._line[:, 1])), 1
        )
        points = viewport.to_screen_many(points) - (viewport.width_px / 2, viewport.height_px / 2)
        return points[(np.abs(points) < reach).all(axis=1)]

    def _wanted(self, viewport: Viewport, reach: Floats) -> list[tuple[int, int]]:
        """Return the places in view, as the depth of halving and the number of the part, the oldest first."""
        halvings = math.log2(max(self._length_m / viewport.camera.metres_per_pixel / REPEAT_PX, 2.0))
        deepest = min(int(halvings), _DEEPEST)
        numbers = np.arange(1, 2**deepest)
        at = self._length_m * numbers / 2**deepest
        points = np.stack((np.interp(at, self._run, self._line[:, 0]), np.interp(at, self._run, self._line[:, 1])), 1)
        away = np.abs(viewport.to_screen_many(points) - (viewport.width_px / 2, viewport.height_px / 2))
        places: list[tuple[int, int]] = []
        for number in numbers[(away < reach).all(axis=1)].tolist():
            halved = (number & -number).bit_length() - 1
            places.append((deepest - halved, number >> halved))
        return sorted(places)

    def _ways(
        self, positions: tuple[float, ...], text: str, steps: Floats, viewport: Viewport, room: Room
    ) -> Iterator[Written]:
        for at_m in positions:
            anchor = self._point(at_m)
            px, py = viewport.to_screen(*anchor)
            middle = px - viewport.width_px / 2, py - viewport.height_px / 2
            if not room.free(shifted((-1.0, -1.0, 1.0, 1.0), *middle)):
                continue
            if at_m not in self._written:
                self._written[at_m] = self._write(at_m, text, steps, viewport)
            letters = self._written[at_m]
            if letters is not None:
                yield Written(anchor, letters, letters.middles + middle, shifted(letters.box, *middle))

    def _straightest(self, depth: int, number: int, width_px: float) -> tuple[float, ...]:
        """Return positions near a place in the order in which they should be tried, the same for all views."""
        known = self._positions.get((depth, number))
        if known is not None:
            return known
        spacing = self._length_m / 2**depth
        half = width_px * spacing / REPEAT_PX / 2 if depth > 1 else _MIDDLE_SHARE * spacing
        tried: list[tuple[float, float]] = []
        for shift in _SHIFTS:
            at = spacing * (number + (_AREA_SHIFT_SHARE if self.is_area else _SHIFT_SHARE) * shift)
            if half <= at <= self._length_m - half:
                cost = _COST_PER_SHIFT_DEG * abs(shift)
                tried.append((bend_deg(*self._stretch(at, half, count=25)) + cost, at))
        tried.sort()
        positions = self._positions[depth, number] = tuple(at for _, at in tried[:_SHIFTS_KEPT])
        return positions

    def _write(self, at_m: float, text: str, steps: Floats, viewport: Viewport) -> Lettering | None:
        half_px = float(steps[-1]) / 2 + (_AREA_ENDS_EM if self.is_area else _ENDS_EM) * self.name.size_px
        half_m = half_px * viewport.camera.metres_per_pixel
        if not half_m < at_m < self._length_m - half_m:
            return None
        east, north = self._stretch(at_m, half_m, count=2 * math.ceil(half_px / _SAMPLE_PX) + 1)
        x, y = self._point(at_m)
        a, b, c, d, _, _ = viewport.affine
        right, down = a * (east - x) + c * (north - y), b * (east - x) + d * (north - y)
        return write(
            text,
            steps,
            right,
            down,
            size_px=self.name.size_px,
            clear_px=self.name.symbol_px + self._half_m / viewport.camera.metres_per_pixel,
            sample_px=_SAMPLE_PX,
        )

    def _stretch(self, at_m: float, half_m: float, *, count: int) -> tuple[Floats, Floats]:
        runs = np.linspace(at_m - half_m, at_m + half_m, count)
        return np.interp(runs, self._run, self._line[:, 0]), np.interp(runs, self._run, self._line[:, 1])

    def _point(self, at_m: float) -> tuple[float, float]:
        x, y = self._line[:, 0], self._line[:, 1]
        return float(np.interp(at_m, self._run, x)), float(np.interp(at_m, self._run, y))


def long_axis(ring: Floats) -> tuple[Floats, float]:
    """Return the longer axis of a ring, (2, 2), and how far the ring reaches to its sides; both in map metres.

    The axis lies along the ring's longest edge, as for a rectangle.
    """
    edges = np.diff(ring, axis=0)
    if len(edges) == 0:
        return ring, 0.0
    longest = edges[int(np.argmax(np.hypot(edges[:, 0], edges[:, 1])))]
    ahead = longest / max(float(np.hypot(longest[0], longest[1])), 1e-9)
    aside = np.array([-ahead[1], ahead[0]])
    run, off = ring @ ahead, ring @ aside
    middle = (off.min() + off.max()) / 2 * aside
    return np.stack((run.min() * ahead + middle, run.max() * ahead + middle)), float(off.max() - off.min()) / 2


def _main_part(prepared: PreparedLayer, row: int) -> Floats:
    """Return the part that has the largest bounds, a line or a shell, as (n, 2) map metres; one point where none is."""
    is_area = prepared.geometry == "polygon"
    level = (prepared.levels if is_area else prepared.outlines or prepared.levels)[0]
    first, last = np.searchsorted(level.feature_of_part, [row, row + 1])
    if first == last:
        return np.zeros((1, 2))
    bounds = level.bounds[first:last]
    part = first + int(np.argmax(bounds[:, 2] - bounds[:, 0] + bounds[:, 3] - bounds[:, 1]))
    ring = level.part_offsets[part]
    return level.coords[level.ring_offsets[ring] : level.ring_offsets[ring + 1]] / UNITS_PER_METRE
