"""Pens and hatches that keep their size on the screen whatever the scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from viewer.engine.painters.canvas import PictureView

_HATCH_TILE_PX = 9
_HATCH_LINE_PX = 1.6
_HAIRLINE_PX = 1.0
_NARROW_PX = 3.0


def pen(view: PictureView, colour: str, *, width_px: float, dash: Sequence[float] = ()) -> QPen:
    """Return a cosmetic pen; `dash` is in multiples of the width, empty for a solid line."""
    made = QPen(view.colour(colour))
    made.setCosmetic(True)
    made.setWidthF(width_px * view.scale)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
    if dash:
        made.setDashPattern(list(dash))
    return made


def is_stroked_in_runs(chosen: QPen) -> bool:
    """Tell whether long lines are to be drawn by this pen in runs: wide and solid ones; Qt is quick with hairlines."""
    return chosen.widthF() > _HAIRLINE_PX and not chosen.dashPattern()


def eased(chosen: QPen) -> QPen:
    """Return a pen that cuts corners off where it is narrow: nobody sees it, and it is three times as fast."""
    if is_stroked_in_runs(chosen) and chosen.widthF() <= _NARROW_PX:
        chosen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return chosen


def stroke(painter: QPainter, chosen: QPen, paths: Sequence[QPainterPath]) -> Iterator[None]:
    """Stroke a line, which may come in runs, yielding after each.

    Where the pen lets something through, runs end flat: round ends would be seen twice where they overlap.
    """
    if len(paths) > 1 and chosen.color().alpha() < 255:
        chosen = QPen(chosen)
        chosen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(chosen)
    for path in paths:
        painter.drawPath(path)
        yield


def hatch(view: PictureView, name: str, colour: str) -> QBrush:
    """Return a brush of hatching lines that are fixed to the map and upright on the screen.

    Parameters
    ----------
    view
        The picture.
    name
        ``diagonal`` or ``cross``.
    colour
        A name in the palette.
    """
    red, green, blue, alpha = view.palette.rgba(colour)
    brush = QBrush(_hatch_tile(name, red, green, blue, alpha, view.scale))
    mpp = view.metres_per_pixel / view.scale
    to_map = QTransform().rotate(view.viewport.camera.bearing_deg).scale(mpp, -mpp)
    brush.setTransform(to_map)
    return brush


@lru_cache(maxsize=64)
def _hatch_tile(name: str, red: int, green: int, blue: int, alpha: int, scale: float) -> QImage:
    side = max(4, round(_HATCH_TILE_PX * scale))
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(red, green, blue, alpha), _HATCH_LINE_PX * scale, c=Qt.PenCapStyle.SquareCap))
    for shift in (-side, 0, side):
        painter.drawLine(QPointF(shift, side), QPointF(shift + side, 0))
        if name == "cross":
            painter.drawLine(QPointF(shift, 0), QPointF(shift + side, side))
    painter.end()
    return tile
