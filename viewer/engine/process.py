"""Starting the engine's process. Imports no Qt, so that it can be the first thing that the program does."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

_NICENESS = 5
_EXIT_WAIT_S = 1.0


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """A running engine and the pipe to it."""

    process: SpawnProcess
    connection: Connection

    def is_working(self) -> bool:
        """Return whether the engine is running or waiting for its turn, rather than stopped or asleep.

        Only Linux tells; elsewhere it is taken to be working.
        """
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return True
        return stat.rpartition(")")[2].split()[0] == "R"

    def stop(self) -> None:
        """End the engine: the pipe's end is its signal; one that does not heed it is killed."""
        with contextlib.suppress(OSError):
            self.connection.close()
        self.process.join(_EXIT_WAIT_S)
        self.kill()

    def kill(self) -> None:
        """End the engine at once."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        with contextlib.suppress(OSError):
            self.connection.close()


def launch(resources: Path) -> EngineProcess:
    """Start an engine that reads its layers from a resources folder."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(resources)), name="arctic-map-engine", daemon=True)
    process.start()
    theirs.close()
    return EngineProcess(process, cast(Connection, ours))  # on Windows its twin, of the same face


def _serve(connection: Connection, resources: str) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from viewer.engine import server

    server.serve(connection, Path(resources))
