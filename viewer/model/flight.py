"""The path of the camera from one view to another, as a pure function of progress."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from viewer.model.camera import COARSEST_MPP, Camera

LONGEST_S = 3.0
_CURVE = math.sqrt(2)
_WIDTHS_PER_S = 1.5
_TURN_DEG_PER_S = 120.0
_SMALLEST_CURVE = 1e-3


@dataclass(frozen=True)
class Flight:
    """A smooth zoom-and-pan between two cameras, turning the short way round.

    The path of van Wijk & Nuij, "Smooth and efficient zooming and panning" (InfoVis 2003): it zooms out just as far as
    the distance asks for, so that what is seen moves at an even speed. It never shows the map coarser than the coarser
    of its ends or `COARSEST_MPP`, whichever is more. Progress is even along the path; it does not ease in or out.

    Attributes
    ----------
    start, end : Camera
        Where it leaves and where it lands.
    width_px : float
        Width of the window in logical pixels, at least 1.
    """

    start: Camera
    end: Camera
    width_px: float

    @property
    def duration_s(self) -> float:
        """How long it should take: 0 where nothing changes, never more than 3 s."""
        return min(max(self._length / _WIDTHS_PER_S, abs(self._turn_deg) / _TURN_DEG_PER_S), LONGEST_S)

    def at(self, k: float) -> Camera:
        """Return the camera at a progress from 0 to 1; exactly the start and the end there and beyond."""
        if k <= 0:
            return self.start
        if k >= 1:
            return self.end
        share, width_m = self._along(k)
        return Camera(
            self.start.x + share * (self.end.x - self.start.x),
            self.start.y + share * (self.end.y - self.start.y),
            width_m / self.width_px,
            self.start.bearing_deg + k * self._turn_deg,
        ).clamped()

    @cached_property
    def _widths_m(self) -> tuple[float, float]:
        return self.start.metres_per_pixel * self.width_px, self.end.metres_per_pixel * self.width_px

    @cached_property
    def _distance_m(self) -> float:
        return math.hypot(self.end.x - self.start.x, self.end.y - self.start.y)

    @cached_property
    def _turn_deg(self) -> float:
        return (self.end.bearing_deg - self.start.bearing_deg + 180.0) % 360.0 - 180.0

    @cached_property
    def _is_in_place(self) -> bool:
        return self._distance_m < 1e-6 * min(self._widths_m)

    @cached_property
    def _curve(self) -> float:
        """How far it swings out (rho in the paper), held back where it would show more than the limit."""
        before, after = self._widths_m
        limit = max(COARSEST_MPP * self.width_px, before, after)
        room = limit**2 - (before**2 + after**2) / 2
        skew = (after**2 - before**2) / 4
        swing = math.sqrt(max(0.0, (room + math.sqrt(max(0.0, room**2 - 4 * skew**2))) / 2))
        return min(_CURVE, math.sqrt(2 * swing / self._distance_m))

    @cached_property
    def _ends(self) -> tuple[float, float]:
        """The hyperbolic angles at both ends (r0 and r1 in the paper)."""
        before, after = self._widths_m
        squared = self._curve**2
        gap = after**2 - before**2
        reach = (squared * self._distance_m) ** 2
        divisor = 2 * squared * self._distance_m
        return -math.asinh((gap + reach) / (divisor * before)), -math.asinh((gap - reach) / (divisor * after))

    @cached_property
    def _is_straight(self) -> bool:
        return self._is_in_place or self._curve < _SMALLEST_CURVE

    @cached_property
    def _length(self) -> float:
        """Length of the path in window widths, as it is perceived."""
        before, after = self._widths_m
        if self._is_straight:
            pan = 0.0 if self._is_in_place else self._distance_m / max(before, after)
            return abs(math.log(after / before)) / _CURVE + pan
        first, last = self._ends
        return (last - first) / self._curve

    def _along(self, k: float) -> tuple[float, float]:
        """Return which share of the distance is covered at a progress, and how many metres are in view."""
        before, after = self._widths_m
        if self._is_straight:
            width = before * (after / before) ** k
            gap = after - before
            return (k if abs(gap) < 1e-9 * before else (width - before) / gap), width
        first, last = self._ends
        angle = first + k * (last - first)
        covered = before / self._curve**2 * (math.cosh(first) * math.tanh(angle) - math.sinh(first))
        share = min(max(covered / self._distance_m, 0.0), 1.0)
        return share, before * math.cosh(first) / math.cosh(angle)
