"""Lines: casings first, then the lines themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.crowds import CROWD_PIXELS, is_crowded, stroke_crowd
from viewer.engine.painters.pens import eased, is_stroked_in_runs, pen, stroke
from viewer.engine.scene import LayerScene, Look
from viewer.model.layer import Layer


def paint(painter: QPainter, view: PictureView, layer: Layer, scene: LayerScene) -> Iterator[None]:
    """Paint a layer of lines, yielding after each part."""
    looks, look_of = scene.looks(layer.style)
    level = scene.prepared.level_for(view.tolerance_m, pixels=1.0)
    lines = scene.levels(outline=True)[level]
    shown = scene.shown(layer, view.metres_per_pixel)
    view.begin(painter, layer.opacity)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_crowded(layer, scene, view, level=level, shown=shown):
        level = scene.prepared.level_for(view.tolerance_m, pixels=CROWD_PIXELS)
        yield from stroke_crowd(painter, view, scene, looks, look_of, level=level, shown=shown, colour="colour")
        return
    for make_pen in (_casing, _line):
        pens = [make_pen(view, look) for look in looks]
        if not any(pens):
            continue
        drawn = [look for look, chosen in enumerate(pens) if chosen is not None]
        for unit in scene.units(level, view.extent, look_of, shown, looks=drawn, outline=True):
            chosen = pens[int(look_of[lines.feature_of_part[unit[0]]])]
            assert chosen is not None, "only what has a pen was asked for"
            in_runs = is_stroked_in_runs(chosen)
            paths = _paths(scene, view, level, unit, in_runs=in_runs, is_own=layer.is_own)
            yield from stroke(painter, chosen, paths)


def _paths(
    scene: LayerScene, view: PictureView, level: int, unit: tuple[int, ...], *, in_runs: bool, is_own: bool
) -> Sequence[QPainterPath]:
    part, *others = unit
    if others and in_runs and is_own:  # wide lines that cross each other cost far more together
        return [scene.line_path(level, part, clip=view.clip, tolerance_m=view.tolerance_m) for part in unit]
    if others:
        return [scene.unit_path(level, unit, clip=view.clip, outline=True)]
    if in_runs:
        return scene.line_runs(level, part, clip=view.clip, tolerance_m=view.tolerance_m)
    return [scene.line_path(level, part, clip=view.clip, tolerance_m=view.tolerance_m)]


def _casing(view: PictureView, look: Look) -> QPen | None:
    if not look["casing"]:
        return None
    return eased(pen(view, look["casing"], width_px=look["width_px"] + 2 * look["casing_px"]))


def _line(view: PictureView, look: Look) -> QPen | None:
    if not look["colour"]:
        return None
    return eased(pen(view, look["colour"], width_px=look["width_px"], dash=look["dash"]))
