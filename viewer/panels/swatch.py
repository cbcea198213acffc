"""Small pictures of how a layer looks: the legend beside its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap

from viewer.engine.shapes import shape_path
from viewer.model.palette import Palette
from viewer.model.styles import FillStyle, LineStyle, Style, SymbolStyle

WIDTH_PX = 28
HEIGHT_PX = 18

_HATCHES = ("diagonal", "cross")


def swatch(
    style: Style, attributes: Mapping[str, Any], palette: Palette, *, ratio: float, opacity: float = 1.0
) -> QPixmap:
    """Return the picture of a style for features with these attributes, on a ground like the map's.

    Parameters
    ----------
    style, attributes
        What is drawn.
    palette
        Its colours.
    ratio
        Device pixels per logical pixel.
    opacity
        The layer's, 0–1.
    """
    pixmap = QPixmap(QSize(WIDTH_PX, HEIGHT_PX) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(0.5, 0.5, WIDTH_PX - 1, HEIGHT_PX - 1)
    clip = QPainterPath()
    clip.addRoundedRect(frame, 3, 3)
    painter.setClipPath(clip)
    painter.fillRect(frame, _colour(palette, _ground_of(style)))
    painter.setOpacity(opacity)
    match style:
        case FillStyle():
            _fill(painter, frame, style, attributes, palette)
        case LineStyle():
            _line(painter, frame, style, attributes, palette)
        case SymbolStyle():
            _symbol(painter, frame, style, attributes, palette)
        case _:
            _letters(painter, frame, palette)
    painter.setOpacity(1.0)
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_colour(palette, "ui_panel_edge"), 1))
    painter.drawRoundedRect(frame, 3, 3)
    painter.end()
    return pixmap


def _ground_of(style: Style) -> str:
    return "sea" if isinstance(style, LineStyle) else "land"


def _fill(p: QPainter, frame: QRectF, style: FillStyle, attributes: Mapping[str, Any], palette: Palette) -> None:
    inner = frame.adjusted(-2, 4, -8, 2)
    fill, outline = style.fill.of(attributes), style.outline.of(attributes)
    hatch, hatch_colour = style.hatch.of(attributes), style.hatch_colour.of(attributes)
    shape = QPainterPath()
    shape.addRoundedRect(inner, 3, 3)
    if fill:
        p.fillPath(shape, _colour(palette, fill))
    if hatch in _HATCHES and hatch_colour:
        _hatch(p, shape, cross=hatch == "cross", colour=_colour(palette, hatch_colour))
    if outline:
        width = float(style.outline_width_px.of(attributes))
        p.strokePath(shape, _pen(_colour(palette, outline), max(width, 1.2), style.outline_dash.of(attributes)))


def _hatch(p: QPainter, shape: QPainterPath, *, cross: bool, colour: QColor) -> None:
    p.save()
    p.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    p.setPen(QPen(colour, 1.4))
    box = shape.boundingRect()
    left = box.left() - box.height()
    while left < box.right():
        p.drawLine(QPointF(left, box.bottom()), QPointF(left + box.height(), box.top()))
        if cross:
            p.drawLine(QPointF(left, box.top()), QPointF(left + box.height(), box.bottom()))
        left += 5
    p.restore()


def _line(p: QPainter, frame: QRectF, style: LineStyle, attributes: Mapping[str, Any], palette: Palette) -> None:
    width = min(max(float(style.width_px.of(attributes)), 1.2), 5.0)
    path = QPainterPath(QPointF(frame.left() - 2, frame.center().y() + 3))
    path.cubicTo(
        QPointF(frame.left() + 9, frame.center().y() - 6),
        QPointF(frame.right() - 9, frame.center().y() + 6),
        QPointF(frame.right() + 2, frame.center().y() - 3),
    )
    casing = style.casing.of(attributes)
    if casing:
        p.strokePath(path, _pen(_colour(palette, casing), width + 2 * float(style.casing_px.of(attributes)), ()))
    colour = style.colour.of(attributes)
    if colour:
        p.strokePath(path, _pen(_colour(palette, colour), width, style.dash.of(attributes)))


def _symbol(p: QPainter, frame: QRectF, style: SymbolStyle, attributes: Mapping[str, Any], palette: Palette) -> None:
    size = min(max(float(style.size_px.of(attributes)), 8.0), 13.0)
    path = shape_path(str(style.shape.of(attributes)), size_px=size).translated(frame.center())
    stroke = style.stroke.of(attributes)
    if stroke:
        pen = QPen(_colour(palette, stroke), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        p.strokePath(path, pen)
    colour = style.colour.of(attributes)
    if colour:
        p.fillPath(path, QBrush(_colour(palette, colour)))


def _letters(p: QPainter, frame: QRectF, palette: Palette) -> None:
    font = p.font()
    font.setPixelSize(11)
    font.setItalic(True)
    p.setFont(font)
    p.setPen(_colour(palette, "label_sea"))
    p.drawText(frame, Qt.AlignmentFlag.AlignCenter, "Aa")


def _pen(colour: QColor, width: float, dash: Any) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([max(float(step), 0.1) for step in dash])
    return pen


def _colour(palette: Palette, name: str) -> QColor:
    return QColor(*palette.rgba(name))
