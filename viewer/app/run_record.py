"""Runs of talks on the disk, and what measures one."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from viewer.model.rehearsal import Run, RunKind, runs_of, text_of, with_time

_LOG = logging.getLogger(__name__)


class RunRecord:
    """All runs that there were, in one file; without a file, those since the start.

    Attributes
    ----------
    runs : tuple of Run
        The latest last.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.runs: tuple[Run, ...] = ()
        if file is not None and file.is_file():
            try:
                self.runs = runs_of(file.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                _LOG.warning("Earlier rehearsals cannot be read (%s).", error)

    def add(self, run: Run) -> None:
        """Keep a run, on the disk before this returns where that can be."""
        self.runs = (*self.runs, run)
        if self._file is None:
            return
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}.new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text_of(self.runs), encoding="utf-8")
            beside.replace(self._file)
        except OSError as error:
            _LOG.warning("A rehearsal could not be kept (%s).", error)


class RunClock:
    """Measures how long each step is on the screen.

    Parameters
    ----------
    now
        Seconds of a clock that never goes back.

    Attributes
    ----------
    times : tuple of (str, float)
        As in `Run`, of the steps that are over.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._began = datetime.now().astimezone().isoformat(timespec="seconds")
        self._start = self._step_start = now()
        self._step = ""
        self.times: tuple[tuple[str, float], ...] = ()

    @property
    def elapsed_s(self) -> float:
        """How long it has been going on."""
        return self._now() - self._start

    @property
    def in_step_s(self) -> float:
        """How long the step has been on the screen."""
        return self._now() - self._step_start

    def come_to(self, step_id: str) -> None:
        """Measure another step from now on; the same one goes on."""
        if step_id == self._step:
            return
        if self._step:
            self.times = with_time(self.times, self._step, self.in_step_s)
        self._step, self._step_start = step_id, self._now()

    def finished(self, story_id: str, title: str, kind: RunKind) -> Run:
        """Return the run as it is now."""
        self.come_to("")
        return Run(story_id, title, self._began, kind, self.times)
