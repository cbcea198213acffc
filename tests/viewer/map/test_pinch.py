import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QApplication

Kind = Qt.NativeGestureType


@pytest.fixture
def gesture(canvas):
    def make(kind, value=0.0, at=(250.0, 200.0)):
        place = QPointF(*at)
        everywhere = (place, place, canvas.viewport().mapToGlobal(place))
        event = QNativeGestureEvent(kind, QPointingDevice.primaryPointingDevice(), 2, *everywhere, value, QPointF())
        QApplication.sendEvent(canvas.viewport(), event)

    return make


def test_a_pinch_zooms_about_the_point_between_the_fingers(session, gesture):
    held = session.viewport.to_map(250, 200)
    before = session.camera.metres_per_pixel
    gesture(Kind.BeginNativeGesture)
    for _ in range(3):
        gesture(Kind.ZoomNativeGesture, 0.1)
    assert session.camera.metres_per_pixel == pytest.approx(before / 1.1**3)
    assert session.viewport.to_screen(*held) == pytest.approx((250, 200))


def test_a_twist_turns_the_map_only_when_it_is_meant(session, gesture):
    before = session.camera.bearing_deg
    gesture(Kind.BeginNativeGesture)
    gesture(Kind.RotateNativeGesture, 5.0)
    gesture(Kind.RotateNativeGesture, 3.0)
    assert session.camera.bearing_deg == before
    gesture(Kind.RotateNativeGesture, 11.0)
    assert session.camera.bearing_deg == pytest.approx(before - 10.0)
    gesture(Kind.RotateNativeGesture, 5.0)
    assert session.camera.bearing_deg == pytest.approx(before - 15.0)


def test_each_twist_begins_anew(session, gesture):
    before = session.camera.bearing_deg
    for _ in range(4):
        gesture(Kind.BeginNativeGesture)
        gesture(Kind.RotateNativeGesture, -6.0)
        gesture(Kind.EndNativeGesture)
    assert session.camera.bearing_deg == before


def test_a_double_tap_of_two_fingers_zooms_in_one_step(session, gesture):
    before = session.camera.metres_per_pixel
    gesture(Kind.SmartZoomNativeGesture)
    assert session.camera.metres_per_pixel == pytest.approx(before / 2)


def test_a_pinch_that_tells_nonsense_is_ignored(session, gesture):
    before = session.camera
    gesture(Kind.ZoomNativeGesture, -1.5)
    assert session.camera == before
