"""Starting the engine's process. Imports no Qt, so that it can be the first thing that the program does."""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

_NICENESS = 5
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the system says of a process.

    Attributes
    ----------
    state : str
        As in Linux's ``proc(5)``: R runs or waits for its turn, D waits for a disk, S sleeps, T is stopped …
    worked_s : float
        The processor time that it has used since it started.
    """

    state: str
    worked_s: float


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """A running engine and the pipe to it."""

    process: SpawnProcess
    connection: Connection

    def vitals(self) -> Vitals | None:
        """Return what the system says of the engine; None where only Linux would tell, or it is gone."""
        try:
            stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return Vitals(fields[0], (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))

    def kill(self) -> None:
        """End the engine at once; the pipe stays open until `close`, for a thread may be reading it."""
        atexit.unregister(self.process.kill)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    def close(self) -> None:
        """Close the pipe, when nobody reads it any more."""
        with contextlib.suppress(OSError):
            self.connection.close()


def launch(resources: Path) -> EngineProcess:
    """Start an engine that reads its layers from a resources folder.

    It ends with the thread that calls this, even where it is stopped: only Linux knows that; elsewhere it ends when
    it next looks at its pipe.

    Raises
    ------
    OSError
        Where the machine has no room for another process.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    arguments = (theirs, str(resources), os.getpid())
    process = context.Process(target=_serve, args=arguments, name="arctic-map-engine", daemon=True)
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()
    atexit.register(process.kill)  # else multiprocessing would ask it to end, which it does not hear, and wait
    return EngineProcess(process, cast(Connection, ours))  # on Windows its twin, of the same face


def _serve(connection: Connection, resources: str, window: int) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # meant for the window; the pipe's end is the engine's signal
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    _end_with(window)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    from viewer.engine import server

    server.serve(connection, Path(resources))


def _end_with(window: int) -> None:
    """Let the system end this process when the window's does, whatever state this one is in."""
    if sys.platform != "linux":
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != window:  # it went before the system was told
        os._exit(0)
