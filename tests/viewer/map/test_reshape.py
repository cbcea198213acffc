"""The reshaping tool on the canvas: handles, keys, and many corners at once."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from geodata.shapes import Drawn, geometry_of, to_text
from geodata.stereographic import inverse
from geodata.vertices import of_places
from viewer.map.mouse import MapMouse
from viewer.model.reshaping import Subject, subject_of
from viewer.modes.annotate.handles import shown_handles
from viewer.modes.annotate.reshape_tool import Reshape
from viewer.modes.annotate.snapping import Snapper

CORNERS = ((200, 200), (400, 200), (400, 350))


@pytest.fixture
def told():
    return {"reshaped": [], "picked": [], "left": 0}


@pytest.fixture
def tool(session, canvas, told):
    def leave():
        told["left"] += 1

    snapper = Snapper(session)
    made = Reshape(
        session,
        snapper,
        on_changed=canvas.viewport().update,
        on_reshaped=lambda name, subject: told["reshaped"].append((name, subject)),
        on_picked=lambda x, y, more: told["picked"].append((x, y, more)),
        on_left=leave,
    )
    canvas.set_drawing(made)
    return made


def place(session, px, py):
    return tuple(map(float, inverse(*session.viewport.to_map(px, py))))


def mouse_at(session, px, py):
    return MapMouse(*session.viewport.to_map(px, py), px, py, session.camera)


@pytest.fixture
def area(session, tool):
    drawn = Drawn("polygon", tuple(place(session, *corner) for corner in CORNERS))
    made = subject_of("notes-polygon/own_1", "Ice", geometry_of(drawn), to_text(drawn))
    tool.take((made,))
    return made


def drag(session, tool, start, end):
    assert tool.pressed(mouse_at(session, *start))
    tool.moved(mouse_at(session, *end))
    tool.released(mouse_at(session, *end))


def corners(session, subject):
    return session.viewport.to_screen_many(subject.vertices.plane)


def test_a_corner_is_dragged_by_its_handle_as_one_named_step(session, tool, area, told):
    drag(session, tool, (401, 201), (450, 150))
    ((name, after),) = told["reshaped"]
    assert name == "move a corner of Ice"
    assert corners(session, after) == pytest.approx(np.array([(200, 200), (450, 150), (400, 350)]), abs=0.01)


def test_an_edge_is_drawn_out_into_a_new_corner(session, tool, area, told):
    drag(session, tool, (340, 200), (300, 120))
    ((name, after),) = told["reshaped"]
    assert name == "add a corner to Ice"
    assert corners(session, after)[1] == pytest.approx((300, 120), abs=0.01)


def test_the_cross_in_the_middle_moves_the_whole(session, tool, area, told):
    drag(session, tool, (333, 250), (353, 260))
    ((name, after),) = told["reshaped"]
    assert name == "move Ice"
    assert corners(session, after) == pytest.approx(np.array(CORNERS) + np.array((20, 10)), abs=0.01)


def test_a_corner_is_chosen_by_a_click_and_deleted_unless_the_shape_needs_it(session, canvas, hand, tool, area, told):
    tool.take((area.added(0, place(session, 300, 180)),))
    hand.click(300, 180)
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    ((name, after),) = told["reshaped"]
    assert name == "delete a corner of Ice" and len(after.vertices) == 3
    tool.take((area,))
    hand.click(200, 200)
    assert tool.delete_chosen() and len(told["reshaped"]) == 1


def test_keys_alone_choose_move_and_add_corners(session, canvas, tool, area, told):
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    assert tool.chosen == 1
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Insert)
    (_, moved), (_, added) = told["reshaped"]
    assert corners(session, moved)[1] == pytest.approx((404, 200), abs=0.01)
    assert corners(session, added)[2] == pytest.approx((400, 275), abs=0.01)


def test_escape_steps_back_from_the_drag_the_shape_and_the_tool(session, canvas, tool, area, told):
    tool.pressed(mouse_at(session, 400, 200))
    tool.moved(mouse_at(session, 450, 150))
    assert tool.cancel() and tool.subject is area
    tool.released(mouse_at(session, 450, 150))
    assert told["reshaped"] == []
    assert canvas.step_back() and tool.subject is None and told["left"] == 0
    assert canvas.step_back() and told["left"] == 1


def test_a_click_beside_the_handles_asks_what_lies_there(hand, tool, area, told):
    hand.click(550, 300)
    assert len(told["picked"]) == 1 and told["reshaped"] == []


def test_of_ten_thousand_corners_only_those_near_the_pointer_have_handles(session, canvas, tool):
    turn = np.linspace(0, 2 * np.pi, 10_000, endpoint=False)
    pixels = np.column_stack((300 + 150 * np.cos(turn), 250 + 150 * np.sin(turn)))
    plane = np.array([session.viewport.to_map(*pixel) for pixel in pixels])
    many = Subject("own-1/1", "Coast", of_places("polygon", np.column_stack(inverse(plane[:, 0], plane[:, 1]))))
    shown = shown_handles(many, session.viewport, QPointF(450, 250))
    assert 0 < len(shown) <= 300
    assert np.hypot(*(pixels[shown] - (450, 250)).T).max() <= 90
    tool.take((many,))
    before = canvas.snapshot()
    assert tool.pressed(mouse_at(session, 450, 250))
    tool.moved(mouse_at(session, 500, 250))
    assert canvas.snapshot() != before
