"""The drawing tool on the canvas: clicks, drags, keys, snapping and what it paints."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geodata.annotations import AnnotationSet
from geodata.geodesy import distance_m
from geodata.shapes import Drawn
from geodata.stereographic import forward, inverse
from viewer.map.mouse import MapMouse
from viewer.model.drawings import note_of
from viewer.modes.annotate.draw_tool import Draw
from viewer.modes.annotate.snapping import Snapper


@pytest.fixture
def told():
    return {"drawn": [], "left": 0, "typed": []}


@pytest.fixture
def snapper(session):
    return Snapper(session)


@pytest.fixture
def draw(session, canvas, told, snapper):
    def leave():
        told["left"] += 1

    def begin(kind):
        tool = Draw(
            kind,
            session,
            snapper,
            on_changed=canvas.viewport().update,
            on_drawn=told["drawn"].append,
            on_left=leave,
            on_typing=lambda digit, _at: told["typed"].append(digit),
        )
        canvas.set_drawing(tool)
        return tool

    return begin


def place_of(session, px, py):
    return tuple(map(float, inverse(*session.viewport.to_map(px, py))))


def mouse_at(session, px, py):
    return MapMouse(*session.viewport.to_map(px, py), px, py, session.camera)


def test_clicks_and_enter_draw_a_line(session, canvas, hand, draw, told):
    draw("line")
    hand.click(200, 200)
    hand.click(300, 200)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    (drawn,) = told["drawn"]
    assert drawn.kind == "line"
    assert drawn.places[0] == pytest.approx(place_of(session, 200, 200))


def test_a_click_on_the_first_corner_closes_a_polygon(hand, draw, told):
    draw("polygon")
    for px, py in ((200, 200), (300, 200), (300, 300), (204, 203)):
        hand.click(px, py)
    (drawn,) = told["drawn"]
    assert len(drawn.places) == 3


def test_escape_gives_up_the_shape_and_then_the_tool(canvas, hand, draw, told):
    tool = draw("line")
    hand.click(200, 200)
    assert canvas.step_back() and not tool.is_under_way and told["left"] == 0
    assert canvas.step_back() and told["left"] == 1 and told["drawn"] == []


def test_a_digit_asks_for_a_length_and_a_circle_has_that_radius_to_the_metre(canvas, hand, draw, told):
    tool = draw("circle")
    QTest.keyClick(canvas, Qt.Key.Key_1)
    hand.click(300, 200)
    QTest.keyClick(canvas, Qt.Key.Key_1)
    assert told["typed"] == ["1"]
    tool.set_length(123_456.0)
    assert told["drawn"][0].radius_m == pytest.approx(123_456.0, abs=0.01)


def test_a_typed_length_places_the_next_corner_of_a_line(session, canvas, hand, draw, told):
    tool = draw("geodesic")
    hand.click(300, 200)
    tool.moved(mouse_at(session, 350, 200))
    tool.set_length(50_000.0)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    first, second = told["drawn"][0].places
    assert distance_m(*first, *second) == pytest.approx(50_000.0, abs=0.01)


def test_the_pointer_takes_hold_of_a_corner_of_another_shape_but_not_when_that_is_off(session, draw, told, snapper):
    corner = place_of(session, 300, 200)
    other = note_of(Drawn("line", (corner, place_of(session, 500, 200))), "own_1")
    session.set_annotations(AnnotationSet((other,)))
    tool = draw("point")
    tool.clicked(mouse_at(session, 306, 204))
    assert forward(*told["drawn"][0].places[0]) == pytest.approx(forward(*corner), abs=0.01)
    snapper.is_on = False
    tool.clicked(mouse_at(session, 306, 204))
    assert told["drawn"][1].places[0] == pytest.approx(place_of(session, 306, 204))


def test_the_pointer_takes_hold_of_the_edge_of_what_lies_beneath(session, draw, told, make_hit):
    x, y = session.viewport.to_map(300, 200)
    session.hover(make_hit("ports/haven", x=x, y=y))
    draw("point").clicked(mouse_at(session, 305, 200))
    assert told["drawn"][0].places[0] == pytest.approx(place_of(session, 300, 200))


def test_a_shape_under_way_is_on_a_copy_of_the_view(canvas, hand, draw):
    draw("polygon")
    before = canvas.snapshot()
    hand.click(200, 200)
    hand.click(300, 250)
    assert canvas.snapshot() != before


def test_a_circle_is_drawn_with_keys_alone(session, canvas, draw, told):
    draw("circle")
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    session.set_camera(session.viewport.moved(-120.0, 0.0))
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    (drawn,) = told["drawn"]
    middle, rim = (np.array(forward(*place)) for place in drawn.places)
    assert np.hypot(*(rim - middle)) == pytest.approx(120 * session.camera.metres_per_pixel, rel=1e-6)
