"""What stands behind the story: ways, measured distances, events, and the views of what is disputed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from viewer.app.charts import ChartDesk
from viewer.app.chronology import ChronologyDesk
from viewer.app.main_window import MainWindow
from viewer.app.measuring import Measuring
from viewer.app.routes import RouteDesk
from viewer.app.viewpoints import ViewpointDesk
from viewer.map.overlays.drawn_lines import Drawing, paint_drawing
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
    viewpoints : ViewpointDesk
        Whose view of what is disputed is shown.
    chronology : ChronologyDesk
        What happened when.
    charts : ChartDesk
        Figures in the card.
    """

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._session = session
        self._canvas: Canvas | None = None
        self.routes = RouteDesk(session, window, messages, facts=facts)
        self.measuring = Measuring(session, window, messages)
        self.viewpoints = ViewpointDesk(session, window, messages, facts=facts)
        self.chronology = ChronologyDesk(session, window, messages, facts=facts)
        self.charts = ChartDesk(session, window, messages, facts=facts)
        self.chronology.year_changed.connect(self.charts.set_year)
        self._further = tuple(window.window_actions[name] for name in ("routes", "measure", "viewpoints", "chronology"))
        for desk in (self.routes, self.viewpoints, self.chronology):
            desk.drawing_changed.connect(self._repaint)
        window.place_menu.add_entries(lambda menu, _at, _hit: menu.addActions(list(self._further)))

    def take_canvas(self, canvas: Canvas) -> None:
        """Draw on this canvas from now on."""
        self._canvas = canvas
        canvas.add_overlay(Overlay(self._paint, z=_ABOVE_LABELS_Z))
        self.measuring.take_canvas(canvas)

    def shutdown(self) -> None:
        """Close what must not outlive the window."""
        self.charts.shutdown()

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """All that is drawn over the map now, what is measured last."""
        tool = self.measuring.tool
        return (*self._standing(), *((tool.drawing,) if tool is not None else ()))

    def _standing(self) -> tuple[Drawing, ...]:
        view, event = self.viewpoints.drawing, self.chronology.drawing
        return view, self.routes.drawing, replace(event, row=1 if view.caption else 0)

    def _paint(self, painter: QPainter) -> None:
        for drawing in self._standing():
            paint_drawing(painter, drawing, self._session.viewport, self._session.palette)

    def _repaint(self) -> None:
        if self._canvas is not None:
            self._canvas.viewport().update()
