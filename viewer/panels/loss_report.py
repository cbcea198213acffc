"""What will be lost when a layer is written, said before it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

_WIDTH_PX = 440


class LossReport(QDialog):
    """Lists what a file cannot hold; `accepted` is that the person wants it written all the same."""

    def __init__(self, file: str, kind: str, losses: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Write {file}")
        self.setMinimumWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(_words(f"Geometry and attributes go into the {kind} file, but for this:"))
        for loss in losses:
            column.addWidget(_words(f"•  {loss}"))
        buttons = QDialogButtonBox()
        buttons.addButton("Write", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
