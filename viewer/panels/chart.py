"""A chart of the figures behind a claim. Imports pyqtgraph: to be imported when a chart is first wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from geodata.series import Line, Series, Value
from viewer.model.palette import Palette

_HEIGHT_PX = 190
_COLOURS = ("lane_nsr", "lane_bridge")
_BAR = 0.36
_MARGIN_PX = 20


class Chart(QWidget):
    """Lines over years, or bars; the value under the pointer in words, a cursor for a year, unit and source below.

    Needs `shutdown` before the end: a view of pyqtgraph must not outlive the application.

    Signals
    -------
    picture_wanted()
        The person wants the chart as a picture.
    table_wanted()
        The person wants its figures as comma-separated text.
    """

    picture_wanted = Signal()
    table_wanted = Signal()

    def __init__(self, series: Series, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart")
        self.series = series
        self._palette = palette
        self._plot: Any = pyqtgraph.PlotWidget(background=palette.css("ui_window"))
        self._plot.setFixedHeight(_HEIGHT_PX)
        self._plot.setAccessibleName(f"{series.title}, {series.unit}")
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._title = QLabel(f"{series.title}, {series.unit}")
        self._told = QLabel(_legend(series))
        self._source = QLabel(f"Source: {series.source}.")
        self._cursor: Any = pyqtgraph.InfiniteLine(angle=90, pen=self._pen("ui_claim_text", dashed=True))
        self._cursor.hide()
        self._lay_out()
        self._fill()
        self._plot.scene().sigMouseMoved.connect(self._hover)

    @property
    def told(self) -> str:
        """What is said below the plot: the value under the pointer, or what the colours mean."""
        return self._told.text()

    @property
    def cursor_year(self) -> int | None:
        """The year that the cursor stands at; None where it is hidden."""
        return int(self._cursor.value()) if self._cursor.isVisible() else None

    def set_year(self, year: int | None) -> None:
        """Put the cursor at a year, on a chart of years; None hides it."""
        if self.series.is_by_year and year is not None:
            self._cursor.setValue(year)
        self._cursor.setVisible(self.series.is_by_year and year is not None)

    def tell_at(self, place: float) -> None:
        """Say the values nearest to a place on the axis."""
        values = [(line.name, min(line.values, key=lambda value: abs(value.at - place))) for line in self.series.lines]
        nearest = min((value for _, value in values), key=lambda value: abs(value.at - place))
        shown = [(name, value) for name, value in values if value.at == nearest.at]
        figures = "; ".join(f"{name} {_figure(value)} {self.series.unit}" for name, value in shown)
        self._told.setText(f"{nearest.label}: {figures}")

    def save_picture(self, path: Path) -> bool:
        """Write title, plot and source as a picture; return whether that was possible."""
        return self.picture().save(str(path))

    def picture(self) -> QImage:
        """Return title, plot and source as they are shown, without the buttons."""
        image = self.grab().toImage()
        ratio = image.devicePixelRatio()
        return image.copy(0, 0, image.width(), round(self._buttons.y() * ratio))

    def shutdown(self) -> None:
        """Close the plot."""
        self._plot.scene().sigMouseMoved.disconnect(self._hover)
        self._plot.close()

    def _lay_out(self) -> None:
        self._title.setObjectName("chartTitle")
        for label in (self._title, self._told, self._source):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setObjectName("eventWords")
        self._source.setObjectName("cardShare")
        self._buttons = QWidget()
        line = QHBoxLayout(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        for text, signal in (("Save as picture", self.picture_wanted), ("Save as CSV", self.table_wanted)):
            button = QPushButton(text)
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 4, _MARGIN_PX, 0)
        column.setSpacing(4)
        for widget in (self._title, self._plot, self._told, self._source, self._buttons):
            column.addWidget(widget)

    def _fill(self) -> None:
        for number, line in enumerate(self.series.lines):
            self._plot.addItem(self._curve(line, number) if self.series.is_by_year else self._bars(line, number))
        self._plot.addItem(self._cursor)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(self._pen("ui_control_edge"))
            axis.setTextPen(QColor(self._palette.css("ui_text_soft")))
            axis.enableAutoSIPrefix(False)
        if not self.series.is_by_year:
            ticks = [(value.at, _short(value.label)) for value in self.series.lines[0].values]
            self._plot.getAxis("bottom").setTicks([ticks])
        highest = max(value.number for line in self.series.lines for value in line.values)
        self._plot.setYRange(0.0, highest * 1.05)

    def _curve(self, line: Line, number: int) -> Any:
        colour = QColor(self._palette.css(_COLOURS[number]))
        return pyqtgraph.PlotDataItem(
            [value.at for value in line.values],
            [value.number for value in line.values],
            pen=self._pen(_COLOURS[number], width=2.0),
            symbol="o",
            symbolSize=4,
            symbolBrush=colour,
            symbolPen=None,
        )

    def _bars(self, line: Line, number: int) -> Any:
        shift = _BAR * (number - (len(self.series.lines) - 1) / 2)
        return pyqtgraph.BarGraphItem(
            x=[value.at + shift for value in line.values],
            height=[value.number for value in line.values],
            width=_BAR * 0.9,
            brush=QColor(self._palette.css(_COLOURS[number])),
            pen=None,
        )

    def _pen(self, colour: str, *, width: float = 1.0, dashed: bool = False) -> Any:
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        return pyqtgraph.mkPen(QColor(self._palette.css(colour)), width=width, style=style)

    def _hover(self, at: QPointF) -> None:
        self.tell_at(self._plot.getPlotItem().vb.mapSceneToView(at).x())


def _legend(series: Series) -> str:
    colours = ("blue", "brown")
    named = [f"{line.name} ({colour})" for line, colour in zip(series.lines, colours, strict=False)]
    return "; ".join(named) if len(named) > 1 else "Point at the chart for its values."


def _figure(value: Value) -> str:
    return f"{value.number:,.0f}" if value.number >= 1_000 else f"{value.number:g}"


def _short(label: str) -> str:
    return label.replace(" - ", "–\n")
