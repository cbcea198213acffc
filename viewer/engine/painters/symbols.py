"""Points as symbols: each look is painted once into a sprite, then placed on whole device pixels."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform

from geodata.prepared import UNITS_PER_METRE
from viewer.engine.painters.canvas import PictureView
from viewer.engine.scene import LayerScene, Look
from viewer.engine.shapes import shape_path
from viewer.model.layer import Layer
from viewer.model.palette import Rgba
from viewer.model.symbol_size import symbol_growth

_STROKE_PX = 1.25


def paint(painter: QPainter, view: PictureView, layer: Layer, scene: LayerScene) -> Iterator[None]:
    """Paint a layer of points, yielding after each feature; later features lie on top."""
    looks, look_of = scene.looks(layer.style)
    level = scene.prepared.levels[0]
    parts = scene.parts_in(level, view.extent, scene.shown(layer, view.metres_per_pixel))
    points = level.coords[level.ring_offsets[level.part_offsets[parts]]] / UNITS_PER_METRE
    places = view.viewport.to_screen_many(points) * view.scale
    sprites = [_sprite_of(view, look) for look in looks]
    painter.setTransform(QTransform())
    painter.setOpacity(layer.opacity)
    corners = np.round(places).astype(int)
    for (x, y), row in zip(corners.tolist(), level.feature_of_part[parts].tolist(), strict=True):
        sprite = sprites[int(look_of[row])]
        painter.drawImage(QPoint(x - sprite.width() // 2, y - sprite.height() // 2), sprite)
        yield


def _sprite_of(view: PictureView, look: Look) -> QImage:
    size = look["size_px"] * symbol_growth(view.metres_per_pixel) * view.scale
    stroke = view.palette.rgba(look["stroke"]) if look["stroke"] else (0, 0, 0, 0)
    return symbol_sprite(look["shape"], view.palette.rgba(look["colour"]), stroke, round(size * 4) / 4, view.scale)


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
