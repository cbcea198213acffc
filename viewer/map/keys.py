"""What the keys do while the map has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from viewer.map.motion import Mover
from viewer.map.walk import FeatureWalk
from viewer.model.camera import Camera, Viewport
from viewer.model.views import home
from viewer.session import Session

PAN_PX = 90.0
ZOOM = 1.5
TURN_DEG = 7.5

_PANS = {
    Qt.Key.Key_Left: (PAN_PX, 0.0),
    Qt.Key.Key_Right: (-PAN_PX, 0.0),
    Qt.Key.Key_Up: (0.0, PAN_PX),
    Qt.Key.Key_Down: (0.0, -PAN_PX),
}
_TURNS = {Qt.Key.Key_Left: -TURN_DEG, Qt.Key.Key_Right: TURN_DEG}
_ZOOMS = {
    Qt.Key.Key_Plus: ZOOM,
    Qt.Key.Key_Equal: ZOOM,
    Qt.Key.Key_Minus: 1 / ZOOM,
    Qt.Key.Key_Underscore: 1 / ZOOM,
}
_HOMES = {Qt.Key.Key_0, Qt.Key.Key_Home}
_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Keys:
    """Turns keys into motions of the camera, and opens what the walk stands on."""

    def __init__(self, session: Session, mover: Mover, walk: FeatureWalk) -> None:
        self._session = session
        self._mover = mover
        self._walk = walk

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; return whether it meant something here."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        if key in _OPENS:
            return self._open()
        if key in _HOMES:
            self._session.fly_to(home(self._session.viewport))
            return True
        target = self._target(key, with_shift=modifiers == Qt.KeyboardModifier.ShiftModifier)
        if target is None:
            return False
        self._mover.glide_to(target)
        return True

    def _open(self) -> bool:
        if self._walk.current is None:
            return False
        self._session.select(self._walk.current)
        return True

    def _target(self, key: Qt.Key, *, with_shift: bool) -> Camera | None:
        size = self._session.viewport
        ahead = Viewport(self._mover.destination, size.width_px, size.height_px)
        middle = {"px": size.width_px / 2, "py": size.height_px / 2}
        if with_shift and key in _TURNS:
            return ahead.turned(_TURNS[key], **middle)
        if key in _PANS:
            return ahead.moved(*_PANS[key])
        if key in _ZOOMS:
            return ahead.zoomed(_ZOOMS[key], **middle)
        return None
