"""Lines and marks that stand on the map for a while: ways, measurements, disputed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from viewer.engine.halo_text import draw_text, text_width
from viewer.model.camera import Viewport
from viewer.model.palette import Palette

_TEXT_PX = 13.0
_LINE_PX = 17.0
_MARGIN_PX = 60.0
_CASING_PX = 2.0
_MARK_PX = 4.5
_CAPTION_TOP_PX, _CAPTION_ROW_PX = 22.0, 28.0
_GROUND_OPACITY = 0.88


@dataclass(frozen=True, slots=True, eq=False)
class DrawnLine:
    """A line.

    Attributes
    ----------
    points : (n, 2) float64
        In map metres, near enough to each other to be joined by straight pieces.
    colour : str
        A name in the palette.
    width_px : float
        Without its casing, in logical pixels.
    dash : tuple of float
        Lengths in widths of the line; empty for an unbroken line.
    text : str
        Written beside the middle of what is in view.
    """

    points: NDArray[np.float64]
    colour: str
    width_px: float = 2.5
    dash: tuple[float, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A dot with words beside it, at a point in map metres; hollow where it stands for something disputed."""

    x: float
    y: float
    colour: str
    text: str = ""
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """Lines of text in a box beside a point in map metres."""

    x: float
    y: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn over the map.

    The caption stands at the top of the view, below as many others as `row` says, on a ground of the colour `tone`.
    """

    lines: tuple[DrawnLine, ...] = ()
    marks: tuple[DrawnMark, ...] = ()
    caption: str = ""
    tone: str = "ui_chip"
    row: int = 0
    box: DrawnBox | None = None


def paint_drawing(painter: QPainter, drawing: Drawing, viewport: Viewport, palette: Palette) -> None:
    """Paint a drawing in logical pixels of a view; the painter is put back."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shown = [(line, tuple(_runs(viewport.to_screen_many(line.points), viewport))) for line in drawing.lines]
    for line, runs in shown:
        _stroke(painter, runs, palette.rgba("lane_casing"), line.width_px + 2 * _CASING_PX, ())
    for line, runs in shown:
        _stroke(painter, runs, palette.rgba(line.colour), line.width_px, line.dash)
    for mark in drawing.marks:
        _paint_mark(painter, mark, viewport, palette)
    taken: list[QRectF] = []
    for line, runs in shown:
        _write(painter, line, runs, viewport, palette, taken)
    if drawing.caption:
        _paint_caption(painter, drawing, viewport, palette)
    if drawing.box is not None:
        at = QPointF(*viewport.to_screen(drawing.box.x, drawing.box.y))
        paint_box(painter, drawing.box.texts, at, viewport, palette)
    painter.restore()


def _paint_caption(painter: QPainter, drawing: Drawing, viewport: Viewport, palette: Palette) -> None:
    width = text_width(drawing.caption, _TEXT_PX, weight=600)
    left = max((viewport.width_px - width) / 2, 16.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*palette.rgba(drawing.tone)))
    baseline = _CAPTION_TOP_PX + _CAPTION_ROW_PX * drawing.row
    painter.drawRoundedRect(QRectF(left - 10.0, baseline - 15.0, width + 20.0, 22.0), 6.0, 6.0)
    ink = palette.rgba(f"{drawing.tone}_text")
    draw_text(painter, drawing.caption, x=left, baseline=baseline, size_px=_TEXT_PX, colour=ink, weight=600)


def paint_box(painter: QPainter, texts: Sequence[str], at: QPointF, viewport: Viewport, palette: Palette) -> None:
    """Paint lines of text in a box beside a place, inside the view; nothing where there are none."""
    if not texts:
        return
    width = max(text_width(text, _TEXT_PX) for text in texts) + 20.0
    height = _LINE_PX * len(texts) + 12.0
    left = min(at.x() + 14.0, viewport.width_px - width - 8.0)
    top = min(max(at.y() + 14.0, 8.0), viewport.height_px - height - 8.0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(*palette.rgba("ui_panel_edge")), 1.0))
    painter.setBrush(QColor(*palette.rgba("ui_panel")))
    painter.drawRoundedRect(QRectF(left, top, width, height), 6.0, 6.0)
    for number, text in enumerate(texts):
        baseline = top + 6.0 + _LINE_PX * (number + 0.75)
        draw_text(painter, text, x=left + 10.0, baseline=baseline, size_px=_TEXT_PX, colour=palette.rgba("ui_text"))
    painter.restore()


