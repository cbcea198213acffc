"""The box that shows the whole address of a source before anything of it is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

_WIDTH_PX = 480
_LINES = 4  # longer addresses scroll
_FRAME_PX = 16
_SCHEMES = ("http", "https")
_EXPLANATION = (
    "This source lies on the internet. Opening it starts your browser, and {} learns that you looked. "
    "The map itself opens nothing."
)


def is_address(text: str) -> bool:
    """Tell whether a text is an address that a browser may be given: http or https, with a host, and no name in it."""
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme() in _SCHEMES and bool(url.host()) and not url.userInfo()


class AddressBox(QDialog):
    """Shows an address in full and lets a person open it, copy it, or leave it.

    Opens nothing by itself.

    Signals
    -------
    open_requested(str)
        The person saw the address and wants it opened in the browser.
    """

    open_requested = Signal(str)

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("addressBox")
        self.setWindowTitle("Open a source")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._address = address
        self.shown = QPlainTextEdit(address)
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        self.shown.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)  # all of it is seen, however long
        self.shown.setFixedHeight(_LINES * self.shown.fontMetrics().lineSpacing() + _FRAME_PX)
        self.shown.setAccessibleName("Address of the source")
        self.open_button = QPushButton("Open in the browser")
        self.copy_button = QPushButton("Copy")
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setDefault(True)  # Enter, pressed once too often, opens nothing
        self.open_button.setAutoDefault(False)
        self.copy_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._open)
        self.copy_button.clicked.connect(self._copy)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out()
        self.cancel_button.setFocus()

    def _lay_out(self) -> None:
        words = QLabel(_EXPLANATION.format(QUrl(self._address).host()))
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.cancel_button, self.copy_button, self.open_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.shown)
        column.addWidget(words)
        column.addLayout(buttons)
        self.setFixedWidth(_WIDTH_PX)

    def _open(self) -> None:
        self.open_requested.emit(self._address)
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._address)
        self.accept()
