"""Sea ways between two ports, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.model.palette import Palette
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, add_heading, add_table, set_markdown

if TYPE_CHECKING:
    from geodata.routes import Route, RoutePort

_SPEEDS_KN = (4.0, 30.0)
_USUAL_KN = 14.0
_LEAST_PX = (280, 200)
_NOTE = "Schematic, not for navigation. Lengths are counted in full, also where a way leaves the view."
_WHICH = "Choose two ports by name, or right-click near them on the map."
_NO_WAY = "None of the four ways leads between these two ports, or it would have to be sailed forth and back."
_SAME = "Choose two different ports."


class RoutesPanel(QWidget):
    """Two ports, a speed, and for each way its length, days, season, caveats and source.

    Signals
    -------
    ports_chosen(str, str)
        The person wants the ways from one port to another, by their ids.
    """

    ports_chosen = Signal(str, str)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("routesPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._palette = palette
        self._routes: tuple[Route, ...] = ()
        self._start, self._end = _box("From"), _box("To")
        self._speed = QDoubleSpinBox()
        self._speed.setRange(*_SPEEDS_KN)
        self._speed.setDecimals(1)
        self._speed.setSuffix(" kn")
        self._speed.setValue(_USUAL_KN)
        self._speed.setAccessibleName("Speed in knots")
        self._turn = QPushButton("Turn round")
        self._page = Page("Ways", margin_px=16)
        self._lay_out()
        for box in (self._start, self._end):
            box.currentIndexChanged.connect(self._choose)
        self._speed.valueChanged.connect(lambda _: self._fill())
        self._turn.clicked.connect(self._turn_round)
        self._fill()

    @property
    def text(self) -> str:
        """What is written of the ways."""
        return self._page.toPlainText()

    @property
    def chosen(self) -> tuple[str, str]:
        """The ids of the two ports; empty where none is chosen."""
        return str(self._start.currentData() or ""), str(self._end.currentData() or "")

    def set_ports(self, ports: Sequence[RoutePort]) -> None:
        """Offer these ports; none is chosen."""
        for box in (self._start, self._end):
            blocker = QSignalBlocker(box)
            box.clear()
            for port in sorted(ports, key=lambda port: port.name):
                box.addItem(port.name, port.id)
            box.setCurrentIndex(-1)
            del blocker

    def choose(self, start: str = "", end: str = "") -> None:
        """Choose ports by their ids; an empty id leaves what is chosen."""
        for box, port in ((self._start, start), (self._end, end)):
            if port:
                box.setCurrentIndex(box.findData(port))

    def set_speed(self, speed_kn: float) -> None:
        """Reckon days at another speed."""
        self._speed.setValue(speed_kn)

    def show_routes(self, routes: Sequence[Route]) -> None:
        """Tell these ways."""
        self._routes = tuple(routes)
        self._fill()

    def set_palette(self, palette: Palette) -> None:
        """Write in other colours."""
        self._palette = palette
        self._fill()

    def minimumSizeHint(self) -> QSize:
        """Let the window be made smaller than the words."""
        return QSize(*_LEAST_PX)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(16, 12, 16, 8)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(12)
        self._speed.setMinimumHeight(self._start.sizeHint().height())
        for text, widget in (("From", self._start), ("To", self._end), ("Speed", self._speed), ("", self._turn)):
            form.addRow(QLabel(text), widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(form)
        column.addWidget(self._page, 1)

    def _choose(self, _index: int) -> None:
        start, end = self.chosen
        if start and end:
            self.ports_chosen.emit(start, end)

    def _turn_round(self) -> None:
        start, end = self.chosen
        with QSignalBlocker(self._start):
            self._start.setCurrentIndex(self._start.findData(end))
        self._end.setCurrentIndex(self._end.findData(start))

    def _fill(self) -> None:
        look = Look(self._palette, text_px=14, leading_pct=130, paragraph_px=8)
        start, end = self.chosen
        document = set_markdown(_NOTE if start and end else _WHICH, look)
        if not self._routes and start and end:
            document = set_markdown(_SAME if start == end else _NO_WAY, look)
        for route in self._routes:
            add_heading(document, route.way.name, look)
            add_table(document, rows_of(route, self._routes, speed_kn=self._speed.value()), look)
        self._page.show_document(document)


def rows_of(route: Route, routes: Sequence[Route], *, speed_kn: float) -> tuple[tuple[str, str], ...]:
    """Return what is told of a route beside others, as labels and values with their units."""
    from geodata.routes import REFERENCE_WAY, difference_pct

    reference = next((other for other in routes if other.way.id == REFERENCE_WAY), None)
    rows = [("Length", f"{route.length_nm:,.0f} nm  ·  {route.length_m / 1_000:,.0f} km")]
    if reference is not None and reference is not route:
        rows.append(("Against Suez", f"{difference_pct(route, reference):+.0f} %".replace("-", "−")))
    rows.append((f"At {speed_kn:g} kn", f"{route.days_at(speed_kn):.1f} days without a stop"))
    return (*rows, ("Season", route.way.season), ("Mind", route.way.caveats), ("Source", route.way.source))


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMinimumContentsLength(12)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    edit = box.lineEdit()
    if edit is not None:
        edit.setPlaceholderText("A port, by name")
    return box
