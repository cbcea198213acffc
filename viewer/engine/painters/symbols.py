"""Points as symbols: each look is painted once into a sprite, then placed on whole device pixels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter, QTransform

from geodata.prepared import UNITS_PER_METRE, Level
from geodata.swarm import BLOCK
from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.density import paint_pieces
from viewer.engine.painters.sprites import symbol_sprite
from viewer.engine.scene import LayerScene, Look
from viewer.model.density import SYMBOLS
from viewer.model.layer import Layer
from viewer.model.symbol_size import symbol_growth


def paint(painter: QPainter, view: PictureView, layer: Layer, scene: LayerScene) -> Iterator[None]:
    """Paint a layer of points, yielding after each feature; later features lie on top."""
    looks, look_of = scene.looks(layer.style)
    level = scene.prepared.levels[0]
    parts = scene.parts_in(level, view.extent, scene.shown(layer, view.metres_per_pixel))
    if layer.is_own and len(parts) > SYMBOLS:
        yield from paint_pieces(painter, view, layer, _pieces(level, parts))
        return
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


def _pieces(level: Level, parts: NDArray[np.intp]) -> Iterator[tuple[NDArray[np.int32], None]]:
    """Yield the places of parts in blocks, to be counted."""
    vertices = level.ring_offsets[level.part_offsets[parts]]
    for first in range(0, len(vertices), BLOCK):
        yield level.coords[vertices[first : first + BLOCK]], None


def _sprite_of(view: PictureView, look: Look) -> QImage:
    size = look["size_px"] * symbol_growth(view.metres_per_pixel) * view.scale
    stroke = view.palette.rgba(look["stroke"]) if look["stroke"] else (0, 0, 0, 0)
    return symbol_sprite(look["shape"], view.palette.rgba(look["colour"]), stroke, round(size * 4) / 4, view.scale)
