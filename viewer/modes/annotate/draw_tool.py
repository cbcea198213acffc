"""Drawing on the map: click from corner to corner, or drag."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from geodata.errors import GeometryError
from geodata.shapes import Drawn, Kind, LonLat, geometry_of, simplified, straight
from geodata.stereographic import forward, inverse
from viewer.map.mouse import MapMouse
from viewer.map.overlays.drawn_lines import Drawing, DrawnLine, DrawnMark, paint_box, paint_drawing
from viewer.map.tools.select import IN_PLACE_PX
from viewer.model.drawings import figures_of, place_at
from viewer.modes.annotate.outlines import paths_of
from viewer.modes.annotate.sketch import Sketch
from viewer.modes.annotate.snapping import Aim, Snapper
from viewer.session import Session

COLOUR = "own_2"
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS = range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)
_MEASURED: tuple[Kind, ...] = ("line", "polygon", "geodesic", "circle", "arrow")


class Draw:
    """Takes clicks and drags as places of a shape; serves the canvas as its drawing tool.

    Enter or a double click ends a shape of many places, Backspace takes the last place back, Insert sets one in the
    middle of the view, a digit begins to type a length. Escape first gives up the shape, then the tool.

    Parameters
    ----------
    kind
        What is drawn.
    session, snapper
        The view and its colours, and who knows what a pointer means.
    on_changed
        Called when there is something else to paint.
    on_drawn
        Called with each shape that is done.
    on_left
        Called when the person wants no more of it.
    on_typing
        Called with the first digit of a length, and where it is to be typed in pixels of the view.
    """

    def __init__(
        self,
        kind: Kind,
        session: Session,
        snapper: Snapper,
        *,
        on_changed: Callable[[], None],
        on_drawn: Callable[[Drawn], None],
        on_left: Callable[[], None],
        on_typing: Callable[[str, QPointF], None],
    ) -> None:
        self._sketch = Sketch(kind)
        self._session = session
        self._snapper = snapper
        self._on_changed = on_changed
        self._on_drawn = on_drawn
        self._on_left = on_left
        self._on_typing = on_typing
        self._aim: Aim | None = None
        self._pressed: MapMouse | None = None

    @property
    def kind(self) -> Kind:
        """What is drawn."""
        return self._sketch.kind

    @property
    def is_under_way(self) -> bool:
        """Whether a shape is half drawn."""
        return bool(self._sketch.places)

    def pressed(self, mouse: MapMouse) -> bool:
        """Begin a circle or a freehand line; leave other drags to the map."""
        self._pressed = mouse
        return self._sketch.press(self._aimed(mouse))

    def moved(self, mouse: MapMouse) -> None:
        """Show the shape as it would be."""
        self._sketch.move(self._aimed(mouse), is_pressed=self._pressed is not None)
        self._on_changed()

    def released(self, mouse: MapMouse) -> None:
        """End what was dragged."""
        pressed, self._pressed = self._pressed, None
        at = mouse if pressed is None else pressed
        in_place = math.hypot(mouse.px - at.px, mouse.py - at.py) <= IN_PLACE_PX
        self._take(self._sketch.release(self._aimed(mouse), in_place=in_place))

    def clicked(self, mouse: MapMouse) -> None:
        """Set a place; a click on the first corner of a polygon closes it."""
        self._pressed = None
        place = self._aimed(mouse)
        places = self._sketch.places
        if self.kind == "polygon" and len(places) > 2 and place == places[0]:
            self._take(self._sketch.finish())
        else:
            self._take(self._sketch.click(place))

    def double_clicked(self, mouse: MapMouse) -> bool:
        """End the shape; its last place was set by the first click."""
        self._take(self._sketch.finish())
        return True

    def key(self, key: Qt.Key) -> bool:
        """End, take back, set a place, or begin to type a length."""
        if key in _ENDS:
            self._take(self._sketch.finish())
        elif key == Qt.Key.Key_Backspace:
            self._sketch.take_back()
            self._on_changed()
        elif key == Qt.Key.Key_Insert:
            self._set_in_middle()
        elif key.value in _DIGITS and self.is_under_way and self.kind in _MEASURED:
            self._on_typing(chr(key.value), self._pointer_px())
        else:
            return False
        return True

    def show_length(self, metres: float) -> None:
        """Show the next place so far from the last one, toward the pointer."""
        if self.is_under_way:
            self._sketch.pointer = self._at_length(metres)
            self._on_changed()

    def set_length(self, metres: float) -> None:
        """Set the next place so far from the last one, toward the pointer; a circle is done with that."""
        if not self.is_under_way:
            return
        drawn = self._sketch.click(self._at_length(metres))
        self._take(self._sketch.finish() if self.kind == "circle" else drawn)

    def cancel(self) -> bool:
        """Give up the shape under way, or leave where there is none."""
        self._pressed = None
        if not self._sketch.cancel():
            self._on_left()
        self._on_changed()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paint the shape under way, what the pointer took hold of, and figures."""
        viewport, palette = self._session.viewport, self._session.palette
        shown = self._sketch.preview
        lines = tuple(DrawnLine(path, COLOUR) for path in _preview_paths(shown)) if shown else ()
        marks = [DrawnMark(*_xy(place), COLOUR) for place in self._sketch.places[:_MARKED]]
        if self._aim is not None and self._aim.hold:
            marks.append(DrawnMark(self._aim.x, self._aim.y, "boundary", is_hollow=True))
        paint_drawing(painter, Drawing(lines, tuple(marks)), viewport, palette)
        if shown is not None:
            texts = figures_of(shown, last_set=len(self._sketch.places))
            hint = ("Type a length, such as 120 km",) if texts and self.kind in _MEASURED else ()
            paint_box(painter, (*texts, *hint), self._pointer_px(), viewport, palette)

    def _take(self, drawn: Drawn | None) -> None:
        if drawn is not None:
            if drawn.kind == "freehand":
                tolerance_m = self._session.camera.metres_per_pixel / 2
                drawn = Drawn("freehand", simplified(drawn.places, tolerance_m=tolerance_m))
            self._sketch.pointer = None
            self._on_drawn(drawn)
        self._on_changed()

    def _aimed(self, mouse: MapMouse) -> LonLat:
        if self.kind == "freehand" and self.is_under_way:
            self._aim = None
            return _lonlat(mouse)
        self._aim = self._snapper.aim(mouse, beside=self._closing())
        first = self._sketch.places[:1]
        if first and math.dist(_xy(first[0]), (self._aim.x, self._aim.y)) < 1e-3 * mouse.camera.metres_per_pixel:
            return first[0]  # as it was set, free of what the way to the map and back takes away
        return self._aim.place

    def _closing(self) -> tuple[LonLat, ...]:
        """Return the corner that ends a polygon."""
        places = self._sketch.places
        return (places[0],) if self.kind == "polygon" and len(places) > 2 else ()

    def _set_in_middle(self) -> None:
        """Set a place in the middle of the view, where arrows bring any place to."""
        viewport = self._session.viewport
        x, y = viewport.to_map(viewport.width_px / 2, viewport.height_px / 2)
        lon, lat = inverse(x, y)
        self._aim = Aim((float(lon), float(lat)), x, y)
        drawn = self._sketch.click(self._aim.place)
        is_rim = self.kind == "circle" and len(self._sketch.places) > 1
        self._take(self._sketch.finish() if is_rim else drawn)

    def _at_length(self, metres: float) -> LonLat:
        return place_at(self._sketch.places[-1], self._aim.place if self._aim else None, metres=metres)

    def _pointer_px(self) -> QPointF:
        at = (self._aim.x, self._aim.y) if self._aim else _xy(self._sketch.pointer or self._sketch.places[-1])
        return QPointF(*self._session.viewport.to_screen(*at))


_MARKED = 200


def _preview_paths(drawn: Drawn) -> tuple[np.ndarray, ...]:
    try:
        return paths_of(geometry_of(drawn))
    except GeometryError:  # a polygon of two corners yet, or a circle that is too large
        if drawn.kind == "circle" or len(drawn.places) < 2:
            return ()
        line = straight(drawn.places)
        return (forward(line[:, 0], line[:, 1]),)


def _lonlat(mouse: MapMouse) -> LonLat:
    lon, lat = inverse(mouse.x, mouse.y)
    return float(lon), float(lat)


def _xy(place: LonLat) -> tuple[float, float]:
    x, y = forward(*place)
    return float(x), float(y)
