"""Comparing sea ways: the panel, the menu of a place, and what is drawn on the map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu

from geodata.errors import GeodataError
from geodata.hit import Hit
from geodata.stereographic import forward, inverse
from viewer.app.docks import PanelDock
from viewer.app.main_window import MainWindow
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark
from viewer.messages import Messages
from viewer.panels.routes import RoutesPanel
from viewer.session import Session

if TYPE_CHECKING:
    from geodata.routes import Network, Route

_COLOURS = {"suez": "lane_bridge", "nsr": "lane_nsr", "nwp": "lane_nwp", "tsr": "lane_tsr"}


class RouteDesk(QObject):
    """Reads the network when it is first wanted, and shows the ways between two ports in panel and map.

    Signals
    -------
    drawing_changed()
        Something else is to be drawn.
    """

    drawing_changed = Signal()

    def __init__(self, session: Session, window: MainWindow, messages: Messages, *, facts: Path) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._messages = messages
        self._facts = facts
        self._network: Network | None = None
        self._drawing = Drawing()
        self.panel = RoutesPanel(session.palette)
        dock = PanelDock("Routes", self.panel, icons=window.icons, parent=window)
        window.add_dock(dock, Qt.DockWidgetArea.RightDockWidgetArea, action="routes")
        dock.visibilityChanged.connect(self._shown)
        window.place_menu.add_entries(self._add_entries)
        self.panel.ports_chosen.connect(self._compare)
        session.theme_changed.connect(self.panel.set_palette)

    @property
    def drawing(self) -> Drawing:
        """The ways on the map; nothing while the panel is closed."""
        return self._drawing if self._window.window_actions["routes"].isChecked() else Drawing()

    def choose(self, *, start: str = "", end: str = "") -> None:
        """Open the panel with a port chosen at one end, by its id."""
        self._window.window_actions["routes"].setChecked(True)
        if self._ready():
            self.panel.choose(start, end)

    def _shown(self, shown: bool) -> None:
        if shown:
            self._ready()
        self.drawing_changed.emit()

    def _ready(self) -> bool:
        if self._network is not None:
            return True
        from geodata import routes

        try:
            self._network = routes.read(self._facts)
        except GeodataError as problem:
            self._messages.tell_error(problem)
            return False
        self.panel.set_ports(self._network.ports)
        return True

    def _compare(self, start: str, end: str) -> None:
        if self._network is None:
            return
        found = self._network.routes(self._network.port(start), self._network.port(end))
        self.panel.show_routes(found)
        self._drawing = drawing_of(found)
        self.drawing_changed.emit()

    def _add_entries(self, menu: QMenu, at: tuple[float, float], _hit: Hit | None) -> None:
        menu.addAction("Routes from the port nearest to here", lambda: self._choose_near(at, is_start=True))
        menu.addAction("Routes to the port nearest to here", lambda: self._choose_near(at, is_start=False))

    def _choose_near(self, at: tuple[float, float], *, is_start: bool) -> None:
        if not self._ready() or self._network is None:
            return
        lon, lat = inverse(*at)
        port = self._network.nearest(float(lon), float(lat)).id
        self.choose(start=port if is_start else "", end="" if is_start else port)


def drawing_of(routes: tuple[Route, ...]) -> Drawing:
    """Return ways as lines of their lanes' colours with their lengths, and their ports as marks."""
    lines: list[DrawnLine] = []
    for route in routes:
        lonlat = route.drawn()
        text = f"{route.way.name}: {route.length_nm:,.0f} nm"
        lines.append(DrawnLine(forward(lonlat[:, 0], lonlat[:, 1]), _COLOURS[route.way.id], 3.0, text=text))
    ports = (routes[0].start, routes[0].end) if routes else ()
    places = [(port.name, forward(port.lon, port.lat)) for port in ports]
    marks = [DrawnMark(float(xy[0]), float(xy[1]), "port", name) for name, xy in places]
    return Drawing(tuple(lines), tuple(marks))
