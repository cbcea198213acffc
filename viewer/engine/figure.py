"""Painting a figure: the map as it is seen, at any size, with title, legend and sources, as pixels or as a page."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from viewer.engine.engine import Engine
from viewer.engine.flat_painter import FlatPainter
from viewer.engine.furniture import attribution_lines, legend_room, paint_bearings
from viewer.engine.halo_text import broken, draw_text
from viewer.engine.labels_writing import write
from viewer.engine.legend import paint_legend
from viewer.engine.messages import LabelSet, PictureRequest
from viewer.model.camera import Viewport
from viewer.model.figure import MM_PER_INCH, FigureLayout, FigureSpec, lay_out
from viewer.model.legend import legend_of
from viewer.model.palette import Palette

_EDGE_PX = 16.0
_TITLE_PX, _TITLE_LINE_PX = 22.0, 28.0
_NOTE_PX, _NOTE_LINE_PX = 13.0, 18.0
_SOURCE_PX, _SOURCE_LINE_PX = 10.5, 14.0
_BAND_PX = 10.0


PaintFurther = Callable[[QPainter, Viewport, Palette], None]


def _nothing_further(_painter: QPainter, _viewport: Viewport, _palette: Palette) -> None:
    """Leave the map as it is."""


def strips(spec: FigureSpec, attribution: tuple[str, ...], width_px: float) -> tuple[float, float]:
    """Return the heights of title and sources on a page so wide, in logical pixels; needs the fonts."""
    titles = _title_lines(spec, width_px)
    above = sum(line for _, _, line, _ in titles) + 2 * _BAND_PX if titles else 0.0
    lines = len(_source_lines(spec, attribution, width_px))
    return above, lines * _SOURCE_LINE_PX + 2 * _BAND_PX if lines else 0.0


def draw(
    engine: Engine, seen: Viewport, spec: FigureSpec, file: Path, *, paint_further: PaintFurther = _nothing_further
) -> bool:
    """Draw a figure into a file and return whether it could be written.

    The map shows what is seen, on a page of another shape more around it, with the generalisation of the page's own
    resolution. Names are those of the view. What the pointer selected does not glow.

    Parameters
    ----------
    engine
        Paints its stack in its theme.
    seen, spec
        The view, and what is asked for.
    file
        The file to write, in the format that `spec` says; it is not written in one step.
    paint_further
        Paints over map and names, in logical pixels of a view.

    Raises
    ------
    OSError
        Where the file cannot be begun.
    """
    file.touch()
    page = lay_out(
        (spec.width_px, spec.height_px),
        (seen.width_px, seen.height_px),
        lambda width: strips(spec, engine.attribution, width),
    )
    viewport = Viewport(seen.camera, page.width, page.map_height)
    area = QRect(0, round(page.above * page.scale), spec.width_px, round(page.map_height * page.scale))
    if spec.kind == "PNG":
        return _draw_pixels(engine, viewport, spec, page, area, file, paint_further)
    device = _pdf(spec, file) if spec.kind == "PDF" else _svg(spec, file)
    painter = FlatPainter(device, area)
    engine.draw(viewport, page.scale, painter)
    painter.leave_map()
    _paint_rest(engine, viewport, spec, page, painter, paint_further)
    return painter.end()


def _draw_pixels(
    engine: Engine,
    viewport: Viewport,
    spec: FigureSpec,
    page: FigureLayout,
    area: QRect,
    file: Path,
    paint_further: PaintFurther,
) -> bool:
    pixels = np.zeros((spec.height_px, spec.width_px, 4), dtype=np.uint8)
    rows = pixels[area.top() : area.top() + area.height()]
    stride, form = spec.width_px * 4, QImage.Format.Format_RGB32
    on_map = QImage(rows.data, spec.width_px, rows.shape[0], stride, form)
    painter = QPainter(on_map)
    engine.draw(viewport, page.scale, painter)
    painter.end()
    image = QImage(pixels.data, spec.width_px, spec.height_px, stride, form)
    dots = round(spec.dpi / MM_PER_INCH * 1000)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    _paint_rest(engine, viewport, spec, page, painter, paint_further)
    painter.end()
    return image.save(str(file))


def _pdf(spec: FigureSpec, file: Path) -> QPdfWriter:
    """Return a document of one page without margins, whose units are the figure's pixels."""
    pdf = QPdfWriter(str(file))
    pdf.setTitle(spec.title)
    pdf.setCreator("Arctic Map Viewer")
    pdf.setResolution(spec.dpi)
    pdf.setPageSize(
        QPageSize(QSizeF(*spec.size_mm), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    pdf.setPageMargins(QMarginsF(0, 0, 0, 0))
    return pdf


def _svg(spec: FigureSpec, file: Path) -> QSvgGenerator:
    svg = QSvgGenerator()
    svg.setFileName(str(file))
    svg.setTitle(spec.title)
    svg.setDescription("Drawn with Arctic Map Viewer")
    svg.setResolution(spec.dpi)
    svg.setSize(QSize(spec.width_px, spec.height_px))
    svg.setViewBox(QRect(0, 0, spec.width_px, spec.height_px))
    return svg


def _labels(engine: Engine, viewport: Viewport) -> LabelSet:
    width, height = math.ceil(viewport.width_px), math.ceil(viewport.height_px)
    return engine.names(PictureRequest("figure", 0, viewport.camera, width, height, 1.0, "", width, height))


def _paint_rest(
    engine: Engine,
    viewport: Viewport,
    spec: FigureSpec,
    page: FigureLayout,
    painter: QPainter,
    paint_further: PaintFurther,
) -> None:
    """Paint names, scale bar, north arrow and legend on the map, and the strips over what ran beyond it."""
    painter.scale(page.scale, page.scale)
    painter.save()
    painter.translate(0.0, page.above)
    write(painter, _labels(engine, viewport), engine.atlas, viewport)
    paint_further(painter, viewport, engine.palette)
    paint_bearings(painter, viewport, engine.palette)
    if spec.has_legend:
        groups = legend_of(engine.stack, viewport.camera.metres_per_pixel)
        paint_legend(painter, legend_room(viewport, ()), groups, engine.palette)
    painter.restore()
    _paint_strips(engine, spec, page, painter)


def _paint_strips(engine: Engine, spec: FigureSpec, page: FigureLayout, painter: QPainter) -> None:
    palette = engine.palette
    ground = QColor(*palette.rgba("ui_panel"))
    bottom = page.above + page.map_height
    painter.fillRect(QRectF(0.0, 0.0, page.width, page.above), ground)
    painter.fillRect(QRectF(0.0, bottom, page.width, page.below), ground)
    top = _BAND_PX
    for text, size, line, weight in _title_lines(spec, page.width):
        colour = palette.rgba("ui_text" if weight > 400 else "ui_text_soft")
        draw_text(painter, text, x=_EDGE_PX, baseline=top + line * 0.74, size_px=size, colour=colour, weight=weight)
        top += line
    top = bottom + _BAND_PX
    for text in _source_lines(spec, engine.attribution, page.width):
        draw_text(
            painter,
            text,
            x=_EDGE_PX,
            baseline=top + _SOURCE_LINE_PX * 0.74,
            size_px=_SOURCE_PX,
            colour=palette.rgba("ui_text_soft"),
        )
        top += _SOURCE_LINE_PX


def _title_lines(spec: FigureSpec, width_px: float) -> list[tuple[str, float, float, int]]:
    """Return text, size, line height and weight of each line of title and note."""
    room = width_px - 2 * _EDGE_PX
    titles = broken(spec.title, room, size_px=_TITLE_PX, weight=600)
    notes = broken(spec.note, room, size_px=_NOTE_PX)
    return [
        *((text, _TITLE_PX, _TITLE_LINE_PX, 600) for text in titles),
        *((text, _NOTE_PX, _NOTE_LINE_PX, 400) for text in notes),
    ]


def _source_lines(spec: FigureSpec, attribution: tuple[str, ...], width_px: float) -> tuple[str, ...]:
    parts = (*((spec.date,) if spec.date else ()), *(attribution if spec.has_sources else ()))
    return attribution_lines(parts, width_px=width_px - 2 * _EDGE_PX) if parts else ()
