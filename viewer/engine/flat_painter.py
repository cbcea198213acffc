"""A painter for pages: everything reaches the device in its own units, so that lines keep their width on any page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPaintDevice, QPaintEngine, QPainter, QPainterPath, QPen, QTransform

_PAGES = (QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG)


def is_page(painter: QPainter) -> bool:
    """Return whether a painter writes shapes and letters rather than pixels."""
    return painter.paintEngine().type() in _PAGES


def is_searchable(painter: QPainter) -> bool:
    """Return whether letters are written as letters; elsewhere as outlines, which look alike without our type."""
    return painter.paintEngine().type() == QPaintEngine.Type.Pdf


class FlatPainter(QPainter):
    """Paints the map as the painters of layers ask, but maps shapes itself and hands them on in device units.

    A page is painted by one painter from its first stroke to its last: after `leave_map` it is an ordinary one.

    Formats for pages know no pens of constant width, and write few digits: map metres would be rounded to tens of
    metres. Only for code that calls it from Python.

    Parameters
    ----------
    device
        What is painted on; one unit is a pixel of the page.
    area
        The part of the page that is the map, in such pixels. What reaches beyond is hidden where the format can hide.
    """

    def __init__(self, device: QPaintDevice, area: QRect) -> None:
        super().__init__(device)
        self._area = area
        self._to_page: QTransform | None = QTransform()
        super().setClipRect(area)
        super().translate(area.topLeft())

    def leave_map(self) -> None:
        """Go on as an ordinary painter, in pixels of the whole page."""
        self._to_page = None
        super().setClipping(False)
        super().setOpacity(1.0)
        super().setTransform(QTransform())

    def viewport(self) -> QRect:
        """Return the map's part of the page, as its painters see it; afterwards the whole page."""
        if self._to_page is None:
            return super().viewport()
        return QRect(0, 0, self._area.width(), self._area.height())

    def setTransform(self, transform: QTransform, combine: bool = False) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Map what follows; `combine` is not known here.

        Raises
        ------
        ValueError
            Where it is asked for.
        """
        if combine:
            raise ValueError("A flat painter takes whole transforms.")
        if self._to_page is None:
            super().setTransform(transform)
        else:
            self._to_page = transform

    def setPen(self, pen: QPen | QColor | Qt.PenStyle) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Draw lines of this width on the page."""
        if isinstance(pen, QPen) and self._to_page is not None:
            pen = QPen(pen)
            pen.setCosmetic(False)
        super().setPen(pen)

    def setBrush(self, brush: QBrush | QColor | Qt.BrushStyle) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill with this brush, whose pattern is fixed to the map."""
        if isinstance(brush, QBrush) and self._to_page is not None:
            brush = QBrush(brush)
            brush.setTransform(brush.transform() * self._to_page)
        super().setBrush(brush)

    def drawPath(self, path: QPainterPath) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Draw a shape in the units of the transform."""
        super().drawPath(path if self._to_page is None else self._to_page.map(path))

    def drawEllipse(self, middle: QPointF, right: float, down: float) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Draw an ellipse in the units of the transform."""
        path = QPainterPath()
        path.addEllipse(middle, right, down)
        self.drawPath(path)
