"""Clicks on the map and waits for the card, also while a picture is being painted."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from geodata.stereographic import forward
from tests.speed.window import share

_PLACES = ((-149.8, 61.25), (-153.0, 66.0), (33.0, 68.9), (100.0, 71.0), (-170.0, 70.5))
_ROUNDS = 20
_PAUSE_MS = 60


class Clicker(QObject):
    """Clicks round and round; every second click comes just after the view moved, so that a picture is under way."""

    def __init__(self, window, canvas, done) -> None:
        super().__init__(window)
        self._canvas, self._done = canvas, done
        self._session = canvas._session
        self._panel = window.article_panel
        self._left = [(place, busy) for _ in range(_ROUNDS) for busy in (False, True) for place in _PLACES]
        self._released_s = 0.0
        self._busy = False
        self._wanted: object = None
        self._notes: dict[bool, list[float]] = {False: [], True: []}
        self._is_clean = True
        self._give_up = QTimer(self)
        self._give_up.setSingleShot(True)
        self._give_up.setInterval(1_000)
        self._give_up.timeout.connect(self.next_click)
        self._panel.card.installEventFilter(self)

    def next_click(self) -> None:
        """Click at the next place, after whatever was selected was put away."""
        self._released_s = 0.0
        if not self._left:
            self._done(self._summary())
            return
        self._session.select(None)
        QTimer.singleShot(_PAUSE_MS, self, self._click)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note when the card is painted."""
        if event.type() == QEvent.Type.Paint and self._released_s and self._session.annotation is not None:
            QTimer.singleShot(0, self, self._card_painted)
        return False

    def _card_painted(self) -> None:
        if not self._released_s:
            return
        self._notes[self._busy].append((time.perf_counter() - self._released_s) * 1000)
        self._give_up.stop()
        self.next_click()

    def _click(self) -> None:
        (lon, lat), self._busy = self._left.pop()
        if self._busy:
            self._session.set_camera(self._session.viewport.moved(2 if len(self._left) % 2 else -2, 0))
        place = QPointF(*self._session.viewport.to_screen(*(float(value) for value in forward(lon, lat))))
        self._send(QEvent.Type.MouseButtonPress, place, Qt.MouseButton.LeftButton)
        self._send(QEvent.Type.MouseButtonRelease, place, Qt.MouseButton.NoButton)
        self._released_s = time.perf_counter()
        self._give_up.start()

    def _send(self, kind: QEvent.Type, place: QPointF, buttons: Qt.MouseButton) -> None:
        viewport = self._canvas.viewport()
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, place, viewport.mapToGlobal(place), left, buttons, none)
        QApplication.sendEvent(viewport, event)

    def _summary(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for name, busy in (("", False), ("_while_painting", True)):
            for percent in (50, 99):
                found[f"click_to_card{name}_p{percent}_ms"] = share(self._notes[busy], percent)
        found["cards"] = float(sum(map(len, self._notes.values())))
        return found


def click(window, canvas, done) -> None:
    """Click, and hand in how long the card took."""
    Clicker(window, canvas, done).next_click()
