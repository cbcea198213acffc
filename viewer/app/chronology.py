"""Going through the events: list, slider, map and annotations move together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from geodata import chronology
from geodata.chronology import PHASES, Event, Phase
from geodata.errors import GeodataError
from viewer.app.docks import PanelDock, share_place
from viewer.app.main_window import MainWindow
from viewer.map.overlays.drawn_lines import Drawing
from viewer.messages import Messages
from viewer.panels.chronology import ChronologyPanel
from viewer.panels.evidence import date_text
from viewer.session import Session

TONES: Mapping[Phase, str] = {"before": "ui_chip", "talks": "ui_claim", "since": "ui_since"}
"""The colour of the ground that a date stands on, by its phase."""


class ChronologyDesk(QObject):
    """Reads the events when they are first wanted; each that is come to opens its annotation or shows its features.

    Signals
    -------
    drawing_changed()
        Something else is to be drawn.
    year_changed(int)
        Charts of years put their cursor there.
    """

    drawing_changed = Signal()
    year_changed = Signal(int)

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._session = session
        self._messages = messages
        self._facts = facts
        self._is_read = False
        self._action = window.window_actions["chronology"]
        self.panel = ChronologyPanel(session.palette)
        dock = PanelDock("Chronology", self.panel, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.LeftDockWidgetArea, action="chronology")
        dock.visibilityChanged.connect(self._shown)
        first = window.findChild(PanelDock, "layersDock")
        self._action.toggled.connect(lambda shown: share_place(dock, first) if shown else None)
        self.panel.event_chosen.connect(self._come_to)
        session.theme_changed.connect(self.panel.set_palette)

    @property
    def drawing(self) -> Drawing:
        """The date and phase at the top of the map, while the panel is open."""
        event = self.panel.event_shown
        if event is None or not self._action.isChecked():
            return Drawing()
        return drawing_of(event)

    def _shown(self, shown: bool) -> None:
        if shown and not self._is_read:
            self._is_read = True
            try:
                self.panel.set_events(chronology.read(self._facts))
            except GeodataError as problem:
                self._messages.tell_error(problem)
        self.drawing_changed.emit()

    def _come_to(self, event: Event) -> None:
        annotation = self._session.annotations.get(event.annotation) if event.annotation else None
        if annotation is not None:
            self._session.open_annotation(annotation)
        elif event.features:
            self._session.select(None)
            self._session.show_features(event.features)
        self.year_changed.emit(event.year)
        self.drawing_changed.emit()


def drawing_of(event: Event) -> Drawing:
    """Return an event's phase and date as what stands at the top of the map, each phase in its own colour."""
    return Drawing(caption=f"{PHASES[event.phase]}  ·  {date_text(event.date)}", tone=TONES[event.phase])
