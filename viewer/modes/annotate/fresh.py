"""Shapes that were just changed, painted by the window until the engine's picture shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from geodata.stereographic import forward
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark, paint_drawing
from viewer.modes.annotate.draw_tool import COLOUR
from viewer.modes.annotate.outlines import paths_of
from viewer.session import Session

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Fresh:
    """One shape: its lines in map metres, its point, the words beside that, and whether it is still there."""

    paths: tuple[Floats, ...]
    at: tuple[float, float] | None
    words: str
    is_there: Callable[[], bool]


class FreshShapes:
    """Holds shapes until the map has caught up, so that none vanishes in between.

    Parameters
    ----------
    session
        The view and its colours.
    has_caught_up
        Returns whether the picture on the screen shows all that is kept.
    """

    def __init__(self, session: Session, *, has_caught_up: Callable[[], bool]) -> None:
        self._session = session
        self._has_caught_up = has_caught_up
        self._shown: list[_Fresh] = []

    def add(self, geometry: shapely.Geometry, words: str, *, is_there: Callable[[], bool]) -> None:
        """Paint a shape in longitude and latitude from now on; a point has words beside it."""
        at: tuple[float, float] | None = None
        if shapely.get_type_id(geometry) == 0:
            x, y = forward(*shapely.get_coordinates(geometry)[0])
            at = float(x), float(y)
        self._shown.append(_Fresh(paths_of(geometry), at, words, is_there))

    def paint(self, painter: QPainter) -> None:
        """Paint what the map does not show yet."""
        if not self._shown:
            return
        if self._has_caught_up():
            self._shown.clear()
            return
        self._shown = [fresh for fresh in self._shown if fresh.is_there()]
        lines = tuple(DrawnLine(path, COLOUR) for fresh in self._shown for path in fresh.paths)
        marks = tuple(DrawnMark(*fresh.at, COLOUR, fresh.words) for fresh in self._shown if fresh.at is not None)
        paint_drawing(painter, Drawing(lines, marks), self._session.viewport, self._session.palette)