def _runs(pixels: NDArray[np.float64], viewport: Viewport) -> Iterator[QPolygonF]:
    """Give the stretches of a line that may be seen."""
    if len(pixels) < 2:
        return
    low, high = np.minimum(pixels[:-1], pixels[1:]), np.maximum(pixels[:-1], pixels[1:])
    size = np.array([viewport.width_px, viewport.height_px])
    near = ((high > -_MARGIN_PX) & (low < size + _MARGIN_PX)).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], near, [False])).astype(np.int8)))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield QPolygonF([QPointF(x, y) for x, y in pixels[first : last + 1].tolist()])


def _stroke(
    painter: QPainter,
    runs: Sequence[QPolygonF],
    colour: tuple[int, int, int, int],
    width_px: float,
    dash: tuple[float, ...],
) -> None:
    pen = QPen(QColor(*colour), width_px, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern(dash)
    painter.setPen(pen)
    for run in runs:
        painter.drawPolyline(run)


def _paint_mark(painter: QPainter, mark: DrawnMark, viewport: Viewport, palette: Palette) -> None:
    x, y = viewport.to_screen(mark.x, mark.y)
    colour = QColor(*palette.rgba(mark.colour))
    painter.setPen(QPen(QColor(*palette.rgba("lane_casing")), 5.0))
    painter.drawEllipse(QPointF(x, y), _MARK_PX, _MARK_PX)
    painter.setPen(QPen(colour, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush if mark.is_hollow else colour)
    painter.drawEllipse(QPointF(x, y), _MARK_PX, _MARK_PX)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark.text:
        _paint_words(painter, mark.text, QPointF(x, y), viewport, palette)


def _paint_words(painter: QPainter, text: str, beside: QPointF, viewport: Viewport, palette: Palette) -> None:
    """Write a mark's words beside it, outwards, on a ground of their own, for names of the map may stand there too."""
    width = text_width(text, _TEXT_PX, weight=600)
    right, left = beside.x() + 12.0, beside.x() - 12.0 - width
    is_left = beside.x() < viewport.width_px / 2
    if not (left > 12.0 if is_left else right + width + 12.0 < viewport.width_px):
        is_left = not is_left
    left = left if is_left else right
    ground = QColor(*palette.rgba("ui_panel"))
    ground.setAlphaF(_GROUND_OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(left - 5.0, beside.y() - 10.0, width + 10.0, 20.0), 5.0, 5.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ink = palette.rgba("ui_text")
    draw_text(painter, text, x=left, baseline=beside.y() + 4.5, size_px=_TEXT_PX, colour=ink, weight=600)


def _write(
    painter: QPainter,
    line: DrawnLine,
    runs: Sequence[QPolygonF],
    viewport: Viewport,
    palette: Palette,
    taken: list[QRectF],
) -> None:
    """Write a line's words at the first place along it, from its middle outwards, where no other's stand."""
    points = [point for run in runs for point in run.toList()]
    inside = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(8, 8, -8, -8)
    width = text_width(line.text, _TEXT_PX, weight=600)
    middle = len(points) // 2
    order = sorted(range(len(points)), key=lambda place: abs(place - middle))
    for point in (points[place] for place in order[::4] if line.text):
        box = QRectF(point.x() + 8.0, point.y() - _LINE_PX, width, _LINE_PX)
        if inside.contains(box) and not any(box.intersects(other) for other in taken):
            taken.append(box)
            _text(painter, line.text, box.left(), box.bottom() - 4.0, palette, line.colour)
            return


def _text(painter: QPainter, text: str, x: float, baseline: float, palette: Palette, colour: str) -> None:
    draw_text(
        painter,
        text,
        x=x,
        baseline=baseline,
        size_px=_TEXT_PX,
        colour=palette.rgba(colour),
        halo=palette.rgba("label_halo"),
        weight=600,
    )
