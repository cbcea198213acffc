"""Telling the story: step by step in the window, or on stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.app.main_window import MainWindow
from viewer.engine_client import EngineClient
from viewer.model.story import Story
from viewer.modes.player import StoryPlayer
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.modes.present.stage import Stage


class Telling(QObject):
    """Connects the window's story strip and actions with a player, and opens and closes the stage.

    Signals
    -------
    went_on_stage(), left_stage()
        A talk begins; it is over.
    """

    went_on_stage = Signal()
    left_stage = Signal()

    def __init__(
        self, session: Session, engine: EngineClient, window: MainWindow, story: Story, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._window = window
        self._stage: Stage | None = None
        self._screen_name = ""
        self.player = StoryPlayer(session, engine, story, with_layers=False, parent=self)
        strip, actions = window.story_strip, window.window_actions
        if strip is not None:
            strip.step_chosen.connect(self.player.go_to)
            self.player.step_changed.connect(strip.show_step)
        actions["story_next"].triggered.connect(self.player.go_on)
        actions["story_back"].triggered.connect(self.player.go_back)
        actions["present"].triggered.connect(lambda: self.present(0))
        actions["present_from_here"].triggered.connect(lambda: self.present(max(self.player.index, 0)))

    @property
    def stage(self) -> Stage | None:
        """The talk that is going on."""
        return self._stage

    def present(self, index: int) -> None:
        """Go on stage with a step; nothing where a talk is going on."""
        from viewer.modes.present.stage import Stage

        if self._stage is not None:
            return
        self._stage = Stage(
            self._session,
            self._engine,
            self.player.story,
            own_screen=self._window.screen(),
            remembered_screen=self._screen_name,
            parent=self,
        )
        self._stage.ended.connect(self._leave)
        self._stage.begin(index)
        self.went_on_stage.emit()

    def shutdown(self) -> None:
        """End a talk that is going on, and ask the engine nothing more."""
        if self._stage is not None:
            self._stage.end()
        self.player.shutdown()

    def _leave(self, _index: int, screen_name: str) -> None:
        self._screen_name = screen_name
        stage, self._stage = self._stage, None
        if stage is not None:
            stage.deleteLater()
        self.left_stage.emit()
        self._window.activateWindow()
