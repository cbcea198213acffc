"""What lies under all layers: the sea on the map's disc, and what is beyond its rim."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTransform

from geodata.stereographic import EQUATOR_RADIUS_M
from viewer.engine.painters.canvas import PictureView


def paint(painter: QPainter, view: PictureView) -> None:
    """Fill the picture with the sea, or with the colour of nothing beyond the equator."""
    painter.setTransform(QTransform())
    painter.setOpacity(1.0)
    corner = max(abs(view.extent.left), abs(view.extent.right)), max(abs(view.extent.bottom), abs(view.extent.top))
    if math.hypot(*corner) < EQUATOR_RADIUS_M:
        painter.fillRect(painter.viewport(), view.colour("sea"))
        return
    painter.fillRect(painter.viewport(), view.colour("outside"))
    view.begin(painter, 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(view.colour("sea"))
    painter.drawEllipse(QPointF(0, 0), EQUATOR_RADIUS_M, EQUATOR_RADIUS_M)
