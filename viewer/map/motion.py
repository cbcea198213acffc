"""How the camera moves by itself: glides, coasting after a drag, and what drives both and flights."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viewer.model.camera import Camera, Viewport
from viewer.session import Session

TICK_MS = 8
GLIDE_S = 0.13
_COAST_S = 0.3
_SLOWEST_PX_PER_S = 12.0


class Motion(Protocol):
    """A camera for every moment of a movement; pure, so that it can be asked in any order."""

    @property
    def duration_s(self) -> float:
        """How long it takes."""
        ...

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start; it rests where it ends."""
        ...


@dataclass(frozen=True, slots=True)
class Glide:
    """A short step from one camera to another, slowing down towards its end.

    A zoom that leaves a point of the map in place does so all the way.
    """

    start: Camera
    end: Camera
    duration_s: float = GLIDE_S

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        if elapsed_s >= self.duration_s:
            return self.end
        k = 1 - (1 - max(elapsed_s, 0.0) / self.duration_s) ** 3
        before, after = self.start.metres_per_pixel, self.end.metres_per_pixel
        mpp = before * (after / before) ** k
        share = k if math.isclose(before, after) else (mpp - before) / (after - before)
        turn = (self.end.bearing_deg - self.start.bearing_deg + 180) % 360 - 180
        return Camera(
            self.start.x + share * (self.end.x - self.start.x),
            self.start.y + share * (self.end.y - self.start.y),
            mpp,
            (self.start.bearing_deg + k * turn) % 360,
        )


@dataclass(frozen=True, slots=True)
class Coast:
    """The map going on by itself after a drag, ever slower.

    Attributes
    ----------
    start : Viewport
        The view when it was let go.
    right_px_s, down_px_s : float
        How fast the picture moved then, in pixels per second.
    """

    start: Viewport
    right_px_s: float
    down_px_s: float

    @property
    def duration_s(self) -> float:
        """Until it moves slower than 12 pixels a second."""
        speed = math.hypot(self.right_px_s, self.down_px_s)
        return _COAST_S * math.log(speed / _SLOWEST_PX_PER_S) if speed > _SLOWEST_PX_PER_S else 0.0

    def at(self, elapsed_s: float) -> Camera:
        """Return the camera so long after its start."""
        covered_s = _COAST_S * (1 - math.exp(-min(elapsed_s, self.duration_s) / _COAST_S))
        return self.start.moved(self.right_px_s * covered_s, self.down_px_s * covered_s)


class Mover(QObject):
    """Moves the session's camera along one motion at a time, at 120 steps a second.

    Where the person asked for no motion, it goes to the end at once.

    Signals
    -------
    arrived()
        A motion came to its end by itself.
    halted()
        A motion was stopped before its end: the camera will not go where `ahead` said.
    """

    arrived = Signal()
    halted = Signal()

    def __init__(
        self,
        session: Session,
        *,
        is_motion_reduced: Callable[[], bool],
        clock: Callable[[], float] = time.perf_counter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._is_motion_reduced = is_motion_reduced
        self._clock = clock
        self._motion: Motion | None = None
        self._started_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.step)

    @property
    def is_moving(self) -> bool:
        """Whether a motion is under way."""
        return self._motion is not None

    @property
    def destination(self) -> Camera:
        """Where the camera will be when the glide that is under way ends; where it is now for any other motion."""
        return self._motion.end if isinstance(self._motion, Glide) else self._session.camera

    def ahead(self, by_s: float) -> Camera | None:
        """Return where the motion that is under way will have the camera so much later; None where there is none."""
        if self._motion is None:
            return None
        return self._motion.at(self._clock() - self._started_s + by_s).clamped()

    def start(self, motion: Motion) -> None:
        """Follow a motion in place of any other."""
        was_moving = self.is_moving
        self._stop()
        if motion.duration_s <= 0 or self._is_motion_reduced():
            self._session.set_camera(motion.at(motion.duration_s))
            if was_moving:
                self.halted.emit()
            self.arrived.emit()
            return
        self._motion = motion
        self._started_s = self._clock()
        self._timer.start()

    def glide_to(self, camera: Camera, *, duration_s: float = GLIDE_S) -> None:
        """Glide from where the camera is to another view."""
        self.start(Glide(self._session.camera, camera.clamped(), duration_s))

    def halt(self) -> None:
        """Stop where the camera is."""
        if self.is_moving:
            self._stop()
            self.halted.emit()

    def step(self) -> None:
        """Put the camera where the motion is by now."""
        motion = self._motion
        if motion is None:
            return
        elapsed_s = self._clock() - self._started_s
        self._session.set_camera(motion.at(elapsed_s))
        if elapsed_s >= motion.duration_s and self._motion is motion:
            self._stop()
            self.arrived.emit()

    def _stop(self) -> None:
        self._motion = None
        self._timer.stop()
