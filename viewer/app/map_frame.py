"""The middle of the window: the map from edge to edge, and messages over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.panels.message_bar import MessageBar

_MARGIN_PX = 12
_BAR_WIDTH_PX = 640


class MapFrame(QWidget):
    """Holds the map, which may be replaced, and lays the message bar over its upper edge without moving it."""

    def __init__(self, bar: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map: QWidget | None = None
        self._bar = bar
        bar.setParent(self)
        bar.installEventFilter(self)

    @property
    def map(self) -> QWidget | None:
        """The map's widget."""
        return self._map

    def set_map(self, widget: QWidget) -> None:
        """Put a widget in the map's place; the one before is deleted."""
        before, self._map = self._map, widget
        widget.setParent(self)
        widget.setGeometry(self.rect())
        widget.show()
        self._bar.raise_()
        if before is not None:
            before.hide()
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the map as large as the frame."""
        super().resizeEvent(event)
        if self._map is not None:
            self._map.setGeometry(self.rect())
        self._place_bar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the bar anew when its words need another height."""
        if watched is self._bar and event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place_bar()
        return super().eventFilter(watched, event)

    def _place_bar(self) -> None:
        width = min(self.width() - 2 * _MARGIN_PX, _BAR_WIDTH_PX)
        self._bar.setGeometry((self.width() - width) // 2, _MARGIN_PX, width, self._bar.heightForWidth(width))
