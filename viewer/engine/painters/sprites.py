"""Symbols as small images, each painted once."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from viewer.engine.shapes import shape_path
from viewer.model.palette import Rgba

_STROKE_PX = 1.25


@lru_cache(maxsize=512)
def symbol_sprite(shape: str, fill: Rgba, stroke: Rgba, size_px: float, scale: float) -> QImage:
    """Return a symbol as a transparent image of odd width and height, its middle in the middle pixel.

    Parameters
    ----------
    shape
        A name of `viewer.engine.shapes`.
    fill, stroke
        Colours; a stroke with alpha 0 is not drawn.
    size_px, scale
        Size in device pixels, and device pixels per logical pixel, which sets the stroke's width.
    """
    edge = _STROKE_PX * scale
    half = math.ceil(size_px / 2 + edge * 1.5) + 1
    image = QImage(2 * half + 1, 2 * half + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(half + 0.5, half + 0.5)
    path = shape_path(shape, size_px=size_px)
    if stroke[3]:
        painter.strokePath(path, QPen(QColor(*stroke), 2 * edge, j=Qt.PenJoinStyle.RoundJoin))
    painter.fillPath(path, QColor(*fill))
    painter.end()
    return image
