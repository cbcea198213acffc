"""What stands on the map and does not move with it: scale bar, north arrow, credits, legend."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from viewer.engine.halo_text import broken, draw_text, text_width
from viewer.engine.legend import paint_legend
from viewer.model.camera import Camera, Viewport
from viewer.model.legend import LegendGroup
from viewer.model.north import north_angle_deg
from viewer.model.palette import Palette
from viewer.model.scale_bar import scale_bar

MARGIN_PX = 16.0
_BAR_HEIGHT_PX = 5.0
_BAR_TEXT_PX = 12.0
_BAR_ROOM_PX = 230.0
_BAR_ROOM_HIGH_PX = 40.0
_BAR_HIGH_PX = 25.0
_BAR_WIDEST_PX = 162.0
_ARROW_RADIUS_PX = 17.0
_CREDIT_PX = 10.5
_CREDIT_LINE_PX = 14.0
_CREDIT_FOOT_PX = 4.0
_CREDIT_WIDTH_PX = 560.0
_NARROW_PX = 200.0
_MOST_LINES = 2
_CLEAR_PX = 3.0


def paint_furniture(
    painter: QPainter,
    viewport: Viewport,
    palette: Palette,
    *,
    attribution: tuple[str, ...],
    legend: tuple[LegendGroup, ...] = (),
) -> None:
    """Paint everything that stands on a view.

    Parameters
    ----------
    painter
        In logical pixels of the view, not turned.
    viewport, palette
        The view and its colours.
    attribution
        Credits; all are shown, on as many lines as they need.
    legend
        What the legend says; empty for none.
    """
    paint_bearings(painter, viewport, palette)
    paint_attribution(painter, viewport, palette, attribution)
    if legend:
        paint_legend(painter, legend_room(viewport, attribution), legend, palette)


def paint_bearings(painter: QPainter, viewport: Viewport, palette: Palette) -> None:
    """Paint what changes with every move of the camera: scale bar and north arrow."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_scale_bar(painter, viewport, palette)
    _paint_north_arrow(painter, viewport.camera, viewport.width_px, palette)
    painter.restore()


def paint_attribution(painter: QPainter, viewport: Viewport, palette: Palette, attribution: tuple[str, ...]) -> None:
    """Paint the credits at the bottom right, on as many lines as they need."""
    lines, bottom = _attribution_place(viewport, attribution)
    for index, line in enumerate(reversed(lines)):
        draw_text(
            painter,
            line,
            x=viewport.width_px - MARGIN_PX / 2 - text_width(line, _CREDIT_PX),
            baseline=bottom - index * _CREDIT_LINE_PX,
            size_px=_CREDIT_PX,
            colour=palette.rgba("label"),
            halo=palette.rgba("label_halo"),
        )


