"""Shapes that were just changed, painted by the window until the engine's picture shows them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from geodata.annotations import Annotation
from geodata.stereographic import forward
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark, paint_drawing
from viewer.modes.annotate.draw_tool import COLOUR
from viewer.modes.annotate.outlines import paths_of
from viewer.session import Session

Floats = NDArray[np.float64]


class FreshShapes:
    """Holds shapes until the map has caught up, so that none vanishes in between.

    Parameters
    ----------
    session
        The view, its colours, and which annotations are still there.
    has_caught_up
        Returns whether the picture on the screen shows all annotations.
    """

    def __init__(self, session: Session, *, has_caught_up: Callable[[], bool]) -> None:
        self._session = session
        self._has_caught_up = has_caught_up
        self._shown: dict[str, tuple[Annotation, tuple[Floats, ...], tuple[float, float] | None]] = {}

    def add(self, note: Annotation) -> None:
        """Paint a shape from now on."""
        geometry = note.geometry
        if geometry is None:
            return
        at: tuple[float, float] | None = None
        if shapely.get_type_id(geometry) == 0:
            x, y = forward(*shapely.get_coordinates(geometry)[0])
            at = float(x), float(y)
        self._shown[note.id] = (note, paths_of(geometry), at)

    def paint(self, painter: QPainter) -> None:
        """Paint what the map does not show yet."""
        if not self._shown:
            return
        if self._has_caught_up():
            self._shown.clear()
            return
        known = self._session.annotations
        self._shown = {key: entry for key, entry in self._shown.items() if known.get(key) is entry[0]}
        lines = tuple(DrawnLine(path, COLOUR) for _, paths, _ in self._shown.values() for path in paths)
        marks = tuple(
            DrawnMark(*at, COLOUR, note.title if note.kind == "label" else "")
            for note, _, at in self._shown.values()
            if at is not None
        )
        paint_drawing(painter, Drawing(lines, marks), self._session.viewport, self._session.palette)
