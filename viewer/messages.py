"""One door to the user: whatever the program has to say goes through here, and into the log as well."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from geodata.errors import GeodataError

_LOG = logging.getLogger("viewer")


class Grade(Enum):
    """How much a message may interrupt; the value is its level in the log."""

    HINT = logging.INFO
    """Something was done. Shown for a moment in the status bar."""
    NOTICE = logging.WARNING
    """Something is missing or went wrong. Stays in the bar over the map until it is closed."""
    DANGER = logging.ERROR
    """A person's data is at risk. The only grade that stops them, with a dialog."""


@dataclass(frozen=True, slots=True)
class MessageAction:
    """The one thing a person can do about a message: what its button says, and what it does."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: one or two plain sentences, details after an empty line if any, a grade, and at most one action."""

    text: str
    grade: Grade = Grade.NOTICE
    action: MessageAction | None = None


class Messages(QObject):
    """Passes messages on to whoever shows them.

    What is said before anybody listens is kept and handed over by `take_waiting`. To be used from the GUI thread only.

    Signals
    -------
    told(Message)
        Something is to be shown.
    """

    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Message] | None = []

    def tell(self, text: str, *, grade: Grade = Grade.NOTICE, action: MessageAction | None = None) -> None:
        """Say something to the person and to the log."""
        message = Message(text, grade, action)
        _LOG.log(grade.value, "%s", text)
        if self._waiting is not None:
            self._waiting.append(message)
            return
        self.told.emit(message)

    def tell_error(self, error: GeodataError, *, action: MessageAction | None = None) -> None:
        """Say what an error says: where, what is wrong, what to do."""
        self.tell(str(error), action=action)

    def take_waiting(self) -> tuple[Message, ...]:
        """Return what was said so far; from now on every message is told at once."""
        waiting, self._waiting = tuple(self._waiting or ()), None
        return waiting
