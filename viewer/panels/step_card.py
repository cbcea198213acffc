"""A step in the strip: its picture, its number, its time and its title; it can be dragged to another place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.model.story import StoryStep
from viewer.model.talk_clock import clock_text

CARD_PX = (216, 58)
PICTURE_PX = (84, 48)

_MARKS = {"cover": "Cover", "closing": "Closing"}


class StepCard(QPushButton):
    """One step.

    Signals
    -------
    dragged(QPoint)
        It is dragged over this place of the screen.
    dropped(QPoint)
        It was let go there.
    key_pressed(str)
        ``delete``, ``earlier``, ``later`` or ``edit``, by a key while it has the focus.
    menu_requested(QPoint)
        The person wants its menu, at this place of the screen.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    key_pressed = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(self, number: int, step: StoryStep, *, is_timed: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("storyStep")
        self.setCheckable(True)
        self.setFixedSize(*CARD_PX)
        self.setAccessibleName(f"Step {number + 1}: {step.title}")
        self._pressed_at: QPoint | None = None
        self._is_dragged = False
        self._picture = QLabel()
        self._picture.setFixedSize(*PICTURE_PX)
        self._picture.setObjectName("storyStepPicture")
        time = clock_text(step.duration_s) if is_timed else "no time yet"
        mark = f"  ·  {_MARKS[step.kind]}" if step.kind in _MARKS else ""
        head = QLabel(f"{number + 1}  ·  {time}{mark}")
        head.setObjectName("storyStepHead")
        words = QLabel(step.title)
        words.setObjectName("storyStepTitle")
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(words, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(5, 5, 6, 5)
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addLayout(column, 1)
        for label in (self._picture, head, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_picture(self, picture: QPixmap) -> None:
        """Show what the step shows."""
        ratio = self.devicePixelRatioF()
        size = QSize(*PICTURE_PX) * ratio
        kinds = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        fitted = picture.scaled(size, *kinds)
        fitted.setDevicePixelRatio(ratio)
        self._picture.setPixmap(fitted)

    @property
    def has_picture(self) -> bool:
        """Whether its picture is there."""
        return not self._picture.pixmap().isNull()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it, once the mouse has moved far enough."""
        at = event.position().toPoint()
        if self._pressed_at is None:
            return super().mouseMoveEvent(event)
        far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        self._is_dragged = self._is_dragged or far
        if self._is_dragged:
            self.dragged.emit(self.mapToGlobal(at))
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop it, or take it for a click."""
        was_dragged, self._is_dragged, self._pressed_at = self._is_dragged, False, None
        if was_dragged:
            self.setDown(False)
            self.dropped.emit(self.mapToGlobal(event.position().toPoint()))
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, by the right button or by the menu key."""
        event.accept()
        self.menu_requested.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Keep its own keys from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _deed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, delete or edit the step."""
        deed = _deed(event)
        if deed:
            self.key_pressed.emit(deed)
        else:
            super().keyPressEvent(event)


def _deed(event: QKeyEvent) -> str:
    keys = (Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
    plain, ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    return {
        (Qt.Key.Key_Delete, plain): "delete",
        (Qt.Key.Key_F2, plain): "edit",
        (Qt.Key.Key_Left, ctrl): "earlier",
        (Qt.Key.Key_Right, ctrl): "later",
    }.get(keys, "")
