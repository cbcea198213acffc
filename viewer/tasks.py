"""The only file with threads: listening to a pipe, and work beside the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class Listener(QObject):
    """Reads a pipe in a thread of its own and announces each message in the window's thread.

    Signals
    -------
    received(object)
        A message came.
    ended()
        The other side is gone; nothing more will come.
    """

    received = Signal(object)
    ended = Signal()

    def __init__(self, connection: Connection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection = connection
        self._stopping = False
        self._thread = threading.Thread(target=self._listen, name="engine-listener", daemon=True)

    def start(self) -> None:
        """Begin, once whoever listens is connected: what is already in the pipe is announced at once."""
        self._thread.start()

    def join(self, timeout_s: float = 2.0) -> None:
        """Wait for the thread after the other side has ended; announces nothing more."""
        self._stopping = True
        self._thread.join(timeout_s)

    def _listen(self) -> None:
        while not self._stopping:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                break
            except Exception as error:
                _log.error("A message from the engine could not be read.", exc_info=error)
                continue
            if not self._stopping:
                self.received.emit(message)
        if not self._stopping:
            self.ended.emit()


class Task(QObject):
    """One piece of work in a thread of its own.

    Signals
    -------
    done(object)
        The work's result, in the window's thread.
    failed(Exception)
        What it raised instead.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._thread = threading.Thread(target=self._run, name="task", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def join(self, timeout_s: float = 5.0) -> None:
        """Wait for the end, where it was begun."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            self.failed.emit(error)
            return
        self.done.emit(result)
