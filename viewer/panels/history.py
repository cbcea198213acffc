"""The history of a document: who changed what, when and why, from what to what; and a way back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geodata.history import Entry
from viewer.model.history_text import changes_of, title_of

_SIZE_PX = (720, 520)
_HEADINGS = ("When", "Who", "What", "Why")


class HistoryDialog(QDialog):
    """Lists entries, the newest first; those whose words or changes hold what is typed.

    Signals
    -------
    restore_requested(Entry)
        The person wants what this entry changed to be again as it was right after it.
    """

    restore_requested = Signal(object)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("History")
        self.resize(*_SIZE_PX)
        self._entries = tuple(reversed(entries))
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find: a name, a person, a word that changed")
        self._find.setAccessibleName("Find in the history")
        self._find.textChanged.connect(self._show)
        self._list = QTreeWidget()
        self._list.setHeaderLabels(_HEADINGS)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setAccessibleName("Entries of the history")
        self._list.currentItemChanged.connect(lambda _now, _before: self._show_changes())
        self._changes = QPlainTextEdit()
        self._changes.setReadOnly(True)
        self._changes.setAccessibleName("What changed")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._restore = buttons.addButton("Restore as it was then", QDialogButtonBox.ButtonRole.ActionRole)
        self._restore.clicked.connect(self._request)
        buttons.rejected.connect(self.reject)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self._list)
        parts.addWidget(self._changes)
        column = QVBoxLayout(self)
        column.addWidget(self._find)
        column.addWidget(parts, 1)
        column.addWidget(buttons)
        self._show()

    @property
    def chosen(self) -> Entry | None:
        """The entry that is marked."""
        item = self._list.currentItem()
        return None if item is None else item.data(0, Qt.ItemDataRole.UserRole)

    def _show(self) -> None:
        words = self._find.text().strip().casefold()
        self._list.clear()
        for entry in self._entries:
            if words in f"{entry.who} {entry.what} {entry.why} {entry.rows}".casefold():
                item = QTreeWidgetItem([_time(entry.at), entry.who, title_of(entry), entry.why])
                item.setData(0, Qt.ItemDataRole.UserRole, entry)
                self._list.addTopLevelItem(item)
        for column in (0, 2):
            self._list.resizeColumnToContents(column)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._show_changes()

    def _show_changes(self) -> None:
        entry = self.chosen
        self._changes.setPlainText("" if entry is None else changes_of(entry))
        self._restore.setEnabled(entry is not None)

    def _request(self) -> None:
        entry = self.chosen
        if entry is not None:
            self.accept()
            self.restore_requested.emit(entry)


def _time(at: str) -> str:
    try:
        return f"{datetime.datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return at
