from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from geodata.stereographic import forward
from viewer.model.camera import Camera
from viewer.panels.status import StatusLine, bearing_text, scale_text


@pytest.fixture
def line(qtbot, session):
    line = StatusLine(session, style="decimal")
    qtbot.addWidget(line)
    line.show()
    return line


def test_the_position_under_the_pointer_is_shown_in_degrees(qtbot, line, session):
    session.set_position(tuple(forward(-149.8, 61.25)))
    assert line.texts[0] == "61.2500° N, 149.8000° W"
    session.set_position(None)
    qtbot.waitUntil(lambda: line.texts[0] == "–")


def test_figures_that_change_in_every_frame_are_written_no_oftener_than_they_can_be_read(qtbot, line, session):
    shown = set()
    for step in range(60):
        session.set_position(tuple(forward(-149.8, 61.25 + step / 100)))
        session.set_camera(replace(session.camera, metres_per_pixel=4_000.0 + step))
        shown.add(line.texts[0])
    assert shown == {"61.2500° N, 149.8000° W"}
    qtbot.waitUntil(lambda: line.texts[0] == "61.8400° N, 149.8000° W")


def test_a_click_turns_decimal_degrees_into_minutes_and_seconds_and_back(qtbot, line, session):
    session.set_position(tuple(forward(-149.8, 61.25)))
    button = line.findChild(QPushButton)
    with qtbot.waitSignal(line.style_changed) as changed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert changed.args == ["dms"]
    assert line.texts[0] == "61° 15′ 00″ N, 149° 48′ 00″ W"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.texts[0] == "61.2500° N, 149.8000° W"


def test_nothing_moves_when_the_figures_change(qtbot, line, session):
    before = [child.geometry() for child in line.findChildren(QPushButton)]
    width = line.sizeHint().width()
    session.set_position(tuple(forward(-179.9999, 88.8888)))
    session.set_camera(replace(session.camera, metres_per_pixel=22_222.0, bearing_deg=291.0, x=3e6))
    qtbot.waitUntil(lambda: line.texts[0].startswith("88.8888"))
    assert [child.geometry() for child in line.findChildren(QPushButton)] == before
    assert line.sizeHint().width() == width


def test_the_scale_is_true_at_the_middle_of_the_map():
    x, y = forward(20.0, 71.0)
    assert scale_text(Camera(x, y, 4_200.0)) == "1 px = 4.2 km"
    assert scale_text(Camera(0, 0, 973.0)) == "1 px = 1.0 km"
    assert scale_text(Camera(x, y, 250.0)) == "1 px = 250 m"
    assert scale_text(Camera(x, y, 0.5)) == "1 px = 0.5 m"


@pytest.mark.parametrize(
    ("camera", "text"),
    [
        (Camera(0.0, 0.0, 1_000.0, 169.0), "11° E is up"),
        (Camera(0.0, 0.0, 1_000.0, 0.0), "180° is up"),
        (Camera(*forward(-150.0, 61.0), 1_000.0, 150.0), "North is up"),
        (Camera(*forward(-150.0, 61.0), 1_000.0, 240.0), "E is up (90°)"),
    ],
)
def test_the_direction_that_is_up_is_named(camera, text):
    assert bearing_text(camera) == text


def test_a_narrow_line_leaves_out_the_bearing_then_the_scale(qtbot, session):
    bar = QWidget()
    qtbot.addWidget(bar)
    line = StatusLine(session, style="decimal", parent=bar)
    bar.show()
    needed = line.sizeHint().width()
    shown = []
    for width in (needed, needed - 20, needed // 2, 60):
        line.resize(width, 24)
        shown.append([child.isVisible() for child in line.findChildren(QWidget)])
    assert shown == [[True, True, True], [True, True, False], [True, False, False], [True, False, False]]
