"""Reshaping on the map: handles on the corners of one shape."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPainter

from geodata.stereographic import inverse
from viewer.map.mouse import MapMouse
from viewer.map.tools.select import IN_PLACE_PX
from viewer.model.reshaping import Subject
from viewer.modes.annotate import handles
from viewer.modes.annotate.snapping import Snapper
from viewer.session import Session

_REACH_PX = 9.0
_STEP_PX = 4.0
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Left: (-_STEP_PX, 0.0),
    Qt.Key.Key_Right: (_STEP_PX, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP_PX),
    Qt.Key.Key_Down: (0.0, _STEP_PX),
}


@dataclass(frozen=True, slots=True)
class Grip:
    """What the pointer holds: a corner, an edge by the corner that begins it, or the whole."""

    kind: Literal["corner", "edge", "whole"]
    index: int = -1


class Reshape:
    """Takes drags of handles; serves the canvas as its drawing tool.

    A corner is dragged by its handle, an edge drawn out into a new corner, the whole dragged by the cross in its
    middle. A click on a corner chooses it; Backspace deletes it, the arrows move it, comma and full stop choose its
    neighbours, Insert adds a corner after it. A click elsewhere takes another shape, with Ctrl one more. Escape steps
    back: from the drag, the choice, the shape, the tool.

    Parameters
    ----------
    session, snapper
        The view and its colours, and who knows what a pointer means.
    on_changed
        Called when there is something else to paint.
    on_reshaped
        Called with what was done, in words, and the shape as it is then.
    on_picked
        Called with a place in map metres where a shape is to be taken, and whether as one more.
    on_left
        Called when the person wants no more of it.
    """

    def __init__(
        self,
        session: Session,
        snapper: Snapper,
        *,
        on_changed: Callable[[], None],
        on_reshaped: Callable[[str, Subject], None],
        on_picked: Callable[[float, float, bool], None],
        on_left: Callable[[], None],
    ) -> None:
        self._session = session
        self._snapper = snapper
        self._on_changed = on_changed
        self._on_reshaped = on_reshaped
        self._on_picked = on_picked
        self._on_left = on_left
        self._subjects: tuple[Subject, ...] = ()
        self._live: Subject | None = None
        self._held: Grip | None = None
        self._pressed: MapMouse | None = None
        self._pointer: MapMouse | None = None
        self._over: Grip | None = None
        self._chosen = -1

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The shapes that were taken; the first has handles."""
        return self._subjects

    @property
    def subject(self) -> Subject | None:
        """The shape that has handles."""
        return self._subjects[0] if self._subjects else None

    @property
    def chosen(self) -> int:
        """The corner that keys speak of; -1 for none."""
        return self._chosen

    def take(self, subjects: tuple[Subject, ...]) -> None:
        """Reshape these from now on; a drag under way is given up."""
        before = self.subject
        self._subjects = subjects
        self._live = self._held = self._over = None
        now = self.subject
        same = before is not None and now is not None and before.reference == now.reference
        if not same or now is None or self._chosen >= len(now.vertices):
            self._chosen = -1
        self._on_changed()

    def pressed(self, mouse: MapMouse) -> bool:
        """Take hold of a handle; leave other drags to the map."""
        self._pressed = mouse
        self._held = None if _is_ctrl() else self._grip_at(mouse)
        return self._held is not None

    def moved(self, mouse: MapMouse) -> None:
        """Show the shape as it would be, or what could be taken hold of."""
        self._pointer = mouse
        if self._held is None:
            self._over = self._grip_at(mouse)
        elif not self._is_in_place(mouse):
            self._live = self._dragged(mouse)
        self._on_changed()

    def released(self, mouse: MapMouse) -> None:
        """Keep what was dragged; a press in place chooses a corner."""
        held, self._held = self._held, None
        live, self._live = self._live, None
        subject = self.subject
        if held is None or subject is None:
            return
        if live is None:
            self._chosen = held.index if held.kind == "corner" else -1
            self._on_changed()
            return
        self._chosen = held.index + 1 if held.kind == "edge" else self._chosen
        words = {"corner": "move a corner of", "edge": "add a corner to", "whole": "move"}
        self._on_reshaped(f"{words[held.kind]} {subject.title}", live)
        self._on_changed()

    def clicked(self, mouse: MapMouse) -> None:
        """Ask for the shape that lies there."""
        self._chosen = -1
        self._on_picked(mouse.x, mouse.y, _is_ctrl())

    def double_clicked(self, mouse: MapMouse) -> bool:
        """Mean nothing by it, so that no double click zooms away from a handle."""
        return self._grip_at(mouse) is not None

    def key(self, key: Qt.Key) -> bool:
        """Take a shape, choose, move, add or delete a corner."""
        subject = self.subject
        if key in _ENDS and self._session.hovered is not None:
            self._on_picked(*self._session.hovered.extent.centre, subject is not None)
            return True
        if subject is None:
            return False
        if key in (Qt.Key.Key_Comma, Qt.Key.Key_Period):
            step = 1 if key == Qt.Key.Key_Period else -1
            self._chosen = (max(self._chosen, -step) + step) % len(subject.vertices) if self._chosen >= 0 else 0
            self._on_changed()
            return True
        if self._chosen < 0:
            return False
        return self._change_chosen(subject, key)

    def delete_chosen(self) -> bool:
        """Delete the chosen corner; return whether one was chosen."""
        subject = self.subject
        if subject is None or self._chosen < 0:
            return False
        rest = subject.without(self._chosen)
        if rest is not None:
            self._chosen = min(self._chosen, len(rest.vertices) - 1)
            self._on_reshaped(f"delete a corner of {subject.title}", rest)
        return True

    def cancel(self) -> bool:
        """Step back once."""
        if self._held is not None or self._live is not None:
            self._held = self._live = None
        elif self._chosen >= 0:
            self._chosen = -1
        elif self._subjects:
            self._subjects = ()
        else:
            self._on_left()
        self._on_changed()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paint outlines and handles."""
        viewport, palette = self._session.viewport, self._session.palette
        for other in self._subjects[1:]:
            handles.paint_outline(painter, other, viewport, palette)
        shown = self._live or self.subject
        if shown is None:
            return
        handles.paint_outline(painter, shown, viewport, palette)
        pointer = QPointF(self._pointer.px, self._pointer.py) if self._pointer is not None else None
        indices = [int(index) for index in handles.shown_handles(shown, viewport, pointer)]
        handles.paint_handles(painter, shown, indices, chosen=self._chosen, viewport=viewport, palette=palette)
        middle = self._middle(shown)
        if middle is not None:
            handles.paint_grip(painter, QPointF(*viewport.to_screen(*middle)), palette, is_whole=True)
        if self._over is not None and self._over.kind == "edge" and self._held is None and pointer is not None:
            handles.paint_grip(painter, pointer, palette, is_whole=False)

    def _change_chosen(self, subject: Subject, key: Qt.Key) -> bool:
        index = self._chosen
        if key == Qt.Key.Key_Backspace:
            return self.delete_chosen()
        if key in _STEPS:
            px, py = self._session.viewport.to_screen(*_xy(subject, index))
            dx, dy = _STEPS[key]
            place = _lonlat(*self._session.viewport.to_map(px + dx, py + dy))
            self._on_reshaped(f"move a corner of {subject.title}", subject.moved(index, place))
            return True
        following = int(subject.vertices.following[index])
        if key == Qt.Key.Key_Insert and subject.can_grow and following >= 0:
            middle = (subject.vertices.plane[index] + subject.vertices.plane[following]) / 2
            self._chosen = index + 1
            place = _lonlat(float(middle[0]), float(middle[1]))
            self._on_reshaped(f"add a corner to {subject.title}", subject.added(index, place))
            return True
        return False

    def _grip_at(self, mouse: MapMouse) -> Grip | None:
        subject = self.subject
        if subject is None:
            return None
        reach_m = _REACH_PX * mouse.camera.metres_per_pixel
        index = subject.vertices.nearest(mouse.x, mouse.y, reach_m=reach_m)
        if index >= 0:
            return Grip("corner", index)
        middle = self._middle(subject)
        if middle is not None and math.dist(middle, (mouse.x, mouse.y)) <= reach_m:
            return Grip("whole")
        edge = subject.vertices.nearest_edge(mouse.x, mouse.y, reach_m=reach_m) if subject.can_grow else -1
        return Grip("edge", edge) if edge >= 0 else None

    def _dragged(self, mouse: MapMouse) -> Subject | None:
        subject, held, pressed = self.subject, self._held, self._pressed
        if subject is None or held is None or pressed is None:
            return None
        if held.kind == "whole":
            return subject.shifted(mouse.x - pressed.x, mouse.y - pressed.y)
        place = self._snapper.aim(mouse, without=subject.feature_id).place
        return subject.moved(held.index, place) if held.kind == "corner" else subject.added(held.index, place)

    def _middle(self, subject: Subject) -> tuple[float, float] | None:
        """Return where the handle of the whole is; None where a corner does for it."""
        if len(subject.vertices) < 2 or subject.kind == "circle":
            return None
        middle = subject.vertices.plane.mean(axis=0)
        return float(middle[0]), float(middle[1])

    def _is_in_place(self, mouse: MapMouse) -> bool:
        pressed = self._pressed
        if self._live is not None or pressed is None:
            return False
        return math.hypot(mouse.px - pressed.px, mouse.py - pressed.py) <= IN_PLACE_PX


def _is_ctrl() -> bool:
    return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)


def _xy(subject: Subject, index: int) -> tuple[float, float]:
    x, y = subject.vertices.plane[index]
    return float(x), float(y)


def _lonlat(x: float, y: float) -> tuple[float, float]:
    lon, lat = inverse(x, y)
    return float(lon), float(lat)
