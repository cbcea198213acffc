"""A line to be typed in at a place of the map: words, or a length."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_SIZE_PX = (220, 30)
_BESIDE_PX = 12


class Entry(QLineEdit):
    """Stands over a map until Enter takes what was typed, or Escape gives it up; then the map has the keys again.

    Parameters
    ----------
    over
        The map's widget.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._take: Callable[[str], bool] = bool
        self._show: Callable[[str], object] = bool
        self.textEdited.connect(lambda text: self._show(text))
        self.setObjectName("mapEntry")
        self.resize(*_SIZE_PX)
        self.returnPressed.connect(self._finish)
        self.installEventFilter(self)
        self.hide()

    def ask(
        self,
        what: str,
        at: QPointF,
        take: Callable[[str], bool],
        *,
        text: str = "",
        show: Callable[[str], object] = bool,
    ) -> None:
        """Ask for something at a place in pixels of the map.

        Parameters
        ----------
        what, at
            What is asked for, and where.
        take
            Called with what was typed at the end; returns whether it can be used.
        text
            What is typed already.
        show
            Called with what is typed so far, at each letter.
        """
        self._take, self._show = take, show
        self.setPlaceholderText(what)
        self.setAccessibleName(what)
        self.setText(text)
        room = self._over.size()
        x = min(round(at.x()) + _BESIDE_PX, room.width() - self.width() - 8)
        y = min(max(round(at.y()) - self.height() - _BESIDE_PX, 8), room.height() - self.height() - 8)
        self.move(max(x, 8), y)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """Forget what was typed."""
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape before the window does."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if is_escape and event.type() == QEvent.Type.KeyPress:
            self.give_up()
            return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        if self._take(self.text()):
            self.give_up()
        else:
            self.selectAll()
