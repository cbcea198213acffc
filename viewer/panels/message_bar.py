"""The bar over the map that says what the person should know, one message at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from viewer.messages import Message
from viewer.panels.icons import IconButton, IconMark, Icons


class MessageBar(QWidget):
    """Shows the newest message until it is closed or acted on, then those before it; a message is never shown twice."""

    def __init__(self, *, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._messages: list[Message] = []
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._action = QPushButton()
        self._action.setFlat(True)
        self._action.clicked.connect(self._act)
        self._close = IconButton(icons, "x", text="Close this message", size_px=16)
        self._close.clicked.connect(self.close_message)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(8)
        line.addWidget(IconMark(icons, "triangle-alert", colour="ui_warning"))
        line.addWidget(self._text, 1)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self.hide()

    @property
    def message(self) -> Message | None:
        """The message that is shown."""
        return self._messages[-1] if self._messages else None

    def show_message(self, message: Message) -> None:
        """Show a message, over any that is still open."""
        if message in self._messages:
            self._messages.remove(message)
        self._messages.append(message)
        self._show()

    def close_message(self) -> None:
        """Close the message that is shown."""
        if self._messages:
            self._messages.pop()
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
            return
        self._text.setText(message.text)
        self._text.setAccessibleName(message.text)
        self._action.setVisible(message.action is not None)
        self._action.setText(message.action.text if message.action else "")
        parent = self.parentWidget()
        if parent is not None:
            parent.updateGeometry()
        self.adjustSize()
