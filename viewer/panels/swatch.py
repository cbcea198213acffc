"""Small pictures of how a layer looks, beside its name and in its legend."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from viewer.engine.swatch import paint_swatch
from viewer.model.layer import Layer
from viewer.model.legend import entries_of
from viewer.model.palette import Palette
from viewer.model.styles import FillStyle, InvisibleStyle, LineStyle, Style, SymbolStyle

WIDTH_PX = 28
HEIGHT_PX = 18

_FILL_INSET_PX = 3.0


def swatch(styles: Sequence[Style], palette: Palette, *, ratio: float, opacity: float = 1.0) -> QPixmap:
    """Return the picture of a look on a ground like the map's; several looks stand side by side as a ramp.

    Parameters
    ----------
    styles
        At least one, without choices by attribute; where one has some, its default is drawn.
    palette
        Their colours.
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
    painter.fillRect(frame, QColor(*palette.rgba("sea" if isinstance(styles[0], LineStyle) else "land")))
    painter.setOpacity(opacity)
    _paint(painter, frame, styles, palette)
    painter.setOpacity(1.0)
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(*palette.rgba("ui_panel_edge")), 1))
    painter.drawRoundedRect(frame, 3, 3)
    painter.end()
    return pixmap


def styles_of(layer: Layer) -> tuple[Style, ...]:
    """Return the look that stands for a whole layer: the first of its legend."""
    entries = entries_of(layer)
    return entries[0].styles if entries else (layer.style,)


def strongest_colour(style: Style) -> str:
    """Return the palette's name of the colour that speaks for a look; empty where nothing is drawn."""
    match style:
        case FillStyle():
            return str(style.outline.default or style.fill.default or style.hatch_colour.default)
        case LineStyle() | SymbolStyle():
            return str(style.colour.default)
        case _:
            return ""


def _paint(painter: QPainter, frame: QRectF, styles: Sequence[Style], palette: Palette) -> None:
    inset = _FILL_INSET_PX if len(styles) == 1 and isinstance(styles[0], FillStyle) else 0.0
    area = frame.adjusted(inset, inset, -inset, -inset)
    if isinstance(styles[0], InvisibleStyle):
        _paint_letters(painter, frame, palette)
        return
    step = area.width() / len(styles)
    for number, style in enumerate(styles):
        paint_swatch(painter, QRectF(area.left() + number * step, area.top(), step, area.height()), style, palette)


def _paint_letters(painter: QPainter, frame: QRectF, palette: Palette) -> None:
    """Paint letters for a layer of which only the names are drawn."""
    font = painter.font()
    font.setPixelSize(11)
    font.setItalic(True)
    painter.setFont(font)
    painter.setPen(QColor(*palette.rgba("label_sea")))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, "Aa")
