"""The question which layers of a file are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget


class LayerChoice(QDialog):
    """Lists the layers of a file, each with its number of features; all that have some are chosen at first.

    Signals
    -------
    answered(tuple[str, ...])
        The names of the layers that are wanted, at least one.
    """

    answered = Signal(tuple)

    def __init__(self, title: str, layers: Sequence[tuple[str, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Layers of {title}")
        self._list = QListWidget()
        self._list.setAccessibleName("Layers")
        for name, count in layers:
            item = QListWidgetItem(f"{name}   {count:,} {'feature' if count == 1 else 'features'}")
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if count else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        buttons = QDialogButtonBox()
        self._open = buttons.addButton("Open", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._answer)
        buttons.rejected.connect(self.reject)
        self._list.itemChanged.connect(lambda _item: self._open.setEnabled(bool(self.chosen)))
        column = QVBoxLayout(self)
        column.addWidget(QLabel("Which layers shall be opened?"))
        column.addWidget(self._list)
        column.addWidget(buttons)
        self._open.setEnabled(bool(self.chosen))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the layers that are ticked."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _answer(self) -> None:
        chosen = self.chosen
        self.accept()
        if chosen:
            self.answered.emit(chosen)
