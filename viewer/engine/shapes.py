"""The symbols' shapes, each in a square from -0.5 to 0.5."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF, QTransform


def _polygon(points: list[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _regular(corners: int, *, radius: float = 0.5, turn_deg: float = -90.0, inner: float = 0.0) -> QPainterPath:
    """Return a regular polygon, or a star where an inner radius is given."""
    count = corners * 2 if inner else corners
    points: list[tuple[float, float]] = []
    for index in range(count):
        angle = math.radians(turn_deg + 360.0 * index / count)
        length = inner if inner and index % 2 else radius
        points.append((length * math.cos(angle), length * math.sin(angle)))
    return _polygon(points)


def _circle(radius: float = 0.5) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


_FINE = 200.0
"""Qt flattens curves when it combines paths, for shapes of some hundred units: so they are that large meanwhile."""


def _large(path: QPainterPath) -> QPainterPath:
    return QTransform.fromScale(_FINE, _FINE).map(path)


def _small(path: QPainterPath) -> QPainterPath:
    return QTransform.fromScale(1 / _FINE, 1 / _FINE).map(path)


def _united(*parts: QPainterPath) -> QPainterPath:
    whole = QPainterPath()
    for part in parts:
        whole = whole.united(_large(part))
    return _small(whole.simplified())


def _without(path: QPainterPath, hole: QPainterPath) -> QPainterPath:
    return _small(_large(path).subtracted(_large(hole)))


def _ring() -> QPainterPath:
    return _without(_circle(), _circle(0.26))


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-0.43, -0.43, 0.86, 0.86), 0.08, 0.08)
    return path


def _drop() -> QPainterPath:
    path = QPainterPath(QPointF(0, -0.55))
    path.cubicTo(QPointF(0.12, -0.25), QPointF(0.4, 0.0), QPointF(0.4, 0.18))
    path.arcTo(QRectF(-0.4, -0.2, 0.8, 0.74), 0, -180)
    path.cubicTo(QPointF(-0.4, 0.0), QPointF(-0.12, -0.25), QPointF(0, -0.55))
    return path


def _flame() -> QPainterPath:
    path = QPainterPath(QPointF(0.06, -0.56))
    path.cubicTo(QPointF(0.12, -0.26), QPointF(0.44, -0.1), QPointF(0.4, 0.2))
    path.cubicTo(QPointF(0.38, 0.46), QPointF(0.16, 0.55), QPointF(0, 0.55))
    path.cubicTo(QPointF(-0.18, 0.55), QPointF(-0.4, 0.44), QPointF(-0.4, 0.16))
    path.cubicTo(QPointF(-0.4, -0.04), QPointF(-0.26, -0.14), QPointF(-0.22, -0.3))
    path.cubicTo(QPointF(-0.1, -0.22), QPointF(-0.06, -0.12), QPointF(-0.04, -0.06))
    path.cubicTo(QPointF(0.06, -0.2), QPointF(0.1, -0.36), QPointF(0.06, -0.56))
    return path


def _stroked(lines: list[list[tuple[float, float]]], width: float) -> QPainterPath:
    skeleton = QPainterPath()
    for line in lines:
        skeleton.moveTo(QPointF(*line[0]))
        for point in line[1:]:
            skeleton.lineTo(QPointF(*point))
    stroker = QPainterPathStroker()
    stroker.setWidth(width * _FINE)
    return _small(stroker.createStroke(_large(skeleton)).simplified())


def _anchor() -> QPainterPath:
    arms = QPainterPath(QPointF(-0.42, 0.06))
    arms.cubicTo(QPointF(-0.38, 0.52), QPointF(0.38, 0.52), QPointF(0.42, 0.06))
    stroker = QPainterPathStroker()
    stroker.setWidth(0.16 * _FINE)
    body = _stroked([[(0, -0.2), (0, 0.44)], [(-0.22, -0.1), (0.22, -0.1)]], 0.16)
    eye = _circle(0.17).translated(0, -0.35)
    return _united(body, _small(stroker.createStroke(_large(arms))), eye)


def _plane() -> QPainterPath:
    half = [
        (0.0, -0.52),
        (0.08, -0.42),
        (0.09, -0.16),
        (0.5, 0.12),
        (0.5, 0.22),
        (0.09, 0.1),
        (0.07, 0.34),
        (0.2, 0.46),
    ]
    half.append((0.2, 0.53))
    half.append((0.0, 0.47))
    return _polygon([*half, *((-x, y) for x, y in reversed(half[1:-1]))])


def _pick() -> QPainterPath:
    head = QPainterPath(QPointF(-0.52, 0.0))
    head.cubicTo(QPointF(-0.3, -0.56), QPointF(0.3, -0.56), QPointF(0.52, 0.0))
    head.cubicTo(QPointF(0.24, -0.22), QPointF(-0.24, -0.22), QPointF(-0.52, 0.0))
    tool = _united(head, _stroked([[(0, -0.4), (0, 0.56)]], 0.19))
    return QTransform().rotate(35).map(tool)


def _gem() -> QPainterPath:
    return _polygon([(-0.28, -0.42), (0.28, -0.42), (0.5, -0.1), (0.0, 0.5), (-0.5, -0.1)])


def _atom() -> QPainterPath:
    blades = QPainterPath()
    for start in (60, 180, 300):
        blade = QPainterPath(QPointF(0, 0))
        blade.arcTo(QRectF(-0.5, -0.5, 1, 1), start, 60)
        blade.closeSubpath()
        blades = _united(blades, blade)
    return _united(_without(blades, _circle(0.16)), _circle(0.1))


def _pin() -> QPainterPath:
    path = QPainterPath(QPointF(0, 0.5))
    path.cubicTo(QPointF(-0.08, 0.24), QPointF(-0.36, 0.08), QPointF(-0.36, -0.16))
    path.arcTo(QRectF(-0.36, -0.52, 0.72, 0.72), 180, -180)
    path.cubicTo(QPointF(0.36, 0.08), QPointF(0.08, 0.24), QPointF(0, 0.5))
    return _without(path, _circle(0.14).translated(0, -0.16))


_SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "circle": _circle,
    "ring": _ring,
    "square": _square,
    "diamond": lambda: _regular(4),
    "triangle": lambda: _regular(3, radius=0.56).translated(0, 0.08),
    "star": lambda: _regular(5, radius=0.56, inner=0.23),
    "hexagon": lambda: _regular(6),
    "anchor": _anchor,
    "plane": _plane,
    "pick": _pick,
    "flame": _flame,
    "drop": _drop,
    "gem": _gem,
    "atom": _atom,
    "pin": _pin,
}

SHAPE_NAMES = tuple(_SHAPES)


def shape_path(name: str, *, size_px: float = 1.0) -> QPainterPath:
    """Return a shape about the origin; an unknown name gives a circle.

    Parameters
    ----------
    name
        One of `SHAPE_NAMES`.
    size_px
        Width of the square it fills.
    """
    path = _SHAPES.get(name, _circle)()
    return QTransform.fromScale(size_px, size_px).map(path)
