"""The bar over the map that says what the person should know: the newest message, and all of them on demand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from viewer.messages import Message
from viewer.panels.icons import IconButton, IconMark, Icons

_DETAILS = "\n\n"
"""What parts a message's headline from its details."""

_LINES = 6
_MARGIN_PX, _SPACE_PX = 8, 8
_SHARE_OF_MAP = 0.5
_CLOSE_ONE, _CLOSE_ALL = "Close this message", "Close these messages"


class MessageBar(QWidget):
    """Shows the newest message until it is closed or acted on, then those before it; a message is never shown twice.

    A message is its first paragraph; what follows, and the other messages, are shown when asked for. However much there
    is to say, the bar takes no more than half the height of what it lies on.
    """

    def __init__(self, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)  # for when there is no style sheet
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._messages: list[Message] = []
        self._is_opened = False
        self._words = _Words()
        self._more = _flat_button(self._turn)
        self._action = _flat_button(self._act)
        self._mark = IconMark(icons, "triangle-alert", colour="ui_warning")
        self._close = IconButton(icons, "x", text=_CLOSE_ONE, size_px=16)
        self._close.clicked.connect(self._close_shown)
        self._lay_out()
        self.hide()

    @property
    def message(self) -> Message | None:
        """The newest message that is open."""
        return self._messages[-1] if self._messages else None

    @property
    def text(self) -> str:
        """What is to be read."""
        return self._words.toPlainText()

    @property
    def is_opened(self) -> bool:
        """Whether all messages are shown with their details."""
        return self._is_opened

    def show_message(self, message: Message) -> None:
        """Show a message, over any that is still open."""
        if message in self._messages:
            self._messages.remove(message)
        self._messages.append(message)
        self._show()

    def close_message(self) -> None:
        """Close the newest message."""
        if self._messages:
            self._messages.pop()
        self._show()

    def heightForWidth(self, width: int) -> int:
        """Take the height of the words, and no more than half of what the bar lies on."""
        room = width - 2 * _MARGIN_PX - 2 * _SPACE_PX - self._mark.width() - self._close.width()
        height = max(self._words.height_for(room), self._close.height()) + 2 * _MARGIN_PX
        if self._has_buttons:
            height += self._more.sizeHint().height()
        parent = self.parentWidget()
        return min(height, round(parent.height() * _SHARE_OF_MAP)) if parent else height

    def hasHeightForWidth(self) -> bool:
        """Take more height where there is less width."""
        return True

    @property
    def _has_buttons(self) -> bool:
        return not (self._more.isHidden() and self._action.isHidden())

    def _lay_out(self) -> None:
        """Give the words the whole width, and the buttons a line of their own below, as wide as they must be."""
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(_SPACE_PX)
        above.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        above.addWidget(self._words, 1)
        above.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        below.addStretch(1)
        below.addWidget(self._more)
        below.addWidget(self._action)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        lines.setSpacing(0)
        lines.addLayout(above, 1)
        lines.addLayout(below)

    def _close_shown(self) -> None:
        if self._is_opened:
            self._messages.clear()
        self.close_message()

    def _turn(self) -> None:
        self._is_opened = not self._is_opened
        self._show()

    def _act(self) -> None:
        message = self.message
        self.close_message()
        if message and message.action:
            message.action.run()

    def _show(self) -> None:
        message = self.message
        self.setVisible(message is not None)
        if message is None:
            self._is_opened = False
            return
        text = _DETAILS.join(m.text for m in reversed(self._messages)) if self._is_opened else _headline(message)
        self._words.show_text(text, lines=None if self._is_opened else _LINES)
        self._more.setText(self._more_text())
        self._more.setVisible(bool(self._more.text()))
        self._action.setVisible(message.action is not None)
        self._action.setText(message.action.text if message.action else "")
        self._close.set_text(_CLOSE_ALL if self._is_opened and len(self._messages) > 1 else _CLOSE_ONE)
        parent = self.parentWidget()
        if parent is not None:
            parent.updateGeometry()
        self.adjustSize()

    def _more_text(self) -> str:
        if self._is_opened:
            return "Less"
        others = len(self._messages) - 1
        if others:
            return f"and {others} more"
        return "Details" if _DETAILS in self._messages[-1].text else ""


class _Words(QTextEdit):
    """Text that wraps wherever it must, paths too, can be copied, and scrolls where its height is limited."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._lines: int | None = None

    def show_text(self, text: str, *, lines: int | None) -> None:
        """Show a text, by default at its whole height; beyond a number of lines it scrolls."""
        self._lines = lines
        self.setPlainText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Need next to nothing: the bar knows how high the words are to be."""
        return QSize(1, 1)

    def height_for(self, width: int) -> int:
        """Return the text's height, up to the limit."""
        document = QTextDocument(self.toPlainText())
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font())
        document.setDefaultTextOption(self.document().defaultTextOption())
        document.setTextWidth(width)
        height = round(document.size().height() + 0.5)
        return height if self._lines is None else min(height, self._lines * self.fontMetrics().lineSpacing())


def _flat_button(act: object) -> QPushButton:
    button = QPushButton()
    button.setFlat(True)
    button.clicked.connect(act)
    return button


def _headline(message: Message) -> str:
    return message.text.partition(_DETAILS)[0]
