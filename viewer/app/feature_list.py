"""Keeps the list of features in view true to the map, while it is open."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QTimer

from viewer.engine.messages import FeaturesInViewAnswer
from viewer.engine_client import EngineClient
from viewer.panels.layers import LayersPanel
from viewer.session import Session

_REST_MS = 250


class FeatureList(QObject):
    """Asks the engine what is in view when the camera rests and fills the open list; asks nothing while it is shut."""

    def __init__(
        self, session: Session, engine: EngineClient, panel: LayersPanel, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._engine = engine
        self._panel = panel
        self._asked = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        for signal in (session.camera_changed, session.viewport_changed, session.stack_changed, engine.restarted):
            signal.connect(self._wait_for_rest)
        panel.features_wanted.connect(self._wait_for_rest)
        engine.in_view_answered.connect(self._fill)

    def _wait_for_rest(self) -> None:
        if self._panel.features_shown:
            self._rest.start()

    def _ask(self) -> None:
        viewport = self._session.viewport
        self._asked = self._engine.features_in_view(
            viewport.camera, math.ceil(viewport.width_px), math.ceil(viewport.height_px)
        )

    def _fill(self, answer: FeaturesInViewAnswer) -> None:
        if answer.request.serial == self._asked:
            self._panel.set_features(answer.hits)
