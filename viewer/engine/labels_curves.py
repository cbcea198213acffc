"""Names along lines: where on the line they may stand, and how their letters follow it.

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
from viewer.engine.labels_names import Name
from viewer.engine.labels_pieces import Box, Letter
from viewer.engine.labels_text import ASCENT_EM, DESCENT_EM, Typesetter
from viewer.model.camera import Viewport

REPEAT_PX = 640.0
"""Names of one line are at least this far apart along it, and at most twice as far."""

STEEPEST_STEP_DEG = 22.0
"""The sharpest turn from one letter to the next."""

STEEPEST_BEND_DEG = 75.0
"""The sharpest turn from the first letter to the last."""

_DEEPEST = 10
_SHIFTS = (0, 1, -1, 2, -2, 3, -3, 4, -4)
_SHIFT_SHARE = 0.05
_SHIFTS_KEPT = 4
_COST_PER_SHIFT_DEG = 6.0
_RISE_PX = 3.0
_SAMPLE_PX = 2.0
_SMOOTH_EM = 1.1
_UPRIGHT_DEG = 90.5
_CLEAR_PX = 1.5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Written:
    """A name written along a line: its anchor in map metres, its letters, its box from the picture's middle."""

    anchor: tuple[float, float]
    letters: list[Letter]
    box: Box


class Runner:
    """One line and its name.

    Works on the line at full detail, so that places along it do not depend on the level that is painted. Of a feature
    in several parts only the longest is named.

    Attributes
    ----------
    name : Name
        What is written along it.
    """

    def __init__(self, name: Name, prepared: PreparedLayer) -> None:
        self.name = name
        self._line = _longest_part(prepared, name.row)
        steps = np.hypot(*np.diff(self._line, axis=0).T) if len(self._line) > 1 else np.zeros(0)
        self._run = np.concatenate(([0.0], np.cumsum(steps)))
        self._length_m = float(self._run[-1])
        self._choices: dict[tuple[int, int], tuple[float, ...]] = {}

    def choices(self, viewport: Viewport, reach: Floats, typesetter: Typesetter) -> Iterator[Iterator[Written]]:
        """Yield, for each place in view where the name is wanted, the ways to write it there, the best first.

        Parameters
        ----------
        viewport
            The picture's view.
        reach
            Half the width and height, in logical pixels, of the part of the picture that counts.
        typesetter
            Measures the name.
        """
        mpp = viewport.camera.metres_per_pixel
        role = self.name.label.role
        text = typesetter.shown(self.name.text, role)
        steps = np.array(typesetter.steps_em(text, role)) * self.name.size_px
        if not self._wanted(mpp, float(steps[-1])):
            return
        for depth, number in self._places(mpp):
            at = self._length_m * number / 2**depth
            if self._in_view(at, viewport, reach):
                yield self._ways(depth, number, text=text, steps=steps, viewport=viewport)

    def _wanted(self, mpp: float, width_px: float) -> bool:
        name = self.name
        return name.finest_mpp <= mpp <= name.coarsest_mpp and self._length_m / mpp > 1.25 * width_px

    def _places(self, mpp: float) -> Iterator[tuple[int, int]]:
        deepest = int(math.log2(max(self._length_m / mpp / REPEAT_PX, 2.0)))
        for depth in range(1, min(deepest, _DEEPEST) + 1):
            for number in range(1, 2**depth, 2):
                yield depth, number

    def _in_view(self, at_m: float, viewport: Viewport, reach: Floats) -> bool:
        px, py = viewport.to_screen(*self._point(at_m))
        return bool(abs(px - viewport.width_px / 2) < reach[0] and abs(py - viewport.height_px / 2) < reach[1])

    def _ways(self, depth: int, number: int, *, text: str, steps: Floats, viewport: Viewport) -> Iterator[Written]:
        for at_m in self._straightest(depth, number, float(steps[-1])):
            for above in (True, False):
                written = self._write(at_m, text, steps, viewport, above=above)
                if written is not None:
                    yield written

    def _straightest(self, depth: int, number: int, width_px: float) -> tuple[float, ...]:
        """Return positions near a place in the order in which they should be tried, the same for all views."""
        known = self._choices.get((depth, number))
        if known is not None:
            return known
        spacing = self._length_m / 2**depth
        half = max(width_px * spacing / REPEAT_PX, 1.0) / 2 if depth > 1 else 0.3 * spacing
        tried: list[tuple[float, float]] = []
        for shift in _SHIFTS:
            at = spacing * (number + 2 * _SHIFT_SHARE * shift)
            if half <= at <= self._length_m - half:
                tried.append((self._bend_deg(at, half) + _COST_PER_SHIFT_DEG * abs(shift), at))
        tried.sort()
        choices = tuple(at for _, at in tried[:_SHIFTS_KEPT])
        self._choices[depth, number] = choices
        return choices

    def _bend_deg(self, at_m: float, half_m: float) -> float:
        """Return how much the line turns, all turns added up, over a stretch of it."""
        x, y = self._stretch(at_m, half_m, count=25)
        dx, dy = np.diff(x), np.diff(y)
        turns = np.abs(np.arctan2(dx[:-1] * dy[1:] - dy[:-1] * dx[1:], dx[:-1] * dx[1:] + dy[:-1] * dy[1:]))
        return math.degrees(float(turns.sum()))

    def _write(self, at_m: float, text: str, steps: Floats, viewport: Viewport, *, above: bool) -> Written | None:
        """Return the name written about a position, or None where it would bend too much or stand on its head."""
        mpp = viewport.camera.metres_per_pixel
        size = self.name.size_px
        half_px = float(steps[-1]) / 2 + 1.5 * size
        if not 0 < at_m - half_px * mpp < at_m + half_px * mpp < self._length_m:
            return None
        count = 2 * math.ceil(half_px / _SAMPLE_PX) + 1
        map_x, map_y = self._stretch(at_m, half_px * mpp, count=count)
        a, b, c, d, e, f = viewport.affine
        x, y = a * map_x + c * map_y + e, b * map_x + d * map_y + f
        if _leans_back(x[-1] - x[0], y[-1] - y[0]):
            x, y = x[::-1], y[::-1]
        anchor = self._point(at_m)
        home = viewport.to_screen(*anchor)
        rise = self.name.symbol_px + _RISE_PX
        lift = rise + DESCENT_EM * 0.4 * size if above else -(rise + 0.74 * size)
        x, y = _beside(*_smoothed(x, y, max(3, round(_SMOOTH_EM * size / _SAMPLE_PX))), lift)
        letters = _letters(text, steps, x - home[0], y - home[1])
        if letters is None:
            return None
        shift = home[0] - viewport.width_px / 2, home[1] - viewport.height_px / 2
        return Written(anchor, letters, _box(letters, steps, size, shift))

    def _stretch(self, at_m: float, half_m: float, *, count: int) -> tuple[Floats, Floats]:
        runs = np.linspace(at_m - half_m, at_m + half_m, count)
        return np.interp(runs, self._run, self._line[:, 0]), np.interp(runs, self._run, self._line[:, 1])

    def _point(self, at_m: float) -> tuple[float, float]:
        return (
            float(np.interp(at_m, self._run, self._line[:, 0])),
            float(np.interp(at_m, self._run, self._line[:, 1])),
        )


