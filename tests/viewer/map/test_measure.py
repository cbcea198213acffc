"""The measuring tool on the canvas: clicks, keys, snapping and what it paints."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geodata.stereographic import inverse
from viewer.map.tools.measure import Measure


@pytest.fixture
def told():
    return {"copied": [], "left": 0}


@pytest.fixture
def tool(session, canvas, told):
    def leave():
        told["left"] += 1

    made = Measure(session, on_changed=canvas.viewport().update, on_left=leave, on_copy=told["copied"].append)
    canvas.set_drawing(made)
    return made


def test_two_clicks_measure_and_c_copies_the_figures(canvas, hand, tool, told):
    hand.click(200, 200)
    hand.click(400, 200)
    assert len(tool.measurement.places) == 2
    QTest.keyClick(canvas, Qt.Key.Key_C)
    assert "km" in told["copied"][0] and "Bearing" in told["copied"][0]


def test_nothing_is_copied_before_there_is_a_line(canvas, hand, tool, told):
    hand.click(200, 200)
    QTest.keyClick(canvas, Qt.Key.Key_C)
    assert told["copied"] == []


def test_backspace_takes_back_enter_ends_and_the_next_click_begins_anew(canvas, hand, tool):
    for x in (200, 300, 400):
        hand.click(x, 200)
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    assert len(tool.measurement.places) == 2
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    hand.click(500, 300)
    assert len(tool.measurement.places) == 1


def test_escape_forgets_the_chain_and_then_leaves(canvas, hand, tool, told):
    hand.click(200, 200)
    assert canvas.step_back() and tool.measurement.places == () and told["left"] == 0
    assert canvas.step_back() and told["left"] == 1


def test_a_click_beside_a_point_feature_takes_its_place(session, hand, tool, make_hit):
    x, y = session.viewport.to_map(300, 200)
    session.hover(make_hit("ports/haven", x=x, y=y))
    tool.clicked(mouse_at(session, 308, 200))
    assert tool.measurement.places[0] == pytest.approx(tuple(map(float, inverse(x, y))))
    tool.clicked(mouse_at(session, 320, 200))
    assert tool.measurement.places[1] != tool.measurement.places[0]


def test_a_measurement_is_on_a_copy_of_the_view_with_its_figures(canvas, hand, tool):
    before = canvas.snapshot()
    hand.click(200, 200)
    hand.click(500, 400)
    assert canvas.snapshot() != before


def test_measuring_can_begin_at_a_place_of_the_menu(tool):
    tool.begin_at(0.0, -1_000_000.0)
    assert tool.measurement.places[0][0] == pytest.approx(0.0)


def mouse_at(session, px, py):
    from viewer.map.mouse import MapMouse

    return MapMouse(*session.viewport.to_map(px, py), px, py, session.camera)
