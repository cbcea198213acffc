"""Wide strokes that are quick enough for every frame.

A wide antialiased stroke of a coast of 2,000 vertices costs Qt's raster engine 15–75 ms, a hairline 0.2–0.4 ms. So a
wide stroke is swept: hairlines, each shifted a little, as a round brush would leave them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from geodata.hit import Hit
from viewer.model.camera import Viewport
from viewer.model.layer import LayerStack
from viewer.model.styles import SymbolStyle
from viewer.model.symbol_size import symbol_growth

_FINE_STEP_PX = 1.1
_COARSE_STEP_PX = 2.0
_RING_GAP_PX = 4.0
_SMALLEST_RING_PX = 14.0


def sweep(
    painter: QPainter,
    paths: Sequence[QPainterPath],
    colour: QColor,
    *,
    reach_px: float,
    scale: float,
    is_fine: bool,
) -> None:
    """Stroke paths with a round brush.

    Parameters
    ----------
    painter
        Its transform and brush are put back.
    paths
        In device pixels.
    colour
        Where it is not opaque the stroke fades towards its rim.
    reach_px
        Half the stroke's width, in logical pixels.
    scale
        Device pixels per logical pixel.
    is_fine
        Whether the brush is dense; a coarse one takes a third of the time.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.0))
    for right, down in _brush(reach_px * scale, _FINE_STEP_PX if is_fine else _COARSE_STEP_PX):
        painter.setTransform(QTransform(1 / scale, 0, 0, 1 / scale, right / scale, down / scale))
        for path in paths:
            painter.drawPath(path)
    painter.restore()


def draw_ring(
    painter: QPainter, hit: Hit, viewport: Viewport, colour: QColor, *, reach_px: float, stack: LayerStack
) -> None:
    """Stroke a ring around each point of a feature, clear of its symbol.

    Parameters
    ----------
    painter
        In logical pixels of the view; its pen and brush are put back.
    hit
        A feature made of points.
    viewport
        The view.
    colour, reach_px
        Of the stroke; half its width in logical pixels.
    stack
        The layers, for the size of the symbol.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, max(2 * reach_px, 1.0)))
    radius = _ring_px(hit, viewport, stack)
    for place in hit.outline:
        painter.drawEllipse(QPointF(*viewport.to_screen(*map(float, place[0]))), radius, radius)
    painter.restore()


@lru_cache(maxsize=64)
def _brush(radius_px: float, step_px: float) -> tuple[tuple[float, float], ...]:
    """Return the shifts of a round brush, in device pixels: rings from its rim to its middle."""
    reach = max(radius_px - 0.5, 0.0)
    rings = math.ceil(reach / step_px)
    shifts: list[tuple[float, float]] = []
    for ring in range(rings, 0, -1):
        radius = reach * ring / rings
        count = max(4, math.ceil(2 * math.pi * radius / step_px))
        angles = (2 * math.pi * index / count for index in range(count))
        shifts += [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    return (*shifts, (0.0, 0.0)) if radius_px < 2 * step_px else tuple(shifts)


def _ring_px(hit: Hit, viewport: Viewport, stack: LayerStack) -> float:
    layer = stack.get(hit.layer_id)
    size = 0.0
    if layer is not None and isinstance(layer.style, SymbolStyle):
        size = layer.style.size_px.of(hit.attributes) * symbol_growth(viewport.camera.metres_per_pixel)
    return max(size, _SMALLEST_RING_PX) / 2 + _RING_GAP_PX