def _longest_part(prepared: PreparedLayer, row: int) -> Floats:
    level = prepared.levels[0]
    first, last = np.searchsorted(level.feature_of_part, [row, row + 1])
    if first == last:
        return np.zeros((1, 2))
    spans = np.diff(level.ring_offsets[first : last + 1])
    sizes = np.ptp(level.bounds[first:last, [0, 2]], axis=1) + np.ptp(level.bounds[first:last, [1, 3]], axis=1)
    part = first + int(np.argmax(np.where(spans > 1, sizes, -1.0)))
    ring = level.part_offsets[part]
    return level.coords[level.ring_offsets[ring] : level.ring_offsets[ring + 1]] / UNITS_PER_METRE


def _leans_back(right: float, down: float) -> bool:
    """Return whether text running this way would be read backwards; upright lines are read from foot to head."""
    if abs(right) < 0.01 * abs(down):
        return down > 0
    return right < 0


def _smoothed(x: Floats, y: Floats, window: int) -> tuple[Floats, Floats]:
    """Return a line of even samples with its corners rounded, and as many samples fewer as the window has."""
    kernel: Floats = np.hanning(window + 2)[1:-1].astype(np.float64)
    kernel /= kernel.sum()
    return np.convolve(x, kernel, "valid"), np.convolve(y, kernel, "valid")


def _beside(x: Floats, y: Floats, lift_px: float) -> tuple[Floats, Floats]:
    """Return a line moved to its left, as one walks along it, on a screen whose y points down."""
    dx, dy = np.gradient(x), np.gradient(y)
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    return x + dy / length * lift_px, y - dx / length * lift_px


def _letters(text: str, steps: Floats, x: Floats, y: Floats) -> list[Letter] | None:
    """Return the letters of a text on a baseline, centred; None where the line is too short or turns too much."""
    run = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    start = (run[-1] - steps[-1]) / 2
    if start < 0:
        return None
    begins, ends = start + steps[:-1], start + steps[1:]
    x0, y0 = np.interp(begins, run, x), np.interp(begins, run, y)
    x1, y1 = np.interp(ends, run, x), np.interp(ends, run, y)
    turns = np.unwrap(np.arctan2(y1 - y0, x1 - x0))
    angles = np.degrees(turns)
    if np.abs(np.diff(angles)).max(initial=0.0) > STEEPEST_STEP_DEG or np.ptp(angles) > STEEPEST_BEND_DEG:
        return None
    if np.abs(angles).max() > _UPRIGHT_DEG:
        return None
    angles = np.clip(angles, -90.0, 90.0)
    rows = zip(text, x0.tolist(), y0.tolist(), angles.tolist(), strict=True)
    return [Letter(letter, px, py, angle) for letter, px, py, angle in rows if not letter.isspace()]


def _box(letters: list[Letter], steps: Floats, size: float, shift: tuple[float, float]) -> Box:
    """Return the rectangle around letters, from the picture's middle."""
    at = np.array([(letter.x, letter.y, letter.angle_deg) for letter in letters])
    width = float(np.diff(steps).max())
    turn = np.radians(at[:, 2])
    cos, sin = np.cos(turn), np.sin(turn)
    corners = [
        (at[:, 0] + right * cos - down * sin, at[:, 1] + right * sin + down * cos)
        for right in (0.0, width)
        for down in (-ASCENT_EM * size, DESCENT_EM * size)
    ]
    x, y = np.concatenate([corner[0] for corner in corners]), np.concatenate([corner[1] for corner in corners])
    return (
        float(x.min()) + shift[0] - _CLEAR_PX,
        float(y.min()) + shift[1] - _CLEAR_PX,
        float(x.max()) + shift[0] + _CLEAR_PX,
        float(y.max()) + shift[1] + _CLEAR_PX,
    )
