"""How evenly frames follow each other and what they cost: numbers of the last few seconds of motion."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

KEPT = 360
"""How many frames are looked back on: three seconds at 120 a second."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How values are spread: the middle one, high ones, and the highest; all 0 where there are none."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    highest: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Return the spread of some values."""
        ordered = sorted(values)
        if not ordered:
            return cls()
        last = len(ordered) - 1
        p50, p95, p99 = (ordered[round(last * share)] for share in (0.5, 0.95, 0.99))
        return cls(p50, p95, p99, ordered[-1])


class FrameMeter:
    """Keeps the intervals between the frames of a motion, the work of each, and how long the sharp picture took.

    What lies between two motions is no interval.

    Attributes
    ----------
    frames : int
        How many frames were counted in all.
    sharp_after_ms : float or None
        From the last move of the camera to the frame that showed its picture; None while it is awaited.
    painted_ms : float or None
        How long the newest picture took the engine; None before the first.
    """

    def __init__(self) -> None:
        self.frames = 0
        self.sharp_after_ms: float | None = None
        self.painted_ms: float | None = None
        self._intervals_ms: deque[float] = deque(maxlen=KEPT)
        self._work_ms: deque[float] = deque(maxlen=KEPT)
        self._last: tuple[float, float] | None = None
        self._moved_s: float | None = None

    @property
    def intervals_ms(self) -> Spread:
        """Between the ends of two frames of a motion, in milliseconds."""
        return Spread.of(self._intervals_ms)

    @property
    def work_ms(self) -> Spread:
        """Processor time of the window's thread for one frame, in milliseconds."""
        return Spread.of(self._work_ms)

    def moved(self, now_s: float) -> None:
        """Note that the camera moved."""
        self._moved_s = now_s
        self.sharp_after_ms = None

    def frame(self, now_s: float, worked_s: float, *, is_moving: bool, is_sharp: bool) -> None:
        """Note the end of a frame.

        Parameters
        ----------
        now_s
            The time.
        worked_s
            Processor time of the window's thread since it began.
        is_moving
            Whether the camera moves.
        is_sharp
            Whether the frame shows the picture of its very view.
        """
        if is_sharp and self._moved_s is not None:
            self.sharp_after_ms = (now_s - self._moved_s) * 1000
            self._moved_s = None
        if self._last is not None and is_moving:
            self._intervals_ms.append((now_s - self._last[0]) * 1000)
            self._work_ms.append((worked_s - self._last[1]) * 1000)
            self.frames += 1
        self._last = (now_s, worked_s) if is_moving else None
