"""What happened when: a slider over the events, their list, and the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QSlider, QVBoxLayout, QWidget

from geodata.chronology import PHASES, Event
from viewer.model.palette import Palette
from viewer.panels.evidence import date_text

_TONES = {"before": "", "talks": "claim", "since": "since"}
_COLOURS = {
    "before": ("ui_panel", "ui_text"),
    "talks": ("ui_claim", "ui_claim_text"),
    "since": ("ui_since", "ui_since_text"),
}
_LEAST_PX = (240, 200)
_SURENESS = {"high": "High confidence", "medium": "Medium confidence"}


_HOW_TO = "Move through time, or choose an event: the map shows where it took place and what it touches."


class ChronologyPanel(QWidget):
    """Events in order; what is known since the talks stands on a ground of its own colour.

    Signals
    -------
    event_chosen(Event)
        The person came to another event.
    """

    event_chosen = Signal(object)

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chronologyPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._palette = palette
        self._events: tuple[Event, ...] = ()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setAccessibleName("Time")
        self._slider.setPageStep(5)
        self._chip = _label("chip")
        self._title = _label("cardTitle")
        self._words = _label("eventWords")
        self._source = _label("cardShare")
        self._list = QListWidget()
        self._list.setAccessibleName("Events")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 8)
        column.setSpacing(6)
        column.addWidget(self._slider)
        column.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._title, self._words, self._source):
            column.addWidget(widget)
        column.addWidget(self._list, 1)
        self._slider.valueChanged.connect(self._list.setCurrentRow)
        self._list.currentRowChanged.connect(self._come_to)

    @property
    def event_shown(self) -> Event | None:
        """The event that is shown."""
        row = self._list.currentRow()
        return self._events[row] if 0 <= row < len(self._events) else None

    @property
    def phase_text(self) -> str:
        """What is said of the shown event's date and phase."""
        return self._chip.text()

    def set_events(self, events: Sequence[Event]) -> None:
        """List these events; none is shown."""
        self._events = tuple(events)
        with QSignalBlocker(self._list), QSignalBlocker(self._slider):
            self._list.clear()
            for event in self._events:
                self._list.addItem(QListWidgetItem(f"{date_text(event.date)}   {event.title}"))
            self._list.setCurrentRow(-1)
            self._slider.setRange(0, max(len(self._events) - 1, 0))
        self._words.setText(_HOW_TO)
        self._show_details(False)
        self._colour()

    def show_event(self, event_id: str) -> None:
        """Come to an event by its id; an unknown one changes nothing."""
        ids = [event.id for event in self._events]
        if event_id in ids:
            self._list.setCurrentRow(ids.index(event_id))

    def ground_of(self, event_id: str) -> str:
        """Return the colour of the ground that an event stands on in the list, as ``#rrggbb``."""
        row = [event.id for event in self._events].index(event_id)
        return self._list.item(row).background().color().name()

    def set_palette(self, palette: Palette) -> None:
        """Colour the phases anew."""
        self._palette = palette
        self._colour()

    def minimumSizeHint(self) -> QSize:
        """Let the window be made smaller than the list."""
        return QSize(*_LEAST_PX)

    def _come_to(self, row: int) -> None:
        event = self.event_shown
        if event is None:
            return
        with QSignalBlocker(self._slider):
            self._slider.setValue(row)
        self._chip.setText(f"{PHASES[event.phase]}  ·  {date_text(event.date)}")
        self._chip.setProperty("tone", _TONES[event.phase])
        self._chip.style().polish(self._chip)
        self._title.setText(event.title)
        self._words.setText(event.words)
        self._source.setText(f"{event.source}. {_SURENESS.get(event.confidence, event.confidence)}.")
        self._show_details(True)
        self.event_chosen.emit(event)

    def _show_details(self, shown: bool) -> None:
        for label in (self._chip, self._title, self._source):
            label.setVisible(shown)

    def _colour(self) -> None:
        for row, event in enumerate(self._events):
            ground, ink = _COLOURS[event.phase]
            item = self._list.item(row)
            item.setBackground(QColor(self._palette.css(ground)))
            item.setForeground(QColor(self._palette.css(ink)))


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(name != "chip")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
