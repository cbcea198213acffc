"""PySide6 6.12.0 on Python 3.11 drops one reference to None on every call that returns nothing."""

import sys

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter, QPainterPath


def test_two_hundred_thousand_paint_calls_leave_the_references_to_none_where_they_were():
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    path = QPainterPath(QPointF(0, 0))
    path.lineTo(7, 7)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(100_000):
        painter.drawPath(path)
        painter.setOpacity(1.0)
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 200
