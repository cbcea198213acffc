"""Asking long work to stop."""

import threading


class Cancelled(Exception):
    """The person asked for this work to stop; it is never shown as an error."""


class CancelToken:
    """A flag that one side sets and the other side checks between steps."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next check."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the work was asked to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise where the work was asked to stop.

        Raises
        ------
        Cancelled
            When `cancel` was called before.
        """
        if self._event.is_set():
            raise Cancelled
