"""What is written down for whoever looks into a failure: a log, and where a native crash happened."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO

from viewer import paths

_LOG_BYTES = 256_000
_UNCAUGHT = logging.getLogger("viewer.uncaught")
_logs: dict[str, Path | None] = {}
_open: dict[str, IO[str]] = {}


def watch(who: str) -> None:
    """Log what nobody catches from now on, and whoever was told of it so far is told as before; costs no time.

    The log is opened by the first such exception, or by `keep_log`.
    """
    told, told_of_threads = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        keep_log(who)
        _UNCAUGHT.critical("Nobody caught this.", exc_info=(kind, error, trace))
        told(kind, error, trace)

    def caught_in_thread(given: threading.ExceptHookArgs) -> None:
        keep_log(who)
        error = given.exc_value or given.exc_type()
        _UNCAUGHT.critical("Nobody caught this.", exc_info=(given.exc_type, error, given.exc_traceback))
        told_of_threads(given)

    sys.excepthook, threading.excepthook = caught, caught_in_thread


def keep_log(who: str) -> Path | None:
    """Log into the person's log folder from now on and return the file; once for each process.

    The file and the one before it hold a quarter of a megabyte each. Native crashes go to a file of their own beside
    it, ``WHO-crash.log``. Warnings go to the terminal as well. Without a writable folder there is no log, and no word:
    the start says once what cannot be kept.

    Parameters
    ----------
    who
        The process, ``window`` or ``engine``: each has files of its own.
    """
    if who not in _logs:
        _logs[who] = _open_log(who)
    return _logs[who]


def _open_log(who: str) -> Path | None:
    folder = paths.log_folder()
    if folder is None:
        return None
    try:
        _keep_crashes(folder / f"{who}-crash.log")
        return _write_into(folder / f"{who}.log")
    except OSError:
        return None


def _keep_crashes(file: Path) -> None:
    mode = "w" if file.exists() and file.stat().st_size > _LOG_BYTES else "a"
    _open[file.name] = opened = file.open(mode, encoding="utf-8")
    faulthandler.enable(opened)


def _write_into(file: Path) -> Path:
    from logging.handlers import RotatingFileHandler

    to_file = RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", errors="replace")
    to_file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(to_file)
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a disk that fills up is no reason to complain in the middle of the work
    if sys.stderr is not None:
        to_terminal = logging.StreamHandler()
        to_terminal.setLevel(logging.WARNING)
        to_terminal.addFilter(lambda record: record.name != _UNCAUGHT.name)  # Python itself prints those
        root.addHandler(to_terminal)
    return file
