"""Short texts with a halo, painted once and kept: for what stands on the map but does not move with it."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from viewer.engine.flat_painter import is_page, is_searchable
from viewer.engine.fonts import FAMILY
from viewer.model.palette import Rgba

_HALO_PX = 1.6
_DRAWN_AT_PX = 100


@lru_cache(maxsize=8)
def _font(weight: int) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(_DRAWN_AT_PX)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=1024)
def text_width(text: str, size_px: float, *, weight: int = 400) -> float:
    """Return how wide a text is, in logical pixels, without its halo."""
    return QFontMetricsF(_font(weight)).horizontalAdvance(text) * size_px / _DRAWN_AT_PX


def broken(text: str, width_px: float, *, size_px: float, weight: int = 400) -> list[str]:
    """Return a text in lines that fit a width, broken at spaces; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size_px, weight=weight) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw_text(
    painter: QPainter,
    text: str,
    *,
    x: float,
    baseline: float,
    size_px: float,
    colour: Rgba,
    halo: Rgba = (0, 0, 0, 0),
    weight: int = 400,
) -> None:
    """Draw a text from a point on its baseline, in logical pixels.

    Parameters
    ----------
    painter
        Not turned; its scale is the device's.
    text
        One line.
    x, baseline
        Where it begins.
    size_px
        Height of the type in logical pixels.
    colour, halo
        A halo with alpha 0 is not drawn.
    weight
        As in CSS, 400 is regular.
    """
    if is_page(painter):
        _write_text(painter, text, QPointF(x, baseline), size_px, colour, halo, weight)
        return
    to_device = painter.deviceTransform()
    scale = to_device.m11()
    place = to_device.map(QPointF(x, baseline))
    image = _text_image(text, size_px * scale, colour, halo, weight, _HALO_PX * scale)
    left, top = round(place.x()) + image.offset().x(), round(place.y()) + image.offset().y()
    corner = to_device.inverted()[0].map(QPointF(left, top))
    painter.save()
    painter.translate(corner)
    painter.scale(1 / scale, 1 / scale)
    painter.drawImage(0, 0, image)
    painter.restore()


def _write_text(
    painter: QPainter, text: str, place: QPointF, size_px: float, colour: Rgba, halo: Rgba, weight: int
) -> None:
    factor = size_px / _DRAWN_AT_PX
    path = _outline(text, weight)
    painter.save()
    painter.translate(place)
    painter.scale(factor, factor)
    if halo[3]:
        painter.strokePath(path, QPen(QColor(*halo), 2 * _HALO_PX / factor, j=Qt.PenJoinStyle.RoundJoin))
    if is_searchable(painter):
        painter.setFont(_font(weight))
        painter.setPen(QColor(*colour))
        painter.drawText(QPointF(0, 0), text)
    else:
        painter.fillPath(path, QColor(*colour))
    painter.restore()


def _outline(text: str, weight: int) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, _font(weight), text)
    return path


@lru_cache(maxsize=256)
def _text_image(text: str, size_px: float, colour: Rgba, halo: Rgba, weight: int, halo_px: float) -> QImage:
    """Return the text in device pixels; its offset is the way from the text's origin to its corner."""
    path = _outline(text, weight)
    factor = size_px / _DRAWN_AT_PX
    ink = path.boundingRect()
    left, top = math.floor(ink.left() * factor - halo_px) - 1, math.floor(ink.top() * factor - halo_px) - 1
    width = max(1, math.ceil(ink.right() * factor + halo_px) + 1 - left)
    height = max(1, math.ceil(ink.bottom() * factor + halo_px) + 1 - top)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-left, -top)
    painter.scale(factor, factor)
    if halo[3]:
        pen = QPen(QColor(*halo), 2 * halo_px / factor, j=Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    painter.fillPath(path, QColor(*colour))
    painter.end()
    image.setOffset(QPoint(left, top))
    return image
