"""The box that a person must answer before going on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from viewer.messages import Message


def open_stop_box(message: Message, *, title: str, parent: QWidget) -> None:
    """Open a box with a message, with a button for its action where it has one; it deletes itself."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, message.text, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if message.action:
        box.addButton(message.action.text, QMessageBox.ButtonRole.AcceptRole).clicked.connect(message.action.run)
    box.addButton(QMessageBox.StandardButton.Close)
    box.open()