def shown_credits(viewport: Viewport, attribution: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a window says of its credits: all where they cover little of the map, else where they are told.

    Not for pictures that leave the program: those carry all.
    """
    lines, bottom = _attribution_place(viewport, attribution)
    is_beside_bar = bottom > viewport.height_px - MARGIN_PX
    if not attribution or (is_beside_bar and len(lines) <= _MOST_LINES):
        return attribution
    return (f"{len(attribution)} sources: see About",)


def furniture_boxes(viewport: Viewport, attribution: tuple[str, ...]) -> tuple[QRectF, ...]:
    """Return what scale bar, north arrow and credits cover of a view, in logical pixels, for names to keep out of.

    The same wherever the camera is. Holds the credits both as a window and as a still tells them; not the legend.
    """
    width, height = viewport.width_px, viewport.height_px
    side = 2 * _ARROW_RADIUS_PX
    boxes = [
        QRectF(width - MARGIN_PX - side, MARGIN_PX, side, side),
        QRectF(MARGIN_PX - 2, height - MARGIN_PX - _BAR_HIGH_PX, _BAR_WIDEST_PX, _BAR_HIGH_PX + 2),
    ]
    for credits_ in {attribution, shown_credits(viewport, attribution)} - {()}:
        lines, bottom = _attribution_place(viewport, credits_)
        wide = max(text_width(line, _CREDIT_PX) for line in lines)
        top = bottom - len(lines) * _CREDIT_LINE_PX
        boxes.append(QRectF(width - MARGIN_PX / 2 - wide, top, wide, bottom - top + _CREDIT_FOOT_PX))
    return tuple(box.adjusted(-_CLEAR_PX, -_CLEAR_PX, _CLEAR_PX, _CLEAR_PX) for box in boxes)


def legend_room(viewport: Viewport, attribution: tuple[str, ...]) -> QRectF:
    """Return where the legend may stand: clear of everything else."""
    lines, bottom = _attribution_place(viewport, attribution)
    lowest = min(bottom - len(lines) * _CREDIT_LINE_PX, viewport.height_px - MARGIN_PX - _BAR_ROOM_HIGH_PX)
    width = viewport.width_px - 3 * MARGIN_PX - 2 * _ARROW_RADIUS_PX
    return QRectF(MARGIN_PX, MARGIN_PX, width, max(lowest - MARGIN_PX - MARGIN_PX / 2, 0.0))


@lru_cache(maxsize=16)
def attribution_lines(attribution: tuple[str, ...], *, width_px: float) -> tuple[str, ...]:
    """Return the credits, joined by dots, broken into lines that fit; a credit that is too long breaks at a space."""
    lines: list[str] = []
    for credit in attribution:
        joined = f"{lines[-1]} · {credit}" if lines else credit
        if lines and text_width(joined, _CREDIT_PX) <= width_px:
            lines[-1] = joined
        else:
            lines += broken(credit, width_px, size_px=_CREDIT_PX)
    return tuple(lines)


def _attribution_place(viewport: Viewport, attribution: tuple[str, ...]) -> tuple[tuple[str, ...], float]:
    """Return the credits' lines and the last one's baseline: beside the scale bar, or above it for want of room."""
    beside_bar = viewport.width_px - 2 * MARGIN_PX - _BAR_ROOM_PX
    is_narrow = beside_bar < _NARROW_PX and text_width(" · ".join(attribution), _CREDIT_PX) > beside_bar
    width = min(viewport.width_px - 2 * MARGIN_PX if is_narrow else beside_bar, _CREDIT_WIDTH_PX)
    bottom = viewport.height_px - (MARGIN_PX + _BAR_ROOM_HIGH_PX if is_narrow else MARGIN_PX / 2)
    return attribution_lines(attribution, width_px=width), bottom


def _paint_scale_bar(painter: QPainter, viewport: Viewport, palette: Palette) -> None:
    bar = scale_bar(viewport)
    ink, halo = palette.rgba("scale_bar"), palette.rgba("label_halo")
    frame = QRectF(MARGIN_PX, viewport.height_px - MARGIN_PX - _BAR_HEIGHT_PX, bar.width_px, _BAR_HEIGHT_PX)
    painter.fillRect(frame.adjusted(-2, -2, 2, 2), QColor(*halo))
    painter.fillRect(QRectF(frame.topLeft(), frame.center() + QPointF(0, _BAR_HEIGHT_PX / 2)), QColor(*ink))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(*ink), 1))
    painter.drawRect(frame)
    draw_text(
        painter,
        bar.text,
        x=frame.left(),
        baseline=frame.top() - 6,
        size_px=_BAR_TEXT_PX,
        colour=ink,
        halo=halo,
        weight=500,
    )


def _paint_north_arrow(painter: QPainter, camera: Camera, width_px: float, palette: Palette) -> None:
    """Paint a needle along the meridian through the middle of the view; at the pole, a ring about it."""
    ink, halo = palette.rgba("scale_bar"), palette.rgba("label_halo")
    middle = QPointF(width_px - MARGIN_PX - _ARROW_RADIUS_PX, MARGIN_PX + _ARROW_RADIUS_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*halo))
    painter.drawEllipse(middle, _ARROW_RADIUS_PX, _ARROW_RADIUS_PX)
    angle = north_angle_deg(camera)
    letter = middle
    if angle is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(*ink), 1.6))
        painter.drawEllipse(middle, _ARROW_RADIUS_PX - 4, _ARROW_RADIUS_PX - 4)
    else:
        painter.save()
        painter.translate(middle)
        painter.rotate(angle)
        painter.setBrush(QColor(*ink))
        painter.drawPolygon(QPolygonF([QPointF(0, -4), QPointF(5.5, 12), QPointF(0, 8.5), QPointF(-5.5, 12)]))
        letter = painter.transform().map(QPointF(0, -9)) - QPointF(painter.transform().dx(), painter.transform().dy())
        painter.restore()
        letter = middle + letter
    width = text_width("N", 11, weight=700)
    draw_text(painter, "N", x=letter.x() - width / 2, baseline=letter.y() + 4, size_px=11, colour=ink, weight=700)
