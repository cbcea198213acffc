"""How a talk is doing against its plan; a pure function of the time."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class TalkClock:
    """When a talk began, when its present step did, and how long it was held up. Times are seconds of one clock.

    Attributes
    ----------
    started_s : float
        When the talk began.
    step_started_s : float
        When its present step did.
    paused_s : float or None
        Since when the clock stands still; None while it runs.
    """

    started_s: float
    step_started_s: float
    paused_s: float | None = None

    def elapsed_s(self, now_s: float) -> float:
        """Return how long the talk has been going on."""
        return max((now_s if self.paused_s is None else self.paused_s) - self.started_s, 0.0)

    def in_step_s(self, now_s: float) -> float:
        """Return how long the present step has been on the screen."""
        return max((now_s if self.paused_s is None else self.paused_s) - self.step_started_s, 0.0)

    def behind_s(self, now_s: float, *, planned_s: float, duration_s: float) -> float:
        """Return by how much the talk is late, negative where it is early.

        Within the time that a step is given the talk is on time; it is early only by what earlier steps saved.

        Parameters
        ----------
        now_s
            The time.
        planned_s
            When the present step should begin, from the talk's beginning.
        duration_s
            How long it is given.
        """
        elapsed = self.elapsed_s(now_s)
        if elapsed > planned_s + duration_s:
            return elapsed - planned_s - duration_s
        return min(elapsed - planned_s, 0.0)

    def at_step(self, now_s: float) -> TalkClock:
        """Return the clock as another step begins."""
        return replace(self, step_started_s=now_s if self.paused_s is None else self.paused_s)

    def turned(self, now_s: float) -> TalkClock:
        """Return the clock stopped, or going on from where it was stopped."""
        if self.paused_s is None:
            return replace(self, paused_s=now_s)
        lost = now_s - self.paused_s
        return TalkClock(self.started_s + lost, self.step_started_s + lost)


def clock_text(seconds: float) -> str:
    """Return a duration as ``m:ss``, or ``h:mm:ss`` from an hour on; the sign of a negative one is kept."""
    sign, whole = ("−" if seconds <= -1 else ""), int(abs(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"
