"""A second engine that stands by, so that the first is replaced as soon as it is lost."""

from __future__ import annotations

import logging
from pathlib import Path

from viewer.engine.process import EngineProcess, launch

_log = logging.getLogger(__name__)


class Spare:
    """At most one engine that has started, got ready and waits; it costs some 65 MB and a second of one processor."""

    def __init__(self, resources: Path) -> None:
        self._resources = resources
        self._engine: EngineProcess | None = None

    @property
    def is_there(self) -> bool:
        """Whether one was prepared and not yet taken."""
        return self._engine is not None

    def prepare(self) -> None:
        """Start one unless it is there; where the machine has no room, there is none."""
        if self._engine is not None:
            return
        try:
            self._engine = launch(self._resources)
        except OSError as error:
            _log.warning("No engine can stand by (%s).", error)

    def take(self) -> EngineProcess:
        """Return the one that stands by, or a new one.

        Raises
        ------
        OSError
            Where there is none, and no room for another process.
        """
        engine, self._engine = self._engine, None
        if engine is None:
            return launch(self._resources)
        vitals = engine.vitals()
        if engine.process.is_alive() and (vitals is None or vitals.state in "RDS"):
            return engine
        engine.kill()
        engine.close()
        return launch(self._resources)

    def close(self) -> None:
        """End the one that stands by."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.kill()
            engine.close()
