"""Lines by the ten thousand: hundreds share a path and are drawn as hairlines.

A wide stroke costs Qt ten times what a line of one pixel costs, and where thousands are in view their widths would hide
one another. Measured on 100,000 lines in view: 5,100 ms as single strokes with casings, 95 ms as shared hairlines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPainterPath

from geodata.extent import Extent
from geodata.prepared import UNITS_PER_METRE, Level
from geodata.some_parts import ranges
from viewer.engine.painters.canvas import PictureView
from viewer.engine.painters.pens import pen
from viewer.engine.paths import path_of
from viewer.engine.scene import LayerScene, Look
from viewer.model.layer import Layer

CROWD = 1_000
"""From so many parts in view on they are drawn as hairlines."""

CROWD_PIXELS = 1.6
"""How much coarser such lines may be than single ones: in a crowd nobody follows a line."""

_BLOCK = 256


def is_crowded(
    layer: Layer, scene: LayerScene, view: PictureView, *, level: int, shown: NDArray[np.bool_], outline: bool = True
) -> bool:
    """Return whether so much of a person's layer is in view that its lines are drawn as hairlines."""
    lines = scene.levels(outline=outline)[level]
    if not layer.is_own or lines.part_count <= CROWD:
        return False
    return len(scene.parts_in(lines, view.extent, shown)) > CROWD


def stroke_crowd(
    painter: QPainter,
    view: PictureView,
    scene: LayerScene,
    looks: list[Look],
    look_of: NDArray[np.int32],
    *,
    level: int,
    shown: NDArray[np.bool_],
    colour: str,
) -> Iterator[None]:
    """Stroke the lines in view as hairlines, yielding after each shared path; `colour` names the style's field."""
    drawn = [number for number, look in enumerate(looks) if look[colour]]
    for look, path in _paths(scene, level, view.extent, np.where(shown, look_of, np.int32(-1)), drawn):
        painter.setPen(pen(view, looks[look][colour], width_px=1.0 / view.scale))
        painter.drawPath(path)
        yield


def _paths(
    scene: LayerScene, index: int, extent: Extent, look_of: NDArray[np.int32], drawn: Collection[int]
) -> Iterator[tuple[int, QPainterPath]]:
    """Yield the shared paths that touch an extent, and the look of each."""
    level = scene.levels(outline=True)[index]
    touched = np.unique(np.flatnonzero(extent.touched_by(level.bounds)) // _BLOCK)
    for block in touched.tolist():
        first, last = block * _BLOCK, min((block + 1) * _BLOCK, level.part_count)
        look_of_part = look_of[level.feature_of_part[first:last]]
        for look in np.unique(look_of_part).tolist():
            if look not in drawn:
                continue
            mine = look_of_part == look
            key = (scene.prepared.id, "crowd", index, block, None if mine.all() else mine.tobytes())
            yield (
                look,
                scene.paths.get(key, lambda first=first, mine=mine: _shared(level, first + np.flatnonzero(mine))),
            )


def _shared(level: Level, parts: NDArray[np.intp]) -> QPainterPath:
    """Return one path of all rings of some parts, ascending."""
    rings = ranges(level.part_offsets[parts], level.part_offsets[parts + 1])
    rings = rings[np.diff(level.ring_offsets)[rings] > 1]
    if len(rings) == 0:
        return QPainterPath()
    begins, ends = level.ring_offsets[rings], level.ring_offsets[rings + 1]
    lengths = ends - begins
    vertices = ranges(begins, ends)
    return path_of(level.coords[vertices] / UNITS_PER_METRE, np.cumsum(lengths) - lengths)
