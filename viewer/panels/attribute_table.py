"""A layer's rows as a table that is sorted, searched, and tied to the map both ways."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.model.table import Rows, Table, text_of
from viewer.tasks import Task

Index = QModelIndex | QPersistentModelIndex

_SIZE_PX = (760, 440)
_ROW_PX = 26
_TYPING_MS = 150
_AT_ONCE = 20_000
_WIDEST_PX = 280
_MEASURED_ROWS = 60


class TableModel(QAbstractTableModel):
    """Some rows of a table in some order; many rows are sorted and searched beside the window.

    Signals
    -------
    value_given(int, int, str)
        The person wrote a value into a shown row and a column.
    """

    value_given = Signal(int, int, str)

    def __init__(self, table: Table, *, is_editable: bool = False) -> None:
        super().__init__()
        self._is_editable = is_editable
        self._table = table
        self._rows = table.all_rows
        self._sorted: tuple[int, bool] | None = None
        self._text = ""
        self._task: Task | None = None
        self._is_stale = False
        self._numeric = tuple(table.is_numeric(column) for column in range(len(table.names)))

    @property
    def table(self) -> Table:
        """All rows."""
        return self._table

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many attributes there are."""
        return 0 if parent is not None and parent.isValid() else len(self._table.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell says, and that numbers stand at the right."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole):
            return text_of(self._table.columns[index.column()][int(self._rows[index.row()])])
        if role == Qt.ItemDataRole.TextAlignmentRole and self._numeric[index.column()]:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be written where the layer is the person's own."""
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsEditable if self._is_editable else plain

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a value to be kept; it is shown when it is."""
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        self.value_given.emit(index.row(), index.column(), str(value))
        return True

    def take_table(self, table: Table) -> None:
        """Show other rows in the order and selection that there is."""
        self._table = table
        self._numeric = tuple(table.is_numeric(column) for column in range(len(table.names)))
        self._ask()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return an attribute's name, or a row's number in the layer."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._table.names[section]
        return str(int(self._rows[section]) + 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows by the values of a column."""
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._ask()

    def find(self, text: str) -> None:
        """Show only the rows that hold every word of a text."""
        self._text = text
        self._ask()

    def wait(self) -> None:
        """Wait for what is being sorted or searched."""
        if self._task is not None:
            self._task.join()

    def id_at(self, row: int) -> str:
        """Return the id of the feature in a shown row."""
        return self._table.ids[int(self._rows[row])]

    def row_of(self, feature_id: str) -> int:
        """Return the row that a feature is shown in; -1 where it is not shown."""
        return next((row for row, number in enumerate(self._rows) if self._table.ids[number] == feature_id), -1)

    def _ask(self) -> None:
        """Show the rows that are wanted now; while others are being looked for, afterwards."""
        work = partial(_wanted, self._table, self._text, self._sorted)
        if len(self._table) <= _AT_ONCE:
            self._show(work())
        elif self._task is not None:
            self._is_stale = True
        else:
            self._is_stale = False
            self._task = Task(work, self)
            self._task.done.connect(self._take)
            self._task.start()

    def _take(self, rows: Rows) -> None:
        self._task = None
        if self._is_stale:
            self._ask()
        else:
            self._show(rows)

    def _show(self, rows: Rows) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def _wanted(table: Table, text: str, by: tuple[int, bool] | None) -> Rows:
    rows = table.matching(text)
    return rows if by is None else table.ordered(rows, by[0], descending=by[1])


class AttributeTable(QDialog):
    """A window over the map with the rows of one layer.

    Signals
    -------
    feature_chosen(str)
        The person chose the row of a feature, as ``layer/feature``.
    values_given(str, list[str], str)
        The person wants these features to have a value in a column: that of one cell, or of all rows that are marked.
    """

    feature_chosen = Signal(str)
    values_given = Signal(str, list, str)

    def __init__(
        self, layer_id: str, title: str, table: Table, parent: QWidget | None = None, *, is_editable: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Table of {title}")
        self.resize(*_SIZE_PX)
        self._layer_id = layer_id
        self._model = TableModel(table, is_editable=is_editable)
        self._model.value_given.connect(self._give)
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find in all columns")
        self._find.setAccessibleName("Find in all columns")
        self._find.setClearButtonEnabled(True)
        self._count = QLabel()
        self._view = QTableView()
        self._view.setModel(self._model)
        self._view.setAccessibleName(f"Table of {title}")
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self._view.setSelectionMode(modes.ExtendedSelection if is_editable else modes.SingleSelection)
        self._view.setToolTip("Double-click a cell to change it; in many marked rows at once" if is_editable else "")
        self._view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._view.setSortingEnabled(True)
        self._view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self._view.selectionModel().currentRowChanged.connect(self._choose)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search)
        self._find.textEdited.connect(self._typing.start)
        self._model.modelReset.connect(self._show_count)
        self._lay_out()
        self._fit_columns()
        self._show_count()

    @property
    def model(self) -> TableModel:
        """The rows that are shown."""
        return self._model

    def show_feature(self, reference: str) -> None:
        """Mark and show the row of the feature that is selected on the map, where it is one of this layer's."""
        layer_id, _, feature_id = reference.partition("/")
        row = self._model.row_of(feature_id) if layer_id == self._layer_id else -1
        blocker = QSignalBlocker(self._view.selectionModel())
        if row < 0:
            self._view.clearSelection()
        else:
            index = self._model.index(row, max(self._view.currentIndex().column(), 0))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._view.selectionModel().setCurrentIndex(index, flags)
            self._view.scrollTo(index)
        blocker.unblock()
        self._view.viewport().update()

    def take_table(self, table: Table) -> None:
        """Show the rows as they are now."""
        self._model.take_table(table)

    def _give(self, row: int, column: int, text: str) -> None:
        marked = sorted({index.row() for index in self._view.selectionModel().selectedRows()})
        rows = marked if row in marked else [row]
        ids = [self._model.id_at(number) for number in rows]
        self.values_given.emit(self._model.table.names[column], ids, text)

    def done(self, result: int) -> None:
        """Close when nothing is being looked for any more."""
        self._model.wait()
        super().done(result)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._find, 1)
        line.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._view, 1)

    def _fit_columns(self) -> None:
        """Make columns as wide as their first rows need, within reason."""
        self._view.horizontalHeader().setResizeContentsPrecision(_MEASURED_ROWS)
        self._view.resizeColumnsToContents()
        for column in range(self._model.columnCount()):
            self._view.setColumnWidth(column, min(self._view.columnWidth(column) + 12, _WIDEST_PX))

    def _search(self) -> None:
        self._model.find(self._find.text())

    def _show_count(self) -> None:
        shown, whole = self._model.rowCount(), len(self._model.table)
        self._count.setText(f"{whole:,} rows" if shown == whole else f"{shown:,} of {whole:,} rows")

    def _choose(self, current: QModelIndex) -> None:
        if current.isValid():
            self.feature_chosen.emit(f"{self._layer_id}/{self._model.id_at(current.row())}")
