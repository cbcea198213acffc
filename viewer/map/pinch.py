"""Fingers: pinching and twisting on a trackpad or a touch screen."""

from __future__ import annotations

import math
from typing import cast

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from viewer.map.motion import Mover
from viewer.session import Session

_STILL_TURN_DEG = 9.0
"""A twist begins to turn the map only beyond this, so that a pinch keeps the map upright."""


class Pinch:
    """Turns finger gestures into zooming and turning about the point between the fingers."""

    def __init__(self, session: Session, mover: Mover) -> None:
        self._session = session
        self._mover = mover
        self._twisted_deg = 0.0

    def take_native(self, event: QNativeGestureEvent) -> bool:
        """Take a trackpad's gesture; return whether it meant something."""
        place = event.position()
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.BeginNativeGesture:
            self._twisted_deg = 0.0
        elif kind == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(1.0 + event.value(), place)
        elif kind == Qt.NativeGestureType.RotateNativeGesture:
            self._twist(event.value(), place)
        elif kind == Qt.NativeGestureType.SmartZoomNativeGesture:
            self._zoom(2.0, place)
        else:
            return kind == Qt.NativeGestureType.EndNativeGesture
        return True

    def take_touch(self, event: QGestureEvent, viewport: QWidget) -> bool:
        """Take a touch screen's gesture; return whether it was a pinch."""
        found = event.gesture(Qt.GestureType.PinchGesture)
        if found is None:
            return False
        pinch = cast("QPinchGesture", found)
        if pinch.state() == Qt.GestureState.GestureStarted:
            self._twisted_deg = 0.0
        place = QPointF(viewport.mapFromGlobal(pinch.centerPoint().toPoint()))
        last = QPointF(viewport.mapFromGlobal(pinch.lastCenterPoint().toPoint()))
        self._mover.halt()
        self._session.set_camera(self._session.viewport.moved(place.x() - last.x(), place.y() - last.y()))
        self._zoom(pinch.scaleFactor(), place)
        self._twist(pinch.rotationAngle() - pinch.lastRotationAngle(), place)
        event.accept(pinch)
        return True

    def _zoom(self, factor: float, place: QPointF) -> None:
        if factor <= 0:
            return
        self._mover.halt()
        self._session.set_camera(self._session.viewport.zoomed(factor, px=place.x(), py=place.y()))

    def _twist(self, by_deg: float, place: QPointF) -> None:
        before, self._twisted_deg = _beyond_stillness(self._twisted_deg), self._twisted_deg + by_deg
        turn = _beyond_stillness(self._twisted_deg) - before
        if turn:
            self._mover.halt()
            self._session.set_camera(self._session.viewport.turned(turn, px=place.x(), py=place.y()))


def _beyond_stillness(twisted_deg: float) -> float:
    return math.copysign(max(0.0, abs(twisted_deg) - _STILL_TURN_DEG), twisted_deg)
