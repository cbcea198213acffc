"""A text in Markdown, written and seen as the card will show it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from viewer.model.palette import Palette
from viewer.panels.page import Page
from viewer.panels.typesetting import Look, set_markdown

_HEIGHT_PX = 150
_TEXT_PX = 14


class MarkdownField(QWidget):
    """A field to write in, and a button that shows the page in its place.

    Signals
    -------
    changed()
        Something else is written.

    Attributes
    ----------
    edit : QPlainTextEdit
        Where it is written.
    preview : QPushButton
        Shows the page while it is down.
    page : Page
        The text as the card will show it.
    """

    changed = Signal()

    def __init__(self, palette: Palette, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self.changed)
        self.page = Page(f"{name}, as it will be shown", margin_px=8, head_px=4)
        self.preview = QPushButton("Preview")
        self.preview.setCheckable(True)
        self.preview.toggled.connect(self._turn)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.edit)
        self._stack.addWidget(self.page)
        self._stack.setFixedHeight(_HEIGHT_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._stack)
        column.addWidget(self.preview)
        self.setFocusProxy(self.edit)

    @property
    def text(self) -> str:
        """What is written."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write something in place of what is there, to be gone on with."""
        self.preview.setChecked(False)
        self.edit.setPlainText(text)

    def set_palette(self, palette: Palette) -> None:
        """Show the page in these colours."""
        self._palette = palette
        self._turn(self.preview.isChecked())

    def _turn(self, is_page: bool) -> None:
        if is_page:
            look = Look(self._palette, text_px=_TEXT_PX, leading_pct=130, paragraph_px=8)
            self.page.show_document(set_markdown(self.edit.toPlainText(), look))
        self._stack.setCurrentIndex(1 if is_page else 0)
        self.preview.setText("Go on writing" if is_page else "Preview")
