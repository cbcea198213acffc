"""Looking the talk over in the window: quietly, whenever the story changes; it never stands in a speaker's way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from viewer.app import desk_checks
from viewer.app.composing import Composing
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.engine.messages import FeatureAnswer
from viewer.engine_client import EngineClient
from viewer.model.preflight import Finding, Surroundings, check, mended
from viewer.panels.preflight import PreflightPanel
from viewer.panels.story import StoryStrip
from viewer.session import Session

_PAUSE_MS = 700
_ANY_SCALE = 1_000.0


class PreflightDesk(QObject):
    """Keeps the findings up to date, marks the strip while there are faults, and mends what it is told to.

    Attributes
    ----------
    panel : PreflightPanel
        The list.
    """

    def __init__(
        self,
        session: Session,
        engine: EngineClient,
        window: MainWindow,
        composing: Composing,
        *,
        strip: StoryStrip,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._engine = engine
        self._window = window
        self._composing = composing
        self._strip = strip
        self._serial = -1
        self._settings: tuple[Finding, ...] | None = None
        self.panel = PreflightPanel()
        dock = PanelDock("Preflight", self.panel, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.RightDockWidgetArea, action="preflight")
        dock.visibilityChanged.connect(self._shown)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        engine.features_answered.connect(self._take)
        for signal in (session.stack_changed, session.annotations_changed, session.article_changed):
            signal.connect(self._soon)
        composing.story_changed.connect(self._soon)
        self.panel.fix_requested.connect(self.mend)
        self.panel.slot_changed.connect(self._keep_slot)
        strip.warned.connect(lambda: window.window_actions["preflight"].setChecked(True))
        self._soon()

    def mend(self, finding: Finding) -> None:
        """Do what a finding's button says."""
        composing = self._composing
        if finding.remedy in ("notes", "words"):
            self._strip.key_pressed.emit(finding.step, "edit")
            return
        composing.replace_story(f"mend {finding.where}", mended(composing.story, finding))

    def shutdown(self) -> None:
        """Ask nothing more."""
        self._pause.stop()
        self._engine.features_answered.disconnect(self._take)

    def _soon(self, *_: object) -> None:
        self._pause.start()

    def _shown(self, shown: bool) -> None:
        if shown:
            self._settings = None  # the person may have changed them
            self._ask()

    def _ask(self) -> None:
        """Ask the engine which features there are; the answer brings the findings."""
        references = tuple({one: None for step in self._composing.story.steps for one in step.features})
        if references:
            self._serial = self._engine.find_features(references, _ANY_SCALE)
        else:
            self._check(frozenset())

    def _take(self, answer: FeatureAnswer) -> None:
        if answer.request.serial == self._serial:
            self._serial = -1
            self._check(frozenset(hit.reference for hit in answer.hits))

    def _check(self, features: frozenset[str]) -> None:
        story, session = self._composing.story, self._session
        there = Surroundings(
            layers={layer.id for layer in session.stack if not layer.is_own or Path(layer.prepared_path).exists()},
            annotations={annotation.id for annotation in session.annotations},
            passages={passage.id for passage in session.article.passages} if session.article else (),
            has_feature=lambda layer, feature: f"{layer}/{feature}" in features,
            palettes=(session.palette,),
            desk=self._of_the_desk(),
        )
        findings = check(story, there)
        self.panel.show_findings(findings, slot_s=story.slot_s)
        self._strip.show_warning(sum(not finding.is_note for finding in findings))

    def _of_the_desk(self) -> tuple[Finding, ...]:
        """Return what is to be said of screens and settings; the latter are asked only while the panel is open."""
        is_open = self._window.window_actions["preflight"].isChecked()
        if self._settings is None and is_open:
            self._settings = desk_checks.of_settings()
        screens = desk_checks.of_screens(desk_checks.seen(QGuiApplication.screens()))
        return (*screens, *(self._settings or ()))

    def _keep_slot(self, seconds: float) -> None:
        story = self._composing.story
        if seconds != story.slot_s:
            self._composing.replace_story("time of the talk", replace(story, slot_s=seconds))
