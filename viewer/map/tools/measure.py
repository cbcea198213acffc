"""Measuring on the map: click from place to place."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from geodata.hit import Hit
from geodata.stereographic import forward, inverse
from viewer.map.mouse import MapMouse
from viewer.map.overlays.drawn_lines import Drawing, DrawnBox, DrawnLine, DrawnMark, paint_drawing
from viewer.model.measuring import LonLat, Measurement
from viewer.session import Session

SNAP_PX = 12.0
_COLOUR = "boundary"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Measure:
    """Takes clicks as places of a measurement; serves the canvas as its drawing tool.

    A click near the point feature under the pointer takes its place. A double click or Enter ends a chain, and the next
    click begins another; Backspace takes the last place back; C copies. Escape first forgets the chain, then gives the
    map back.

    Parameters
    ----------
    session
        The view, its colours, and what lies under the pointer.
    on_changed
        Called when there is something else to paint.
    on_left
        Called when the person wants no more of it.
    on_copy
        Called with the text to be copied.
    """

    def __init__(
        self,
        session: Session,
        *,
        on_changed: Callable[[], None],
        on_left: Callable[[], None],
        on_copy: Callable[[str], None],
    ) -> None:
        self._session = session
        self._on_changed = on_changed
        self._on_left = on_left
        self._on_copy = on_copy
        self._places: tuple[LonLat, ...] = ()
        self._pointer: LonLat | None = None
        self._is_ended = False

    @property
    def measurement(self) -> Measurement:
        """What is measured, without the pointer's place."""
        return Measurement(self._places)

    def begin_at(self, x: float, y: float) -> None:
        """Begin a chain at a point in map metres."""
        self._is_ended = False
        self._pointer = None
        self._places = (_lonlat(x, y),)
        self._on_changed()

    def copy(self) -> None:
        """Copy what is measured as text; nothing where nothing is."""
        if len(self._places) > 1:
            self._on_copy(self.measurement.text())

    def pressed(self, mouse: MapMouse) -> bool:
        """Leave drags to the map."""
        return False

    def moved(self, mouse: MapMouse) -> None:
        """Measure to the pointer."""
        self._pointer = None if self._is_ended else self._place(mouse)
        self._on_changed()

    def released(self, mouse: MapMouse) -> None:
        """Take no drag, for none is the tool's."""

    def clicked(self, mouse: MapMouse) -> None:
        """Set a place."""
        self._pointer = None
        place = self._place(mouse)
        if self._is_ended:
            self._places, self._is_ended = (), False
        if self._places[-1:] != (place,):
            self._places = (*self._places, place)
        self._on_changed()

    def double_clicked(self, mouse: MapMouse) -> bool:
        """End the chain; its last place was set by the first click."""
        self._end()
        return True

    def key(self, key: Qt.Key) -> bool:
        """End, take back or copy."""
        if key in _ENDS:
            self._end()
        elif key == Qt.Key.Key_Backspace:
            self._places = self._places[:-1]
            self._on_changed()
        elif key == Qt.Key.Key_C:
            self.copy()
        else:
            return False
        return True

    def cancel(self) -> bool:
        """Forget the chain, or leave where there is none."""
        if not self._places:
            self._on_left()
            return True
        self._places, self._pointer, self._is_ended = (), None, False
        self._on_changed()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paint chain and figures."""
        pointed = (self._pointer,) if self._pointer is not None and self._places else ()
        drawing = self._drawing(Measurement((*self._places, *pointed)))
        paint_drawing(painter, drawing, self._session.viewport, self._session.palette)

    @property
    def drawing(self) -> Drawing:
        """What is measured, without the pointer's place, as it is drawn."""
        return self._drawing(self.measurement)

    def _drawing(self, shown: Measurement) -> Drawing:
        if not shown.places:
            return Drawing()
        marks = tuple(DrawnMark(*_xy(place), _COLOUR) for place in self._places)
        box = DrawnBox(*_xy(shown.places[-1]), tuple(shown.lines_of_text()))
        return Drawing((DrawnLine(shown.line(), _COLOUR),), marks, box=box)

    def _end(self) -> None:
        self._is_ended = True
        self._pointer = None
        self._on_changed()

    def _place(self, mouse: MapMouse) -> LonLat:
        found = _snapped(self._session.hovered, mouse)
        return _lonlat(*found) if found else _lonlat(mouse.x, mouse.y)


def _snapped(hit: Hit | None, mouse: MapMouse) -> tuple[float, float] | None:
    """Return the point of a feature of points that the pointer is close to, in map metres."""
    if hit is None or hit.geometry != "point":
        return None
    points = [(float(place[0][0]), float(place[0][1])) for place in hit.outline]
    nearest = min(points, key=lambda point: math.dist(point, (mouse.x, mouse.y)))
    reach = SNAP_PX * mouse.camera.metres_per_pixel
    return nearest if math.dist(nearest, (mouse.x, mouse.y)) <= reach else None


def _lonlat(x: float, y: float) -> LonLat:
    lon, lat = inverse(x, y)
    return float(lon), float(lat)


def _xy(place: LonLat) -> tuple[float, float]:
    x, y = forward(*place)
    return float(x), float(y)
