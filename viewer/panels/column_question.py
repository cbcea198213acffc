"""The question what the columns of a table mean, answered already as far as they can be guessed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geodata.reading.outcome import Columns, WhichColumns

_SIZE_PX = (720, 520)
_WAYS = (
    ("lonlat", "Longitude and latitude (degrees, also with minutes and seconds)"),
    ("xy", "Two numbers in some other system (x and y)"),
    ("position", "Latitude and longitude in one column"),
    ("mgrs", "Military grid reference (MGRS)"),
    ("wkt", "Shapes as well-known text (WKT)"),
)
_TWO = ("lonlat", "xy")
_KINDS = (
    ("", "As it stands"),
    ("day first", "Date, day first"),
    ("month first", "Date, month first"),
    ("text", "Text, no number"),
)
_NO_CATEGORY = "One colour"


class ColumnQuestion(QDialog):
    """Asks which columns hold the position and which hold dates, and which one colours the layer.

    Signals
    -------
    answered(Columns)
        The person has said what the columns mean.
    sheet_chosen(Columns)
        The person wants to see another sheet first; only that is said.
    """

    answered = Signal(object)
    sheet_chosen = Signal(object)

    def __init__(self, title: str, table: WhichColumns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Columns of {title}")
        self.resize(*_SIZE_PX)
        self._table = table
        self._sheet = _box("Sheet", [(name, name) for name in table.sheets])
        self._way = _box("Position", _WAYS)
        self._first = _box("First column", [(name, name) for name in table.names])
        self._second = _box("Second column", [(name, name) for name in table.names])
        self._category = _box("Colour by", [("", _NO_CATEGORY), *((name, name) for name in table.categories)])
        self._kinds = [_box(f"Kind of {name}", _KINDS) for name in table.names]
        self._buttons = QDialogButtonBox()
        self._open = self._buttons.addButton("Open", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self._answer)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._show_guess(table.guess)
        self._sheet.setCurrentText(table.sheet)
        self._sheet.activated.connect(self._choose_sheet)
        self._way.currentIndexChanged.connect(self._show_rows)
        for box in (self._first, self._second):
            box.currentIndexChanged.connect(self._show_usable)
        self._show_rows()

    @property
    def columns(self) -> Columns:
        """What is said now."""
        kinds = tuple(
            (name, str(box.currentData()))
            for name, box in zip(self._table.names, self._kinds, strict=True)
            if box.currentData()
        )
        way = str(self._way.currentData())
        second = str(self._second.currentData() or "") if way in _TWO else ""
        first = str(self._first.currentData() or "")
        return Columns(way, first, second, kinds, str(self._category.currentData() or ""), self._table.sheet)

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.setVerticalSpacing(6)
        rows = (
            ("Sheet", self._sheet),
            ("Position", self._way),
            ("Longitude", self._first),
            ("Latitude", self._second),
            ("Colour by", self._category),
        )
        self._labels = [QLabel(name) for name, _ in rows]
        for label, (_, box) in zip(self._labels, rows, strict=True):
            self._form.addRow(label, box)
        self._form.setRowVisible(self._sheet, len(self._table.sheets) > 1)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(self._form)
        column.addWidget(QLabel("The first rows, and what kind each column is of:"))
        column.addWidget(self._preview(), 1)
        column.addWidget(self._buttons)

    def _preview(self) -> QTableWidget:
        names, rows = self._table.names, self._table.rows
        shown = QTableWidget(len(rows) + 1, len(names))
        shown.setAccessibleName("The first rows")
        shown.setHorizontalHeaderLabels(list(names))
        shown.setVerticalHeaderLabels(["Kind", *map(str, range(1, len(rows) + 1))])
        shown.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for number, box in enumerate(self._kinds):
            shown.setCellWidget(0, number, box)
        for row, cells in enumerate(rows, start=1):
            for number, cell in enumerate(cells):
                shown.setItem(row, number, QTableWidgetItem(cell[:200]))
        shown.resizeColumnsToContents()
        for number in range(len(names)):
            shown.setColumnWidth(number, min(max(shown.columnWidth(number), 130), 260))
        return shown

    def _show_guess(self, guess: Columns | None) -> None:
        kinds = dict(guess.kinds if guess else self._table.kinds)
        for name, box in zip(self._table.names, self._kinds, strict=True):
            box.setCurrentIndex(max(box.findData(kinds.get(name, "")), 0))
        if guess is None:
            self._second.setCurrentIndex(min(1, self._second.count() - 1))
            return
        self._way.setCurrentIndex(max(self._way.findData(guess.way), 0))
        self._first.setCurrentText(guess.first)
        self._second.setCurrentText(guess.second)

    def _show_rows(self) -> None:
        """Show what is to be said for the way in which the position is written."""
        way = self._way.currentData()
        self._form.setRowVisible(self._second, way in _TWO)
        words = {"lonlat": ("Longitude", "Latitude"), "xy": ("X, to the east", "Y, to the north")}
        first, second = words.get(str(way), ("Column", ""))
        self._labels[2].setText(first)
        self._labels[3].setText(second)
        self._show_usable()

    def _show_usable(self) -> None:
        said = self.columns
        self._open.setEnabled(bool(said.first) and said.first != said.second)

    def _choose_sheet(self) -> None:
        name = self._sheet.currentText()
        if name != self._table.sheet:
            self.accept()
            self.sheet_chosen.emit(Columns("", "", sheet=name))

    def _answer(self) -> None:
        said = self.columns
        self.accept()
        self.answered.emit(said)


def _box(name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in entries:
        box.addItem(text, value)
        box.setItemData(box.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
    return box
