"""What a shape looks like while it is reshaped: its outline, and handles near the pointer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from geodata.errors import GeometryError
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, paint_drawing
from viewer.model.camera import Viewport
from viewer.model.palette import Palette
from viewer.model.reshaping import Subject
from viewer.modes.annotate.outlines import paths_of

COLOUR = "boundary"
HANDLE_PX = 8.0

_ALL_BELOW = 300
_NEAR_PX = 90.0
_EXACT_BELOW = 500
_THINNED_PX = 2.0
_MARGIN_PX = 40.0

Floats = NDArray[np.float64]


def paint_outline(painter: QPainter, subject: Subject, viewport: Viewport, palette: Palette) -> None:
    """Paint the lines of a shape; one of very many corners as it can be told apart on the screen."""
    if len(subject.vertices) > _EXACT_BELOW:
        _paint_thinned(painter, subject, viewport, palette)
        return
    try:
        paths = paths_of(subject.geometry())
    except GeometryError:  # a circle drawn out beyond the map
        return
    lines = tuple(DrawnLine(path, COLOUR, width_px=2.0) for path in paths)
    paint_drawing(painter, Drawing(lines), viewport, palette)


def shown_handles(subject: Subject, viewport: Viewport, pointer: QPointF | None) -> NDArray[np.int64]:
    """Return which corners have a handle: those in view, of many only those near the pointer."""
    pixels = viewport.to_screen_many(subject.vertices.plane)
    size = np.array([viewport.width_px, viewport.height_px])
    inside = ((pixels > -HANDLE_PX) & (pixels < size + HANDLE_PX)).all(axis=1)
    if int(inside.sum()) > _ALL_BELOW:
        at = np.array([pointer.x(), pointer.y()]) if pointer is not None else size / 2
        inside &= np.hypot(*(pixels - at).T) <= _NEAR_PX
    return np.flatnonzero(inside)[:_ALL_BELOW]


def paint_handles(
    painter: QPainter,
    subject: Subject,
    indices: Sequence[int],
    *,
    chosen: int,
    viewport: Viewport,
    palette: Palette,
) -> None:
    """Paint handles on corners, the chosen one filled."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*palette.rgba(COLOUR)), 1.5))
    ground, filled = QColor(*palette.rgba("ui_panel")), QColor(*palette.rgba(COLOUR))
    pixels = viewport.to_screen_many(subject.vertices.plane[np.asarray(indices, dtype=np.int64)])
    half = HANDLE_PX / 2
    for index, (x, y) in zip(indices, pixels.tolist(), strict=True):
        painter.setBrush(filled if index == chosen else ground)
        painter.drawRect(QRectF(x - half, y - half, HANDLE_PX, HANDLE_PX))
    painter.restore()


def paint_grip(painter: QPainter, at: QPointF, palette: Palette, *, is_whole: bool) -> None:
    """Paint the handle by which the whole is moved, or the mark of a corner that could be added."""
    reach = 9.0 if is_whole else 5.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*palette.rgba(COLOUR)), 1.5))
    painter.setBrush(QColor(*palette.rgba("ui_panel")))
    painter.drawEllipse(at, reach, reach)
    arm = reach - 3.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(at - QPointF(arm, 0.0), at + QPointF(arm, 0.0))
    painter.drawLine(at - QPointF(0.0, arm), at + QPointF(0.0, arm))
    painter.restore()


def _paint_thinned(painter: QPainter, subject: Subject, viewport: Viewport, palette: Palette) -> None:
    """Paint plain lines a pixel wide, which is the one thing that Qt draws by the thousand in a moment."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(QColor(*palette.rgba(COLOUR)), 0.0))
    for path in _thinned(subject, viewport):
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in path.tolist()]))
    painter.restore()


def _thinned(subject: Subject, viewport: Viewport) -> tuple[Floats, ...]:
    """Return the paths in pixels, as far as their vertices can be told apart and lie in view or beside it."""
    known = subject.vertices
    pixels = viewport.to_screen_many(known.plane)
    size = np.array([viewport.width_px, viewport.height_px])
    found: list[Floats] = []
    for number in range(len(known.ends)):
        path = pixels[known.path(number)]
        path = np.vstack((path, path[:1])) if known.kind == "polygon" else path
        cells = np.round(path / _THINNED_PX)
        path = path[np.concatenate(([True], (np.diff(cells, axis=0) != 0).any(axis=1)))]
        low, high = np.minimum(path[:-1], path[1:]), np.maximum(path[:-1], path[1:])
        near = ((high > -_MARGIN_PX) & (low < size + _MARGIN_PX)).all(axis=1)
        ends = np.flatnonzero(np.diff(np.concatenate(([False], near, [False])).astype(np.int8)))
        found += [path[first : last + 1] for first, last in zip(ends[::2], ends[1::2], strict=True)]
    return tuple(found)
