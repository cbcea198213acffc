"""The check box of a layer: a tick, the layer's swatch and its name on one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from viewer.panels.swatch import HEIGHT_PX, WIDTH_PX

_BOX_PX = 16
_GAP_PX = 8
_LEAST_TEXT_PX = 64
_ROW_PX = 32
_TICK = ((4.0, 8.3), (6.9, 11.2), (12.0, 5.2))


class LayerCheck(QCheckBox):
    """Puts its text on two lines, then shortens it, where there is no room; the whole of it stands in the tooltip."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._picture = QPixmap()
        self._dimmed = False
        self.setToolTip(title)
        self.setAccessibleName(f"Show {title}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Show another name."""
        if title != self.text():
            self.setText(title)
            self.setToolTip(title)
            self.setAccessibleName(f"Show {title}")

    def set_picture(self, picture: QPixmap) -> None:
        """Show this swatch."""
        self._picture = picture
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Say whether the layer is out of scale."""
        self._dimmed = dimmed
        self.update()

    def sizeHint(self) -> QSize:
        """Need room for the whole text on one line."""
        return QSize(self._text_left + self.fontMetrics().horizontalAdvance(self.text()) + _GAP_PX, _ROW_PX)

    def minimumSizeHint(self) -> QSize:
        """Need no more room than for the first letters."""
        return QSize(self._text_left + _LEAST_TEXT_PX, _ROW_PX)

    def hitButton(self, pos: object) -> bool:
        """Answer clicks on the whole line, not on the box alone."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick, swatch and name, and a frame while the focus is here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        soft = colours.color(QPalette.ColorRole.PlaceholderText)
        text = soft if self._dimmed or not self.isChecked() else colours.color(QPalette.ColorRole.WindowText)
        if self.hasFocus():
            painter.setPen(QPen(colours.color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        middle = self.height() / 2
        self._paint_box(painter, QPointF(_GAP_PX, middle - _BOX_PX / 2))
        left = _GAP_PX + _BOX_PX + _GAP_PX
        painter.setOpacity(1.0 if self.isChecked() else 0.45)
        painter.drawPixmap(QRect(left, round(middle - HEIGHT_PX / 2), WIDTH_PX, HEIGHT_PX), self._picture)
        painter.setOpacity(1.0)
        painter.setPen(text)
        room = QRect(self._text_left, 0, self.width() - self._text_left, self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        if not room.contains(self.fontMetrics().boundingRect(room, flags, self.text())):
            elided = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
            return
        painter.drawText(room, flags, self.text())

    def _paint_box(self, painter: QPainter, corner: QPointF) -> None:
        colours = self.palette()
        painter.setPen(QPen(colours.color(QPalette.ColorRole.Dark), 1))
        painter.drawRoundedRect(QRectF(corner.x() + 0.5, corner.y() + 0.5, _BOX_PX - 1, _BOX_PX - 1), 4, 4)
        if not self.isChecked():
            return
        pen = QPen(colours.color(QPalette.ColorRole.WindowText), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([corner + QPointF(x, y) for x, y in _TICK]))

    @property
    def _text_left(self) -> int:
        return 3 * _GAP_PX + _BOX_PX + WIDTH_PX + 2
