"""Starting the engine's process. Imports no Qt, so that it can be the first thing that the program does."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

_NICENESS = 5


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """A running engine and the pipe to it."""

    process: SpawnProcess
    connection: Connection

    def is_working(self) -> bool:
        """Return whether the engine is running or waiting for its turn or a disk, rather than stopped or asleep.

        Only Linux tells; elsewhere it is taken to be working.
        """
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return True
        return stat.rpartition(")")[2].split()[0] in "RD"

    def kill(self) -> None:
        """End the engine at once; the pipe stays open until `close`, for a thread may be reading it."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    def close(self) -> None:
        """Close the pipe, when nobody reads it any more."""
        with contextlib.suppress(OSError):
            self.connection.close()


def launch(resources: Path) -> EngineProcess:
    """Start an engine that reads its layers from a resources folder.

    Raises
    ------
    OSError
        Where the machine has no room for another process.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, str(resources)), name="arctic-map-engine", daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    return EngineProcess(process, cast(Connection, ours))  # on Windows its twin, of the same face


def _serve(connection: Connection, resources: str) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):  # meant for the window; the pipe's end is the engine's signal
        signal.signal(number, signal.SIG_IGN)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from viewer.engine import server

    server.serve(connection, Path(resources))
