"""Which view to have painted next, so that it is there when the camera is."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from viewer.model.camera import Camera, Viewport

Ahead = Callable[[float], Camera | None]
"""Tells where the camera will be so many seconds later; None where nobody knows, as while a hand moves it."""

_COARSER = 1.5  # how much coarser than the view a picture may be and still be better than waiting for another
_SMOOTHING = 0.3
_FIRST_GUESS_S = 0.05
_RESTS_AFTER_S, _RESTS_SOONEST_S = 0.020, 0.008
_GAPS, _BEATS = 6, 1.5
_OVERHEAD_S = 0.006  # from the engine's last stroke to the frame that shows it


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view to have painted, and whether the camera will come to rest there."""

    camera: Camera
    is_end: bool


class PaintClock:
    """Keeps in mind how long pictures take.

    Attributes
    ----------
    seconds : float
        How long a full picture of late took the engine.
    """

    def __init__(self) -> None:
        self.seconds = _FIRST_GUESS_S

    def note(self, painted_ms: float) -> None:
        """Take in how long another full picture took."""
        self.seconds += _SMOOTHING * (painted_ms / 1000 - self.seconds)

    def note_at_most(self, painted_ms: float) -> None:
        """Take in that a full picture would take no longer than this now."""
        self.seconds = min(self.seconds, painted_ms / 1000)

    @property
    def wait_s(self) -> float:
        """How long after it is asked for a picture will be on the screen."""
        return self.seconds + _OVERHEAD_S


class Beat:
    """Keeps in mind how often the camera moves, and tells how long it must be still to be at rest.

    A hand's moves come as often as its mouse or the screen's frames do: 60 to 125 times a second, never less often than
    fifty. One and a half of that is enough to know that another is not to come; to wait longer is to be sharp later.
    """

    def __init__(self) -> None:
        self._last_s = -math.inf
        self._gaps: deque[float] = deque(maxlen=_GAPS)

    def note(self, now_s: float) -> None:
        """Take in that the camera moved, on a clock that never goes back."""
        gap, self._last_s = now_s - self._last_s, now_s
        if gap > _RESTS_AFTER_S:
            self._gaps.clear()  # the first move after a rest
        else:
            self._gaps.append(gap)

    @property
    def rests_after_s(self) -> float:
        """How long after its last move the camera is at rest, in seconds; the longest where little is known."""
        if len(self._gaps) < _GAPS:
            return _RESTS_AFTER_S
        return min(max(_BEATS * sorted(self._gaps)[-2], _RESTS_SOONEST_S), _RESTS_AFTER_S)


def wanted(viewport: Viewport, ahead: Ahead, *, wait_s: float, overscan: float) -> Wanted:
    """Return the view whose picture serves longest.

    That is where the motion ends, as soon as a picture of it serves all the way from when it can be there; before
    that, where the camera will be while the picture is the newest one; and where nobody knows, the view as it is.

    Parameters
    ----------
    viewport
        The view now.
    ahead
        Where the camera will be.
    wait_s
        How long a picture takes.
    overscan
        How many times wider and higher than the view a picture is.
    """
    first = ahead(wait_s)
    end = ahead(math.inf)
    if first is None or end is None:
        return Wanted(viewport.camera, is_end=True)
    shown = Viewport(first, viewport.width_px, viewport.height_px)
    if serves(end, shown, overscan=overscan):
        return Wanted(end, is_end=True)
    middle = ahead(1.5 * wait_s)
    if middle is not None and serves(middle, shown, overscan=overscan):
        return Wanted(middle, is_end=False)
    return Wanted(first, is_end=False)


def serves(pictured: Camera, view: Viewport, *, overscan: float, coarser: float = _COARSER) -> bool:
    """Return whether a picture of one camera covers another's view, and is not so many times coarser."""
    if pictured.metres_per_pixel > coarser * view.camera.metres_per_pixel:
        return False
    frame = Viewport(pictured, view.width_px * overscan, view.height_px * overscan)
    corners = ((0.0, 0.0), (view.width_px, 0.0), (0.0, view.height_px), (view.width_px, view.height_px))
    placed = (frame.to_screen(*view.to_map(*corner)) for corner in corners)
    slack = 1e-6 * (frame.width_px + frame.height_px)
    return all(-slack <= x <= frame.width_px + slack and -slack <= y <= frame.height_px + slack for x, y in placed)
