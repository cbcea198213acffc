"""An item of the canvas's scene that paints over the whole view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

_EVERYWHERE = QRectF(0, 0, 1e5, 1e5)


class Overlay(QGraphicsItem):
    """One layer of drawing over the picture, in logical pixels of the view.

    Its bounds never change, so that the scene has nothing to keep up to date. It takes no mouse.

    Parameters
    ----------
    paint
        Draws it; may leave the painter in any state.
    z
        Higher ones lie above.
    """

    def __init__(self, paint: Callable[[QPainter], None], *, z: float) -> None:
        super().__init__()
        self._paint = paint
        self.setZValue(z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """Return bounds around any view."""
        return _EVERYWHERE

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint it in the view."""
        self._paint(painter)

    def paint_on(self, painter: QPainter) -> None:
        """Paint it on anything else."""
        painter.save()
        self._paint(painter)
        painter.restore()
