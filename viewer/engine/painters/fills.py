"""Filled polygons: one small path each, hatched where their style says so, then their outlines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter

from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.pens import hatch, pen
from viewer.engine.scene import LayerScene, Look
from viewer.model.closeness import closeness_opacity
from viewer.model.layer import Layer


def paint(painter: QPainter, view: PictureView, layer: Layer, scene: LayerScene) -> Iterator[None]:
    """Paint a layer of polygons, yielding after each part."""
    looks, look_of = scene.looks(layer.style)
    shown = scene.shown(layer, view.metres_per_pixel)
    level = scene.prepared.level_for(view.tolerance_m, pixels=1.0)
    view.begin(painter, layer.opacity)
    parts = scene.parts_in(scene.prepared.levels[level], view.extent, shown)
    for pass_name in ("fill", "hatch"):
        yield from _fill(painter, view, scene, looks, look_of, level=level, parts=parts, pass_name=pass_name)
    if any(look["outline"] for look in looks):
        yield from _stroke(painter, view, scene, looks, look_of, level=level, shown=shown)


def _brush(view: PictureView, look: Look, pass_name: str) -> QBrush | None:
    if pass_name == "fill":
        return _fill_brush(view, look) if look["fill"] else None
    return hatch(view, look["hatch"], look["hatch_colour"]) if look["hatch"] != "none" else None


def _fill_brush(view: PictureView, look: Look) -> QBrush:
    colour = view.colour(look["fill"])
    colour.setAlphaF(colour.alphaF() * closeness_opacity(view.metres_per_pixel, look["near_opacity"]))
    return QBrush(colour)


def _fill(
    painter: QPainter,
    view: PictureView,
    scene: LayerScene,
    looks: list[Look],
    look_of: NDArray[np.int32],
    *,
    level: int,
    parts: NDArray[np.intp],
    pass_name: str,
) -> Iterator[None]:
    brushes = [_brush(view, look, pass_name) for look in looks]
    if not any(brush is not None for brush in brushes):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    current = -1
    feature_of_part = scene.prepared.levels[level].feature_of_part
    for part in parts.tolist():
        look = int(look_of[feature_of_part[part]])
        brush = brushes[look]
        if brush is None:
            continue
        if look != current:
            painter.setBrush(brush)
            current = look
        painter.drawPath(scene.path(level, part, clip=view.clip))
        yield


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
    pens = [
        pen(view, look["outline"], width_px=look["outline_width_px"], dash=look["outline_dash"])
        if look["outline"]
        else None
        for look in looks
    ]
    with_holes = any(look["stroke_holes"] for look in looks)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for part in scene.parts_in(stroked, view.extent, shown).tolist():
        chosen = pens[int(look_of[stroked.feature_of_part[part]])]
        if chosen is None:
            continue
        painter.setPen(chosen)
        painter.drawPath(scene.path(level, part, clip=view.clip, outline=True, with_holes=with_holes))
        yield
