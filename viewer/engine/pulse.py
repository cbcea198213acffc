"""Judging whether an engine hangs, from its answers and from what the system says of it."""

from __future__ import annotations

from viewer.engine.process import Vitals

LOOK_EVERY_MS = 200
LOOK_CLOSELY_EVERY_MS = 50
_STILL_LOOKS = 4
_WORKS_SILENTLY_S = 0.5
_PER_MEGAPIXEL_S = 0.15
_WORKS_SILENTLY_AT_MOST_S = 13.0
_WAITS_AT_MOST_S = 20.0
_WINDOW_STALLED_S = 0.5


class Pulse:
    """Judges one engine after another.

    An engine that is stopped, or sleeps over a question, is hung after a fifth of a second. One that works is given
    half a second of processor time without a word, and more over a large picture, however long the machine takes to
    give it that: a busy machine is no sign of a loop. Where an engine turns out to need longer, or hangs again over the
    same picture, it gets longer. One that is starting, or waits for a disk, and one of which the system says nothing,
    may take twenty seconds.

    It keeps no clock: the caller looks every `LOOK_EVERY_MS`, and more often while `is_worried`.
    """

    def __init__(self) -> None:
        self._longest_s = 0.0
        self._doublings = 0
        self._megapixels = 0.0
        self.begin(0.0)

    @property
    def is_worried(self) -> bool:
        """Whether a question is open or the engine stands still."""
        return self._is_asked or self._still > 0

    @property
    def patience_s(self) -> float:
        """The processor time that an engine may use without a word."""
        at_first_s = max(_WORKS_SILENTLY_S, _PER_MEGAPIXEL_S * self._megapixels)
        wanted_s = max(at_first_s * 2**self._doublings, 3 * self._longest_s)
        return min(wanted_s, _WORKS_SILENTLY_AT_MOST_S)

    def begin(self, now_s: float) -> None:
        """Watch a new engine, which is starting."""
        self._is_ready = False
        self._is_asked = False
        self._still = 0
        self._silent_s = 0.0
        self._worked_s: float | None = None
        self._since_s = self._looked_s = now_s

    def ready(self) -> None:
        """Say that the engine has started."""
        self._is_ready = True

    def painting(self, pixels: float) -> None:
        """Say how large a picture the engine is asked for."""
        self._megapixels = pixels / 1e6

    def asked(self) -> None:
        """Say that the engine was asked something that it answers at once."""
        self._is_asked = True

    def heard(self, now_s: float) -> None:
        """Say that the engine said something, whatever it was."""
        if self._is_ready:
            self._longest_s = max(self._longest_s, self._silent_s)
        self._forgive(now_s)

    def painted(self) -> None:
        """Say that what the engine was asked for after its start came: it does not hang over that."""
        self._doublings = 0

    def is_hung(self, vitals: Vitals | None, now_s: float) -> bool:
        """Look at the engine and return whether it hangs."""
        stalled = now_s - self._looked_s > _WINDOW_STALLED_S
        self._looked_s = now_s
        if stalled:  # what the engine said meanwhile may not have been read yet
            self._forgive(now_s)
        if vitals is not None:
            self._note(vitals)
            if self._still >= _STILL_LOOKS:
                return True
            if self._is_ready and self._is_asked and self._silent_s > self.patience_s:
                self._doublings += 1
                return True
        return self._is_asked and now_s - self._since_s > _WAITS_AT_MOST_S

    def _note(self, vitals: Vitals) -> None:
        is_still = vitals.state in "Tt" or (vitals.state == "S" and self._is_ready and self._is_asked)
        self._still = self._still + 1 if is_still else 0
        if self._worked_s is None or not self._is_asked:
            self._worked_s = vitals.worked_s
        self._silent_s = vitals.worked_s - self._worked_s

    def _forgive(self, now_s: float) -> None:
        self._is_asked, self._still = False, 0
        self._silent_s, self._worked_s = 0.0, None
        self._since_s = now_s
