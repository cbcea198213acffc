"""Rides the tour in the program's own window and notes each frame."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer

from tests.speed.tour import Leg, legs
from tests.speed.window import share
from viewer.map.motion import Mover

_REST_MS = 400
_GIVE_UP_S = 2.0

watchers: list[Callable[[], None]] = []
"""Called after each paint event of the map."""


@dataclass
class Notes:
    """What was seen: intervals and work in milliseconds by kind of motion, waits for the sharp picture by place."""

    intervals: dict[str, list[float]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)
    sharp: dict[str, list[float]] = field(default_factory=dict)
    painted: list[float] = field(default_factory=list)
    uncovered: int = 0


class Ride(QObject):
    """Goes leg by leg; each ends when its last view is sharp on the screen."""

    def __init__(self, window, canvas, done) -> None:
        super().__init__(window)
        self._canvas, self._done = canvas, done
        self._session = canvas._session
        # A mover of its own, of which the map knows nothing: what a hand will do cannot be painted ahead.
        self._hand = Mover(self._session, is_motion_reduced=lambda: False, parent=self)
        self._legs = legs(self._session.viewport)
        self._leg: Leg | None = None
        self._ended_s = 0.0
        self._last: tuple[float, float] | None = None
        self.notes = Notes()
        self._hand.arrived.connect(self._arrived)
        canvas._mover.arrived.connect(self._arrived)
        canvas._engine.picture_ready.connect(lambda picture: self.notes.painted.append(picture.painted_ms))
        watchers.append(self._frame)

    def next_leg(self) -> None:
        """Set out on the next leg, or hand the notes in."""
        leg = next(self._legs, None)
        if leg is None:
            self._done(summary(self.notes))
            return
        self._leg, self._last, self._ended_s = leg, None, 0.0
        if leg.motion is not None:
            self._hand.start(leg.motion)
        else:
            self._session.fly_to(leg.fly_to)

    def _arrived(self) -> None:
        self._ended_s = time.perf_counter()

    def _frame(self) -> None:
        leg = self._leg
        if leg is None:
            return
        now, spent = time.perf_counter(), time.thread_time()
        if self._ended_s:
            self._note_rest(leg, now)
            return
        newest = self._canvas._backdrop.newest
        self.notes.uncovered += newest is None or not newest.covers(self._session.viewport)
        if self._last is not None:
            before, before_spent = self._last
            self.notes.intervals.setdefault(leg.kind, []).append((now - before) * 1000)
            self.notes.work.setdefault(leg.kind, []).append((spent - before_spent) * 1000)
        self._last = now, spent

    def _note_rest(self, leg: Leg, now: float) -> None:
        waited_s = now - self._ended_s
        if not self._canvas.is_sharp and waited_s < _GIVE_UP_S:
            return
        self.notes.sharp.setdefault(leg.place, []).append(waited_s * 1000)
        self._leg = None
        QTimer.singleShot(_REST_MS, self, self.next_leg)


def summary(notes: Notes) -> dict[str, float]:
    """Return the numbers that are printed."""
    found: dict[str, float] = {}
    for name, kinds in (("move", ("pan", "zoom", "flight")), ("turn", ("turn",))):
        intervals = [value for kind in kinds for value in notes.intervals.get(kind, [])]
        work = [value for kind in kinds for value in notes.work.get(kind, [])]
        found |= {f"{name}_interval_p{p}_ms": share(intervals, p) for p in (50, 95, 99)}
        found[f"{name}_interval_max_ms"] = max(intervals)
        found |= {f"{name}_gui_work_p{p}_ms": share(work, p) for p in (50, 99)}
    for kind, intervals in notes.intervals.items():
        found[f"{kind}_interval_p99_ms"] = share(intervals, 99)
    for place, waits in notes.sharp.items():
        found[f"sharp_after_{place}_ms"] = max(waits)
    frames = sum(len(values) for values in notes.intervals.values())
    found["frames"] = float(frames)
    found["frames_beyond_the_picture_percent"] = 100 * notes.uncovered / frames
    found["pictures"] = float(len(notes.painted))
    found["picture_painted_p50_ms"] = share(notes.painted, 50)
    return found


def ride(window, canvas, done) -> None:
    """Ride the tour and hand in what was noted."""
    Ride(window, canvas, done).next_leg()
