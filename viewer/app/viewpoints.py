"""Switching between views of what is disputed: the panel, and marks and lines on the map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal

from geodata import viewpoints
from geodata.errors import GeodataError
from geodata.stereographic import forward
from geodata.viewpoints import NEUTRAL, VIEWS, Disputed
from viewer.app.docks import PanelDock, share_place
from viewer.app.main_window import MainWindow
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark
from viewer.messages import Messages
from viewer.panels.viewpoints import ViewpointsPanel
from viewer.session import Session

_COLOUR = "border_disputed"
_BROKEN = (3.0, 2.0)


class ViewpointDesk(QObject):
    """Reads the views when they are first wanted; what another view than the neutral one holds stays on the map.

    Signals
    -------
    drawing_changed()
        Something else is to be drawn.
    """

    drawing_changed = Signal()

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._messages = messages
        self._facts = facts
        self._items: tuple[Disputed, ...] = ()
        self._action = window.window_actions["viewpoints"]
        self.panel = ViewpointsPanel(session.palette)
        dock = PanelDock("Viewpoints", self.panel, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.LeftDockWidgetArea, action="viewpoints")
        dock.visibilityChanged.connect(self._shown)
        first = window.findChild(PanelDock, "layersDock")
        self._action.toggled.connect(lambda shown: share_place(dock, first) if shown else None)
        self.panel.view_chosen.connect(lambda _view: self.drawing_changed.emit())
        session.theme_changed.connect(self.panel.set_palette)

    @property
    def drawing(self) -> Drawing:
        """What the chosen view holds; nothing while the panel is closed and the view is the neutral one."""
        if self._items and (self._action.isChecked() or self.panel.view != NEUTRAL):
            return drawing_of(self._items, self.panel.view)
        return Drawing()

    def _shown(self, shown: bool) -> None:
        if shown and not self._items:
            try:
                self._items = viewpoints.read(self._facts)
            except GeodataError as problem:
                self._messages.tell_error(problem)
            self.panel.set_items(self._items)
        self.drawing_changed.emit()


def drawing_of(items: Sequence[Disputed], view: str) -> Drawing:
    """Return marks with the view's few words, and lines unbroken only where the view holds them settled."""
    lines: list[DrawnLine] = []
    marks: list[DrawnMark] = []
    for item in items:
        position = item.positions.get(view, item.positions[NEUTRAL])
        is_settled = position.look == "settled"
        if item.line:
            lonlat = np.array(item.line)
            dash = () if is_settled else _BROKEN
            lines.append(DrawnLine(forward(lonlat[:, 0], lonlat[:, 1]), _COLOUR, 2.5, dash))
        for number, place in enumerate(item.places):
            x, y = map(float, forward(*place))
            marks.append(DrawnMark(x, y, _COLOUR, "" if number else position.short, is_hollow=not is_settled))
    return Drawing(tuple(lines), tuple(marks), f"What is disputed, seen by: {VIEWS[view]}")
