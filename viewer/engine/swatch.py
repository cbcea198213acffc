"""A small sample of a style, for legends and lists of layers."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.pens import hatch
from viewer.engine.shapes import shape_path
from viewer.model.camera import Camera, Viewport
from viewer.model.palette import Palette
from viewer.model.styles import FillStyle, LineStyle, Rule, Style, SymbolStyle

_LARGEST_SYMBOL_PX = 15.0
_STROKE_PX = 1.25


def paint_swatch(painter: QPainter, area: QRectF, style: Style, palette: Palette) -> None:
    """Paint a sample of a style into a rectangle in logical pixels; choices by attribute take their default.

    The style's own widths and dashes are used, so that the sample looks as the map does. Leaves the painter's pen and
    brush changed.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if isinstance(style, FillStyle):
        _paint_fill(painter, area, style, palette)
    elif isinstance(style, LineStyle):
        _paint_line(painter, area, style, palette)
    elif isinstance(style, SymbolStyle):
        _paint_symbol(painter, area, style, palette)


def _paint_fill(painter: QPainter, area: QRectF, style: FillStyle, palette: Palette) -> None:
    inner = area.adjusted(1, 1, -1, -1)
    if style.fill.default:
        painter.fillRect(inner, QColor(*palette.rgba(style.fill.default)))
    if style.hatch.default != "none":
        scale = painter.deviceTransform().m11()
        view = PictureView(Viewport(Camera(0, 0, 1), 1, 1), scale, palette)
        painter.fillRect(inner, hatch(view, style.hatch.default, style.hatch_colour.default))
    if style.outline.default:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(palette, style.outline, style.outline_width_px, style.outline_dash))
        painter.drawRect(inner)


def _paint_line(painter: QPainter, area: QRectF, style: LineStyle, palette: Palette) -> None:
    middle = area.center().y()
    line = QLineF(area.left() + 1, middle, area.right() - 1, middle)
    if style.casing.default:
        width = style.width_px.default + 2 * style.casing_px.default
        painter.setPen(QPen(QColor(*palette.rgba(style.casing.default)), width, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(line)
    if style.colour.default:
        painter.setPen(_pen(palette, style.colour, style.width_px, style.dash))
        painter.drawLine(line)


def _paint_symbol(painter: QPainter, area: QRectF, style: SymbolStyle, palette: Palette) -> None:
    size = min(style.size_px.default, _LARGEST_SYMBOL_PX, area.height())
    path = shape_path(style.shape.default, size_px=size).translated(area.center() + QPointF(0, 0))
    if style.stroke.default:
        edge = QPen(QColor(*palette.rgba(style.stroke.default)), 2 * _STROKE_PX, j=Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, edge)
    painter.fillPath(path, QColor(*palette.rgba(style.colour.default)))


def _pen(palette: Palette, colour: Rule, width_px: Rule, dash: Rule) -> QPen:
    width = max(width_px.default, 1.0)
    pen = QPen(QColor(*palette.rgba(colour.default)), width, j=Qt.PenJoinStyle.MiterJoin, c=Qt.PenCapStyle.FlatCap)
    if dash.default:
        pen.setDashPattern([max(part, 1 / math.ceil(width)) for part in dash.default])
    return pen
