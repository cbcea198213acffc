"""Laser, spotlight and pen."""

from viewer.model.camera import Camera, Viewport
from viewer.modes.present.marks import Marks

VIEW = Viewport(Camera(0.0, 0.0, 1000.0), 800, 600)
CLOSER = Viewport(Camera(50_000.0, 0.0, 100.0), 800, 600)


def drawn() -> Marks:
    marks = Marks()
    marks.turn("draw")
    marks.press(100, 100, VIEW)
    marks.point(120, 100, VIEW)
    marks.release()
    return marks


def test_a_stroke_stays_on_its_coordinates_through_zoom_and_pan():
    marks = drawn()
    assert marks.strokes == [[VIEW.to_map(100, 100), VIEW.to_map(120, 100)]]
    marks.point(10, 10, CLOSER)
    assert marks.strokes == [[VIEW.to_map(100, 100), VIEW.to_map(120, 100)]]


def test_a_tool_taken_twice_is_put_down():
    marks = Marks()
    marks.turn("laser")
    assert marks.tool == "laser"
    marks.turn("laser")
    assert marks.tool == ""


def test_without_the_pen_a_press_belongs_to_the_map():
    marks = Marks()
    marks.turn("laser")
    assert not marks.press(5, 5, VIEW)
    assert marks.strokes == []


def test_strokes_are_taken_back_one_by_one_or_all():
    marks = drawn()
    marks.press(1, 1, VIEW)
    marks.release()
    marks.undo()
    assert len(marks.strokes) == 1
    marks.clear()
    marks.undo()
    assert marks.strokes == []
