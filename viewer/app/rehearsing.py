"""Rehearsing in the window: a run is measured, compared with earlier ones, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer

from viewer import paths
from viewer.app.composing import Composing
from viewer.app.docks import PanelDock, share_place
from viewer.app.main_window import MainWindow
from viewer.app.run_record import RunClock, RunRecord
from viewer.app.telling import Telling
from viewer.model.rehearsal import Run, compared, projected_s, runs_of_story
from viewer.model.talk_clock import clock_text
from viewer.panels.rehearsal import RehearsalPanel
from viewer.session import Session

_TICK_MS = 250
_LEAST_TALK_S = 5.0
_FILE = "rehearsals.json"


class Rehearsing(QObject):
    """Starts and ends runs in the window, and measures talks on stage too.

    Attributes
    ----------
    panel : RehearsalPanel
        Notes, clock and times.
    record : RunRecord
        All runs.
    """

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        composing: Composing,
        telling: Telling,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._composing = composing
        self._telling = telling
        self._now = now
        self._clock: RunClock | None = None
        self._on_stage: RunClock | None = None
        home = paths.data_folder()
        self.record = RunRecord(home / _FILE if home else None)
        self.panel = RehearsalPanel(session.palette)
        dock = PanelDock("Rehearse", self.panel, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.LeftDockWidgetArea, action="rehearse")
        first = window.findChild(PanelDock, "layersDock")
        window.window_actions["rehearse"].toggled.connect(lambda shown: share_place(dock, first) if shown else None)
        self.panel.came_up.connect(self._show)
        self._ticking = QTimer(self, interval=_TICK_MS)
        self._ticking.timeout.connect(self._tick)
        self.panel.start_requested.connect(self.start)
        self.panel.finish_requested.connect(self.finish)
        session.theme_changed.connect(self.panel.set_palette)
        telling.player.step_changed.connect(self._come_to)
        telling.went_on_stage.connect(self._watch_stage)
        telling.left_stage.connect(self._keep_talk)
        composing.story_changed.connect(lambda *_: self._show())
        self._show()  # the panel may be there from the last time

    def start(self) -> None:
        """Begin a run with the first step."""
        self._clock = RunClock(self._now)
        self.panel.set_running(True)
        self._telling.player.go_to(0)
        self._ticking.start()

    def finish(self) -> None:
        """End the run and keep it."""
        clock, self._clock = self._clock, None
        self._ticking.stop()
        self.panel.set_running(False)
        if clock is not None:
            self._keep(clock.finished(self._composing.story_id, self._composing.story.title, "rehearsal"))

    def shutdown(self) -> None:
        """Measure nothing more; a run that is going on is not kept."""
        self._ticking.stop()

    def _come_to(self, index: int) -> None:
        if self._clock is not None:
            self._clock.come_to(self._composing.story.steps[index].id)
        self._show()

    def _watch_stage(self) -> None:
        stage = self._telling.stage
        if stage is None:
            return
        clock = self._on_stage = RunClock(self._now)
        steps = stage.player.story.steps
        stage.player.step_changed.connect(lambda index: clock.come_to(steps[index].id))
        if stage.player.index >= 0:
            clock.come_to(steps[stage.player.index].id)

    def _keep_talk(self) -> None:
        clock, self._on_stage = self._on_stage, None
        if clock is not None and clock.elapsed_s >= _LEAST_TALK_S:
            self._keep(clock.finished(self._composing.story_id, self._composing.story.title, "talk"))

    def _keep(self, run: Run) -> None:
        self.record.add(run)
        self._show()

    def _tick(self) -> None:
        clock, index = self._clock, self._telling.player.index
        if clock is None or index < 0:
            return
        story = self._composing.story
        self.panel.show_clock(clock.elapsed_s, clock.in_step_s)
        whole = projected_s(story, self._earlier, index=index, elapsed_s=clock.elapsed_s, in_step_s=clock.in_step_s)
        ends = datetime.now() + timedelta(seconds=max(whole - clock.elapsed_s, 0.0))
        self.panel.show_ending(whole, story.slot_s or story.duration_s, f"{ends:%H:%M}")

    @property
    def _earlier(self) -> tuple[Run, ...]:
        return runs_of_story(self.record.runs, self._composing.story_id)

    def _show(self) -> None:
        """Show notes and times, where somebody can see them."""
        if not self.panel.isVisible():
            return
        story, earlier, index = self._composing.story, self._earlier, self._telling.player.index
        self.panel.show_times(compared(story, earlier, self._clock.times if self._clock else ()), at=index)
        self.panel.show_notes(story.steps[index].notes if 0 <= index < len(story.steps) else "")
        runs = [f"{run.began[:16].replace('T', ' ')}: {clock_text(run.duration_s)}" for run in earlier[-3:]]
        self.panel.show_runs(f"{len(earlier)} earlier: {';  '.join(runs)}" if runs else "No earlier runs.")
