"""The tour that is ridden: pan, zoom in to the base, turn, fly to the pole, and on; always the same one."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from viewer.model.camera import Camera, Viewport
from viewer.model.views import home, named_view

SEED = 20_250_815


@dataclass(frozen=True, slots=True)
class Pan:
    """A hand dragging to and fro: a path of three seeded waves that begins and ends at rest."""

    start: Viewport
    seed: int
    duration_s: float
    reach_px: float = 420.0

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        k = min(max(elapsed_s / self.duration_s, 0.0), 1.0)
        waves = random.Random(self.seed)
        right = down = 0.0
        for turns in (1, 2, 3):
            angle = math.sin(math.pi * turns * k) ** 2
            right += waves.uniform(-1, 1) * angle * self.reach_px
            down += waves.uniform(-1, 1) * angle * self.reach_px
        # Once more at the end, so that it does not only come back.
        return self.start.moved(right + k * k * (3 - 2 * k) * 90, down)


@dataclass(frozen=True, slots=True)
class Zoom:
    """A wheel turned at an even speed, about the point that start and end leave in place."""

    start: Camera
    end: Camera
    duration_s: float

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        k = elapsed_s / self.duration_s
        if k >= 1:
            return self.end
        before, after = self.start.metres_per_pixel, self.end.metres_per_pixel
        mpp = before * (after / before) ** k
        share = (mpp - before) / (after - before)
        return replace(
            self.start,
            x=self.start.x + share * (self.end.x - self.start.x),
            y=self.start.y + share * (self.end.y - self.start.y),
            metres_per_pixel=mpp,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """The map turned about the middle of the view, one way."""

    start: Camera
    by_deg: float
    duration_s: float

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        k = min(elapsed_s / self.duration_s, 1.0)
        return replace(self.start, bearing_deg=(self.start.bearing_deg + self.by_deg * k * k * (3 - 2 * k)) % 360)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the tour: its kind, where it is, and its motion, or the camera to fly to."""

    kind: str
    place: str
    motion: Pan | Zoom | Turn | None
    fly_to: Camera | None = None


def legs(size: Viewport) -> Iterator[Leg]:
    """Yield the legs for a view's size, some 30 s in all with the rests between them.

    `size` must show the whole Arctic when the first is asked for.
    """
    width, height = size.width_px, size.height_px
    arctic = home(size)
    yield Leg("pan", "arctic", Pan(Viewport(arctic, width, height), SEED, 6.0))
    base = replace(named_view("jber", width_px=width, height_px=height), bearing_deg=arctic.bearing_deg)
    moved = Pan(Viewport(arctic, width, height), SEED, 6.0).at(6.0)
    yield Leg("zoom", "jber", Zoom(moved, base, 6.0))
    yield Leg("pan", "jber", Pan(Viewport(base, width, height), SEED + 1, 3.0))
    there = Pan(Viewport(base, width, height), SEED + 1, 3.0).at(3.0)
    yield Leg("turn", "jber", Turn(there, 75.0, 2.5))
    yield Leg("flight", "arctic", None, fly_to=arctic)
    yield Leg("turn", "arctic", Turn(arctic, -90.0, 3.0))
    turned = Turn(arctic, -90.0, 3.0).at(3.0)
    yield Leg("zoom", "arctic", Zoom(turned, replace(turned, metres_per_pixel=turned.metres_per_pixel / 6), 2.0))
    yield Leg("flight", "arctic", None, fly_to=arctic)
