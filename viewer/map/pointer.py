"""Mouse and wheel: dragging, turning, zooming and clicking."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from viewer.map.motion import Coast, Mover
from viewer.map.mouse import MapMouse
from viewer.map.tools.select import IN_PLACE_PX
from viewer.map.tools.tool import DrawingTool, Tool
from viewer.session import Session

DOUBLE_CLICK_ZOOM = 2.0
DOUBLE_CLICK_GLIDE_S = 0.25
TURN_DEG_PER_PX = 0.35
_WHEEL_PER_DOUBLING = 240.0  # eighths of a degree: two notches of a common wheel
_SCROLLED_PX_PER_DOUBLING = 200.0
_SMOOTH_WHEEL_BELOW = 60
_TRAIL_MS = 80

ContextMenu = Callable[[QPoint, tuple[float, float]], None]


class Pointer:
    """Turns mouse events into motions of the camera and clicks of the tool.

    The left or middle button drags the map and lets it coast on; the right button turns it about the point that was
    pressed. A press that is let go within 4 pixels is a click, or asks for the context menu.

    Parameters
    ----------
    session, mover
        What is moved, and by what.
    tool
        What clicks and rests of the pointer are for.
    on_context_menu
        Called with the global position and the point of the map, in map metres.
    on_drag_changed
        Called after a drag began or ended, however it ended.

    Attributes
    ----------
    drawing : DrawingTool or None
        Who takes the left button and keys before the map does.
    """

    def __init__(
        self,
        session: Session,
        mover: Mover,
        tool: Tool,
        *,
        on_context_menu: ContextMenu,
        on_drag_changed: Callable[[], None],
    ) -> None:
        self._session = session
        self._mover = mover
        self._tool = tool
        self._on_context_menu = on_context_menu
        self._on_drag_changed = on_drag_changed
        self._button = Qt.MouseButton.NoButton
        self._pressed = QPointF()
        self._camera_pressed = session.camera
        self._last = QPointF()
        self._trail: deque[tuple[int, QPointF]] = deque(maxlen=64)
        self._resting: QPointF | None = None
        self._is_dragging = False
        self._is_drawing = False
        self.drawing: DrawingTool | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether the map is being moved or turned by a button held down."""
        return self._is_dragging

    def press(self, event: QMouseEvent) -> None:
        """Take a button going down: whatever moves stops. The two beside the wheel are the window's."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
            return
        self._mover.halt()
        if self._button != Qt.MouseButton.NoButton:
            return
        self._button = event.button()
        self._pressed = self._last = event.position()
        self._camera_pressed = self._session.camera
        self._trail.clear()
        self._trail.append((event.timestamp(), self._last))
        is_left = self._button == Qt.MouseButton.LeftButton
        self._is_drawing = is_left and self.drawing is not None and self.drawing.pressed(self.mouse_at(self._last))

    def move(self, event: QMouseEvent) -> None:
        """Take the pointer's new place."""
        place = event.position()
        if self.drawing is not None and (self._is_drawing or self._button == Qt.MouseButton.NoButton):
            self.drawing.moved(self.mouse_at(place))
        if self._button == Qt.MouseButton.NoButton:
            self._rest(place)
            return
        if self._is_drawing:
            self._tell_position(place)
            return
        if not self._is_dragging and _distance_px(place, self._pressed) <= IN_PLACE_PX:
            return
        if not self._is_dragging:
            self._tool.hovered(None)
            self._set_dragging(True)
        moved = place - self._last
        self._last = place
        self._trail.append((event.timestamp(), place))
        if self._button == Qt.MouseButton.RightButton:
            turn = moved.x() * TURN_DEG_PER_PX
            turned = self._session.viewport.turned(turn, px=self._pressed.x(), py=self._pressed.y())
            self._session.set_camera(turned)
        else:
            self._session.set_camera(self._session.viewport.moved(moved.x(), moved.y()))
        self._tell_position(place)

    def release(self, event: QMouseEvent) -> None:
        """Take a button coming up: a drag coasts on, anything else was a click."""
        if event.button() != self._button:
            return
        button, self._button = self._button, Qt.MouseButton.NoButton
        was_drawing, self._is_drawing = self._is_drawing, False
        if was_drawing and self.drawing is not None:
            self.drawing.released(self.mouse_at(event.position()))
            return
        if self._is_dragging:
            self._set_dragging(False)
            if button != Qt.MouseButton.RightButton:
                self._mover.start(Coast(self._session.viewport, *self._speed_px_s(event.timestamp())))
            return
        mouse = self.mouse_at(event.position())
        if button == Qt.MouseButton.LeftButton:
            (self.drawing or self._tool).clicked(mouse)
        elif button == Qt.MouseButton.RightButton:
            self._on_context_menu(event.globalPosition().toPoint(), (mouse.x, mouse.y))

    def give_up(self) -> None:
        """Forget a press or drag that turned out to be something else, such as a pinch."""
        self._button = Qt.MouseButton.NoButton
        if self._is_drawing and self.drawing is not None:
            self.drawing.cancel()
        self._is_drawing = False
        if self._is_dragging:
            self._set_dragging(False)

    def cancel_drag(self) -> bool:
        """Put back what a drag or drawing under way has changed; return whether there was one."""
        if not self._is_dragging:
            self._button = Qt.MouseButton.NoButton if self._is_drawing else self._button
            self._is_drawing = False
            return self.drawing is not None and self.drawing.cancel()
        self.give_up()
        self._session.set_camera(self._camera_pressed)
        return True

    def double_click(self, event: QMouseEvent) -> None:
        """Zoom in one step about the pointer, or out with Ctrl or Shift."""
        if event.button() != Qt.MouseButton.LeftButton:
            self.press(event)
            return
        if self.drawing is not None and self.drawing.double_clicked(self.mouse_at(event.position())):
            return
        outward = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        factor = 1 / DOUBLE_CLICK_ZOOM if outward else DOUBLE_CLICK_ZOOM
        place = event.position()
        self._mover.glide_to(
            self._session.viewport.zoomed(factor, px=place.x(), py=place.y()), duration_s=DOUBLE_CLICK_GLIDE_S
        )

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom about the pointer: a notch glides, a fine wheel or a trackpad zooms at once by what it says."""
        event.accept()
        factor, is_smooth = _zoom_of(event)
        if factor == 1.0:
            return
        place = event.position()
        size = self._session.viewport
        start = self._session.camera if is_smooth else self._mover.destination
        zoomed = type(size)(start, size.width_px, size.height_px).zoomed(factor, px=place.x(), py=place.y())
        if is_smooth:
            self._mover.halt()
            self._session.set_camera(zoomed)
        else:
            self._mover.glide_to(zoomed)

    def key(self, event: QKeyEvent) -> bool:
        """Offer a key to whoever draws; return whether it meant something there."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        return plain and self.drawing is not None and self.drawing.key(Qt.Key(event.key()))

    def paint(self, painter: QPainter) -> None:
        """Paint what is being drawn."""
        if self.drawing is not None:
            self.drawing.paint(painter)

    def leave(self) -> None:
        """Forget the pointer; it is over the map no more."""
        self._resting = None
        self._session.set_position(None)
        self._tool.hovered(None)

    def look_again(self) -> None:
        """Find anew what the pointer rests on, after the map moved beneath it."""
        if self._resting is not None and self._button == Qt.MouseButton.NoButton:
            self._rest(self._resting)

    def mouse_at(self, place: QPointF) -> MapMouse:
        """Return the pointer at a place in the view."""
        x, y = self._session.viewport.to_map(place.x(), place.y())
        return MapMouse(x, y, place.x(), place.y(), self._session.camera)

    def _set_dragging(self, dragging: bool) -> None:
        self._is_dragging = dragging
        self._on_drag_changed()

    def _rest(self, place: QPointF) -> None:
        self._resting = place
        self._tell_position(place)
        self._tool.hovered(self.mouse_at(place))

    def _tell_position(self, place: QPointF) -> None:
        self._session.set_position(self._session.viewport.to_map(place.x(), place.y()))

    def _speed_px_s(self, now_ms: int) -> tuple[float, float]:
        """Return how fast the pointer moved over the last 80 ms; nothing where it had come to rest."""
        recent = [(when, place) for when, place in self._trail if now_ms - when <= _TRAIL_MS]
        if len(recent) < 2 or now_ms - recent[0][0] <= 0:
            return 0.0, 0.0
        moved = recent[-1][1] - recent[0][1]
        elapsed_s = max(now_ms - recent[0][0], 8) / 1000
        return moved.x() / elapsed_s, moved.y() / elapsed_s


def _distance_px(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())


def _zoom_of(event: QWheelEvent) -> tuple[float, bool]:
    """Return the factor that a turn of the wheel asks for, and whether it is one of many small ones."""
    pixels, angle = event.pixelDelta().y(), event.angleDelta().y()
    # Under X11 pixel deltas are unreliable, as Qt's documentation says.
    if pixels and QGuiApplication.platformName() != "xcb":
        return 2.0 ** (pixels / _SCROLLED_PX_PER_DOUBLING), True
    return 2.0 ** (angle / _WHEEL_PER_DOUBLING), abs(angle) < _SMOOTH_WHEEL_BELOW
