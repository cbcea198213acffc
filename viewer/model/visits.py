"""The places that were visited, to go back and forward over as in a browser."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from geodata.hit import Hit
from viewer.model.camera import Camera

_MOST = 200
_NEAR_PX = 400.0
_NEAR_SCALES = 2.0


@dataclass(frozen=True, slots=True)
class Visit:
    """A place as it was left.

    Attributes
    ----------
    camera : Camera
        Where the map was looked at from.
    annotation : str
        The id of the open annotation; empty for none.
    selection : Hit or None
        The selected feature.
    glow : tuple of Hit
        The features that glowed.
    """

    camera: Camera
    annotation: str = ""
    selection: Hit | None = None
    glow: tuple[Hit, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something was being read."""
        return bool(self.annotation) or self.selection is not None

    def opens_the_same(self, other: Visit) -> bool:
        """Tell whether the same annotation and feature are open."""
        mine, theirs = self.selection, other.selection
        references = (mine.reference if mine else "", theirs.reference if theirs else "")
        return self.annotation == other.annotation and references[0] == references[1]

    def is_near(self, other: Visit) -> bool:
        """Tell whether a hand could have moved the map from one to the other without going elsewhere."""
        mine, theirs = self.camera, other.camera
        scale = mine.metres_per_pixel / theirs.metres_per_pixel
        away = math.hypot(mine.x - theirs.x, mine.y - theirs.y) / max(mine.metres_per_pixel, theirs.metres_per_pixel)
        return away <= _NEAR_PX and 1 / _NEAR_SCALES <= scale <= _NEAR_SCALES


@dataclass(frozen=True, slots=True)
class Visits:
    """All visits in order, and which of them is the present one.

    Attributes
    ----------
    all : tuple of Visit
        The earliest first; at most 200, the earliest are forgotten.
    at : int
        The present one's place among them; -1 where there is none.
    """

    all: tuple[Visit, ...] = ()
    at: int = -1

    @property
    def present(self) -> Visit | None:
        """The present one."""
        return self.all[self.at] if self.all else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is one before."""
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is one after."""
        return self.at < len(self.all) - 1

    def with_new(self, visit: Visit) -> Visits:
        """Go on to a place; those that were gone back over are forgotten. Where one is already, nothing is added."""
        present = self.present
        if present is not None and present.opens_the_same(visit) and present.camera == visit.camera:
            return self
        kept = (*self.all[: self.at + 1], visit)[-_MOST:]
        return Visits(kept, len(kept) - 1)

    def with_present(self, visit: Visit) -> Visits:
        """Know the present place as it is now; what was read there stays where nothing is read any more."""
        present = self.present
        if present is None:
            return self.with_new(visit)
        known = visit if visit.is_open else replace(present, camera=visit.camera)
        return Visits((*self.all[: self.at], known, *self.all[self.at + 1 :]), self.at)

    def moved(self, by: int) -> Visits:
        """Go so many places forward, or back where it is negative; not beyond the ends."""
        return Visits(self.all, min(max(self.at + by, 0), len(self.all) - 1))
