"""Filled polygons: one small path each, hatched where their style says so, then their outlines.

Qt's raster engine fills a coast with antialiasing five to six times as slowly as without. So a fill whose rim is drawn
over anyway is filled without: by its outline, or, where it has none, by a hairline of its own colour. Lines of one
pixel cost little, antialiased or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.crowds import is_crowded, stroke_crowd
from viewer.engine.painters.pens import eased, hatch, is_stroked_in_runs, pen, stroke
from viewer.engine.scene import LayerScene, Look
from viewer.model.closeness import closeness_opacity
from viewer.model.layer import Layer

_HIDING_WIDTH_PX = 0.75
"""An outline at least so wide, in device pixels, hides how a fill ends beneath it."""


@dataclass(frozen=True, slots=True)
class _Fill:
    """How the parts of one look are filled.

    Attributes
    ----------
    brush : QBrush
        What they are filled with.
    is_smooth : bool
        Whether the fill itself is antialiased.
    rim : QPen or None
        A line of the fill's own colour, which smooths the rim of a fill that is not.
    """

    brush: QBrush
    is_smooth: bool
    rim: QPen | None = None


def paint(painter: QPainter, view: PictureView, layer: Layer, scene: LayerScene) -> Iterator[None]:
    """Paint a layer of polygons, yielding after each part."""
    looks, look_of = scene.looks(layer.style)
    shown = scene.shown(layer, view.metres_per_pixel)
    level = scene.prepared.level_for(view.tolerance_m, pixels=1.0)
    view.begin(painter, layer.opacity)
    for make in (_plain, _hatched):
        chosen = [make(view, look, layer.opacity) for look in looks]
        if any(chosen):
            yield from _fill(painter, view, scene, chosen, look_of, level=level, shown=shown)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not any(look["outline"] for look in looks):
        return
    if is_crowded(layer, scene, view, level=level, shown=shown):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        yield from stroke_crowd(painter, view, scene, looks, look_of, level=level, shown=shown, colour="outline")
    else:
        yield from _stroke(painter, view, scene, looks, look_of, level=level, shown=shown)


def _plain(view: PictureView, look: Look, opacity: float) -> _Fill | None:
    if not look["fill"]:
        return None
    colour = view.colour(look["fill"])
    colour.setAlphaF(colour.alphaF() * closeness_opacity(view.metres_per_pixel, look["near_opacity"]))
    if _is_rim_hidden(view, look):
        return _Fill(QBrush(colour), is_smooth=False)
    if colour.alpha() < 255 or opacity < 1 or look["outline"]:
        return _Fill(QBrush(colour), is_smooth=True)
    return _Fill(QBrush(colour), is_smooth=False, rim=_hairline(colour))


def _hatched(view: PictureView, look: Look, _opacity: float) -> _Fill | None:
    if look["hatch"] == "none":
        return None
    return _Fill(hatch(view, look["hatch"], look["hatch_colour"]), is_smooth=not _is_rim_hidden(view, look))


def _is_rim_hidden(view: PictureView, look: Look) -> bool:
    if not look["outline"] or look["outline_dash"] or view.palette.rgba(look["outline"])[3] < 255:
        return False
    return look["outline_width_px"] * view.scale >= _HIDING_WIDTH_PX


def _hairline(colour: QColor) -> QPen:
    made = QPen(colour, 1.0)
    made.setCosmetic(True)
    return made


def _fill(
    painter: QPainter,
    view: PictureView,
    scene: LayerScene,
    fills: list[_Fill | None],
    look_of: NDArray[np.int32],
    *,
    level: int,
    shown: NDArray[np.bool_],
) -> Iterator[None]:
    features = scene.prepared.levels[level].feature_of_part
    drawn = [look for look, fill in enumerate(fills) if fill is not None]
    units = scene.units(level, view.extent, look_of, shown, looks=drawn)
    for look, run in groupby(units, key=lambda unit: int(look_of[features[unit[0]]])):
        fill = fills[look]
        assert fill is not None, "only what has a fill was asked for"
        paths: list[QPainterPath] = []
        for unit in run:
            paths.append(scene.unit_path(level, unit, clip=view.clip))
            yield  # a path that is not kept takes long to make
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill.brush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, fill.is_smooth)
        for path in paths:
            painter.drawPath(path)
            yield
        if fill.rim is None:
            continue
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(fill.rim)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path in paths:
            painter.drawPath(path)
            yield


def _outline(view: PictureView, look: Look) -> QPen | None:
    if not look["outline"]:
        return None
    return eased(pen(view, look["outline"], width_px=look["outline_width_px"], dash=look["outline_dash"]))


def _stroke(
    painter: QPainter,
    view: PictureView,
    scene: LayerScene,
    looks: list[Look],
    look_of: NDArray[np.int32],
    *,
    level: int,
    shown: NDArray[np.bool_],
) -> Iterator[None]:
    stroked = scene.levels(outline=True)[level]
    pens = [_outline(view, look) for look in looks]
    with_holes = any(look["stroke_holes"] for look in looks)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    drawn = [look for look, chosen in enumerate(pens) if chosen is not None]
    for unit in scene.units(level, view.extent, look_of, shown, looks=drawn, outline=True):
        chosen = pens[int(look_of[stroked.feature_of_part[unit[0]]])]
        assert chosen is not None, "only what has a pen was asked for"
        if is_stroked_in_runs(chosen):
            paths = scene.outline_runs(level, unit, clip=view.clip, with_holes=with_holes)
        else:
            paths = [scene.unit_path(level, unit, clip=view.clip, outline=True, with_holes=with_holes)]
        yield from stroke(painter, chosen, paths)
