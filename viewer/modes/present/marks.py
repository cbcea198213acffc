"""What the speaker does on the audience's map with the pointer: laser, spotlight, pen."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from viewer.model.camera import Viewport
from viewer.model.palette import Palette

Tool = Literal["", "laser", "spotlight", "draw"]

_LASER_PX, _GLOW_PX = 7.0, 22.0
_SPOT_PX = 170.0
_PEN_PX = 4.0
_DIM = 170


class Marks:
    """The tool in hand, where it points, and the strokes drawn so far; these stay on their coordinates.

    Attributes
    ----------
    tool : str
        ``laser``, ``spotlight``, ``draw``, or empty for none.
    strokes : list of list of (float, float)
        In map metres.
    """

    def __init__(self) -> None:
        self.tool: Tool = ""
        self.strokes: list[list[tuple[float, float]]] = []
        self._at_px: tuple[float, float] | None = None
        self._is_drawing = False

    @property
    def is_drawing(self) -> bool:
        """Whether the pen is on the map."""
        return self._is_drawing

    def turn(self, tool: Tool) -> None:
        """Take a tool in hand, or put it down where it is in hand already."""
        self.tool = "" if self.tool == tool else tool
        self._is_drawing = False

    def point(self, px: float, py: float, viewport: Viewport) -> None:
        """Say where the pointer is, in logical pixels; a pen that is down draws."""
        self._at_px = (px, py)
        if self._is_drawing:
            self.strokes[-1].append(viewport.to_map(px, py))

    def press(self, px: float, py: float, viewport: Viewport) -> bool:
        """Put the pen down; return whether a pen is in hand."""
        self.point(px, py, viewport)
        if self.tool != "draw":
            return False
        self.strokes.append([viewport.to_map(px, py)])
        self._is_drawing = True
        return True

    def release(self) -> bool:
        """Lift the pen; return whether it was down."""
        was_drawing, self._is_drawing = self._is_drawing, False
        return was_drawing

    def undo(self) -> None:
        """Take the last stroke back."""
        if self.strokes:
            self.strokes.pop()
        self._is_drawing = False

    def clear(self) -> None:
        """Take all strokes back."""
        self.strokes.clear()
        self._is_drawing = False

    def paint(self, painter: QPainter, viewport: Viewport, palette: Palette) -> None:
        """Paint strokes and pointer, in logical pixels of the view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strokes(
            painter, viewport, QColor(palette.css("stage_pen")), QColor(palette.css("stage_pen_casing"))
        )
        if self._at_px is None:
            return
        at = QPointF(*self._at_px)
        if self.tool == "spotlight":
            shade = QPainterPath()
            shade.addRect(0, 0, viewport.width_px, viewport.height_px)
            shade.addEllipse(at, _SPOT_PX, _SPOT_PX)
            painter.fillPath(shade, QColor(0, 0, 0, _DIM))
        elif self.tool == "laser":
            _paint_laser(painter, at, QColor(palette.css("stage_laser")))

    def _paint_strokes(self, painter: QPainter, viewport: Viewport, colour: QColor, casing: QColor) -> None:
        for stroke in self.strokes:
            path = QPainterPath(QPointF(*viewport.to_screen(*stroke[0])))
            for point in stroke[1:] or stroke:
                path.lineTo(QPointF(*viewport.to_screen(*point)))
            for pen_colour, width in ((casing, _PEN_PX + 3), (colour, _PEN_PX)):
                pen = QPen(pen_colour, width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.strokePath(path, pen)


def _paint_laser(painter: QPainter, at: QPointF, colour: QColor) -> None:
    shine = QRadialGradient(at, _GLOW_PX)
    faint = QColor(colour)
    faint.setAlpha(140)
    shine.setColorAt(0, faint)
    faint.setAlpha(0)
    shine.setColorAt(1, faint)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shine)
    painter.drawEllipse(at, _GLOW_PX, _GLOW_PX)
    painter.setBrush(colour)
    painter.drawEllipse(at, _LASER_PX, _LASER_PX)
