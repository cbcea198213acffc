"""What stands behind the story: ways compared and measured distances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from viewer.app.main_window import MainWindow
from viewer.app.measuring import Measuring
from viewer.app.routes import RouteDesk
from viewer.map.overlays.drawn_lines import paint_drawing
from viewer.map.overlays.overlay import Overlay
from viewer.messages import Messages
from viewer.session import Session

if TYPE_CHECKING:
    from viewer.map.canvas import Canvas

_ABOVE_LABELS_Z = 22.0


class Evidence(QObject):
    """Puts the panels of evidence into the window, and what they draw onto the map.

    Attributes
    ----------
    routes : RouteDesk
        Sea ways between two ports.
    measuring : Measuring
        Distances, bearings and areas.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._session = session
        self._canvas: Canvas | None = None
        self.routes = RouteDesk(session, window, messages, facts=facts)
        self.measuring = Measuring(session, window, messages)
        self.routes.drawing_changed.connect(self._repaint)

    def take_canvas(self, canvas: Canvas) -> None:
        """Draw on this canvas from now on."""
        self._canvas = canvas
        canvas.add_overlay(Overlay(self._paint, z=_ABOVE_LABELS_Z))
        self.measuring.take_canvas(canvas)

    def _paint(self, painter: QPainter) -> None:
        paint_drawing(painter, self.routes.drawing, self._session.viewport, self._session.palette)

    def _repaint(self) -> None:
        if self._canvas is not None:
            self._canvas.viewport().update()
