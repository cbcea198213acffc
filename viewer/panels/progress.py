"""Work in the background, in the status bar: what is being done, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget


class ProgressLine(QWidget):
    """Hidden while there is nothing to do.

    Signals
    -------
    cancel_requested()
        The person wants the work to stop.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(96, 6)
        self._cancel = QPushButton("Cancel")
        self._cancel.setFlat(True)
        self._cancel.clicked.connect(self.cancel_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._text, bar, self._cancel):
            line.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What is being done; empty where nothing is."""
        return self._text.text()

    def show_text(self, text: str) -> None:
        """Say what is being done; an empty text hides the line."""
        self._text.setText(text)
        self._cancel.setAccessibleName(f"Cancel: {text}")
        self.setVisible(bool(text))
