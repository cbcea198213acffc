"""The earlier versions of a document, to look at and to take up again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget


class EarlierVersions(QDialog):
    """Lists versions by the time at which they were saved, the newest first.

    Signals
    -------
    chosen(Path)
        The person wants this one opened, as a document without a name.
    """

    chosen = Signal(Path)

    def __init__(self, title: str, versions: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Earlier versions of {title}")
        self._list = QListWidget()
        self._list.setAccessibleName("Earlier versions")
        for path in versions:
            item = QListWidgetItem(_words(path))
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _item: self._answer())
        buttons = QDialogButtonBox()
        opens = buttons.addButton("Open as a copy", QDialogButtonBox.ButtonRole.AcceptRole)
        opens.setEnabled(bool(versions))
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._answer)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(QLabel("Each save keeps the version before it." if versions else "There are none yet."))
        column.addWidget(self._list)
        column.addWidget(buttons)

    def _answer(self) -> None:
        item = self._list.currentItem()
        self.accept()
        if item is not None:
            self.chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))


def _words(path: Path) -> str:
    saved = datetime.datetime.fromtimestamp(int(path.stem) / 1e9, tz=datetime.UTC).astimezone()
    return f"{saved:%Y-%m-%d %H:%M:%S}   {path.stat().st_size / 1000:,.0f} kB"
